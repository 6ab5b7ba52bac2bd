"""What is looked at on a page: its shape, whether it scrolls sideways, axe, the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.journeys.visitor import Visitor

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
MOST_TABS = 60

# Two pages of one skeleton have the same elements in the same places; rows and list items of one shape count once.
SKELETON = """() => {
  const shape = (element) => {
    const own = [element.tagName, element.className, element.type || "", element.getAttribute("role") || "",
      element.getAttribute("aria-current") || "", element.disabled ? "disabled" : "",
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? "text" : ""].join("|");
    const inner = [...new Set([...element.children].map(shape))];
    if (["UL", "OL", "TBODY", "DL"].includes(element.tagName)) inner.sort();
    return `${own}(${inner.join(",")})`;
  };
  return shape(document.body);
}"""

# What stands out to the right of the window, innermost first, unless it scrolls on its own.
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 && !element.closest(".hs-scroll, pre, details:not([open]) > *"));
  return wide.slice(-3).map((element) => element.outerHTML.slice(0, 120));
}"""

FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    name: element.outerHTML.slice(0, 120),
    is_skip: element.classList.contains("usa-skipnav"),
    is_in_main: Boolean(element.closest("main")),
    is_shown: box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0,
    // A part inside the control, such as the calendar's button, has the focus: the browser draws its own ring there.
    is_ringed: !element.matches(":focus") || style.boxShadow !== "none" ||
      (style.outlineStyle !== "none" && style.outlineWidth !== "0px"),
    is_action: element.matches("main .usa-button:not([aria-disabled=true])"),
    is_body: element === document.body,
  };
}"""
HAS_ACTION = """() => [
  ...document.querySelectorAll("main :is(a[href], button).usa-button:not([aria-disabled=true]):not([disabled])"),
].some((action) => action.checkVisibility())"""

Axe = Callable[[Page], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Light:
    """How a page is looked at: in which width, and in light or dark."""

    name: str
    size: dict[str, int]
    scheme: str

    def fall_on(self, page: Page) -> None:
        """Show the page in this width and theme."""
        page.set_viewport_size(self.size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=self.scheme)  # type: ignore[arg-type]


DAY, NIGHT = Light("1440 light", WIDE, "light"), Light("360 dark", NARROW, "dark")


def faults_in_both_lights(visitor: Visitor, axe: Axe | None) -> Iterator[str]:
    """Say what is wrong with a page at 1440 in light and at 360 in dark; without axe only whether it fits."""
    for light in (DAY, NIGHT):
        light.fall_on(visitor.page)
        for element in visitor.page.evaluate(SIDEWAYS) or ():
            yield f"{light.name}: scrolls sideways because of {element}"
        for violation in axe(visitor.page) if axe else ():
            yield f"{light.name}: {violation['rule']} ({violation['help']}): {violation['nodes'][:2]}"
    DAY.fall_on(visitor.page)


def faults_of_keyboard(page: Page) -> Iterator[str]:
    """Say what is wrong for somebody without a mouse: skip link, visible focus, the way to the main action."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    if not (first["is_skip"] and first["is_shown"]):
        yield f"keyboard: the first Tab leads to {first['name']}, not to a visible skip link"
        return
    page.keyboard.press("Enter")
    has_action = page.evaluate(HAS_ACTION)
    for number in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if number == 0 and not now["is_in_main"] and has_action:
            yield f"keyboard: the skip link does not lead into the page, but to {now['name']}"
        if now["is_body"] or now["is_action"]:
            has_action = has_action and not now["is_action"]
            break
        if not now["is_shown"]:
            yield f"keyboard: focus is outside the window on {now['name']}"
        elif not now["is_ringed"]:
            yield f"keyboard: focus has no ring on {now['name']}"
    if has_action and number < MOST_TABS - 1:
        yield "keyboard: Tab never reaches the main action"
