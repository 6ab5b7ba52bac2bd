"""The color tokens: one table, every contrast computed, written out as tokens.css.

Run as `python tokens.py OUT/css/tokens.css`: prints each pair and ends with 1 when one is too weak.
Contrast is that of WCAG 2.2, "contrast ratio" and "relative luminance".
"""

import sys
from pathlib import Path

THEMES = ("light", "dark", "night")

TOKENS = {  # name: (light, dark, night)
    "page": ("#fdfdfb", "#16181b", "#0b0b0a"),
    "raise": ("#ffffff", "#1d2024", "#121210"),
    "sunk": ("#f4f4ef", "#111316", "#070706"),
    "line": ("#dedfd7", "#33373d", "#2a2823"),
    "edge": ("#85867f", "#7f858d", "#6f6a5e"),
    "ink": ("#17191c", "#e9e7e2", "#b9b1a0"),
    "ink-2": ("#484c52", "#bcbec1", "#9c9586"),
    "ink-3": ("#62656b", "#9a9da3", "#8b8578"),
    "link": ("#1b4c87", "#93bdee", "#a1a89a"),
    "link-2": ("#12345f", "#bcd7f6", "#c2c7b8"),
    "visited": ("#58398a", "#c3aeea", "#a79fb0"),
    "act": ("#1b4c87", "#2b64a6", "#3a4138"),
    "act-2": ("#12345f", "#235591", "#4a5246"),
    "on-act": ("#ffffff", "#ffffff", "#d6d0c0"),
    "focus": ("#0b6bd3", "#6fb1ff", "#c9a24a"),
    "mark": ("#fbe9a9", "#564209", "#3b2f0c"),
    "on-mark": ("#17191c", "#ffefbd", "#d9c68d"),
    "mark-line": ("#a27700", "#d6a62c", "#8f7429"),
    "ok": ("#1d673c", "#83c79e", "#8ba58a"),
    "ok-bg": ("#eaf3ec", "#15271d", "#10140f"),
    "warn": ("#7a5100", "#e3b866", "#b59a63"),
    "warn-bg": ("#fbf2df", "#2a2110", "#17130a"),
    "stop": ("#93281d", "#f0a095", "#bd8a7d"),
    "stop-bg": ("#f9ecea", "#331a17", "#1b0f0c"),
    "info": ("#1b4c87", "#9fc5f2", "#a1a89a"),
    "info-bg": ("#eaf0f8", "#15243a", "#10120f"),
    "chart": ("#3c6ea8", "#6f9fd6", "#6d7468"),
    "chart-2": ("#b3bcc7", "#4a525c", "#35332c"),
}

PAIRS = (  # text or line, ground, ratio needed
    ("ink", "page", 7),
    ("ink", "raise", 7),
    ("ink", "sunk", 7),
    ("ink", "ok-bg", 7),
    ("ink", "warn-bg", 7),
    ("ink", "stop-bg", 7),
    ("ink", "info-bg", 7),
    ("ink-2", "page", 7),
    ("ink-2", "sunk", 4.5),
    ("ink-3", "page", 4.5),
    ("ink-3", "raise", 4.5),
    ("ink-3", "sunk", 4.5),
    ("link", "page", 4.5),
    ("link", "raise", 4.5),
    ("link", "sunk", 4.5),
    ("link", "info-bg", 4.5),
    ("link", "mark", 4.5),
    ("visited", "page", 4.5),
    ("on-act", "act", 4.5),
    ("on-act", "act-2", 4.5),
    ("on-mark", "mark", 7),
    ("ok", "page", 4.5),
    ("ok", "ok-bg", 4.5),
    ("warn", "page", 4.5),
    ("warn", "warn-bg", 4.5),
    ("stop", "page", 4.5),
    ("stop", "stop-bg", 4.5),
    ("info", "info-bg", 4.5),
    ("focus", "page", 3),
    ("focus", "sunk", 3),
    ("edge", "page", 3),
    ("edge", "sunk", 3),
    ("mark-line", "page", 3),
    ("mark-line", "sunk", 3),
    ("chart", "page", 3),
)

NIGHT_MOST = 4.5  # night is dim on purpose: 7 is not asked of it


def luminance_of(color: str) -> float:
    """Return the relative luminance of a #rrggbb color, 0 to 1."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_of(first: str, second: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21."""
    light, dark = sorted((luminance_of(first), luminance_of(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak_pairs() -> list[tuple[str, str, str, float, float]]:
    """Find every (text, ground, theme, ratio, needed) whose ratio is below what is needed."""
    found = []
    for text, ground, needed in PAIRS:
        for column, theme in enumerate(THEMES):
            least = min(needed, NIGHT_MOST) if theme == "night" else needed
            ratio = contrast_of(TOKENS[text][column], TOKENS[ground][column])
            if ratio < least:
                found.append((text, ground, theme, ratio, least))
    return found


def print_contrasts() -> None:
    """Show every pair in every theme."""
    for text, ground, needed in PAIRS:
        ratios = (contrast_of(TOKENS[text][column], TOKENS[ground][column]) for column in range(len(THEMES)))
        print(f"{text:9} on {ground:8} need {needed:<4} " + "  ".join(f"{ratio:5.2f}" for ratio in ratios))


def stylesheet() -> str:
    """Write the tokens as a style sheet: the system's theme, and the theme the server sets."""
    names = TOKENS.items()
    light = [f"    --{name}: {colors[0]};" for name, colors in names]
    both = [f"      --{name}: light-dark({colors[0]}, {colors[1]});" for name, colors in names]
    night = [f"    --{name}: {colors[2]};" for name, colors in names]
    lines = [
        "/* Made by look/vendor/tokens.py */",
        "@layer reset, uswds, base, layout, components, utilities;",
        "@layer base {",
        "  :root {",
        "    color-scheme: light dark;",
        *light,
        "  }",
        "  @supports (color: light-dark(#000, #fff)) {",
        "    :root {",
        *both,
        "    }",
        "  }",
        "  :root[data-theme=light] { color-scheme: light }",
        "  :root[data-theme=dark] { color-scheme: dark }",
        "  :root[data-theme=night] {",
        "    color-scheme: dark;",
        *night,
        "  }",
        "}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print_contrasts()
    weak = weak_pairs()
    for text, ground, theme, ratio, least in weak:
        print(f"too weak: {text} on {ground} in {theme}: {ratio:.2f}, needs {least}")
    Path(sys.argv[1]).write_text(stylesheet())
    sys.exit(bool(weak))
