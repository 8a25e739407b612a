"""In a real browser: the first account, a roster, slips, a class; the share moves, the report comes down."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_checks import FIRST, SCREENS, faults, on_screens, wider_than_screen
from fixtures_service import own_port
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from staff_users import OPERATOR, PASSWORD

from taphuan.programme.loader import load
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.second_factor import TOTP_STEP, totp_code
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.service.app import create_app
from taphuan.service.http.settings import Settings
from taphuan.service.staff import ROUTERS

REPOSITORY = Path(__file__).parents[3]
PAGES = (
    *("", "lop/", "bai-giay/", "nguoi/", "ma/", "doi-chieu/", "phieu-xac-nhan/", "truyen-thong/"),
    *("chi-tieu/", "bao-cao/", "danh-sach/", "so-lieu/", "tai-khoan/", "xac-minh/", "mat-khau/"),
    *("ke-hoach/", "nhat-ky/", "chua-tap-huan/"),
)
COMMUNE = "03388"
#: Where pictures of the pages go, for whoever wants to look at them.
PICTURES = os.environ.get("TAPHUAN_PICTURES")


@pytest.fixture
def clean_site(styled_site: Path) -> Path:
    return styled_site


@pytest.fixture
def served(tmp_path: Path, clean_site: Path) -> Iterator[tuple[str, str]]:
    """The real programme with its records on a free port: its address, and the token of the first account."""
    programme = load(REPOSITORY).programme
    assert programme is not None
    with Store.open(f"sqlite:///{tmp_path / 'records.db'}") as store:
        units = people.programme_units(programme.units)
        store.write(lambda within: people.place_units(within, units, by=OPERATOR, now=store.now()))
        port = own_port()
        hashing = Hashing()
        app = create_app(
            programme,
            store,
            site=clean_site,
            settings=Settings(is_secure=False),
            hashing=hashing,
            routers=ROUTERS,
        )
        token = StaffSignIn(store, hashing).invite(
            "Nguyễn Văn Thử", "office", programme.units.province.code, by=OPERATOR
        )
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", token
        server.should_exit = True
        thread.join()


@pytest.fixture
def chromium(chromium_path: str) -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, chromium_sandbox=not root)
        yield browser
        browser.close()


class Office:
    """The one who does it all, and what the browser complained about meanwhile."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.complaints = page, root, []  # type: ignore[var-annotated]
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.root}/can-bo/{path}")

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)

    def download(self, button: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.get_by_role("button", name=button).click()
        return coming.value.path().read_bytes()

    def share(self) -> tuple[int, str]:
        """Persons trained of the commune level, and the words of the page."""
        self.go("chi-tieu/")
        section = self.page.locator('[data-target="commune-officials-trained"]')
        counted = section.locator("[data-numerator]")
        return int(counted.inner_text()) if counted.count() else 0, section.inner_text()


def begin(office: Office, token: str) -> None:
    """The first account by its one-time link, and the second factor."""
    page = office.page
    office.go(f"loi-moi/#ma={token}")
    assert token not in page.url
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu").fill(PASSWORD)
    office.picture("loi-moi")
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
    expect(page.get_by_role("heading", name="Gắn ứng dụng lần đầu")).to_be_visible()
    office.go("danh-sach/")
    office.picture("xac-minh")
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Sáu chữ số").fill(totp_code(secret, int(time.time()) // TOTP_STEP))
    page.get_by_role("button", name="Xác minh").click()
    expect(page).to_have_url(re.compile("/can-bo/danh-sach/$"))


def freeze_roster(office: Office, folder: Path) -> None:
    """The synthetic list down, up again, looked through, frozen."""
    page = office.page
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("không có thật")).click()
    list_file = folder / "danh-sach.xlsx"
    coming.value.save_as(list_file)
    page.get_by_label("Tệp danh sách").set_input_files(list_file)
    page.get_by_label("Danh sách này là của").select_option("both")
    page.get_by_label("Số quyết định").fill("12/QĐ-SYT")
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_text("DỮ LIỆU MẪU").first).to_be_visible()
    office.picture("xem-thu")
    page.get_by_role("button", name="Chốt danh sách").click()
    expect(page.locator(".frozen")).to_have_count(2)
    expect(page.locator("main .synthetic")).to_have_count(1)
    office.picture("danh-sach")


def hold_class(office: Office) -> None:
    """A class as long as the course, with three who attended, found while typing."""
    page = office.page
    office.go("lop/")
    page.get_by_label("Đơn vị mở lớp").select_option(COMMUNE)
    assert page.get_by_label("Khóa sẽ dạy").input_value() == "can-bo-cap-xa"
    assert office.download("In danh sách ký tên (PDF)").startswith(b"%PDF")
    page.get_by_label("Khóa học").select_option("can-bo-cap-xa")
    page.get_by_label("Đơn vị tổ chức").select_option(COMMUNE)
    page.get_by_label("Thời lượng (phút)").fill("520")
    page.get_by_label("Số người dự", exact=True).fill("3")
    page.get_by_label("Số danh sách ký tên").fill("PK-20261125-TEST01")
    page.get_by_role("button", name="Ghi lớp", exact=True).click()
    expect(page.get_by_label("Tìm theo tên")).to_be_visible()
    people_shown = page.locator("[data-people] li:visible")
    everybody = people_shown.count()
    name = people_shown.first.get_attribute("data-name") or ""
    page.get_by_label("Tìm theo tên").fill(name.lower())
    page.wait_for_timeout(600)
    assert 1 <= people_shown.count() < everybody
    page.get_by_label("Tìm theo tên").fill("")
    for box in page.locator("[data-people] li:visible input").all()[:3]:
        box.check()
    office.picture("diem-danh")
    page.get_by_role("button", name="Ghi có mặt").click()
    expect(page.get_by_text("Đã ghi có mặt (3)")).to_be_visible()


