"""Slips of codes for many units at once: whose code stays, what fails, and who can read the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from clocks import Stopwatch
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import select
from staff_users import NAMES, OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.errors import OperatorError
from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.errors import WrongCode
from taphuan.service.staff import base

SLIP = re.compile(r'<h2>([^<]+)</h2>.*?<p class="code">([^<]+)</p>', re.DOTALL)
ONCE = re.compile(r'name="once" value="([^"]+)"')
UNIT = re.compile(r"<h1>([^<:]+): (\d+) phiếu</h1>")


@pytest.fixture(autouse=True)
def papers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets that went to the press, as HTML."""
    sheets: list[str] = []

    def printed(sheet: object) -> bytes:
        sheets.append(sheet.html)  # type: ignore[attr-defined]
        return sheet.html.encode()  # type: ignore[attr-defined,no-any-return]

    monkeypatch.setattr(base, "print_sheet", printed)
    return sheets


def of_units(user: StaffUser, **fields: object) -> tuple[Response, Response]:
    """The page that says what was made, and the file that it leads to."""
    once = str(uuid4())
    page = user.post("ma/don-vi/", "ma/", **{"which": "all", "once": once, **fields})
    return page, fetched(user, page)


def fetched(user: StaffUser, page: Response) -> Response:
    """The file that a page leads to."""
    found = ONCE.findall(page.text) if page.is_success else []
    return user.post("ma/tep/", "ma/", once=(*found, str(uuid4()))[0])


def slips(file: Response) -> dict[str, str]:
    """Codes by the names of their holders."""
    return dict(SLIP.findall(file.text))


def opens(store: Store, hashing: Hashing, code: str) -> bool:
    try:
        return bool(LearnerSignIn(store, hashing).sign_in(code))
    except WrongCode:
        return False


def hashes(store: Store) -> dict[str, str]:
    with store.read() as connection:
        rows = connection.execute(select(schema.credential.c.person, schema.credential.c.hash)).all()
    return {row.person: row.hash for row in rows}


def test_one_action_makes_slips_for_all_units_and_codes_in_hand_stay_good(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, hashing: Hashing
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    held = LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)[hoa].text
    page, file = of_units(signed_in("office", PROVINCE))
    assert "Đã tạo 5 phiếu mã, 2 đơn vị" in page.text
    assert file.headers["content-disposition"] == 'attachment; filename="phieu-ma-hoc-vien.pdf"'
    assert UNIT.findall(file.text) == [("Phường Giếng Làng", "2"), ("Xã Suối Trong", "3")]
    found = slips(file)
    everybody = {name for names in NAMES.values() for name in names.values()}
    assert found.keys() == everybody - {"Lò Thị Hoa"}
    assert opens(store, hashing, held)
    assert all(opens(store, hashing, code) for code in found.values())


def test_only_who_has_a_code_is_offered_to_have_it_replaced(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, hashing: Hashing
) -> None:
    hoa, user = persons_by_unit[OURS].ids["hoa"], signed_in("office", PROVINCE)
    offered = re.compile(r">((?:Cấp|Cấp lại) mã)</button>")
    assert offered.findall(user.get(f"nguoi/{hoa}/").text) == ["Cấp mã"]
    LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)
    assert offered.findall(user.get(f"nguoi/{hoa}/").text) == ["Cấp lại mã"]


def test_new_codes_for_those_who_have_one_are_a_choice_that_says_what_it_does(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, hashing: Hashing
) -> None:
    user = signed_in("office", PROVINCE)
    _, first = of_units(user)
    page = user.get("ma/").text
    assert "mã cũ hết hiệu lực ngay, phiếu đã phát không dùng được nữa" in page
    refused, _ = of_units(user)
    assert (refused.status_code, "đã có mã" in refused.text) == (422, True)
    page, second = of_units(user, everybody="yes")
    assert "Đã tạo 6 phiếu mã, 2 đơn vị" in page.text
    name = "Thào A Páo"
    assert not opens(store, hashing, slips(first)[name])
    assert opens(store, hashing, slips(second)[name])


