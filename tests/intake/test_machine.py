"""Any order of dismissing, reinstating, referring and importing keeps the counts right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hotspots import errors
from hotspots.access.actor import Actor
from hotspots.intake import actions
from hotspots.intake.actions import DismissalFacts, ReferralFacts
from hotspots.intake.models import Response
from hotspots.intake.queries.referred import referred_among
from hotspots.intake.rules.states import DismissalReason, ReferralGround, ResponseState, ResponseStep, may_take
from hotspots.jobs.actions import run_ready_jobs
from tests.build_intake import Bench, after, backup, bench, number, sms

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = st.integers(1, 4)
MADE: list[Bench] = []
AFTER = {
    ResponseStep.DISMISS: ResponseState.DISMISSED,
    ResponseStep.REINSTATE: ResponseState.COUNTED,
    ResponseStep.REFER: ResponseState.REFERRED,
}


class Review(RuleBasedStateMachine):
    """What people may do with the responses of four senders, beside a picture of what should come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.made = MADE[0]
        self.offset = 20 * len(MADE)  # senders of this run alone
        MADE.append(self.made)
        self.states: dict[int, ResponseState] = {}
        self.hours = 0

    def sender(self, n: int) -> str:
        return number((self.offset + n) % 100, area=300 + (self.offset + n) // 100)

    @rule(n=PEOPLE)
    def write(self, n: int) -> None:
        """A sender writes, in a further export."""
        self.hours += 1
        self.made.receive(backup(sms(self.sender(n), after(1 + self.hours / 100), f"{self.offset} {self.hours}")))
        run_ready_jobs()
        self.states.setdefault(n, ResponseState.COUNTED)

    @rule(n=PEOPLE, reason=st.sampled_from(DismissalReason))
    def dismiss(self, n: int, reason: DismissalReason) -> None:
        facts = DismissalFacts(reason)
        self.take(n, ResponseStep.DISMISS, lambda by, row: actions.dismiss_response(by=by, response=row, facts=facts))

    @rule(n=PEOPLE)
    def reinstate(self, n: int) -> None:
        self.take(n, ResponseStep.REINSTATE, lambda by, row: actions.reinstate_response(by=by, response=row))

    @rule(n=PEOPLE, ground=st.sampled_from(ReferralGround))
    def refer(self, n: int, ground: ReferralGround) -> None:
        facts = ReferralFacts(ground)
        self.take(n, ResponseStep.REFER, lambda by, row: actions.refer_response(by=by, response=row, facts=facts))

    def take(self, n: int, step: ResponseStep, verb: Callable[[Actor, Response], object]) -> None:
        """Take a step, and expect a refusal exactly when the table says so."""
        if n not in self.states:
            return
        row = self.made.response(self.sender(n))
        if may_take(step, self.states[n]):
            verb(self.made.custodian, row)
            self.states[n] = AFTER[step]
        else:
            with pytest.raises((errors.RuleBroken, errors.NotFound)):
                verb(self.made.custodian, row)

    @invariant()
    def counts_are_right(self) -> None:
        rows = {n: self.made.response(self.sender(n)) for n in self.states}
        counting = set(Response.objects.counting().values_list("pk", flat=True))
        seen = set(Response.objects.visible_to(self.made.custodian).values_list("pk", flat=True))
        for n, state in self.states.items():
            assert (rows[n].pk in counting) is (state is ResponseState.COUNTED)
            assert (rows[n].pk in seen) is (state is not ResponseState.REFERRED)
            assert bool(referred_among([rows[n].contact_point_id])) is (state is ResponseState.REFERRED)


def test_the_states_of_responses_hold_in_any_order() -> None:
    made = bench()
    made.ad()
    MADE[:] = [made]

    run_state_machine_as_test(
        Review,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
