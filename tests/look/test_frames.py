"""The frames hold together with much, with little and with nothing in them."""

import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

FRAME = {
    "is_demonstration": True,
    "demonstration_text": "Alder County does not exist.",
    "county_name": "Alder County",
    "nav": [{"label": "Now", "url": "/now", "is_current": True}, {"label": "Cases", "url": "/cases"}],
    "public_nav": [{"label": "Results", "url": "/results", "is_current": True}],
    "menu": [{"label": "Your account", "url": "/account"}],
    "footer": [{"label": "Help", "url": "/help"}],
    "role_title": "Coordinator",
    "organization_name": "District Attorney",
    "theme": "dark",
    "display_url": "/display",
    "sign_out_url": "/out",
    "path": "/now?a=1",
}
VOID = {"meta", "link", "input", "br", "circle", "img", "hr"}


class Balance(HTMLParser):
    """Checks that every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} at {self.getpos()}")


def page(base: str, blocks: str = "", **values: object) -> str:
    """Render a page on a base."""
    return Template('{% extends "' + base + '" %}{% load look %}' + blocks).render(Context(values))


@pytest.mark.parametrize("base", ["look/base.html", "look/public.html"])
@pytest.mark.parametrize("frame", [FRAME, {}], ids=["full", "empty"])
def test_a_frame_is_well_formed(base: str, frame: dict) -> None:
    found = Balance(page(base, "{% block main %}<p>x</p>{% endblock %}", frame=frame))

    assert found.faults == []
    assert found.open == []


@pytest.mark.parametrize("base", ["look/base.html", "look/public.html"])
def test_a_frame_has_one_heading_one_main_and_a_way_past_the_header(base: str) -> None:
    html = page(base, "{% block heading %}Hello{% endblock %}", frame=FRAME)

    assert html.count("<h1>") == 1
    assert html.count("<main") == 1
    assert 'class="usa-skipnav" href="#main"' in html
    assert '<html lang="en' in html
    assert 'dir="ltr" data-theme="dark"' in html


def test_the_public_frame_has_no_script() -> None:
    assert "<script" not in page("look/public.html", frame=FRAME)


def test_the_demonstration_strip_is_on_every_frame() -> None:
    for base in ("look/base.html", "look/public.html", "look/error.html", "look/public_error.html"):
        html = render_to_string(base, {"frame": FRAME})
        assert "Demonstration data." in html
        assert "Alder County does not exist." in html
        assert "hs-demo" not in render_to_string(base, {"frame": FRAME | {"is_demonstration": False}})


def test_the_theme_is_chosen_by_four_buttons_of_one_form() -> None:
    html = page("look/base.html", frame=FRAME, csrf_token="t0ken")

    assert re.findall(r'name="theme" value="(\w+)"', html) == ["auto", "light", "dark", "night"]
    assert html.count('aria-pressed="true"') == 1
    assert 'name="next" value="/now?a=1"' in html
    assert html.count('value="t0ken"') == 2


def test_the_walk_stands_beside_the_page_only_where_there_is_one() -> None:
    assert "hs-cols--rail" not in page("look/base.html", frame=FRAME)
    assert "hs-cols--rail" in page("look/base.html", "{% block walk %}w{% endblock %}", frame=FRAME)


def test_a_page_may_fill_the_blocks_inside_the_columns() -> None:
    html = page("look/base.html", "{% block main %}M{% endblock %}{% block aside %}A{% endblock %}", frame=FRAME)

    assert '<div class="hs-stack-lg">M</div><aside class="hs-stack-lg"' in html


def test_a_message_becomes_an_alert_of_its_kind() -> None:
    message = {"tags": "success", "message": "Citation <1> is saved."}

    html = page("look/base.html", frame=FRAME, messages=[message])

    assert "usa-alert--success" in html
    assert "Citation &lt;1&gt; is saved." in html


def test_an_error_page_shows_what_happened_and_the_reference() -> None:
    html = render_to_string("look/error.html", {"frame": FRAME, "title": "Gone", "text": "Why", "reference": "7f3a"})

    assert "<h1>Gone</h1>" in html
    assert "7f3a" in html
