"""Seeds of authenticators lie encrypted under a key that is made once, for its owner alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import OFFICE, set_up_province
from sign_in_steps import NAME, OTHER, PASSWORD, bind, digits, joined, signed_in
from sqlalchemy import select

from taphuan.errors import OperatorError
from taphuan.records import Store, backup, restore, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.second_factor import new_key, read_or_make_key
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.audit_trail import trail


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
