"""Staff come in: which passwords are taken, how one is changed, when a session ends, what the trail says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from conftest import Clock
from fixtures_province import OFFICE, Province, set_up_province
from sqlalchemy import Engine, event, select

from taphuan.errors import OperatorError
from taphuan.records import By, Locked, Store, WrongCode, audit_trail, backup, restore, schema
from taphuan.records.access import accounts, credentials, learner_codes, second_factor, sessions
from taphuan.records.access.credentials import Hashing, UnknownCredentials, WeakPassword
from taphuan.records.access.learner_codes import LearnerSignIn, check_symbol
from taphuan.records.access.second_factor import new_key, read_or_make_key
from taphuan.records.access.sessions import Session
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.audit_trail import trail

NAME, PASSWORD, OTHER = "do.thi.hoa", "mật khẩu thật dài", "chợ phiên mưa bụi áo chàm"


@pytest.fixture
def staff(province: Province, hashing: Hashing) -> StaffSignIn:
    return StaffSignIn(province.store, hashing, titles=("Chương trình giữ nguồn nước",))


def joined(staff: StaffSignIn, role: accounts.Role = "office", password: str = PASSWORD) -> str:
    return staff.accept(staff.invite(NAME, role, "12", by=OFFICE), password)


def session_of(store: Store, token: str) -> Session | None:
    with store.read() as connection:
        return sessions.session_of(connection, token, now=store.now())


def signed_in(store: Store, token: str) -> Session:
    found = session_of(store, token)
    assert found is not None
    return found


def digits(store: Store, seed: str) -> str:
    return second_factor.totp_code(seed, int(store.now().timestamp()) // second_factor.TOTP_STEP)


def bind(store: Store, staff: StaffSignIn, token: str) -> str:
    session = signed_in(store, token)
    seed = staff.second_factor.pending(session)
    staff.second_factor.bind(session, digits(store, seed))
    return seed


def noted(province: Province) -> list[tuple[str, str]]:
    """What was done by whoever signs in, and why, the first one first; what still waits is written before."""
    province.store.write(lambda connection: None)
    table = schema.audit.c
    query = select(table.action, table.reason).where(table.action.in_(audit_trail.SIGN_IN_ACTIONS))
    return province.see(lambda within: [tuple(row) for row in within.execute(query.order_by(table.at))])


def refused(province: Province) -> list[str]:
    return [reason for action, reason in noted(province) if action == "account.refused"]


# --- passwords ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("mười bốn chữ !", "short"),
        ("chợ phiên " * 21, "long"),
        (" " * 20, "repeated"),
        ("aaaaaaaaaaaaaaaa", "repeated"),
        ("abababababababab", "repeated"),
        ("Do.Thi.Hoa do.thi.hoa", "named"),
        ("1234567890123456", "guessable"),
        ("qwertyuiop asdfgh", "guessable"),
        ("password123456789", "guessable"),
        ("matkhau matkhau 1", "guessable"),
        ("Mật khẩu mật khẩu", "guessable"),
        ("Anh yêu em mãi mãi", "guessable"),
        ("chương trình giữ nguồn nước", "guessable"),
    ],
)
def test_a_password_that_others_would_guess_is_refused_and_the_link_stays_good(
    staff: StaffSignIn, password: str, why: str
) -> None:
    link = staff.invite(NAME, "office", "12", by=OFFICE)
    with pytest.raises(WeakPassword) as raised:
        staff.accept(link, password)
    assert raised.value.why == why
    assert staff.accept(link, OTHER)


def test_a_long_sentence_is_a_password() -> None:
    sentence = "chợ phiên mưa bụi, áo chàm treo hiên nhà, mười hai con dao và một quả bầu khô"
    assert len(sentence) > 64
    assert credentials.checked_password(sentence, name=NAME) == sentence
    long = f"{sentence} · {sentence[::-1]} "
    longest = long + "ăn cơm nắm với muối vừng "[: credentials.LONGEST - len(long)]
    assert credentials.checked_password(longest, name=NAME) == longest


def test_each_of_the_thirty_thousand_commonest_that_is_long_enough_is_refused() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    long = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= credentials.SHORTEST]
    assert len(long) > 20
    for password in long:
        with pytest.raises(WeakPassword):
            credentials.checked_password(password, name=NAME)


def test_what_judges_passwords_is_not_loaded_until_one_is_set() -> None:
    look = "import sys, taphuan.records.access; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_a_changed_password_ends_all_sessions_but_the_new_one(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    bind(province.store, staff, token)
    other = staff.sign_in(NAME, PASSWORD)
    new = staff.change_password(signed_in(province.store, token), PASSWORD, OTHER)
    assert [session_of(province.store, one) for one in (token, other)] == [None, None]
    assert signed_in(province.store, new).totp_at == province.store.now()
    assert ("account.password-changed", "did so") in noted(province)
    with pytest.raises(WrongCode):
        staff.sign_in(NAME, PASSWORD)
    assert staff.sign_in(NAME, OTHER)


def test_another_password_is_checked_as_the_first_one_was(province: Province, staff: StaffSignIn) -> None:
    session = signed_in(province.store, joined(staff))
    for password, why in (("ngắn", "short"), ("matkhau matkhau 1", "guessable"), (PASSWORD, "same")):
        with pytest.raises(WeakPassword) as raised:
            staff.change_password(session, PASSWORD, password)
        assert raised.value.why == why


def test_guessing_the_current_password_locks_the_account(province: Province, staff: StaffSignIn) -> None:
    session = signed_in(province.store, joined(staff))
    for _ in range(10):
        with pytest.raises(WrongCode):
            staff.change_password(session, "không phải câu này đâu", OTHER)
    with pytest.raises(Locked):
        staff.change_password(session, PASSWORD, OTHER)
    with pytest.raises(Locked):
        staff.sign_in(NAME, PASSWORD)
    assert sorted(refused(province)) == ["while locked"] * 2 + ["wrong password"] * 10


# --- the trail ----------------------------------------------------------------------------------


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
    joined(staff, "trainer")
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
    unknown, now = UnknownCredentials(credentials.CODE_FAILURES, most=2), province.store.now()
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


# --- idle sessions ------------------------------------------------------------------------------


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


# --- seeds at rest ------------------------------------------------------------------------------


def test_a_key_is_made_once_for_its_owner_alone_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "ho-so/so.key"
    first = read_or_make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_or_make_key(path) == first
    assert re.fullmatch("[0-9a-f]{64}\n", path.read_text())
    assert first.secret.hex() not in repr(first)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", ["", "abc", "00" * 31, "khóa"])
def test_a_file_that_is_no_key_is_left_alone_and_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "so.key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError):
        read_or_make_key(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_seed_is_of_its_account_and_its_key_alone() -> None:
    key = new_key()
    hidden = key.encrypt("SEED", "a")
    assert key.decrypt(hidden, "a") == "SEED"
    assert key.decrypt(hidden, "b") is None
    assert new_key().decrypt(hidden, "a") is None
    assert key.encrypt("SEED", "a") != hidden


def test_records_without_their_key_lose_the_authenticators_and_nothing_else(
    sqlite_url: str, clock: Clock, hashing: Hashing, tmp_path: Path
) -> None:
    kept, key = tmp_path / "sao-luu.sqlite3", read_or_make_key(tmp_path / "so.key")
    with Store.open(sqlite_url, clock=clock) as store:
        province, staff = set_up_province(store), StaffSignIn(store, hashing, key=key)
        seed = bind(store, staff, joined(staff))
        staff.second_factor.pending(
            signed_in(store, staff.accept(staff.invite("b", "trainer", "03388", by=OFFICE), OTHER))
        )
        backup(sqlite_url, kept)
        persons = province.see(lambda within: within.execute(select(schema.person)).all())
    raw = kept.read_bytes()
    assert b"do.thi.hoa" in raw
    for secret in (seed.encode(), key.secret, key.secret.hex().encode()):
        assert secret not in raw
    elsewhere = f"sqlite:///{tmp_path / 'moi.sqlite3'}"
    restore(kept, elsewhere, clock=clock)
    with Store.open(elsewhere, clock=clock) as store:
        staff = StaffSignIn(store, hashing, key=read_or_make_key(tmp_path / "other.key"))
        assert staff.second_factor.count_unreadable() == 1
        token = staff.sign_in(NAME, PASSWORD)
        assert bind(store, staff, token) != seed
        assert signed_in(store, token).totp_at == clock()
        with store.read() as connection:
            assert connection.execute(select(schema.person)).all() == persons
            assert [one.action for one in trail(connection, limit=1)]
            assert "account.totp-renewed" in {one.action for one in trail(connection)}
        assert staff.second_factor.count_unreadable() == 0
        assert store.verify() == ()


def test_the_old_authenticator_works_again_once_its_key_is_back(
    sqlite_url: str, clock: Clock, hashing: Hashing
) -> None:
    key = new_key()
    with Store.open(sqlite_url, clock=clock) as store:
        set_up_province(store)
        seed = bind(store, StaffSignIn(store, hashing, key=key), joined(StaffSignIn(store, hashing, key=key)))
        without = StaffSignIn(store, hashing)
        without.second_factor.pending(signed_in(store, without.sign_in(NAME, PASSWORD)))
        clock.forward(seconds=30)
        back = StaffSignIn(store, hashing, key=key)
        back.second_factor.prove(signed_in(store, back.sign_in(NAME, PASSWORD)), digits(store, seed))
