"""Where the bars of a chart stand: x and width in percent, heights in pixels: text keeps its size on a phone."""

from dataclasses import dataclass

from django.utils.text import slugify

from .formats import thousands
from .reading import attribute_of

HEIGHT = 234
BASELINE = 200
TALLEST = 160
CAP = 12  # the dashed part on top of "more than"
BAR_SHARE = 0.7
VALUE_GAP = 8
WORD_GAP = 16
LABEL_GAP = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, ready to draw."""

    label: str
    value_text: str
    word: str
    kind: str
    x: str
    middle: str
    width: str
    top: int
    height: int
    cap_top: int | None
    value_at: int
    word_at: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, ready to draw."""

    key: str
    bars: tuple[Bar, ...]
    height: int = HEIGHT
    baseline: int = BASELINE
    cap: int = CAP
    label_at: int = BASELINE + LABEL_GAP


def percent(share: float) -> str:
    """Write a share of the width."""
    return f"{share * 100:.4g}%"


def place_bar(bar: object, *, at: int, count: int, most: float) -> Bar:
    """Place the bar number `at` of `count`; the axis begins at zero."""
    value = float(attribute_of(bar, "value", 0) or 0)
    height = round(TALLEST * value / most) if most else 0
    is_open = bool(attribute_of(bar, "is_open"))
    top = BASELINE - height
    value_at = top - VALUE_GAP - (CAP if is_open else 0)
    slot = 1 / count
    return Bar(
        label=str(attribute_of(bar, "label", "")),
        value_text=str(attribute_of(bar, "value_text") or thousands(attribute_of(bar, "value", 0))),
        word=str(attribute_of(bar, "word") or ""),
        kind="b1" if attribute_of(bar, "is_counted") else "b",
        x=percent(slot * (at + (1 - BAR_SHARE) / 2)),
        middle=percent(slot * (at + 0.5)),
        width=percent(slot * BAR_SHARE),
        top=top,
        height=height,
        cap_top=top - CAP if is_open else None,
        value_at=value_at,
        word_at=value_at - WORD_GAP,
    )


def draw_bars(title: str, bars: list[object]) -> Drawing:
    """Place every bar of a chart, the tallest at full height."""
    most = max((float(attribute_of(bar, "value", 0) or 0) for bar in bars), default=0)
    placed = (place_bar(bar, at=at, count=len(bars), most=most) for at, bar in enumerate(bars))
    return Drawing(key=slugify(title) or "chart", bars=tuple(placed))
