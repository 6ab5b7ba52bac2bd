"""How a plain form field is drawn: the USWDS classes, hint, error and what ties them together for a screen reader."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from look.errors import in_our_words

TEXT_AREA = "usa-textarea"
SELECT = "usa-select"
FILE = "usa-file-input"
INPUT = "usa-input"

CLASS_OF = (  # the first that fits
    (forms.Textarea, TEXT_AREA),
    (forms.RadioSelect, "usa-radio__input"),
    (forms.CheckboxSelectMultiple, "usa-checkbox__input"),
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.Select, SELECT),
    (forms.FileInput, FILE),
)

DJANGO_ROWS, ROWS = "10", "4"  # what Django gives a text area that names no height, and ours


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the template of a field needs."""

    bound: BoundField
    shape: str
    label: str
    hint: str
    errors: tuple[str, ...]
    control: SafeString | str
    options: tuple[object, ...]
    is_optional: bool
    hint_id: str
    error_id: str
    described_by: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary above a form."""

    text: str
    anchor: str


def shape_of(widget: forms.Widget) -> str:
    """Name the markup a widget needs."""
    if getattr(widget, "is_segmented", False):
        return "segments"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "combo" if getattr(widget, "is_combo_box", False) else "input"


def class_of(widget: forms.Widget) -> str:
    """Find the class of a widget's control, with what the form or the widget adds."""
    base = next((name for kind, name in CLASS_OF if isinstance(widget, kind)), INPUT)
    added = (getattr(widget, "look_class", ""), str(widget.attrs.get("class", "")))
    return " ".join(name for name in (base, *added) if name)


def id_of(bound: BoundField) -> str:
    """Return the id the controls of a field begin with."""
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name)


def anchor_of(bound: BoundField) -> str:
    """Return the id of the first control, where a link of the summary leads."""
    is_choice = shape_of(bound.field.widget) in ("segments", "radios", "checkboxes")
    return f"{id_of(bound)}_0" if is_choice else id_of(bound)


def error_texts(bound: BoundField) -> tuple[str, ...]:
    """Return the errors of a field, the framework's own sentences in our words."""
    return tuple(text for error in bound.errors.as_data() for text in in_our_words(bound.field, error))


def is_optional(bound: BoundField) -> bool:
    """Say whether to write "optional": only in a form that also requires something."""
    if bound.field.required:
        return False
    return any(one.field.required for one in bound.form.visible_fields())


def attributes_of(bound: BoundField, described_by: str) -> dict[str, Any]:
    """Return the attributes of a control."""
    attributes: dict[str, Any] = {"class": class_of(bound.field.widget)}
    if isinstance(bound.field.widget, forms.Textarea) and bound.field.widget.attrs.get("rows") == DJANGO_ROWS:
        attributes["rows"] = ROWS
    if described_by:
        attributes["aria-describedby"] = described_by
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def draw_field(bound: BoundField, *, label: str = "", hint: str = "", shape: str = "") -> Drawn:
    """Make everything a field's template needs, so that forms say nothing about looks."""
    hint_text = hint or str(bound.help_text)
    hint_id, error_id = f"{id_of(bound)}_hint", f"{id_of(bound)}_error"
    described_by = " ".join(name for name, shown in ((error_id, bound.errors), (hint_id, hint_text)) if shown)
    chosen = shape or shape_of(bound.field.widget)
    has_options = chosen in ("segments", "radios", "checkboxes")
    attributes = attributes_of(bound, "" if has_options else described_by)
    return Drawn(
        bound=bound,
        shape=chosen,
        label=label or str(bound.label),
        hint=hint_text,
        errors=error_texts(bound),
        control="" if has_options else bound.as_widget(attrs=attributes),
        options=tuple(bound.subwidgets) if has_options else (),
        is_optional=is_optional(bound),
        hint_id=hint_id,
        error_id=error_id,
        described_by=described_by,
    )


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """List every error of a form in the order of its fields, those of the form as a whole first."""
    found = [Problem(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        found += [Problem(f"{bound.label}: {text}", anchor_of(bound)) for text in error_texts(bound)]
    return found
