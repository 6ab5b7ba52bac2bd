"""What a new release starts with, so that nobody forgets the presumption of innocence, the coalition or the hotline.

Source: the structure of the coalition's releases: what was counted, who took part, the quotation, the coalition, help.
"""

from __future__ import annotations

import re

from hotspots.results.rules.wording import PRESUMPTION_SENTENCE

ABOUT = "## About the coalition"
QUOTATION = "Write here what was said, in the speaker's own words."  # stops approval until it is replaced
COALITION = (
    "The coalition brings together law enforcement, prosecutors, health and child welfare services, and community "
    "organizations that work with people who were exploited."
)
HELP = (
    "## If you need help\n\nNational Human Trafficking Hotline: [1-888-373-7888](tel:+18883737888), or text "
    "[233733](sms:233733). Free, private, any hour."
)


def starting_text(coalition: str = COALITION) -> str:
    """Give the text of a new release; `coalition` is the paragraph about the coalition, as it was last published."""
    parts = (
        "Officers received {{ responses_to_ads }} responses to decoy ads and issued {{ citations_for_soliciting }} "
        "citations for soliciting.",
        PRESUMPTION_SENTENCE,
        f"> {QUOTATION}\n> -- The District Attorney",
        f"{ABOUT}\n\n{coalition}",
        HELP,
    )
    return "\n\n".join(parts) + "\n"


def coalition_paragraph(body: str) -> str | None:
    """Give what a release says about the coalition, so that the next one says the same; None if it says nothing.

    >>> coalition_paragraph("## About the coalition\\n\\nWe are many.\\n\\n## More")
    'We are many.'
    """
    found = re.search(rf"^{ABOUT}[^\n]*\n+(.+?)(?=\n#|\Z)", body, re.MULTILINE | re.DOTALL)
    return found.group(1).strip() if found else None
