"""The main job as a story: a late export changes a published number, and everybody can see what, why and where from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.county import County
from tests.journeys.visitor import Visitor

# Nobody in the demonstration has this number; it is from a range reserved for fiction.
NUMBER, SHOWN_NUMBER = "+16195550142", "619-555-0142"
FILE_NAME = "sms-20211018.xml"
# 20:42 on Oct 15, 2021 in the county: ad 4 ran on line A from Oct 14, 15:15 to Oct 16, 02:30.
FIRST_AT = 1634355720000
OPENING = "hi saw your ad \N{WAVING HAND SIGN}"
ASKED, ANSWERED = "what part of town are you in", "alder side"
NOTE = "A phone was read again after this was published, and a further response to a decoy ad was found."

HEAD = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<!--File Created By SMS Backup & Restore v10.10.003 on 18/10/2021 09:00:00-->
<smses count="3" backup_set="0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0" backup_date="1634572800000" type="full">
"""
# The app writes a character beyond the basic plane as two references.
ROW = (
    '  <sms protocol="0" address="{number}" date="{at}" type="{kind}" subject="null" body="{body}" toa="null" '
    'sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" sub_id="1" '
    'readable_date="Oct 15, 2021 8:42:00 PM" contact_name="(Unknown)" />'
)


@dataclass(frozen=True, slots=True)
class Backup:
    """The file that the story begins with, and the record in it that will be counted."""

    path: Path
    content: bytes
    counted: bytes

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the whole file."""
        return hashlib.sha256(self.content).hexdigest()


def write_backup(folder: Path) -> Backup:
    """Write a backup in the format of the app: a new number that answers ad 4, is answered, and writes again."""
    body = OPENING.replace("\N{WAVING HAND SIGN}", "&#55357;&#56395;")
    said = ((1, body), (2, ANSWERED), (1, ASKED))
    rows = [
        ROW.format(number=NUMBER, at=FIRST_AT + place * 60_000, kind=kind, body=words)
        for place, (kind, words) in enumerate(said)
    ]
    content = (HEAD + "\n".join(rows) + "\n</smses>\n").encode()
    path = folder / FILE_NAME
    path.write_bytes(content)
    return Backup(path, content, rows[0].strip().encode())


def test_a_late_export_becomes_a_correction_that_leads_down_to_its_bytes(
    visit: Visit, loaded_county: County, tmp_path: Path
) -> None:
    backup = write_backup(tmp_path)
    county = loaded_county.copy_to(tmp_path / "county")
    with county.served() as address:
        lead, coordinator, publisher, reader = (
            visit(address, login) for login in ("lead.alder-city", "coordinator", "publisher", "")
        )

        upload(lead, backup)
        with county.working():
            see_it_read(lead)
        see_the_response(lead)
        see_that_the_figure_would_change(coordinator)
        freeze_again(coordinator)
        write_the_correction(coordinator)
        approve_and_publish(publisher)
        read_both_versions(reader)
        walk_down(coordinator, backup)

        heard = [one for person in (lead, coordinator, publisher, reader) for one in person.complaints]
        assert heard == []


def upload(lead: Visitor, backup: Backup) -> None:
    """Receive the file for line A."""
    page = lead.page
    lead.open("/exports/receive")
    choose(page.get_by_label("Line", exact=True), "Line A")
    choose(page.get_by_label("Custodian now"), "Evidence custodian")
    page.locator("input[type=file]").set_input_files(backup.path)
    page.get_by_label("From whom").fill("Message operator of line A")

    lead.press("Receive the export")

    page.wait_for_url(re.compile(r"/exports/[0-9a-f-]{36}"))
    expect(page.locator("main")).to_contain_text("It waits for its turn")
    assert backup.sha256 in squeezed(page.locator("main"))


def choose(field: Locator, words: str) -> None:
    """Choose the one option of a list that has these words."""
    field.select_option(label=next(option for option in field.locator("option").all_inner_texts() if words in option))


def squeezed(part: Locator) -> str:
    """Give the text of a part without its white space: hashes are set in groups."""
    return re.sub(r"\s", "", part.inner_text())


def see_it_read(lead: Visitor) -> None:
    """See that the page itself goes on from the progress to what was read."""
    main = lead.page.locator("main")

    expect(main).to_contain_text("What was read", timeout=60_000)

    expect(main.get_by_role("row", name="Texts")).to_contain_text("3")
    expect(main.get_by_role("row", name="New messages")).to_contain_text("3")
    expect(main.get_by_role("row", name="New responses")).to_contain_text("1")


def see_the_response(lead: Visitor) -> None:
    """Find the sender by the full number, and read the conversation."""
    lead.open("/responses")
    lead.page.get_by_label("Number, last four digits or reference").fill(NUMBER)
    lead.press("Find")
    assert NUMBER.lstrip("+") not in lead.page.url
    rows = lead.page.locator("main table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Ad 4")

    rows.get_by_role("link").first.click()

    main = lead.page.locator("main")
    for said in (OPENING, ASKED, ANSWERED, SHOWN_NUMBER):
        expect(main).to_contain_text(said)


def see_that_the_figure_would_change(coordinator: Visitor) -> None:
    """See on the results page that the frozen 261 no longer matches, and on its own page which record came."""
    coordinator.open("/campaigns")
    coordinator.follow("5th annual Operation: Hot Spots")
    coordinator.follow("Results")
    main = coordinator.page.locator("main")
    expect(main).to_contain_text("would now be 262")
    expect(main).to_contain_text("The frozen 261 stands until a named person corrects the release.")

    coordinator.follow("See what changed")

    changed = main.locator("section[aria-labelledby=changed]")
    expect(changed).to_contain_text("Frozen at 261.")
    expect(changed).to_contain_text("read from a later export")
    expect(changed.locator("li")).to_have_count(1)
    changed.locator("li a").first.click()
    expect(main).to_contain_text(SHOWN_NUMBER)


def freeze_again(coordinator: Visitor) -> None:
    """Freeze the responses again, up to the same day."""
    page = coordinator.page
    coordinator.open("/campaigns")
    coordinator.follow("5th annual Operation: Hot Spots")
    coordinator.follow("Results")
    section = page.locator("section[aria-labelledby=freeze]")
    # The boxes themselves are drawn by their labels, which is what a person clicks.
    for label in section.locator(".usa-checkbox label").all():
        is_wanted = label.inner_text() == "Responses to decoy ads"
        if label.locator("xpath=../input").is_checked() != is_wanted:
            label.click()
    section.get_by_label("Data as of").fill("2021-11-05")

    coordinator.press("Freeze the chosen figures")

    expect(page.locator("main")).to_contain_text("1 figure is frozen.")


def write_the_correction(coordinator: Visitor) -> None:
    """Open a correction with a note that everybody will read, and bind the new figure."""
    page = coordinator.page
    coordinator.open("/releases-desk")
    coordinator.follow("Results of the 5th annual Operation: Hot Spots")
    section = page.locator("section[aria-labelledby=correct]")
    section.get_by_label("Note", exact=True).fill(NOTE)
    section.get_by_label("Date of the note").fill("2021-11-19")
    coordinator.press("Open a correction")
    expect(page.locator("main")).to_contain_text("Correction, draft")

    choice = page.locator("form", has=page.locator("input[name=key][value=responses_to_ads]"))
    choose(choice.get_by_label("Bind to"), "262,")
    choice.get_by_role("button", name="Bind").click()

    expect(page.locator("#checked")).to_contain_text("262")
    expect(page.get_by_role("button", name="Approve")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#approve-reason")).to_contain_text("another person approves")


def approve_and_publish(publisher: Visitor) -> None:
    """Have somebody else approve the correction, and publish it; both ask first."""
    page = publisher.page
    publisher.open("/releases-desk")
    publisher.follow("Results of the 5th annual Operation: Hot Spots")
    publisher.press("Approve")
    page.locator("dialog").get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("Correction, approved")

    page.locator("section[aria-labelledby=publish]").get_by_role("button", name="Publish").click()
    page.locator("dialog").get_by_role("button", name="Publish").click()

    expect(page.locator("main")).to_contain_text("Corrected")


def read_both_versions(reader: Visitor) -> None:
    """Read, without signing in, the new version with its note, and the old one at its old address."""
    reader.open("/releases")
    reader.follow("Results of the 5th annual Operation: Hot Spots")
    main = reader.page.locator("main")
    assert reader.page.url.endswith("/3")
    expect(main).to_contain_text("262 responses")
    expect(main).to_contain_text(NOTE)
    expect(main).to_contain_text("Corrected November 19, 2021")
    see_the_files(reader)

    reader.open("/releases/results-of-the-5th-annual-operation-hot-spots/2")

    expect(main).to_contain_text("261 responses")
    expect(main.get_by_role("link", name="Version 3").first).to_be_visible()
    assert "corrected" in main.inner_text().lower()


def see_the_files(reader: Visitor) -> None:
    """Fetch the PDF and the sheet of the version that is shown."""
    ask = reader.page.context.request
    document, sheet = (ask.get(f"{reader.page.url}.{kind}") for kind in ("pdf", "csv"))
    assert document.ok
    assert document.body().startswith(b"%PDF-")
    assert re.search(r"responses_to_ads.*\b262\b", sheet.text())


def walk_down(coordinator: Visitor, backup: Backup) -> None:
    """Go from the published figure down to the bytes, the file and its custody, step by step."""
    page = coordinator.page
    coordinator.open("/campaigns")
    coordinator.follow("5th annual Operation: Hot Spots")
    coordinator.follow("Results")
    page.get_by_role("link", name="262").first.click()
    walk = page.locator("nav.hs-walk, .hs-walk").first
    expect(walk).to_contain_text("262, frozen")
    expect(walk).to_contain_text("Release of Nov 9, 2021")

    row_of_the_sender(page).get_by_role("link").first.click()
    message = page.locator("article").filter(has_text=OPENING)
    expect(message).to_have_class(re.compile("is-counted"))
    message.get_by_role("link").click()

    see_the_bytes(page, backup)
    see_file_and_custody(coordinator, backup)


def row_of_the_sender(page: Page) -> Locator:
    """Turn the pages of a figure's rows until the sender's row is there."""
    rows = page.locator("main table tbody tr")
    while rows.filter(has_text=SHOWN_NUMBER).count() == 0:
        page.get_by_role("link", name="Next").click()
        page.wait_for_load_state()
    return rows.filter(has_text=SHOWN_NUMBER)


def see_the_bytes(page: Page, backup: Backup) -> None:
    """See exactly the record's bytes, as the file holds them, and their digest."""
    expect(page.get_by_role("heading", name="The message in the file")).to_be_visible()
    shown = "".join(page.locator("table.hs-hex td.h").all_inner_texts())
    first = backup.content.index(backup.counted)

    assert bytes.fromhex(re.sub(r"[^0-9a-f]", "", shown.lower())) == backup.counted
    expect(page.locator("main")).to_contain_text(f"bytes {first:,} to {first + len(backup.counted) - 1:,}")
    assert hashlib.sha256(backup.counted).hexdigest() in squeezed(page.locator("main"))
    expect(page.locator("main")).to_contain_text("These bytes give this message")


def see_file_and_custody(coordinator: Visitor, backup: Backup) -> None:
    """Go on to the whole file and to who has held it."""
    page = coordinator.page
    coordinator.follow("Down to the file")
    expect(page.locator("main")).to_contain_text(FILE_NAME)
    assert backup.sha256 in squeezed(page.locator("main"))
    coordinator.follow("Down to the custody")

    expect(page.locator("main")).to_contain_text("Custody")
    assert backup.sha256 in squeezed(page.locator("main"))
    expect(page.locator("main")).to_contain_text("Message operator of line A")
