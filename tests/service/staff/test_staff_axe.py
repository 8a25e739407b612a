"""Every page of staff, and those that are only reached by a form or a mistake, is clean for axe.

Each is taken as it was answered and opened in a browser: on a phone and, what is new there, on a desk in the
dark; in `make soak` whole on each width in each scheme.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from all_pages import AllPages
from anyio.from_thread import BlockingPortal
from asgi_browser import Browser, serve
from axe_checks import EACH_ONCE, FIRST, SCREENS, SeenStyles, faults, on_screens
from browser_thread import in_browser_thread
from class_pages import COURSE, hold, right_sheet, waiting_entries
from fastapi import FastAPI
from fixtures_service import PAPER_101
from httpx import Response
from page_reading import Reading
from playwright.sync_api import Browser as Chromium
from roster_uploads import CSV, LESS, hidden_fields, upload
from site_styles import copy_site_styles
from sqlalchemy import update
from staff_users import OURS, PROVINCE, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing
from taphuan.roster_import.vocabulary import vocabulary
from taphuan.service.app import create_app
from taphuan.service.http.settings import CONFIRMATIONS
from taphuan.service.staff import ROUTERS, base

pytestmark = pytest.mark.thorough

#: Where pictures of the pages go, for whoever wants to look at them.
PICTURES = os.environ.get("TAPHUAN_PICTURES")
MADE_UP = vocabulary().synthetic
WRONG_LIST = (
    "Họ và tên,Chức vụ,Đơn vị,Huyện,Ghi chú\n"
    f'Lò Thị Hoa,Công chức,Xã Suối Trong,Huyện Cũ,"{MADE_UP}"\n'
    f'Giàng Thị Đua,Công chức,Xã Suối Trong,,"{MADE_UP}"\n'
    f'Sùng A Mới,Trưởng công an,Xã Không Có,,"{MADE_UP}"\n'
)
#: Two files that leave out a commune and most of the other.
SHORT_LIST = tuple(
    f'Họ và tên,Chức vụ,Đơn vị,Ghi chú\n{name},Công chức,Xã Suối Trong,"{MADE_UP}"\n'.encode()
    for name in ("Lò Thị Hoa", "Sùng A Mới")
)


@pytest.fixture
def invented() -> bool:
    """So that the marks of made-up people are looked at too."""
    return True


@pytest.fixture
def styled(tmp_path: Path) -> Path:
    """The stylesheets that a built site has."""
    return copy_site_styles(tmp_path / "styled")


@pytest.fixture
def app(programme, store, settings, hashing, stopwatch, styled) -> FastAPI:  # type: ignore[no-untyped-def]
    kept = {"settings": settings, "hashing": hashing, "stopwatch": stopwatch, "site": styled}
    return create_app(programme, store, routers=ROUTERS, **kept)


# --- the pages --------------------------------------------------------------------------------


def mistaken(office: StaffUser, trainer: StaffUser, stranger: Browser, programme: Programme) -> Iterator[Any]:
    """Pages before anybody is signed in, and those that say what went wrong."""
    yield "sign in", stranger.get("/can-bo/dang-nhap/")
    yield "signed in wrongly", stranger.send("/can-bo/dang-nhap/", name="ai đó", password="không đúng đâu")
    yield "invited", stranger.get("/can-bo/loi-moi/")
    yield "a short password", stranger.send("/can-bo/loi-moi/", code="x", password="ngắn", again="ngắn")
    yield "a roster with faults", upload(office, WRONG_LIST.encode())
    short = upload(office, *SHORT_LIST, names=("xã một.csv", "xã hai.csv"))
    yield "a shorter roster of two files", short
    yield "422 of a shorter roster", office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(short))
    yield "replacing a roster", office.get("danh-sach/?thay=1")
    yield "422 of a real list", upload(office, CSV.encode())
    instead = upload(office, *SHORT_LIST, names=("a", "b"), replaces="1", because="thiếu một xã")
    yield "a roster that replaces another", instead
    office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(instead) | LESS)
    yield "a roster replaced", office.get("danh-sach/")
    yield "a roster that is no file", office.post("danh-sach/thu/", "danh-sach/", levels="x")
    yield "422 of a class", office.post("lop/", "lop/", minutes="0")
    yield "422 of an anonymous class", office.post("lop/", "lop/", anonymous="yes", minutes="0")
    yield "422 of an activity", office.post("truyen-thong/", "truyen-thong/", held_on="mai")
    yield "422 of a plan", office.post("ke-hoach/", "ke-hoach/", number="12")
    yield "422 of an account", office.post("tai-khoan/", "tai-khoan/", name="")
    yield "422 of a code", office.post("ma/phieu.pdf", "ma/", unit="x")
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa", "day": "2026-03-01"}
    letters = {**right_sheet(programme), "c1": "ABC", "c2": ""}
    yield "422 of a paper", office.post("bai-giay/cham/", "bai-giay/", **chosen, **letters)
    page = hold(office, headcount="3")
    yield "422 of nobody", office.post(f"{page}co-mat/", page)
    yield "422 without a reason", office.post(f"{page}huy/", page, reason="")
    office.post(f"{page}huy/", page, reason="ghi nhầm ngày")
    yield "a class taken back", office.get(page)
    fair = {"unit": OURS, "held_on": "2026-03-01", "place": "chợ phiên", "audience": "nguoi-dan"}
    for _ in range(2):
        office.post("truyen-thong/", "truyen-thong/", **fair, headcount="9", material="none")
    first = re.findall(r"truyen-thong/([0-9a-f-]{36})/huy/", office.get("truyen-thong/").text)[0]
    yield "422 of a withdrawal", office.post(f"truyen-thong/{first}/huy/", "truyen-thong/", reason="")
    office.post(f"truyen-thong/{first}/huy/", "truyen-thong/", reason="ghi hai lần")
    yield "an activity taken back", office.get("truyen-thong/")
    untold = hold(trainer, sheet_ref="", headcount="3")
    someone = re.findall(r'name="person" value="([0-9a-f-]{36})"', trainer.get(untold).text)[0]
    trainer.post(f"{untold}co-mat/", untold, person=someone)
    yield "what waits", office.get("doi-chieu/")
    chosen_entries = {"event": waiting_entries(office), "reason": ""}
    yield "422 of what waits", office.post("doi-chieu/", "doi-chieu/", **chosen_entries)
    yield "403", trainer.get("tai-khoan/")
    yield "404", office.get("lop/khong-co/")
    yield "405", office.browser.post("/can-bo/chi-tieu/")
    looked_up = (stranger.get("/xac-nhan/000") for _ in range(CONFIRMATIONS.burst + 1))
    yield "429", next(answer for answer in looked_up if answer.status_code != 404)


def by_password_only(user: StaffUser) -> Iterator[Any]:
    """The second factor, for somebody who came by the password alone: bound, given, anew, too late."""
    yield "binding an authenticator", user.get("xac-minh/")
    yield "422 of wrong digits", user.post("xac-minh/", "xac-minh/", digits="000000")
    user.bind()
    yield "422 of a password", user.post("mat-khau/", "mat-khau/", current="x", password="y", again="y")
    user.post("dang-xuat/", "xac-minh/")
    user.sign_in("unit-head 00101 3")
    yield "giving a code", user.get("xac-minh/")
    here = update(schema.account).where(schema.account.c.id == user.account)
    user.store.write(lambda within: within.execute(here.values(totp_key="00000000")) and None)
    yield "binding anew", user.get("xac-minh/")
    user.clock.forward(minutes=16)
    yield "binding too late", user.get("xac-minh/")
    user.post("dang-xuat/", "xac-minh/")
    user.sign_in("unit-head 00101 3")
    for _ in range(11):
        last = user.post("xac-minh/", "xac-minh/", digits="000000")
    yield "a locked second factor", last


@pytest.fixture
def pages(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    by_password: SignedIn,
    store: Store,
    programme: Programme,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Response]:
    monkeypatch.setattr(base, "print_sheet", lambda sheet: b"%PDF")
    office, trainer = signed_in("office", PROVINCE), signed_in("trainer", OURS)
    with ExitStack() as stack:
        learner, stranger = (stack.enter_context(serve(app, portal)) for _ in range(2))
        known = {
            "store": store,
            "programme": programme,
            "hashing": hashing,
            "persons_by_unit": persons_by_unit,
        }
        all_pages = AllPages(office=office, learner=learner, **known)  # type: ignore[arg-type]
        found = dict(all_pages.pages()) | dict(mistaken(office, trainer, stranger, programme))
        found |= dict(by_password_only(by_password("unit-head", OURS)))
    is_page = {name: "text/html" in one.headers.get("content-type", "") for name, one in found.items()}
    return {name: one for name, one in found.items() if is_page[name] and one.text}


def _require_all(pages: dict[str, Response]) -> None:
    """Asserts that the pages are those that are meant, before they are looked at."""
    statuses = {name: answer.status_code for name, answer in pages.items()}
    assert {name: statuses[name] for name in ("403", "404", "405", "429")} == {
        "403": 403,
        "404": 404,
        "405": 405,
        "429": 429,
    }
    assert {statuses[name] for name in statuses if name.startswith("422")} == {422}
    assert "nội dung phải sửa trong tệp" in pages["a roster with faults"].text
    assert "Đã được thay bằng" in pages["a roster replaced"].text
    assert 'name="reason"' in pages["what waits"].text
    assert "Gắn lại ứng dụng" in pages["binding anew"].text
    assert "đăng xuất rồi đăng nhập lại" in pages["binding too late"].text
    assert statuses["a locked second factor"] == 429
    assert len(pages) > 55


# --- in a browser -----------------------------------------------------------------------------


@pytest.mark.parametrize("screens", [EACH_ONCE, pytest.param(SCREENS, marks=pytest.mark.soak)])
@in_browser_thread
def test_axe_finds_nothing(
    pages: dict[str, Response], chromium: Chromium, styled: Path, screens: tuple[tuple[int, str], ...]
) -> None:
    _require_all(pages)
    context = chromium.new_context(viewport=FIRST)
    reading, seen, found = Reading(context.new_page(), styled), SeenStyles(), list[object]()
    for name, answer in pages.items():
        reading.open(answer)
        for width, scheme in on_screens(reading.page, screens):
            is_whole = screens == SCREENS
            wrong = faults(reading.page) if is_whole else seen.faults(reading.page, (width, scheme))
            found += [(name, width, scheme, fault) for fault in wrong]
            if PICTURES:
                file = re.sub(r"\W+", "-", name).strip("-")
                reading.page.screenshot(path=f"{PICTURES}/{file}-{width}-{scheme}.png", full_page=True)
    context.close()
    assert found == []
    assert reading.complaints == []


@in_browser_thread
def test_the_menu_lies_open_over_a_page_without_a_violation(
    signed_in: SignedIn, chromium: Chromium, styled: Path
) -> None:
    page = chromium.new_page(viewport=FIRST)
    reading = Reading(page, styled)
    reading.open(signed_in("office", PROVINCE).get("chua-tap-huan/"))
    page.locator(".site-bar__menu > summary").click()
    assert page.get_by_role("link", name="Nhật ký").first.is_visible()
    found = [(screen, fault) for screen in on_screens(page, SCREENS[:2]) for fault in faults(page)]
    page.close()
    assert found == []


@pytest.fixture
def printable(signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]) -> Response:
    """The list of who is not yet trained, as it is printed."""
    return signed_in("office", PROVINCE).get("chua-tap-huan/in/")


@in_browser_thread
def test_each_unit_is_printed_on_a_page_of_its_own_without_header_and_buttons(
    printable: Response, persons_by_unit: dict[str, UnitPersons], chromium: Chromium, styled: Path
) -> None:
    page = chromium.new_page()
    reading = Reading(page, styled)
    reading.open(printable)
    assert page.locator("[data-print]").is_visible()
    page.emulate_media(media="print")
    for part in (".md-header", ".site-footer", "[data-print]", "h1"):
        assert not page.locator(part).is_visible()
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        assert len(printed.pages) == len(persons_by_unit)
    page.close()
    assert reading.complaints == []
