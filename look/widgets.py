"""Widgets a form names when the plain one will not do; classes are added by the `field` tag."""

from django import forms


class DayInput(forms.DateInput):
    """A native day picker: it works without script and on phones."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A native time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A native day and time in the county's zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Segments(forms.RadioSelect):
    """Radios as 48 px segments, for two to four short choices."""

    is_segmented = True


class ComboBox(forms.Select):
    """A select one can type into; the page loads the widgets, and without them it is a plain select."""

    is_combo_box = True


class NumberText(forms.NumberInput):
    """A narrow number."""

    look_class = "usa-input--num"


class Mono(forms.TextInput):
    """A hash, a code, a reference: fixed pitch."""

    look_class = "mono"