def issue_plan(office: Office) -> None:
    """A commune's own plan; the targets say that there is one."""
    page = office.page
    office.go("ke-hoach/")
    page.get_by_label("Đơn vị ban hành").select_option(COMMUNE)
    page.get_by_label("Số, ký hiệu").fill("12/KH-UBND")
    page.get_by_label("Ngày ban hành").fill("20/02/2026")
    page.get_by_label("Kế hoạch cho năm").fill("2026")
    page.get_by_label("Đến hết năm").fill("2030")
    page.get_by_role("button", name="Ghi kế hoạch").click()
    expect(page.get_by_text("số 12/KH-UBND, ngày 20/02/2026, cho các năm 2026–2030")).to_be_visible()
    expect(page.get_by_text("1/38 xã, phường đã ghi nhận kế hoạch")).to_be_visible()
    office.go("chi-tieu/")
    expect(page.get_by_text("Đã ghi nhận số văn bản của 1 kế hoạch; 1/38 xã, phường")).to_be_visible()


def someone(office: Office) -> str:
    """The page of a person who is found by name."""
    office.go("nguoi/")
    office.page.get_by_label("Tên", exact=True).fill("ng")
    with office.page.expect_navigation():
        office.page.get_by_role("button", name="Tìm").click()
    return (office.page.locator(".rows a").first.get_attribute("href") or "").removeprefix("/can-bo/")


def candidates(office: Office, path: str) -> Locator:
    """Records of others, found while typing a name without marks."""
    office.go(f"{path}gop/")
    before = office.page.locator("[data-people]").inner_text()
    office.page.get_by_label("Tên", exact=True).fill("nguyen")
    expect(office.page.locator("[data-people]")).not_to_have_text(before)
    return office.page.locator("[data-people] a")


def merge_two(office: Office) -> None:
    """By keyboard alone: another record is opened, one is kept, a reason given."""
    page = office.page
    candidates(office, someone(office)).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đối chiếu hai hồ sơ trước khi gộp")).to_be_visible()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Lý do gộp").focus()
    page.keyboard.type("nhập hai lần, đơn vị đã xác nhận")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gộp hai hồ sơ.")).to_be_visible()
    office.go("nhat-ky/")
    expect(page.get_by_text("nhập hai lần, đơn vị đã xác nhận")).to_be_visible()


def test_from_the_first_account_to_the_report(
    served: tuple[str, str], chromium: Browser, tmp_path: Path
) -> None:
    root, token = served
    office = Office(chromium.new_page(viewport={"width": 1280, "height": 900}), root)
    begin(office, token)
    freeze_roster(office, tmp_path)
    before, words = office.share()
    assert before == 0
    assert "Chưa ghi nhận ai đã tập huấn trong số" in words
    expect(office.page.locator("main .synthetic")).to_have_count(1)
    office.go("ma/")
    office.page.get_by_label("Đơn vị", exact=True).select_option(COMMUNE)
    assert office.download("In phiếu mã (PDF)").startswith(b"%PDF")
    hold_class(office)
    after, words = office.share()
    assert after == 3
    assert "Chưa kết luận: cách tính tạm, chờ Sở Y tế hướng dẫn." in words
    assert "Còn thiếu" not in words
    office.picture("chi-tieu")
    office.go("bao-cao/")
    assert office.download("Tải Word (DOCX)").startswith(b"PK")
    assert office.download("Tải PDF").startswith(b"%PDF")
    issue_plan(office)
    merge_two(office)
    looked_at = violations(office, chromium, root)
    assert looked_at == []
    assert office.complaints == []


def violations(office: Office, chromium: Browser, root: str) -> list[object]:
    """Returns what axe finds on each page on a phone, and pages that are wider than a screen.

    What it finds on other screens lies in templates and styles, which `test_staff_axe.py` shows on all.
    """
    cookies = office.page.context.cookies()
    person = someone(office)
    pair = (candidates(office, person).first.get_attribute("href") or "").removeprefix("/can-bo/")
    office.go("lop/")
    a_class = office.page.locator(".held a").first.get_attribute("href") or ""
    paths = [*PAGES, person, f"{person}gop/", pair, a_class.removeprefix("/can-bo/")]
    found: list[object] = []
    context = chromium.new_context(viewport=FIRST)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    phone = Office(context.new_page(), root)
    for path in paths:
        phone.go(path)
        phone.page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        for width, scheme in on_screens(phone.page):
            look = faults if (width, scheme) == SCREENS[0] else wider_than_screen
            found += [(path, width, scheme, fault) for fault in look(phone.page)]
            phone.picture(f"{path.strip('/').replace('/', '-') or 'viec'}-{width}-{scheme}")
    context.close()
    return found
