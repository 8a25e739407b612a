"""The five jobs done most, each in as few clicks as promised, in a real browser from the first page."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from browser_thread import in_browser_thread
from class_pages import right_sheet_of
from click_counter import PICTURES, ClickCounter, counting_clicks
from fixtures_service import REPOSITORY, listening
from playwright.sync_api import Browser, Route
from sqlalchemy import func, select
from staff_users import OPERATOR

from taphuan import quiz
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Level
from taphuan.programme.vietnamese import alphabetical
from taphuan.records import Store, people, schema
from taphuan.records.access.accounts import all_accounts
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.sessions import start_session
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.staff_entries import listed
from taphuan.records.training.classes import ClassSession, attendances
from taphuan.roster_import import template
from taphuan.service import Settings
from taphuan.service.app import create_app
from taphuan.service.staff import ROUTERS

COURSE, COMMUNE = "can-bo-cap-xa", "03388"
#: Letters of a unit that are compared: an outline writes some longer names twice.
FIRST = 8
#: Slips that fit on a page.
A_PAGE = 8
#: Persons of a unit: some have more than fit on a page.
SIZES: Mapping[Level, template.Size] = {"commune": (1, A_PAGE + 1), "province": (1, A_PAGE + 1)}


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real one: 38 communes and the agencies of the province."""
    found = load(REPOSITORY).programme
    assert found is not None
    return found


@pytest.fixture
def root(programme: Programme, store: Store, hashing: Hashing, styled_site: Path) -> Iterator[str]:
    def made(settings: Settings):  # type: ignore[no-untyped-def]
        return create_app(
            programme, store, site=styled_site, settings=settings, hashing=hashing, routers=ROUTERS
        )

    units = people.programme_units(programme.units)
    store.write(lambda within: people.place_units(within, units, by=OPERATOR, now=store.now()))
    with listening(made) as address:
        yield address


@pytest.fixture
def province(programme: Programme, store: Store, root: str) -> int:
    """Everybody of the synthetic roster, in all units, frozen."""
    entries = template.synthetic_roster(programme.units, 1, SIZES).entries
    now = store.now()

    def settle(connection):  # type: ignore[no-untyped-def]
        new = [NewPerson(full_name=one.full_name, position=one.position, unit=one.unit) for one in entries]
        added = people.add_persons(connection, new, by=OPERATOR, now=now)
        members = [RosterMember(person=id, unit=one.unit) for id, one in zip(added, entries, strict=True)]
        known = {"as_of": now.date(), "decision_ref": "12/QĐ", "source_sha256": "0" * 64, "synthetic": True}
        units = people.units_by_id(connection)
        for level in ("commune", "province"):
            some = [one for one in members if units[one.unit].level == level]
            people.freeze_roster(connection, some, level=level, **known, by=OPERATOR, now=now)  # type: ignore[arg-type]

    store.write(settle)
    return len(entries)


@pytest.fixture
def office(chromium: Browser, store: Store, hashing: Hashing, root: str) -> Iterator[ClickCounter]:
    """The office of the province, whose second factor was right just now."""
    StaffSignIn(store, hashing).invite("Nguyễn Văn Thử", "office", "12", by=OPERATOR)
    with store.read() as connection:
        (account,) = all_accounts(connection)
    now = store.now()
    token = store.write(
        lambda within: start_session(within, account=account.id, totp_at=now, now=now, random=bytes_of)
    )
    with counting_clicks(chromium, root, token) as clicker:
        yield clicker


def bytes_of(count: int) -> bytes:
    return (b"thu" * count)[:count]


@in_browser_thread
def hold_and_tick(office: ClickCounter) -> None:
    office.home()
    office.link("Điểm danh lớp")
    office.choose("Đơn vị tổ chức", COMMUNE)
    office.type("Thời lượng (phút)", "520")
    office.type("Số người dự", "10")
    office.type("Số danh sách ký tên (có thể để trống)", "PK-20260302-TEST01")
    office.button("Ghi lớp")
    office.says("Chọn người có mặt")
    box = office.page.get_by_label("Chọn cả")
    others = office.page.locator("[data-people] input")
    others.nth(0).check()
    assert box.evaluate("box => box.indeterminate")
    others.nth(0).uncheck()
    office.click(box)
    assert not box.evaluate("box => box.indeterminate")
    assert all(one.is_checked() for one in others.all())
    office.picture("diem-danh")
    office.button("Ghi có mặt")
    office.says("Đã ghi có mặt (10)")
    office.picture("lop")


def test_a_class_with_ten_present_takes_five_clicks(
    office: ClickCounter, programme: Programme, store: Store
) -> None:
    now = store.now()
    names = [NewPerson(full_name=f"Lò Thị {name}", position=None, unit=COMMUNE) for name in "ABCDEGHIKL"]
    store.write(lambda within: people.add_persons(within, names, by=OPERATOR, now=now) and None)
    hold_and_tick(office)
    assert office.clicks <= 5
    with store.read() as connection:
        (held,) = listed(connection, ClassSession)
        assert (held.course, held.unit) == (COURSE, COMMUNE)
        assert len(attendances(connection, held)) == 10


@in_browser_thread
def choose_before_the_script(office: ClickCounter) -> str:
    """A unit chosen while the page's script is still on its way; the course that then stands there."""

    def late(route: Route) -> None:
        office.page.get_by_label("Đơn vị tổ chức").select_option(COMMUNE)
        route.continue_()

    office.page.route("**/classes.*", late)
    office.page.goto(f"{office.root}/can-bo/lop/")
    return office.page.get_by_label("Khóa học").input_value()


