"""From an invitation to the second factor: what a new person does on the first day and on the second."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

LOGIN, TITLE = "officer.99", "Officer 99"
PASSWORD = "a heron over the levee road"
PERIOD_SECONDS = 30


def code_of(secret: str, counter: int) -> str:
    """Compute what an authenticator app shows (RFC 4226 and 6238), without the program's own code."""
    plain = re.sub(r"[\s-]", "", secret).upper()  # it is shown in groups
    key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def counter_now() -> int:
    """Give the number of the half minute that it is."""
    return int(time.time()) // PERIOD_SECONDS


def test_an_invited_person_signs_in_with_two_factors_and_each_code_works_once(
    visit: Visit, changed_county: str
) -> None:
    liaison = visit(changed_county, "liaison.sheriff")
    person = visit(changed_county)

    link = invite(liaison)
    accept(person, link)
    secret, enrolled_at = enroll(person)
    recovery = keep_recovery_codes(person)
    assert len(recovery) == 10

    sign_out(person)
    begin_sign_in(person)
    use_code(person, code_of(secret, enrolled_at))
    expect(person.page.locator(".hs-problems")).to_be_visible()  # it was shown once already
    use_code(person, code_of(secret, enrolled_at + 1))
    person.page.wait_for_url("**/now")

    sign_out(person)
    begin_sign_in(person)
    use_code(person, recovery[0])
    person.page.wait_for_url("**/now")

    sign_out(person)
    begin_sign_in(person)
    use_code(person, recovery[0])
    expect(person.page.locator(".hs-problems")).to_be_visible()
    assert "/now" not in person.page.url

    see_that_the_link_has_ended(person, link)
    assert liaison.complaints == person.complaints == []


def invite(liaison: Visitor) -> str:
    """Invite an officer, and give the link that is shown once."""
    page = liaison.page
    liaison.open("/people")
    liaison.follow("Invite a person")
    page.get_by_label("What the person is").fill(TITLE)
    page.get_by_label("Login").fill(LOGIN)

    liaison.press("Make the link")

    shown = page.locator(".hs-raw").inner_text()
    assert shown.startswith(f"{liaison.address}/invitation/")
    return shown


def accept(person: Visitor, link: str) -> None:
    """Open the link without an account, be refused a weak password, and set a good one."""
    page = person.page
    person.open(link)
    for weak in ("short", "password1234"):
        fill_passwords(person, weak)
        expect(page.locator(".hs-problems")).to_be_visible()

    fill_passwords(person, PASSWORD)

    page.wait_for_url("**/account/second-factor")
    person.open("/now")
    assert page.url.endswith("/account/second-factor")  # nothing opens before the second factor is set up


def fill_passwords(person: Visitor, password: str) -> None:
    """Type a password twice, and send it."""
    person.page.get_by_label("New password").fill(password)
    person.page.get_by_label("The same again").fill(password)
    person.press("Set password")


def enroll(person: Visitor) -> tuple[str, int]:
    """Take the key that is shown into an authenticator, and show that it works."""
    page = person.page
    secret = page.locator("section[aria-labelledby=scan] .mono").inner_text()
    page.get_by_label("The six digits it shows now").fill("000000")
    person.press("Set up")
    expect(page.locator(".hs-problems")).to_be_visible()
    assert page.locator("section[aria-labelledby=scan] .mono").inner_text() == secret
    counter = counter_now()
    page.get_by_label("The six digits it shows now").fill(code_of(secret, counter))

    person.press("Set up")

    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return secret, counter


def keep_recovery_codes(person: Visitor) -> list[str]:
    """Write down the recovery codes, and go on."""
    codes = person.page.locator("section[aria-labelledby=codes] li").all_inner_texts()
    person.follow("I have printed them")
    person.page.wait_for_url("**/now")
    return codes


def sign_out(person: Visitor) -> None:
    """Sign out from the Menu."""
    person.page.locator("details.hs-menu summary").click()
    person.press("Sign out")
    person.page.wait_for_url("**/sign-in")


def begin_sign_in(person: Visitor) -> None:
    """Give login and password."""
    person.open("/sign-in")
    person.page.get_by_role("textbox", name="Login").fill(LOGIN)
    person.page.get_by_role("textbox", name="Password").fill(PASSWORD)
    person.press("Sign in")
    person.page.wait_for_url(re.compile("/sign-in/code"))


def use_code(person: Visitor, code: str) -> None:
    """Give a code of the second factor."""
    person.page.get_by_label("Code").fill(code)
    person.press("Go on")


def see_that_the_link_has_ended(person: Visitor, link: str) -> None:
    """Open the link of the invitation again."""
    answer = person.open(link)

    assert answer.status == 404
    expect(person.page.get_by_label("New password")).to_have_count(0)
