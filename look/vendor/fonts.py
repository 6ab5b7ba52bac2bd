"""Cut the typefaces to what the pages and the PDFs need.

Run as `python fonts.py node_modules OUT/fonts OUT_PDF` (needs fontTools and brotli). The web gets three woff2 files with
their weight axis; Typst, which reads no variable font, gets one static TrueType file per weight. Characters: Latin-1
(English, Spanish, Hmong; Vietnamese needs a file of its own), typographic punctuation, arrows of the PDF tables.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = (
    set(range(0x20, 0x7F))
    | set(range(0xA0, 0x100))
    | {0x2009, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x2032, 0x2033, 0x20AC, 0x2212}
)
MONO = set(range(0x20, 0x7F)) | {0xA0, 0xB7, 0xD7, 0xE9, 0xF1, 0x2013, 0x2014, 0x2019, 0x2026}

SANS = "@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2"
SERIF = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2"
PLEX = "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2"

WEB = (  # source, file, characters, range of weights
    (SANS, "public-sans.woff2", LATIN, (400, 700)),
    (SERIF, "source-serif.woff2", LATIN, (400, 650)),
    (PLEX, "plex-mono.woff2", MONO, None),
)
PDF = (  # source, family, weights
    (SANS, "Public Sans", (400, 600, 700)),
    (SERIF, "Source Serif 4", (400, 600)),
    (PLEX, "IBM Plex Mono", (400,)),
)
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "tnum", "pnum", "frac", "numr", "dnom", "mark", "mkmk"]

ITALIC_BIT, BOLD_BIT, REGULAR_BIT = 1 << 0, 1 << 5, 1 << 6


def cut(font: TTFont, characters: set[int], flavor: str | None) -> TTFont:
    """Keep the glyphs of these characters and the layout the pages use."""
    options = subset.Options()
    options.flavor = flavor
    options.layout_features = FEATURES
    options.drop_tables += ["meta"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = flavor
    return font


def web_font(source: Path, characters: set[int], weights: tuple[int, int] | None) -> TTFont:
    """Cut one face for the web, with its weight axis narrowed."""
    font = TTFont(source, recalcTimestamp=False)
    if weights:
        font = instancer.instantiateVariableFont(font, {"wght": weights})
        for glyph in font.getGlyphOrder():  # the instancer drops empty entries, the subsetter wants them
            font["gvar"].variations.setdefault(glyph, [])
    return cut(font, characters, "woff2")


def set_names(font: TTFont, family: str, weight: int) -> None:
    """Name a static face so that it is found by family and weight (OpenType `name`, `OS/2`, `head`)."""
    style = STYLES[weight]
    is_basic = style in ("Regular", "Bold")  # the four styles a family may have under name 1
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in (0, 5, 13, 14)]
    names = {
        1: family if is_basic else f"{family} {style}",
        2: style if is_basic else "Regular",
        3: f"{family} {style}, cut for Hot Spots",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }
    if not is_basic:
        names |= {16: family, 17: style}
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    kept = font["OS/2"].fsSelection & ~(ITALIC_BIT | BOLD_BIT | REGULAR_BIT)
    font["OS/2"].fsSelection = kept | (BOLD_BIT if style == "Bold" else REGULAR_BIT)
    font["head"].macStyle = 1 if style == "Bold" else 0


def pdf_font(source: Path, family: str, weight: int) -> TTFont:
    """Make one static face of one weight for Typst."""
    font = TTFont(source, recalcTimestamp=False)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    for table in ("STAT", "avar"):
        if table in font:
            del font[table]
    set_names(font, family, weight)
    return cut(font, LATIN, None)


def make_fonts(modules: Path, web: Path, pdf: Path) -> None:
    """Write every file of both kinds."""
    web.mkdir(parents=True, exist_ok=True)
    pdf.mkdir(parents=True, exist_ok=True)
    for source, name, characters, weights in WEB:
        web_font(modules / source, characters, weights).save(web / name)
        print(name, (web / name).stat().st_size)
    for source, family, sizes in PDF:
        for weight in sizes:
            path = pdf / f"{family.replace(' ', '')}-{STYLES[weight]}.ttf"
            pdf_font(modules / source, family, weight).save(path)
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    make_fonts(*(Path(argument) for argument in sys.argv[1:4]))
