"""The parts of a page as tags; `look/README.md` lists them with what each takes."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from look import blocks, charts, fields, formats, hexes
from look.icons import check_icon
from look.reading import attribute_of, links_of

register = template.Library()

register.tag("filled", blocks.compile_filled)
register.tag("columns", blocks.compile_columns)
register.tag("alertbox", blocks.compile_alertbox)

register.filter("thousands", formats.thousands)
register.filter("filesize_kb", formats.filesize_kb)
register.filter("local_day", formats.local_day)
register.filter("local_time", formats.local_time)
register.filter("local_minute", formats.local_minute)
register.filter("phone", formats.phone)

PARTS = "look/parts/"
WALK_STEPS = 7
HASH_GROUP, HASH_LINE = 4, 16

STATUS_ICONS = {
    "ok": "check_circle",
    "warn": "warning",
    "stop": "error",
    "info": "info",
    "waiting": "hourglass_empty",
    "done": "check",
    "live": "",
}
ALERT_ICONS = {"info": "info", "success": "check_circle", "warning": "warning", "error": "error"}
GATE_ICONS = {"ok": "check_circle", "open": "warning", "wait": "hourglass_empty"}
SORT_ICONS = {"ascending": "arrow_upward", "descending": "arrow_downward"}


@register.inclusion_tag(PARTS + "icon.html", name="icon")
def show_icon(name: str, title: str = "") -> dict:
    """Draw an icon, hidden from screen readers unless it has a title."""
    return {"name": check_icon(name), "title": title}


@register.inclusion_tag(PARTS + "status.html", name="status")
def show_status(kind: str, word: str, icon: str = "") -> dict:
    """Draw a state: icon, word, color."""
    return {"kind": kind, "word": word, "icon": icon or STATUS_ICONS[kind]}


@register.inclusion_tag(PARTS + "tag.html", name="tag")
def show_tag(text: str, kind: str = "") -> dict:
    """Draw a kind, or what is frozen."""
    return {"text": text, "kind": kind}


@register.inclusion_tag(PARTS + "sha.html", name="sha")
def show_sha(digest: object, copy: bool = True) -> dict:
    """Draw a SHA-256 in groups of four."""
    text = str(digest or "")
    groups = [text[at : at + HASH_GROUP] for at in range(0, len(text), HASH_GROUP)]
    per_line = HASH_LINE // HASH_GROUP
    lines = [" ".join(groups[at : at + per_line]) for at in range(0, len(groups), per_line)]
    return {"digest": text, "lines": lines, "copy": copy}


@register.filter
def alert_icon(kind: str) -> str:
    """Name the icon of a kind of alert."""
    return ALERT_ICONS.get(kind, "info")


@register.filter
def alert_kind(tags: str) -> str:
    """Turn the tags of a Django message into a kind of alert."""
    return next((kind for kind in ALERT_ICONS if kind in (tags or "").split()), "info")


@register.inclusion_tag(PARTS + "alert.html", name="alert")
def show_alert(kind: str, heading: str, text: str = "") -> dict:
    """Draw an alert: the heading states the fact, the text says what to do."""
    return {"kind": kind, "heading": heading, "text": text}


@register.inclusion_tag(PARTS + "empty.html", name="empty")
def show_empty(heading: str, text: str = "", action_label: str = "", action_url: str = "") -> dict:
    """Draw what is shown where nothing is yet."""
    return {"heading": heading, "text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag(PARTS + "crumbs.html", name="crumbs")
def show_crumbs(links: object) -> dict:
    """Draw the parents of a page."""
    return {"links": links_of(links)}


@register.inclusion_tag(PARTS + "walk.html", name="walk")
def show_walk(steps: object, is_sticky: bool = True) -> dict:
    """Draw the seven steps from a release down to custody."""
    listed = list(steps or ())
    if len(listed) != WALK_STEPS:
        raise ValueError(f"the walk has {WALK_STEPS} steps, not {len(listed)}")
    return {"steps": listed, "position": blocks.walk_position(listed), "count": WALK_STEPS, "is_sticky": is_sticky}


@register.inclusion_tag(PARTS + "updown.html", name="updown")
def show_updown(up: object = None, down: object = None) -> dict:
    """Draw the way up and the way down."""
    return {"up": up, "down": down}


@register.inclusion_tag(PARTS + "figure.html", name="figure")
def show_figure(fig: object, public: bool = False) -> dict:
    """Draw one figure, always with its unit."""
    return {"fig": fig, "public": public, "tag": "div"}


@register.inclusion_tag(PARTS + "figures.html", name="figures")
def show_figures(figs: object, public: bool = False) -> dict:
    """Draw several figures."""
    return {"figs": figs, "public": public}


@register.inclusion_tag(PARTS + "todo.html", name="todo")
def show_todo(items: object) -> dict:
    """Draw what waits on somebody, as sentences."""
    return {"items": items}


@register.inclusion_tag(PARTS + "gates.html", name="gates")
def show_gates(items: object) -> dict:
    """Draw what must be there before the next step, and who can supply it."""
    return {"items": [{"gate": item, "icon": GATE_ICONS[str(attribute_of(item, "state"))]} for item in items or ()]}


@register.inclusion_tag(PARTS + "log_list.html", name="log_list")
def show_log(entries: object, has_dates: bool = False) -> dict:
    """Draw a log or a history."""
    return {"entries": entries, "has_dates": has_dates}


@register.filter
def log_time(value: object, has_dates: bool = False) -> str:
    """Write the time of a log entry, with its day and year where the log runs over days."""
    return formats.local_minute(value) if has_dates else formats.local_time(value)


@register.filter
def iso_moment(value: object) -> str:
    """Write a moment for machines; nothing for what is only a text."""
    return value.isoformat() if hasattr(value, "isoformat") else ""


@register.inclusion_tag(PARTS + "states.html", name="states")
def show_states(items: object) -> dict:
    """Draw the states of a record, the current one boxed."""
    return {"items": items}


@register.inclusion_tag(PARTS + "message.html", name="message")
def show_message(m: object) -> dict:
    """Draw one message of a conversation."""
    return {"m": m}


@register.inclusion_tag(PARTS + "conversation.html", name="conversation")
def show_conversation(messages: object) -> dict:
    """Draw a conversation, day by day."""
    return {"messages": messages}


@register.inclusion_tag(PARTS + "hex_table.html", name="hex_table")
def show_bytes(rows: object, caption: str = "") -> dict:
    """Draw the bytes of one record."""
    return {"rows": [hexes.lay_out(row) for row in rows or ()], "caption": caption or _("Bytes of this record")}


@register.inclusion_tag(PARTS + "pagination.html", name="pagination")
def show_pagination(page: object) -> dict:
    """Draw the way to the rows before and after."""
    return {"page": page}


@register.inclusion_tag(PARTS + "sort_header.html", name="sort_header")
def show_sort_header(column: object) -> dict:
    """Draw the head of a column that can be sorted."""
    direction = str(attribute_of(column, "direction") or "")
    return {"column": column, "direction": direction, "icon": SORT_ICONS.get(direction, "unfold_more")}


@register.inclusion_tag(PARTS + "progress.html", name="progress")
def show_progress(job: object) -> dict:
    """Draw how far long work is; the page asks again every five seconds."""
    return {"job": job}


@register.inclusion_tag(PARTS + "bar_chart.html", name="bar_chart")
def show_bar_chart(chart: object) -> dict:
    """Draw bars from zero, the value above each, and the table behind them."""
    bars = list(attribute_of(chart, "bars") or ())
    return {"chart": chart, "drawing": charts.draw_bars(str(attribute_of(chart, "title", "")), bars)}


@register.inclusion_tag(PARTS + "why.html", name="why")
def show_why(text: str, links: object = None) -> dict:
    """Draw why one may see this page."""
    return {"text": text, "links": links_of(links)}


@register.inclusion_tag(PARTS + "field.html", name="field")
def show_field(bound: BoundField, label: str = "", hint: str = "") -> dict:
    """Draw a form field with label, hint and error."""
    return {"drawn": fields.draw_field(bound, label=label, hint=hint)}


@register.inclusion_tag(PARTS + "field.html", name="seg")
def show_segments(bound: BoundField, label: str = "", hint: str = "") -> dict:
    """Draw a choice as segments for thumbs."""
    return {"drawn": fields.draw_field(bound, label=label, hint=hint, shape="segments")}


@register.inclusion_tag(PARTS + "form_fields.html", name="form_fields")
def show_form_fields(form: forms.BaseForm) -> dict:
    """Draw every field of a form."""
    return {"form": form}


@register.inclusion_tag(PARTS + "error_summary.html", name="error_summary")
def show_error_summary(form: forms.BaseForm) -> dict:
    """List the errors of a form on top of it."""
    return {"problems": fields.problems_of(form) if form.is_bound else []}


@register.inclusion_tag(PARTS + "htmx_script.html", name="htmx_script")
def show_htmx_script() -> dict:
    """Load htmx, for pages with a part that polls."""
    return {}


@register.inclusion_tag(PARTS + "widgets_css.html", name="widgets_css")
def show_widgets_css() -> dict:
    """Load the styles of the USWDS widgets."""
    return {}


@register.inclusion_tag(PARTS + "widgets_js.html", name="widgets_js")
def show_widgets_js() -> dict:
    """Load the scripts of the USWDS widgets."""
    return {}
