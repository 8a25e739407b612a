"""Which passwords of staff are taken, and how one is changed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fixtures_province import OFFICE, Province
from sign_in_steps import NAME, OTHER, PASSWORD, bind, joined, noted, session_of, signed_in

from taphuan.records import Locked, WrongCode
from taphuan.records.access import credentials
from taphuan.records.access.credentials import Hashing, WeakPassword
from taphuan.records.access.staff_sign_in import StaffSignIn


@pytest.fixture
def staff(province: Province, hashing: Hashing) -> StaffSignIn:
    return StaffSignIn(province.store, hashing, titles=("Chương trình giữ nguồn nước",))


def refused(province: Province) -> list[str]:
    return [reason for action, reason in noted(province) if action == "account.refused"]


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


@pytest.mark.slow
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
