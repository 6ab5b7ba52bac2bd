"""Tags that hold other markup: leave out an empty wrapper, set two blocks side by side, a box of one's own words."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .reading import attribute_of


class FilledNode(template.Node):
    """Markup in a wrapper that is left out when there is nothing in it."""

    def __init__(self, nodelist: NodeList, tag: str, class_name: str) -> None:
        self.nodelist = nodelist
        self.tag = tag
        self.class_name = class_name

    def render(self, context: template.Context) -> SafeString | str:
        """Draw the wrapper around what is inside, or nothing."""
        inside = self.nodelist.render(context)
        if not inside.strip():
            return ""
        return format_html('<{0} class="{1}">{2}</{0}>', self.tag, self.class_name, mark_safe(inside))  # noqa: S308


class ColumnsNode(template.Node):
    """Two blocks side by side; when one is empty the other stands alone."""

    child_nodelists = ("first", "second")

    def __init__(self, kind: str, first: NodeList, second: NodeList) -> None:
        self.kind = kind
        self.first = first
        self.second = second

    def render(self, context: template.Context) -> SafeString:
        """Draw both blocks in columns, or the only one that has something."""
        first = mark_safe(self.first.render(context))  # noqa: S308  (rendered by the template engine)
        second = mark_safe(self.second.render(context))  # noqa: S308
        if self.kind == "rail":
            return self.draw_rail(first, second)
        return self.draw_aside(first, second)

    def draw_rail(self, rail: SafeString, rest: SafeString) -> SafeString:
        """Put the walk at the left of the page."""
        if not rail.strip():
            return rest
        return format_html('<div class="hs-cols hs-cols--rail">{}<div>{}</div></div>', rail, rest)

    def draw_aside(self, main: SafeString, aside: SafeString) -> SafeString:
        """Put what goes along with a page at its right."""
        stacked = format_html('<div class="hs-stack-lg">{}</div>', main) if main.strip() else ""
        if not aside.strip():
            return mark_safe(stacked)  # noqa: S308
        beside = format_html('<aside class="hs-stack-lg" aria-label="{}">{}</aside>', _("Also on this page"), aside)
        return format_html('<div class="hs-cols hs-cols--aside">{}{}</div>', stacked, beside)


class AlertNode(template.Node):
    """An alert whose text is markup of the page."""

    def __init__(self, nodelist: NodeList, kind: FilterExpression, heading: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.kind = kind
        self.heading = heading

    def render(self, context: template.Context) -> str:
        """Draw the alert around the page's own words."""
        alert = context.template.engine.get_template("look/parts/alert.html")
        values = {
            "kind": self.kind.resolve(context),
            "heading": self.heading.resolve(context) if self.heading else "",
            "body": mark_safe(self.nodelist.render(context)),  # noqa: S308
        }
        return alert.render(context.new(values))


def compile_filled(parser: Parser, token: Token) -> FilledNode:
    """Read `{% filled "div" "class names" %}…{% endfilled %}`."""
    _name, tag, class_name = token.split_contents()
    nodelist = parser.parse(("endfilled",))
    parser.delete_first_token()
    return FilledNode(nodelist, tag.strip("\"'"), class_name.strip("\"'"))


def compile_columns(parser: Parser, token: Token) -> ColumnsNode:
    """Read `{% columns "rail" %}…{% beside %}…{% endcolumns %}`."""
    _name, kind = token.split_contents()
    first = parser.parse(("beside",))
    parser.delete_first_token()
    second = parser.parse(("endcolumns",))
    parser.delete_first_token()
    return ColumnsNode(kind.strip("\"'"), first, second)


def compile_alertbox(parser: Parser, token: Token) -> AlertNode:
    """Read `{% alertbox "warning" "Heading" %}…{% endalertbox %}`."""
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not 1 <= len(words) <= 2:
        raise template.TemplateSyntaxError("alertbox takes a kind and a heading")
    nodelist = parser.parse(("endalertbox",))
    parser.delete_first_token()
    return AlertNode(nodelist, words[0], words[1] if len(words) == 2 else None)


def walk_position(steps: list[object]) -> int:
    """Return the number of the step one stands on, from 1; 0 when on none."""
    states = [attribute_of(step, "state") for step in steps]
    return states.index("here") + 1 if "here" in states else 0
