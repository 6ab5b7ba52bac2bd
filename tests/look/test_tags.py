"""The parts draw what they are given, escape it, and refuse what would be silently wrong."""

import datetime as dt

import pytest

from look.icons import NoSuchIcon
from tests.look.page import render, squeezed

NASTY = "<b>&\"'"
KINDS = ("Release", "Figure", "Records", "Message", "Bytes", "File", "Custody")


def steps(here: int, shut: tuple[int, ...] = ()) -> list[dict]:
    """Build the seven steps of a walk."""
    states = ["done" if at < here else "here" if at == here else "next" for at in range(7)]
    for at in shut:
        states[at] = "shut"
    return [
        {"kind": kind, "value": f"v{at}", "url": f"/{at}", "state": states[at], "is_mono": True}
        for at, kind in enumerate(KINDS)
    ]


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "lock" title=x %}',
        '{% status "ok" x %}',
        "{% tag x %}",
        "{% sha x %}",
        '{% alert "warning" x x %}',
        '{% alertbox "error" x %}{{ x }}{% endalertbox %}',
        "{% empty x x x x %}",
        "{% crumbs pairs %}",
        "{% updown link link %}",
        "{% figure thing %}",
        "{% figures things public=True %}",
        "{% todo things %}",
        "{% log_list things %}",
        "{% states things %}",
        "{% conversation things %}",
        "{% pagination thing %}",
        "{% sort_header thing %}",
        "{% progress thing %}",
        "{% bar_chart thing %}",
        "{% why x pairs %}",
    ],
)
def test_every_part_escapes_what_it_is_given(source: str) -> None:
    names = "number label unit url frozen_text live_text definition title detail due due_note time text source old new"
    thing = dict.fromkeys(names.split(), NASTY) | {"who": NASTY, "note": NASTY, "words": NASTY, "day": NASTY}
    thing |= {"place_text": NASTY, "previous_url": NASTY, "percent": NASTY, "description": NASTY, "is_changed": True}
    thing |= {"bars": [{"label": NASTY, "value": 3, "word": NASTY}], "flags": [{"text": NASTY}]}
    link = {"label": NASTY, "value": NASTY, "url": NASTY}

    html = render(source, x=NASTY, thing=thing, things=[thing], pairs=[(NASTY, NASTY)], link=link)

    assert '<b>&"' not in html
    assert "&lt;b&gt;&amp;&quot;&#x27;" in html


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_title() -> None:
    assert 'aria-hidden="true"' in render('{% icon "lock" %}')
    assert 'role="img" aria-label="Sealed"' in render('{% icon "lock" title="Sealed" %}')


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(NoSuchIcon, match=r"icons\.txt"):
        render('{% icon "unicorn" %}')


def test_a_status_reads_without_its_color() -> None:
    html = render('{% status "ok" "Counted" %}')

    assert "#check_circle" in html
    assert "Counted" in html


def test_a_hash_is_written_in_groups_and_copied_without_them() -> None:
    digest = "0123456789abcdef" * 4

    html = render("{% sha digest %}", digest=digest)

    assert html.count("<span>0123 4567 89ab cdef</span>") == 4
    assert f'data-copy="{digest}"' in html
    assert "hidden" in html, "without script the button could do nothing"


def test_the_walk_says_where_one_is() -> None:
    html = squeezed(render("{% walk steps %}", steps=steps(3)))

    assert "step 4 of 7" in html
    assert html.count('aria-current="step"') == 1
    assert html.count("is-done") == 3


def test_a_step_that_is_shut_is_no_link() -> None:
    html = render("{% walk steps %}", steps=steps(2, shut=(3, 4)))

    assert html.count("<a ") == 5
    assert html.count("is-shut") == 2
    assert 'href="/3"' not in html


def test_a_walk_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="7 steps"):
        render("{% walk steps %}", steps=steps(3)[:6])


def test_a_figure_leads_to_its_records_inside_and_is_plain_for_the_public() -> None:
    fig = {"number": 1261, "label": "Responses", "unit": "contact events", "url": "/f", "definition": "First contact."}

    inside, public = render("{% figure fig %}", fig=fig), render("{% figure fig public=True %}", fig=fig)

    assert '<a class="hs-fig__n" href="/f"' in inside
    assert "First contact." not in inside
    assert '<span class="hs-fig__n">1,261</span>' in public
    assert "First contact." in public


