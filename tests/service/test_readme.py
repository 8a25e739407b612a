"""What the README shows, with its own commands: a classroom on one laptop, from an empty book to the report.

A made-up roster, the first account, a code, a test passed, the share moved by one, the same figure in Word
and Excel.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import openpyxl
import pytest
from asgi_browser import right_responses
from browser_thread import fill_in_test, in_browser_thread
from docx import Document
from fixtures_service import own_port
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import create_engine

from taphuan.quiz import Form, Key
from taphuan.records.access.second_factor import TOTP_STEP, totp_code
from taphuan.records.training import course_versions

TAPHUAN = [sys.executable, "-c", "from taphuan.cli import main; main()"]
PASSWORD = "nước chảy đá mòn ở bản"
TARGET, TITLE = "can-bo-duoc-tap-huan", "Cán bộ xã được tập huấn"
COMMUNE = "Xã Suối Trong"
SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Laptop:
    """A folder with the sample programme, its built site beside it, and a book that is not there yet."""

    programme: Path
    folder: Path
    port: int

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'so.sqlite3'}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "TAPHUAN_DATABASE_URL": self.database, "NO_COLOR": "1", "PYTHONUTF8": "1"}

    def taphuan(self, *words: str) -> str:
        """What a command says on its standard output, once it has succeeded."""
        command = [*TAPHUAN, *words, "--root", str(self.programme)]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        """`taphuan records serve`, until it is told to stop, as by Ctrl-C."""
        where = ("--host", "127.0.0.1", "--port", str(self.port), "--root", str(self.programme))
        journal = self.folder / "nhat-ky.txt"
        with (
            journal.open("wb") as lines,
            subprocess.Popen(
                [*TAPHUAN, "records", "serve", *where], cwd=self.folder, env=self.environment, stderr=lines
            ) as service,
        ):
            try:
                self._answers(service, journal)
                yield
            finally:
                service.terminate()
                service.wait(SECONDS)

    def _answers(self, service: subprocess.Popen[bytes], journal: Path) -> None:
        for _ in range(SECONDS * 10):
            assert service.poll() is None, journal.read_text(encoding="utf-8")
            try:
                assert httpx.get(f"{self.address}/api/health").status_code == 200
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        pytest.fail(journal.read_text(encoding="utf-8"))

    def form(self, id: str) -> tuple[Form, Key]:
        """A form and its key, from the book: nothing of the key is ever on a page."""
        engine = create_engine(self.database)
        with engine.connect() as connection:
            found = course_versions.form_and_key(connection, id)
        engine.dispose()
        return found


@pytest.fixture
def laptop(built: Path, tmp_path: Path) -> Laptop:
    return Laptop(programme=built.parent, folder=tmp_path, port=own_port())


# --- the office -----------------------------------------------------------------------------------


def first_account(page: Page, link: str) -> None:
    """By the one-time link; then the authenticator."""
    page.goto(link)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
    expect(page.get_by_role("heading", name="Gắn ứng dụng lần đầu")).to_be_visible()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Sáu chữ số").fill(totp_code(secret, int(time.time()) // TOTP_STEP))
    page.get_by_role("button", name="Xác minh").click()
    expect(page.get_by_role("heading", name="Việc hôm nay")).to_be_visible()
    expect(page.locator(".who")).to_contain_text("Văn phòng chương trình")
    page.get_by_role("link", name="Tải tệp mẫu").click()
    page.wait_for_url(re.compile("/can-bo/danh-sach/"))


def freeze(page: Page, roster: Path) -> None:
    """A dry run that writes nothing, then the roster, for ever."""
    page.get_by_label("Tệp danh sách").set_input_files(roster)
    page.get_by_label("Danh sách này là của").select_option("both")
    page.get_by_label("Số quyết định").fill("12/QĐ-SM")
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_text("Chưa ghi gì vào sổ")).to_be_visible()
    expect(page.get_by_text("DỮ LIỆU MẪU").first).to_be_visible()
    page.get_by_role("button", name="Chốt danh sách").click()
    expect(page.locator(".frozen")).to_have_count(2)


def someone_of(roster: Path, commune: str) -> str:
    """The name of the first person of a commune."""
    rows = openpyxl.load_workbook(roster)["Danh sách"].iter_rows(values_only=True)
    return next(str(name) for name, _, unit, *_ in rows if unit == commune)


def code_of(page: Page, name: str) -> str:
    """A slip with a new code for one person; shown this once."""
    page.goto(f"{origin(page)}/can-bo/nguoi/")
    page.get_by_label("Tên", exact=True).fill(name)
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("listitem").filter(has_text=COMMUNE).get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="Cấp mã").click()
    expect(page.locator(".code-slip__name")).to_have_text(name)
    return page.locator("[data-code]").inner_text()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Persons trained of those expected, and those of them whom the server has marked itself."""

    trained: int
    expected: int
    online: int


