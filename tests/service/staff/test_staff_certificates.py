"""A certificate is public without a name until it is revoked; a class has its own in one file."""

from __future__ import annotations

import re

import pytest
from class_pages import COURSE, enter, hold, right_sheet
from clocks import Clock
from sqlalchemy import func, select
from staff_users import NAMES, OURS, THEIRS, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, schema
from taphuan.records.audit_trail import trail
from taphuan.service.staff import base


def test_a_slip_is_public_without_a_name_until_it_is_revoked(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, hoa = signed_in("unit-head", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    given = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/")
    serial = re.findall(r"/([0-9A-Z]{24})\.pdf", given.headers["location"])[0]
    public = user.browser.get(f"/xac-nhan/{serial}").text
    assert "còn giá trị" in public
    assert "Hoa" not in public
    again = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/")
    assert serial in again.headers["location"]
    user.post(f"phieu-xac-nhan/{serial}/thu-hoi/", f"nguoi/{hoa}/", reason="in nhầm")
    assert "đã bị thu hồi" in user.browser.get(f"/xac-nhan/{serial}").text
    assert user.get(f"phieu-xac-nhan/{serial}.pdf").status_code == 404


def test_another_unit_cannot_print_a_slip(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    location = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/").headers["location"]
    other = signed_in("unit-head", THEIRS)
    assert other.browser.get(location).status_code == 404


def test_a_class_has_its_slips_in_one_file_and_says_who_lacks_what(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheets: list[str] = []
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheets.append(sheet.html) or b"%PDF")
    user, ids = signed_in("unit-head", OURS), persons_by_unit[OURS].ids
    long, short = hold(user, minutes="20"), hold(user, minutes="10", sheet_ref="PK-2", headcount="4")
    attend_all = user.post(f"{long}co-mat/", long, person=[ids["hoa"], ids["minh"]])
    assert attend_all.status_code == 303
    assert (
        user.post(f"{short}co-mat/", short, person=[ids["hoa"], ids["minh"], ids["dua"]]).status_code == 303
    )
    unsigned = hold(user, minutes="30", sheet_ref="", headcount="4")
    assert user.post(f"{unsigned}co-mat/", unsigned, person=ids["dua-2"]).status_code == 303
    page = user.get(short).text
    assert "<strong>2</strong>/3 người đã hoàn thành khóa; 1 người chưa có phiếu" in page
    assert re.findall(r"<td>([^<]+)</td>", page) == ["mới dự 10/30 phút"]
    assert "có mục chờ đối chiếu" in user.get(unsigned).text
    for _ in range(2):
        clock.forward(minutes=1)
        answer = user.post(f"{short}phieu/", short)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert sheets[-1].count('<section class="certificate">') == 2
        assert [name in sheets[-1] for name in NAMES[OURS].values()] == [True, True, False, False]
        assert sheets[-1].count('class="space"') == 2, "each has a place to sign"
    assert "size: A5 landscape" in sheets[-1]
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.certificate)) == 2
        assert len(trail(connection, action="certificate.issued")) == 2, "printing again issues nothing"


def test_a_slip_that_was_revoked_is_not_given_again_with_the_class(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = signed_in("unit-head", OURS), persons_by_unit[OURS].ids["hoa"]
    page = hold(user)
    assert user.post(f"{page}co-mat/", page, person=hoa).status_code == 303
    given = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/").headers["location"]
    serial = re.findall(r"/([0-9A-Z]{24})\.pdf", given)[0]
    user.post(f"phieu-xac-nhan/{serial}/thu-hoi/", f"nguoi/{hoa}/", reason="in nhầm")
    answer = user.post(f"{page}phieu/", page)
    assert answer.status_code == 422
    assert "Chưa có người nào trong lớp được in phiếu" in answer.text
    assert "phiếu đã bị thu hồi; cấp lại ở hồ sơ của người này" in answer.text


def test_a_class_of_others_gives_no_slips(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = hold(signed_in("trainer", THEIRS), unit=THEIRS)
    assert signed_in("unit-head", OURS).post(f"{page}phieu/", "lop/").status_code == 404