def test_a_changed_live_number_is_marked_by_more_than_color() -> None:
    fig = {"number": 261, "label": "x", "unit": "y", "live_text": "Live now 262", "is_changed": True}

    html = render("{% figure fig %}", fig=fig)

    assert "hs-delta" in html
    assert "#warning" in html


def test_a_log_shows_what_changed_from_what() -> None:
    at = dt.datetime(2021, 10, 17, 3, 42, tzinfo=dt.UTC)

    html = render("{% log_list entries %}", entries=[{"time": at, "text": "Reinstated", "old": "Out", "new": "In"}])

    assert 'datetime="2021-10-17T03:42:00+00:00"' in html
    assert "Out</del>" in html
    assert "In</ins>" in html


def test_a_conversation_names_each_day_once_and_marks_what_is_counted() -> None:
    first = {"time": "20:42", "who": "209-555-0104", "words": "Hello", "day": "Saturday", "is_counted": True}
    second = {"time": "20:44", "who": "Line 3", "words": "Yes", "day": "Saturday", "is_ours": True}

    html = render("{% conversation messages %}", messages=[first, second])

    assert html.count("hs-day") == 1
    assert "<mark>Hello</mark>" in html
    assert "<mark>Yes" not in html
    assert 'aria-label="209-555-0104, 20:42"' in html


def test_bytes_outside_the_record_stay_blank_and_marks_run_together() -> None:
    cells = [None, None, *({"hex": f"{at:02x}", "char": "<", "is_mark": at < 4} for at in range(14))]

    html = render("{% hex_table rows %}", rows=[{"offset": 16, "cells": cells}])

    assert '<span class="g">      <mark>00 01 02 03</mark> 04 05</span>' in html
    assert '<span class="g">  <mark>&lt;&lt;&lt;&lt;</mark>&lt;&lt;</span>' in html


def test_a_short_last_row_is_filled_with_blanks() -> None:
    html = render("{% hex_table rows %}", rows=[{"offset": 0, "cells": [{"hex": "41", "char": "A"}]}])

    assert f'<span class="g">41{" " * 21}</span>' in html


def test_a_sorted_column_says_so() -> None:
    html = render("{% sort_header c %}", c={"label": "When", "url": "?o=-when", "direction": "ascending"})

    assert 'aria-sort="ascending"' in html
    assert "#arrow_upward" in html


def test_progress_polls_until_it_is_finished() -> None:
    job = {"percent": 61, "text": "read", "url": "/p"}

    assert 'hx-get="/p"' in render("{% progress job %}", job=job)
    assert "hx-get" not in render("{% progress job %}", job=job | {"is_finished": True})


def test_a_chart_begins_at_zero_and_carries_its_table() -> None:
    bars = [{"label": "2019", "value": 200, "word": "more than", "is_open": True}, {"label": "2021", "value": 400}]

    html = render("{% bar_chart chart %}", chart={"title": "Years", "unit": "Responses", "bars": bars})

    assert 'y="120" width="35%" height="80"' in html
    assert 'y="40" width="35%" height="160"' in html
    assert 'class="open"' in html
    assert "more than 200</td>" in html
    assert "style=" not in html


def test_a_chart_of_nothing_is_drawn() -> None:
    assert 'height="0"' in render("{% bar_chart c %}", c={"title": "x", "bars": [{"label": "2021", "value": 0}]})


def test_nothing_beside_it_leaves_a_block_alone() -> None:
    source = '{% columns "aside" %}main{% beside %}{{ side }}{% endcolumns %}'

    assert "hs-cols" not in render(source, side=" ")
    assert "hs-cols--aside" in render(source, side="x")


def test_an_empty_wrapper_is_left_out() -> None:
    assert render('{% filled "div" "a" %} {% endfilled %}') == ""
    assert render('{% filled "div" "a" %}x{% endfilled %}') == '<div class="a">x</div>'


def test_nothing_to_do_for_empty_lists() -> None:
    for source in ("{% crumbs none %}", "{% updown none none %}"):
        assert render(source, none=None).strip() == ""
