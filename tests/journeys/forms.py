"""Forms sent empty: the page says what to correct, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Page

from tests.journeys.crawl import Seen, kind_of
from tests.journeys.looking import Axe, faults_in_both_lights
from tests.journeys.visitor import Visitor

TYPED = "Kept words"

# A group of a form must be filled in unless its label says "optional"; a single checkbox may stay empty. Uploads go by
# parts and have a journey of their own.
MUST = """
const fields = (group) => [...group.querySelectorAll("input:not([type=hidden]):not([readonly]), select, textarea")];
const isBox = (found) => found.length === 1 && found[0].type === "checkbox";
const must = (form, which) => [...form.querySelectorAll(which)].filter((group) =>
  !group.querySelector(".hs-optional") && fields(group).length && !isBox(fields(group)));
"""
OFFERED = f"""() => {{ {MUST}
  return [...document.forms]
    .map((form, place) => ({{place, action: form.getAttribute("action") || location.pathname, form}}))
    .filter(({{form}}) => form.method === "post" && !form.hasAttribute("data-upload"))
    .filter(({{form}}) => must(form, ".usa-form-group").length)
    .map(({{place, action}}) => ({{place, action}}));
}}"""
SEND_EMPTY = f"""(place) => {{ {MUST}
  const form = document.forms[place];
  for (const control of fields(form)) {{
    if (["radio", "checkbox"].includes(control.type)) control.checked = false;
    else control.value = "";
  }}
  form.submit();
}}"""
# A form of one field may say it beside the field alone.
SAYS_WHAT = ".hs-problems, .usa-error-message, .usa-alert--warning"
# The list has the focus, or a field, or the address leads to the part of the page with the error.
IS_FOCUS_ELSEWHERE = """() => document.scripts.length > 0
  && !document.activeElement.closest(".hs-problems, form") &&
  !document.querySelector(".usa-alert--warning, :target .usa-error-message")"""
# Types into a field that takes words, where another stays empty and keeps the form from being accepted.
TYPE_AND_SEND = f"""(typed) => {{ {MUST}
  const form = [...document.forms].find((one) => one.querySelector(".usa-form-group--error"));
  if (!form) return null;
  const wrong = must(form, ".usa-form-group--error");
  const taken = wrong.flatMap(fields).find((control) => control.tagName === "TEXTAREA" || control.type === "text");
  if (!taken || wrong.length < 2) return null;
  taken.value = typed;
  form.submit();
  return taken.name;
}}"""


def faults_of_forms(visitor: Visitor, seen: Seen, axe: Axe) -> Iterator[str]:
    """Send each form of this page empty that no other page of its kind has sent, and say what is wrong."""
    here = urldefrag(visitor.page.url).url  # the skip link may have been followed
    for offered in visitor.page.evaluate(OFFERED):
        kind = kind_of(offered["action"]).split(" ")[0]
        if not seen.is_first(f"form {kind}"):
            continue
        if visitor.page.url != here:
            visitor.open(here)
        yield from (f"form of {kind}: {fault}" for fault in _faults_of(visitor, offered["place"], axe))
    if visitor.page.url != here:
        visitor.open(here)


def _faults_of(visitor: Visitor, place: int, axe: Axe) -> Iterator[str]:
    page = visitor.page
    with page.expect_navigation(wait_until="load") as sent:
        page.evaluate(SEND_EMPTY, place)
    if sent.value is None or sent.value.status >= 500 or not page.locator(SAYS_WHAT).count():
        yield f"sent empty, {urlsplit(page.url).path} does not say what to correct"
        return
    # Public pages carry no script; there the list stands on top and is announced by its role.
    if page.evaluate(IS_FOCUS_ELSEWHERE):
        yield "sent empty, neither the list of what to correct nor its field has the focus"
    yield from (f"sent empty, {fault}" for fault in faults_in_both_lights(visitor, axe))
    yield from _faults_of_keeping(page)


def _faults_of_keeping(page: Page) -> Iterator[str]:
    with page.expect_navigation(wait_until="load"):
        name = page.evaluate(TYPE_AND_SEND, TYPED)
        if name is None:
            page.reload()
            return
    kept = page.evaluate("(name) => [...document.querySelectorAll(`[name='${name}']`)].map((one) => one.value)", name)
    if TYPED not in kept:
        yield f"what was typed into {name} is lost"
