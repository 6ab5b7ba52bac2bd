"""Every refusal that the program can make.

::

    Refusal
    ├── NotAllowed    who: the actor may not do this
    ├── NotFound      there is no such record, or it may not be seen; the two are never told apart
    ├── RuleBroken    what: a rule of the field forbids it; carries the rule's name and a sentence
    ├── BadInput      shape: the value is not what was expected; carries a locator
    ├── Stale         when: someone else was first; carries both versions
    └── Unavailable   disk, key or partner is away; says what still works

Everything else is a bug: it is logged, shown as an apology with a reference, and never swallowed.
"""

from __future__ import annotations


class Refusal(Exception):
    """A refusal that is meant for the user: `rule` names it for the log, `sentence` is read by a person."""

    family = "refusal"
    http_status = 400

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class NotAllowed(Refusal):
    """The actor may not do this, or not here."""

    family = "not_allowed"
    http_status = 403


class NotFound(Refusal):
    """There is no such record for this actor."""

    family = "not_found"
    http_status = 404


class RuleBroken(Refusal):
    """A rule of the field forbids it; `field` names the form field the sentence belongs beside, if one does."""

    family = "rule_broken"
    http_status = 409

    def __init__(self, rule: str, sentence: str, *, field: str = "") -> None:
        super().__init__(rule, sentence)
        self.field = field


class BadInput(Refusal):
    """A value has the wrong shape; `locator` says where, such as "line 2" or "field phone"."""

    family = "bad_input"
    http_status = 422

    def __init__(self, rule: str, sentence: str, *, locator: str = "") -> None:
        super().__init__(rule, sentence)
        self.locator = locator

    def __str__(self) -> str:
        return f"{self.locator}: {self.sentence}" if self.locator else self.sentence


class Stale(Refusal):
    """Someone else was first; `theirs` is what is kept now, `yours` what was sent."""

    family = "stale"
    http_status = 409

    def __init__(self, rule: str, sentence: str, *, theirs: object = None, yours: object = None) -> None:
        super().__init__(rule, sentence)
        self.theirs = theirs
        self.yours = yours


class Unavailable(Refusal):
    """Something the program needs is away; the sentence says what still works."""

    family = "unavailable"
    http_status = 503
