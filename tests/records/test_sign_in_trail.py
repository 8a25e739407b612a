"""What the trail says of who came in, and that what does not exist costs the same as what does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from fixtures_province import OFFICE, Province
from sign_in_steps import NAME, OTHER, PASSWORD, bind, digits, joined, noted, signed_in
from sqlalchemy import Engine, event

from taphuan.records import By, Locked, WrongCode
from taphuan.records.access import accounts, learner_codes, lock_out, second_factor, sessions
from taphuan.records.access.credentials import Hashing, UnknownCredentials
from taphuan.records.access.learner_codes import LearnerSignIn, check_symbol
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.audit_trail import trail


def test_the_trail_says_who_came_in_how_and_who_did_not(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    seed = bind(province.store, staff, joined(staff))
    clock.forward(minutes=1)
    token = staff.sign_in(NAME, PASSWORD)
    clock.forward(minutes=1)
    with pytest.raises(WrongCode):
        staff.second_factor.prove(signed_in(province.store, token), "000000")
    clock.forward(minutes=1)
    staff.second_factor.prove(signed_in(province.store, token), digits(province.store, seed))
    clock.forward(minutes=1)
    province.do(sessions.close_session, token)
    province.do(sessions.close_session, token)
    assert sorted(noted(province)[:2]) == [
        ("account.accepted", "by the one-time link"),
        ("account.totp-bound", "did so"),
    ]
    assert noted(province)[2:] == [
        ("account.signed-in", "by password, code still to be given"),
        ("account.totp-refused", "wrong digits"),
        ("account.proved", "did so"),
        ("account.signed-out", "did so"),
    ]


def test_a_trainer_who_comes_by_the_password_alone_is_noted_as_such(
    province: Province, hashing: Hashing
) -> None:
    staff = StaffSignIn(province.store, hashing, trainers_by_password=True)
    joined(staff, role="trainer")
    staff.sign_in(NAME, PASSWORD)
    assert noted(province)[-1] == ("account.signed-in", "by password alone")


def test_a_name_that_nobody_has_is_noted_without_the_name(province: Province, staff: StaffSignIn) -> None:
    with pytest.raises(WrongCode):
        staff.sign_in("câu này là mật khẩu của tôi", "x")
    province.store.write(lambda connection: None)
    (entry,) = province.see(trail, action="sign-in.unknown")
    assert (entry.actor, entry.subject, entry.reason) == ("system", "-", "nobody has the name")


class Work:
    """What a database has to do, statement by statement, and how much it has written."""

    def __init__(self, province: Province) -> None:
        self._village, self.done = province, list[str]()
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        # What is taken back is released as what is kept.
        verb = statement.split()[0].replace("ROLLBACK", "RELEASE")
        if verb not in {"BEGIN", "PRAGMA"}:
            self.done.append(verb)

    def written(self) -> int:
        """The bytes of SQLite's log, which grows by each page that is written."""
        log = Path(f"{self._village.store._engines.url.database}-wal")
        return log.stat().st_size if log.is_file() else 0

    def stop(self) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)


class Observed(Hashing):
    """Verifies secrets, and notes what had been done and written before."""

    def __init__(self, work: Work) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.work, self.before = work, list[tuple[list[str], int]]()

    def verify(self, hash: str | None, secret: str) -> bool:
        self.before.append((list(self.work.done), self.work.written()))
        return super().verify(hash, secret)


def costs(
    province: Province, work: Work, hashing: Observed, attempt: Callable[[], object]
) -> tuple[object, ...]:
    """How a try ended, what was done before its secret was looked at, whether that was synced, and all."""
    work.done.clear()
    hashing.before.clear()
    bytes = work.written()
    with pytest.raises((WrongCode, Locked)) as raised:
        attempt()
    province.store.write(lambda connection: None)
    before = [(done, written > bytes) for done, written in hashing.before]
    return raised.type, before, list(work.done)


def test_a_wrong_code_costs_the_same_whether_or_not_anybody_has_it(province: Province) -> None:
    """Fifteen tries each: ten are wrong, and five find a lock."""
    work = Work(province)
    with closing(Observed(work)) as hashing:
        learners = LearnerSignIn(province.store, hashing)
        mine = learner_codes.parse_code(learners.issue(["p0"], by=OFFICE)["p0"].text).selector
        tries = [
            [costs(province, work, hashing, partial(learners.sign_in, written(selector))) for _ in range(15)]
            for selector in (mine, "ZZZZZ")
        ]
    work.stop()
    assert tries[0] == tries[1]
    assert [kind for kind, _, _ in tries[0]] == [WrongCode] * 10 + [Locked] * 5
    if is_sqlite(province):
        assert all(is_synced for _, before, _ in tries[1] for _, is_synced in before)


def test_a_wrong_password_costs_the_same_whether_or_not_anybody_has_the_name(province: Province) -> None:
    """A name that is somebody's, one that nobody has, and one of an account that is switched off."""
    work = Work(province)
    with closing(Observed(work)) as hashing:
        staff = StaffSignIn(province.store, hashing)
        for name in (NAME, "off"):
            staff.accept(staff.invite(name, "office", "12", by=OFFICE), PASSWORD)
        off = next(one for one in province.see(accounts.all_accounts) if one.name == "off")
        province.do(accounts.deactivate_account, off.id, by=OFFICE)
        tries = [
            [costs(province, work, hashing, partial(staff.sign_in, name, OTHER)) for _ in range(15)]
            for name in (NAME, "nobody", "off")
        ]
    work.stop()
    assert tries[0] == tries[1] == tries[2]
    assert [kind for kind, _, _ in tries[0]] == [WrongCode] * 10 + [Locked] * 5
    if is_sqlite(province):
        assert all(is_synced for _, before, _ in tries[1] for _, is_synced in before)


def written(selector: str) -> str:
    """A code of that selector, rightly written."""
    whole = selector + "000000000"
    return whole + check_symbol(whole)


def is_sqlite(province: Province) -> bool:
    return province.see(lambda within: within.dialect.name) == "sqlite"


def test_unknown_codes_beyond_the_most_are_forgotten_the_longest_unseen_first(province: Province) -> None:
    unknown, now = UnknownCredentials(lock_out.CODE_FAILURES, most=2), province.store.now()
    for key in [*("a" * 10), *("b" * 10)]:
        province.store.write(lambda within, key=key: unknown.begin_try(within, key, now))
    locked = [
        province.store.write(lambda within, key=key: unknown.begin_try(within, key, now)) for key in "acab"
    ]
    assert [isinstance(one, Locked) for one in locked] == [True, False, True, False]
    assert len(unknown) == 2


def test_what_trainers_need_is_noted_where_it_changes_and_not_at_every_start(
    province: Province, clock: Clock
) -> None:
    by = By(actor="dòng lệnh", reason="chọn khi chạy dịch vụ")
    for is_waived in (False, True, True, False, False, True):
        clock.forward(minutes=1)
        province.do(second_factor.note_second_factor, is_waived=is_waived, by=by)
    assert [action for action, _ in noted(province)] == [
        *("second-factor.waived", "second-factor.required", "second-factor.waived"),
    ]


def test_learners_who_sign_in_are_not_in_the_trail(province: Province, hashing: Hashing) -> None:
    learners = LearnerSignIn(province.store, hashing)
    code = learners.issue(["p0"], by=OFFICE)["p0"].text
    token = learners.sign_in(code)
    province.do(sessions.close_session, token)
    assert noted(province) == []