def test_only_the_units_that_are_ticked_get_slips(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    page, file = of_units(signed_in("office", PROVINCE), which="ticked", units=[THEIRS])
    assert UNIT.findall(file.text) == [("Phường Giếng Làng", "2")]
    assert hashes(store).keys() == set(persons_by_unit[THEIRS].all)
    assert "Xã Suối Trong" not in page.text


@pytest.mark.parametrize("units", [[], [THEIRS], [OURS, THEIRS], ["x"]])
def test_units_out_of_reach_get_none(
    units: list[str], signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    page, file = of_units(signed_in("trainer", OURS), which="ticked", units=units)
    assert (page.status_code, file.status_code) == (422, 422)
    assert hashes(store) == {}


def test_all_units_are_those_within_reach(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    of_units(signed_in("trainer", OURS))
    assert hashes(store).keys() == set(persons_by_unit[OURS].all)


def test_a_unit_that_fails_stops_no_other_and_says_why(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    hashing: Hashing,
    papers: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the slips are printed, somebody else gives one of the persons a code."""
    sua, given = persons_by_unit[THEIRS].ids["sua"], []
    print_it: Callable[[object], bytes] = base.print_sheet

    def printed(sheet: object) -> bytes:
        if not given:
            given.append(LearnerSignIn(store, hashing).issue([sua], by=OPERATOR)[sua].text)
        return print_it(sheet)

    monkeypatch.setattr(base, "print_sheet", printed)
    page, file = of_units(signed_in("office", PROVINCE))
    assert "Đã tạo 4 phiếu mã, 1 đơn vị" in page.text
    assert "1 đơn vị chưa tạo được" in page.text
    assert "Có người vừa được cấp mã" in page.text
    assert UNIT.findall(file.text) == [("Xã Suối Trong", "4")]
    assert opens(store, hashing, given[0])
    assert hashes(store).keys() == {*persons_by_unit[OURS].all, sua}
    assert len(papers) == 2


def test_where_nothing_can_be_printed_no_code_ends(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    papers: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, once = signed_in("office", PROVINCE), str(uuid4())
    of_units(user)
    before = hashes(store)

    def broken(sheet: object) -> bytes:
        raise OperatorError("không có trình duyệt", fix="cài Chromium")

    print_it = base.print_sheet
    monkeypatch.setattr(base, "print_sheet", broken)
    asked = {"which": "all", "everybody": "yes", "once": once}
    assert user.post("ma/don-vi/", "ma/", **asked).status_code == 503
    for_one = {"unit": OURS, "everybody": "yes", "once": str(uuid4())}
    assert user.post("ma/phieu.pdf", "ma/", **for_one).status_code == 503
    assert hashes(store) == before
    monkeypatch.setattr(base, "print_sheet", print_it)
    again, _ = of_units(user, **asked)
    assert "Đã tạo 6 phiếu mã" in again.text
    assert len(slips(user.post("ma/phieu.pdf", "ma/", **for_one))) == 4


def test_where_the_file_cannot_be_printed_anew_it_says_which_slips_are_void(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    hashing: Hashing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The codes of the other units are valid by then: their slips must not be lost."""
    sua, given = persons_by_unit[THEIRS].ids["sua"], []
    print_it: Callable[[object], bytes] = base.print_sheet

    def printed(sheet: object) -> bytes:
        if given:
            raise OperatorError("không có trình duyệt", fix="cài Chromium")
        given.append(LearnerSignIn(store, hashing).issue([sua], by=OPERATOR)[sua].text)
        return print_it(sheet)

    monkeypatch.setattr(base, "print_sheet", printed)
    page, file = of_units(signed_in("office", PROVINCE))
    assert "Đã tạo 4 phiếu mã, 1 đơn vị" in page.text
    assert "Tệp vẫn có phiếu của đơn vị này nhưng phiếu không dùng được" in page.text
    assert opens(store, hashing, slips(file)["Lò Thị Hoa"])
    assert not opens(store, hashing, slips(file)["Thào A Páo"])


def test_a_form_that_nothing_was_made_of_may_be_sent_again(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    hashing: Hashing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, once = signed_in("office", PROVINCE), str(uuid4())
    print_it: Callable[[object], bytes] = base.print_sheet

    def printed(sheet: object) -> bytes:
        whoever = [persons_by_unit[unit].all[0] for unit in (OURS, THEIRS)]
        LearnerSignIn(store, hashing).issue(whoever, by=OPERATOR)
        return print_it(sheet)

    monkeypatch.setattr(base, "print_sheet", printed)
    page, _ = of_units(user, once=once)
    assert "Chưa tạo được phiếu nào" in page.text
    monkeypatch.setattr(base, "print_sheet", print_it)
    page, _ = of_units(user, once=once)
    assert "Đã tạo 4 phiếu mã" in page.text


@pytest.mark.parametrize("chosen", [{}, {"everybody": "yes"}])
def test_the_same_form_sent_twice_makes_slips_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, chosen: dict[str, str]
) -> None:
    user, once = signed_in("office", PROVINCE), str(uuid4())
    of_units(user, once=once, **chosen)
    before = hashes(store)
    page, file = of_units(user, once=once, **chosen)
    assert "chỉ thực hiện một lần" in page.text
    assert len(slips(file)) == 6
    assert hashes(store) == before


def test_the_file_is_only_for_the_page_that_asked_and_only_for_a_while(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], app: FastAPI, stopwatch: Stopwatch
) -> None:
    user, once = signed_in("office", PROVINCE), str(uuid4())
    page, file = of_units(user, once=once)
    codes = [*slips(file).values()]
    assert len(codes) == 6
    assert not any(code in page.text for code in codes)
    kept = [one.hidden for one in app.state.service.sealed._files.values()]
    assert not any(code.encode() in hidden for code in codes for hidden in kept)
    assert user.post("ma/tep/", "ma/", once=once).status_code == 422
    assert fetched(signed_in("office", PROVINCE), page).status_code == 422
    assert fetched(user, page).status_code == 200
    stopwatch.seconds += 15 * 60
    assert "đã quá 15 phút" in fetched(user, page).text


def test_another_choice_on_the_same_page_is_another_file(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    """Whoever goes back to the form and ticks another unit has not sent the same twice."""
    user, once = signed_in("office", PROVINCE), str(uuid4())
    first, _ = of_units(user, which="ticked", units=[OURS], once=once)
    second, file = of_units(user, which="ticked", units=[THEIRS], once=once)
    assert "Đã tạo 2 phiếu mã" in second.text
    assert UNIT.findall(file.text) == [("Phường Giếng Làng", "2")]
    assert UNIT.findall(fetched(user, first).text) == [("Xã Suối Trong", "4")]
