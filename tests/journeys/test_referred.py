"""A sender who was referred to advocates is gone from the task force's sight, open to the advocate liaison alone."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, deque
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin
from uuid import UUID

import pytest
from lxml import html
from playwright.sync_api import APIRequestContext, APIResponse

from hotspots.commands.demonstration.phones import write_phones
from hotspots.commands.demonstration.words import REFERRED_HELP, REFERRED_MINOR
from look.formats import phone
from tests.journeys.conftest import Visit
from tests.journeys.county import County
from tests.journeys.crawl import kind_of

TASK_FORCE = ("coordinator", "prosecutor", "lead.alder-city", "custodian.sheriff", "auditor")
COUNTYWIDE = ("coordinator", "prosecutor", "auditor")
COUNTED, DISMISSED = 261, 38
ROOMS = ("desk:", "intake:", "evidence:", "operations:", "cases:", "results:")
UUID_FORM = re.compile(r": [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
QUERY = """select r.id, r.reference, r.first_message_id, f.id, f.reference
  from intake_referral f join intake_response r on r.contact_point_id = f.contact_point_id"""


@dataclass(frozen=True, slots=True)
class Referred:
    """What would give a referred sender away."""

    response: str
    reference: str
    place: str
    referral: str
    referral_reference: str


@pytest.fixture
def referred(county_copy: County) -> list[Referred]:
    """Read from the database who was referred: no page of the task force could tell."""
    with closing(sqlite3.connect(county_copy.folder / "hotspots.sqlite3")) as database:
        rows = database.execute(QUERY).fetchall()
    return [Referred(str(UUID(a)), b, str(UUID(c)), str(UUID(d)), e) for a, b, c, d, e in rows]


@pytest.fixture
def numbers() -> list[str]:
    """Give the numbers of the referred senders, as the demonstration's script has them."""
    return [answer.address for answer in write_phones().answers if answer.outcome == "referred"]


def signs_of(referred: list[Referred], numbers: list[str]) -> list[str]:
    """Give every text by which a referred sender could be known."""
    ids = [sign for one in referred for sign in (one.response, one.reference, one.place, one.referral)]
    shown = [phone(number) for number in numbers]
    return [*ids, *numbers, *shown, *REFERRED_MINOR[1:], *REFERRED_HELP[1:]]


def read_everything(request: APIRequestContext, address: str) -> dict[str, str]:
    """Follow every kind of link, every page of each list and every CSV, and give what was read by its address."""
    read: dict[str, str] = {}
    counts, waiting, known = Counter[str](), deque(["/now"]), {"/now"}
    while waiting:
        path = waiting.popleft()
        answer = request.get(f"{address}{path}")
        if not answer.headers.get("content-type", "").startswith("text/"):
            continue
        read[path] = answer.text()
        if "html" in answer.headers["content-type"]:
            for link in wanted_links(f"{address}{path}", read[path], counts):
                if link.startswith(f"{address}/") and link.removeprefix(address) not in known:
                    known.add(link.removeprefix(address))
                    waiting.append(link.removeprefix(address))
    return read


def wanted_links(here: str, source: str, counts: Counter[str]) -> list[str]:
    """Give the links of a page that lead to a new kind of page, or to the next page of a list."""
    found = []
    for link in html.fromstring(source).xpath("//a[@href]"):
        whole = urldefrag(urljoin(here, link.get("href"))).url
        kind = kind_of(re.sub(r"^https?://[^/]+", "", whole))
        if link.get("rel") == "next" or (kind.startswith(ROOMS) and not counts[kind]):
            counts[kind] += 1
            found.append(whole)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("login", TASK_FORCE)
def test_a_referred_sender_is_nowhere_in_sight_of(
    visit: Visit, county: str, referred: list[Referred], numbers: list[str], login: str
) -> None:
    request = visit(county, login).page.context.request
    signs = signs_of(referred, numbers)

    read = read_everything(request, county)

    given_away = [f"{path}: {sign}" for path, text in read.items() for sign in signs if sign in text]
    # The log names a record by its id alone, which opens nothing.
    given_away = [line for line in given_away if not (line.startswith("/log") and UUID_FORM.search(line))]
    assert given_away == []
    assert len(read) > 40
    assert len(referred) == len(numbers) == 4


@pytest.mark.parametrize("login", TASK_FORCE)
def test_no_search_and_no_address_leads_to_a_referred_sender_for(
    visit: Visit, county: str, referred: list[Referred], numbers: list[str], login: str
) -> None:
    request = visit(county, login).page.context.request
    asked = [*numbers, *(number[-4:] for number in numbers), *(one.reference for one in referred)]

    found = [(words, search(request, county, words)) for words in asked]

    references = {one.reference for one in referred}
    assert [words for words, rows in found if references & rows] == []
    for path in addresses_of(referred):
        assert request.get(f"{county}{path}").status == 404, path


def search(request: APIRequestContext, address: str, words: str) -> set[str]:
    """Give the references of the responses that a search finds."""
    forms = html.fromstring(request.get(f"{address}/responses").text()).forms
    offered = [one for one in forms if one.action == "/responses/find"]
    if not offered:  # whoever reads no number has nothing to search with
        return set()
    token = offered[0].fields["csrfmiddlewaretoken"]
    said = {"sought": words, "back": "/responses", "csrfmiddlewaretoken": token}
    headers = {"Referer": f"{address}/responses"}
    page = html.fromstring(request.post(f"{address}/responses/find", form=said, headers=headers).text())
    return set(re.findall(r"R-[0-9A-Z]+", " ".join(page.xpath("//table//text()"))))


def addresses_of(referred: list[Referred]) -> list[str]:
    """Give the addresses at which a referred sender could stand."""
    each = ("/responses/{0.response}", "/places/{0.place}", "/referred/{0.referral}")
    histories = ("/history/intake.Response/{0.response}", "/history/intake.Message/{0.place}")
    return ["/referred", *(form.format(one) for one in referred for form in (*each, *histories))]


@pytest.mark.parametrize("login", COUNTYWIDE)
def test_a_referred_sender_is_in_no_count_of(visit: Visit, county: str, login: str) -> None:
    request = visit(county, login).page.context.request

    lines = request.get(f"{county}/responses?format=csv").text().splitlines()

    listed = [line for line in lines if re.search(r"\bR-[0-9A-Z]+", line)]
    assert len(listed) == COUNTED + DISMISSED


def test_the_advocate_liaison_sees_the_referred_sender_and_no_other(
    visit: Visit, county: str, referred: list[Referred], numbers: list[str]
) -> None:
    request = visit(county, "advocate-liaison").page.context.request

    pages = [opened(request.get(f"{county}/referred/{one.referral}")) for one in referred]

    listing = opened(request.get(f"{county}/referred"))
    assert all(one.referral_reference in listing for one in referred)
    assert all(any(phone(number) in page for page in pages) for number in numbers)
    assert all(REFERRED_MINOR[0] in page or REFERRED_HELP[0] in page for page in pages)
    assert request.get(f"{county}/responses").status == 404


def opened(answer: APIResponse) -> str:
    """Give the text of a page that must open."""
    assert answer.ok, answer.url
    return answer.text()
