"""What pages say after a deed, of a day that was typed, and of an address that only this machine knows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from asgi_browser import ORIGIN
from class_pages import enter, hold, right_sheet
from clocks import Clock
from fastapi import FastAPI
from roster_uploads import CSV, LESS, hidden_fields, upload
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.accounts import Role
from taphuan.service import Settings, staff
from taphuan.service.staff import ROUTERS
from taphuan.service.staff.forms import day_of_text

ACTIVITY = {"place": "chợ phiên", "audience": "nguoi-dan", "material": "none", "headcount": "120"}
DONE = Path(staff.__file__).parents[2] / "templates/service/staff/layout.html.j2"


@pytest.mark.parametrize(
    "written", ["25/11/2026", "25.11.2026", "25-11-2026", "25 11 2026", "25112026", "2026-11-25"]
)
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert day_of_text(written) == date(2026, 11, 25)


@pytest.fixture
def settings() -> Settings:
    """No address for good: pages go by the one that the reader came by."""
    return Settings(listening=(ORIGIN,))


@pytest.mark.parametrize("written", ["", "11/25/2026", "31/2/2026", "25/11-2026", "25/11/26", "mai"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert day_of_text(written) is None


def test_a_day_that_cannot_be_read_is_shown_again_with_how_to_write_it(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    answer = user.post("truyen-thong/", "truyen-thong/", unit=OURS, held_on="11/25/2026", **ACTIVITY)
    assert answer.status_code == 422
    assert "Viết ngày/tháng/năm, như 25/11/2026." in answer.text
    assert 'value="11/25/2026"' in answer.text


def test_a_page_says_what_has_not_come_about_and_not_of_each_that_nothing_was_recorded(
    signed_in: SignedIn,
) -> None:
    user = signed_in("office", PROVINCE)
    page = hold(user)
    for undone, answer in {
        "Chưa in được phiếu": user.post("ma/don-vi/", "ma/", which="some"),
        "Chưa mở được đề": user.post("bai-giay/", "bai-giay/", course="x"),
        "Chưa đọc được danh sách": user.post(f"{page}dan/", page, names=""),
        "Chưa ghi được": user.post(f"{page}co-mat/", page),
    }.items():
        assert answer.status_code == 422, undone
        assert re.findall(r'role="alert"[^>]*><h2>(.*?): có', answer.text) == [undone]


def test_the_page_after_a_deed_says_what_was_done(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    once = dict(re.findall(r'name="(once)" value="([^"]+)"', user.get("truyen-thong/").text))
    deed = {**ACTIVITY, **once, "unit": OURS, "held_on": "1/3/2026"}
    answer = user.post("truyen-thong/", "truyen-thong/", **deed)
    page = user.browser.get(answer.headers["location"]).text
    assert "Đã ghi hoạt động truyền thông." in page
    assert "01/3/2026" in page
    assert "Đã ghi hoạt động truyền thông." not in user.get("truyen-thong/").text


def test_every_word_of_a_deed_has_its_sentence() -> None:
    rooms = Path(staff.__file__).parent.rglob("*.py")
    used = {
        word
        for room in rooms
        for word in re.findall(r'redirect_done\([^\n]*?, "([a-z-]+)"\)', room.read_text("utf-8"))
    }
    said = set(re.findall(r'^  "([a-z-]+)":', DONE.read_text("utf-8"), re.MULTILINE))
    assert used == said


def test_no_address_says_that_something_was_done(signed_in: SignedIn) -> None:
    """A page opened again, or by a link, must not say that a roster was frozen."""
    user = signed_in("trainer", OURS)
    user.get("")
    assert "notice--good" not in user.get("truyen-thong/?xong=danh-sach").text


def test_an_unknown_word_of_what_was_done_says_nothing(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    user.get("")
    user.browser.client.cookies.set("__Host-done", "<b>x</b>")
    page = user.get("truyen-thong/").text
    assert "notice--good" not in page
    assert "<b>x" not in page


def test_one_paper_too_many_is_told_to_staff_in_words_for_staff(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, whom = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    for _ in range(10):
        answer = enter(user, whom, right_sheet(programme), sheet="HS-1", another="yes")
        if answer.status_code != 200:
            break
    assert answer.status_code == 422
    assert "Người này đã dùng hết số lần" in answer.text
    assert 'href="/can-bo/"' in answer.text


@pytest.mark.parametrize("path", ["ma/", "tai-khoan/"])
def test_what_is_given_out_with_an_address_of_this_machine_alone_is_warned_of(
    path: str, signed_in: SignedIn
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    warning = "chỉ máy này vào được"
    assert warning not in user.get(path).text
    for host in ("127.0.0.1:8080", "localhost:8080"):
        assert warning in user.browser.get(f"/can-bo/{path}", headers={"Host": host}).text


def test_once_a_roster_is_frozen_the_page_leads_to_the_slips(signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    seen = upload(user, CSV.encode())
    answer = user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(seen), **LESS})
    page = user.browser.get(answer.headers["location"]).text
    assert 'Đã chốt danh sách. <a href="/can-bo/ma/">In phiếu mã học viên</a>' in page


@pytest.mark.parametrize(
    ("role", "unit", "is_led"),
    [("office", PROVINCE, True), ("office", OURS, False), ("trainer", OURS, False)],
)
def test_an_office_is_led_through_its_first_steps_until_a_roster_is_frozen(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, role: Role, unit: str, is_led: bool
) -> None:
    user = signed_in(role, unit)
    assert "Bắt đầu" not in user.get("").text
    monkeypatch.setattr(people, "all_rosters", lambda connection: ())
    assert ("Bắt đầu" in user.get("").text) is is_led


def test_units_stand_in_the_order_of_a_dictionary(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    order = ["Xã Bản Bo", "Xã Bình Lư", "Xã Bum Nưa", "Xã Bum Tở", "Xã Dào San", "Xã Đông Phong"]
    units = [
        people.Unit(id=f"{number:05}", parent=PROVINCE, level="commune", name=name)
        for number, name in enumerate(sorted(order), 201)
    ]
    store.write(lambda within: people.place_units(within, units, by=OPERATOR, now=store.now()))
    user = signed_in("office", PROVINCE)
    for path in ("lop/", "truyen-thong/", "ke-hoach/"):
        offered = re.findall(r"<option[^>]*>([^<]+)</option>", user.get(path).text)
        assert list(dict.fromkeys(one for one in offered if one in order)) == order


def test_the_first_page_says_what_waits_and_leads_there(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user = signed_in("unit-head", OURS)
    page = hold(user)
    enter(user, persons_by_unit[OURS].ids["hoa"], right_sheet(programme))
    home = user.get("").text
    waiting = re.findall(r'<strong>([^<]+)</strong></p>.*?<a class="[^"]+" href="/can-bo/([^"]+)"', home)
    assert waiting == [
        ("1 mục nhập tay chờ người thứ hai đối chiếu", "doi-chieu/"),
        ("Lớp ngày 01/3/2026 tại Xã Suối Trong chưa điểm danh", page),
        ("4 người ở 1 đơn vị chưa có mã học viên", "ma/"),
    ]
    user.post(f"{page}co-mat/", page, person=persons_by_unit[OURS].ids["hoa"])
    assert "chưa điểm danh" not in user.get("").text


@pytest.mark.parametrize(
    ("role", "unit", "paths", "exports"),
    [
        ("trainer", OURS, ["lop/", "bai-giay/", "ma/", "chi-tieu/"], 0),
        ("unit-head", OURS, ["lop/", "bai-giay/", "ma/", "chi-tieu/"], 6),
        ("office", PROVINCE, ["lop/", "bai-giay/", "ma/", "danh-sach/"], 6),
    ],
)
def test_four_actions_and_the_reports_stand_first(
    role: Role,
    unit: str,
    paths: list[str],
    exports: int,
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    clock: Clock,
) -> None:
    clock.forward(days=150)
    home = signed_in(role, unit).get("").text
    sign = r'<svg class="actions__icon"[^>]*aria-hidden="true"[^>]*><path[^>]*/></svg>'
    action = rf'<li><a href="/can-bo/([^"]+)">{sign}<strong>[^<]+</strong><span>'
    assert re.findall(action, home) == paths
    assert home.count('name="kind"') == exports
    assert ("Chưa ghi nhận ai đã tập huấn trong số 4 người." in home) == (unit == OURS)


def test_the_course_of_a_class_is_the_one_for_ones_own_level(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    chosen = '<option value="nuoc-sach" selected>'
    assert chosen in signed_in("trainer", OURS).get("lop/").text
    assert chosen not in signed_in("office", PROVINCE).get("lop/").text


def test_the_first_to_ask_waits_for_no_route_to_be_made(app: FastAPI) -> None:
    """The application has each route of a page as it was made when its module was read."""
    made = [id(route) for router in ROUTERS for route in router.routes]
    assert len(made) > 50
    assert [id(route) for route in app.routes if id(route) in made] == made