def test_a_unit_chosen_before_the_script_came_chooses_the_course_too(office: ClickCounter) -> None:
    assert choose_before_the_script(office) == COURSE


@in_browser_thread
def make_slips(office: ClickCounter, persons: int, units: int) -> bytes:
    office.home()
    office.picture("viec")
    office.link("In phiếu mã")
    office.picture("ma")
    office.button("Tạo phiếu mã cho mọi đơn vị")
    office.page.wait_for_load_state()
    office.says(f"Đã tạo {persons} phiếu mã, {units} đơn vị")
    office.picture("ma-xong")
    return office.download("Tải tệp phiếu mã (PDF)")


def test_code_slips_of_the_province_take_four_clicks(
    office: ClickCounter, province: int, store: Store
) -> None:
    with store.read() as connection:
        known = people.units_by_id(connection)
        here = Counter(connection.execute(select(schema.person.c.unit)).scalars())
    data = make_slips(office, province, len(here))
    if PICTURES:
        Path(PICTURES, "phieu-ma.pdf").write_bytes(data)
    assert office.clicks <= 4
    assert len(here) >= 45
    assert max(here.values()) > A_PAGE
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        named = [str(one.title).replace("\u00a0", " ")[:FIRST] for one in outline.root]
        pages = len(pdf.pages)
    assert pages == sum(math.ceil(persons / A_PAGE) for persons in here.values())
    order = sorted(here, key=lambda id: (known[id].level != "commune", alphabetical(known[id].name)))
    assert named == [f"{known[id].name}: "[:FIRST] for id in order]
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.credential)) == province


@in_browser_thread
def freeze(office: ClickCounter, file: Path) -> None:
    office.home()
    office.link("Nhập danh sách")
    office.file("Tệp danh sách", file)
    office.type("Số quyết định hoặc công văn chốt danh sách", "12/QĐ-SYT")
    office.button("Xem thử")
    office.button("Chốt danh sách")
    office.says("Đã chốt danh sách")
    office.picture("da-chot")


def test_a_roster_is_frozen_in_four_clicks(
    office: ClickCounter, programme: Programme, store: Store, tmp_path: Path
) -> None:
    entries = [one for one in template.synthetic_roster(programme.units, 1).entries if one.unit == COMMUNE]
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(template.build_template(programme.units, entries))
    freeze(office, file)
    assert office.clicks <= 4
    with store.read() as connection:
        (roster,) = people.all_rosters(connection)
        assert connection.scalar(select(func.count()).select_from(schema.roster_member)) == len(entries)
    assert roster.decision_ref == "12/QĐ-SYT"


@in_browser_thread
def take_reports(office: ClickCounter) -> list[tuple[int, bytes]]:
    found = []
    for kind in ("Word", "Excel", "PDF"):
        office.home()
        found.append((office.clicks + 1, office.download(kind)))
    return found


def test_a_report_takes_two_clicks_in_each_form(office: ClickCounter, province: int, store: Store) -> None:
    files = take_reports(office)
    assert max(clicks for clicks, _ in files) <= 2
    assert [data[:4] for _, data in files] == [b"PK\x03\x04", b"PK\x03\x04", b"%PDF"]
    with store.read() as connection:
        query = select(func.count()).where(schema.audit.c.action == "report.exported")
        assert connection.scalar(query) == 3


@in_browser_thread
def enter_two(office: ClickCounter, code: str, letters: dict[str, str]) -> int:
    """The clicks of the second paper."""
    office.home()
    office.link("Nhập bài làm trên giấy")
    office.choose("Khóa học", COURSE)
    office.type("Mã đề", code)
    office.page.get_by_label("Tên người làm bài").fill("Lò Thị Mai")
    office.button("Mở phiếu trả lời")
    for number in (1, 2):
        if number == 2:
            office.clicks = 0
            office.picture("bai-giay-tiep")
            office.page.get_by_label("Tên người làm bài").fill("Vàng A Dơ")
            office.button("Mở phiếu trả lời")
        for name, written in letters.items():
            office.page.locator(f"#{name}").fill(written)
        if number == 1:
            office.page.get_by_label("Số lưu bài có chữ ký").fill("Tập 3")
            office.picture("bai-giay")
        office.button("Chấm và ghi")
        office.says("Đã ghi")
    return office.clicks


def test_a_paper_test_takes_two_clicks_after_the_first(
    office: ClickCounter, programme: Programme, store: Store
) -> None:
    names = ("Lò Thị Mai", "Vàng A Dơ")
    new = [NewPerson(full_name=name, position=None, unit=COMMUNE) for name in names]
    store.write(lambda within: people.add_persons(within, new, by=OPERATOR, now=store.now()) and None)
    seed = quiz.seed_of(COURSE, "1", "101")
    form = quiz.draw(programme, programme.courses[COURSE], seed, on=store.now().date())
    assert enter_two(office, f"101-{form.check}", dict(right_sheet_of(programme, form))) <= 2
    with store.read() as connection:
        rows = connection.execute(select(schema.attempt.c.person, schema.attempt.c.evidence)).all()
    assert [row.evidence for row in rows] == ["B", "B"]
    assert len({row.person for row in rows}) == 2
