"""Sessions in which nobody clicks end: of staff after an hour, of learners after two."""

from __future__ import annotations

from clocks import Clock
from fixtures_province import OFFICE, Province
from sign_in_steps import joined, session_of, signed_in

from taphuan.records.access import sessions
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.access.staff_sign_in import StaffSignIn


def test_staff_are_signed_out_after_an_hour_without_a_click(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    for _ in range(3):
        clock.forward(minutes=59)
        assert signed_in(province.store, token).needs_touch(clock())
        province.do(sessions.touch_session, token)
        assert not signed_in(province.store, token).needs_touch(clock())
    clock.forward(hours=1)
    assert session_of(province.store, token) is None
    assert province.do(sessions.sweep_sessions) == 1


def test_learners_are_signed_out_after_two_hours_also_for_handing_in(
    province: Province, hashing: Hashing, clock: Clock
) -> None:
    learners = LearnerSignIn(province.store, hashing)
    token = learners.sign_in(learners.issue(["p0"], by=OFFICE)["p0"].text)

    def handing_in() -> dict[str, str]:
        return province.see(sessions.signed_in_learners, [token], now=clock())

    clock.forward(minutes=119)
    assert (handing_in(), session_of(province.store, token) is None) == ({token: "p0"}, False)
    clock.forward(minutes=1)
    assert (handing_in(), session_of(province.store, token) is None) == ({}, True)