def seen_by_office(page: Page) -> Figure:
    page.goto(f"{origin(page)}/can-bo/chi-tieu/")
    return figure(page.locator(f'[data-target="{TARGET}"]'))


def share_for_everybody(page: Page) -> str:
    """In words, since fewer than five persons are not told apart there."""
    page.goto(f"{origin(page)}/tien-do/")
    return " ".join(page.get_by_role("region", name=TITLE).inner_text().split())


def figure(section: Locator) -> Figure:
    """As a page tells it: so many of so many, and the row of evidence A."""
    nobody = re.search(r"Chưa ghi nhận ai đã tập huấn trong số (\d+) người", section.inner_text())
    if nobody:
        return Figure(trained=0, expected=int(nobody[1]), online=0)
    trained, expected = re.findall(r"(\d+)/(\d+) người", section.locator(".result").inner_text())[0]
    online = section.get_by_role("row", name=re.compile(r"^A\b")).get_by_role("cell").last.inner_text()
    return Figure(trained=int(trained), expected=int(expected), online=int(online))


# --- the learner ----------------------------------------------------------------------------------


def pass_test(page: Page, laptop: Laptop, code: str, name: str) -> None:
    """From the page of the course, all answers right; then the confirmation."""
    page.goto(f"{laptop.address}/khoa-hoc/nuoc-sach/")
    page.get_by_role("link", name="Làm bài kiểm tra").click()
    page.get_by_label("Mã học viên").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    form = page.locator("form[data-test]").get_attribute("data-form")
    fill_in_test(page, right_responses(*laptop.form(str(form))))
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã đạt")
    expect(page.locator("[data-result]")).to_contain_text("6/6")
    page.get_by_role("link", name="Xem và in phiếu xác nhận").click()
    expect(page.locator(".certificate__name")).to_have_text(name)


# --- the report -----------------------------------------------------------------------------------


def report(page: Page, kind: str) -> bytes:
    page.goto(f"{origin(page)}/can-bo/bao-cao/")
    with page.expect_download() as coming:
        page.locator(f'button[name="kind"][value="{kind}"]').click()
    return coming.value.path().read_bytes()


def in_word(data: bytes) -> tuple[str, str]:
    """Persons trained and expected, in the table of targets."""
    rows = (row.cells for table in Document(io.BytesIO(data)).tables for row in table.rows)
    (found,) = ([cell.text for cell in cells] for cells in rows if cells[1].text.startswith(TITLE))
    return found[3], found[4]


def in_excel(data: bytes) -> tuple[int, int, int]:
    """The same, and how many of them by evidence A, in the row behind the figure."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Số liệu"]
    (found,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == f"target.{TARGET}")
    return found[4], found[5], found[9]


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


@in_browser_thread
def test_what_the_readme_shows(laptop: Laptop, chromium: Browser) -> None:
    roster = laptop.folder / "danh-sach-mau.xlsx"
    laptop.taphuan("records", "sample", str(roster))
    link = laptop.taphuan("records", "invite", "Văn phòng chương trình", "--origin", laptop.address).strip()
    with laptop.serving():
        office = chromium.new_context().new_page()
        first_account(office, link)
        freeze(office, roster)
        before = seen_by_office(office)
        assert (before.trained, before.online) == (0, 0)
        assert f"trong số {before.expected} người" in share_for_everybody(office)

        name = someone_of(roster, COMMUNE)
        code = code_of(office, name)
        learner = chromium.new_context()
        pass_test(learner.new_page(), laptop, code, name)
        learner.close()

        after = Figure(trained=1, expected=before.expected, online=1)
        assert seen_by_office(office) == after
        assert f"Dưới 5 trên {after.expected} người" in share_for_everybody(office)
        assert in_word(report(office, "docx")) == (str(after.trained), str(after.expected))
        assert in_excel(report(office, "xlsx")) == (after.trained, after.expected, after.online)
        office.context.close()
