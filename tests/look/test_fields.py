"""Plain forms come out in the markup of the look."""

from html.parser import HTMLParser

import pytest
from django import forms

from look import widgets
from look.fields import error_texts
from tests.look.page import render


class Everything(forms.Form):
    """A form with a field of each kind."""

    reason = forms.ChoiceField(choices=[("", "Choose one"), ("spam", "Spam")])
    number = forms.CharField(help_text="As printed <on> the citation.")
    day = forms.DateField(widget=widgets.DayInput, required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    file = forms.FileField(required=False)
    kind = forms.ChoiceField(choices=[("s", "Street"), ("h", "Hotel")], widget=forms.RadioSelect)
    tongues = forms.MultipleChoiceField(choices=[("es", "Spanish")], widget=forms.CheckboxSelectMultiple)
    rights = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=widgets.Segments)
    sure = forms.BooleanField()
    statute = forms.ChoiceField(choices=[("a", "PC 647")], widget=widgets.ComboBox)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Refuse one number for the form as a whole."""
        if self.cleaned_data.get("number") == "13":
            self.add_error(None, "Not that number.")


class Ids(HTMLParser):
    """Collects ids and what points at them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("for", "aria-describedby"):
                self.targets |= set((value or "").split())
            if name == "href" and (value or "").startswith("#"):
                self.targets.add((value or "")[1:])


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("reason", 'class="usa-select"'),
        ("number", 'class="usa-input"'),
        ("day", 'type="date"'),
        ("note", 'class="usa-textarea"'),
        ("file", 'class="usa-file-input"'),
        ("kind", 'class="usa-radio__input"'),
        ("tongues", 'class="usa-checkbox__input"'),
        ("rights", 'class="hs-seg"'),
        ("sure", 'class="usa-checkbox__label"'),
        ("statute", 'class="usa-combo-box"'),
    ],
)
def test_each_kind_of_field_gets_its_markup(field: str, part: str) -> None:
    assert part in render("{% field bound %}", bound=Everything()[field])


def test_a_choice_is_drawn_as_segments_where_asked() -> None:
    assert 'class="hs-seg"' in render("{% seg bound %}", bound=Everything()["kind"])


def test_a_field_in_error_says_so_above_itself_and_to_screen_readers() -> None:
    form = Everything({"kind": "s"})

    html = render("{% field bound %}", bound=form["number"])

    assert "usa-form-group--error" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_number_error id_number_hint"' in html
    assert html.index("usa-error-message") < html.index("<input")


def test_the_frameworks_own_required_is_said_in_our_words() -> None:
    form = Everything({})

    assert "This is needed." in render("{% field bound %}", bound=form["number"])
    assert "Choose one." in render("{% field bound %}", bound=form["kind"])


def test_what_may_be_left_out_is_named_only_where_something_is_required() -> None:
    class Filter(forms.Form):
        """A form that requires nothing."""

        text = forms.CharField(required=False)

    assert "optional" in render("{% field bound %}", bound=Everything()["day"])
    assert "optional" not in render("{% field bound %}", bound=Everything()["number"])
    assert "optional" not in render("{% field bound %}", bound=Filter()["text"])


def test_a_whole_form_points_only_at_ids_it_has() -> None:
    found = Ids(str(Everything({"kind": "s"})))

    assert found.targets <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_the_summary_links_to_each_field_and_names_it() -> None:
    html = render("{% error_summary form %}", form=Everything({"number": "13"}))

    assert "Not that number." in html
    assert '<a href="#id_kind_0">Kind: Choose one.</a>' in html
    assert html.index("Not that number.") < html.index("#id_reason")


def test_there_is_no_summary_before_a_form_is_sent() -> None:
    assert render("{% error_summary form %}", form=Everything()).strip() == ""


def test_what_was_typed_comes_back_escaped() -> None:
    html = str(Everything({"number": "<b>", "kind": "s"}))

    assert "<b>" not in html
    assert "&lt;on&gt;" in html
    assert 'value="s" id="id_kind_0" class="usa-radio__input" checked' in html
    assert 'type="hidden" name="secret"' in html


def test_a_class_a_form_gave_its_widget_is_kept() -> None:
    class Narrow(forms.Form):
        """A form with a class of its own."""

        count = forms.IntegerField(widget=widgets.NumberText(attrs={"class": "own"}))

    assert 'class="usa-input usa-input--num own"' in render("{% field bound %}", bound=Narrow()["count"])


class Typed(forms.Form):
    """Fields that the framework has sentences for, one of which has a sentence of its own."""

    at = forms.DateTimeField()
    day = forms.DateField()
    time = forms.TimeField()
    count = forms.IntegerField()
    place = forms.CharField(max_length=160)
    own = forms.DateField(error_messages={"invalid": "No such day in the roll."})


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("at", "yesterday", "Give a day and a time, such as 10/16/2021 21:05."),
        ("at", "", "Give a day and a time, such as 10/16/2021 21:05."),
        ("day", "someday", "Give a day, such as 10/16/2021."),
        ("time", "late", "Give a time of 24 hours, such as 21:05."),
        ("count", "many", "Give a whole number, such as 12."),
        ("place", "x" * 5000, "Shorten this to 160 characters: it has 5,000."),
        ("own", "someday", "No such day in the roll."),
    ],
)
def test_the_frameworks_own_sentences_say_what_to_do_and_a_forms_own_stay(name: str, typed: str, sentence: str) -> None:
    assert error_texts(Typed({name: typed})[name]) == (sentence,)


def test_what_the_examples_show_is_taken() -> None:
    form = Typed({"at": "10/16/2021 21:05", "day": "10/16/2021", "time": "21:05"})

    assert not {"at", "day", "time"} & set(form.errors)
