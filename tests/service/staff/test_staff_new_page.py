"""A page that keeps data is added as CONTRIBUTING.md says, in six files, and all the rest follows."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from programmes import REPOSITORY
from recipes import differing, follow_recipe
from staff_users import OURS
from test_staff_memory import Standing, serve_staff, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

RECIPE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## A staff page")[2]
PAGE = "/can-bo/dung-cu/"
SUPPLY = {"unit": OURS, "given_on": "01/02/2026", "item": "loa kéo", "pieces": "12"}
#: As `taphuan`, whichever package of that name comes first.
COMMAND = "import sys; from taphuan.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the page in it."""
    return follow_recipe(RECIPE, tmp_path_factory.mktemp("package") / "taphuan")


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The copy at work: its command, and a service of its own with the office signed in."""

    root: Path
    ledger: Path
    environment: Mapping[str, str]

    def taphuan(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", COMMAND, *words, "--database", self.url]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    @property
    def url(self) -> str:
        return f"sqlite:///{self.ledger}"


@pytest.fixture(scope="module")
def copy(package: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"}
    ledger = tmp_path_factory.mktemp("ledger") / "records.db"
    return Copy(root=root, ledger=ledger, environment=environment)


@pytest.fixture(scope="module")
def office(copy: Copy) -> Iterator[Standing]:
    """The office at a service of the copy."""
    invited = copy.taphuan("records", "invite", "Cơ quan")
    assert invited.returncode == 0, invited.stderr
    with serve_staff(copy.root, copy.url, copy.environment) as standing:
        sign_in(standing, invited.stdout.strip().partition("#ma=")[2])
        yield standing


def shown(office: Standing, path: str = PAGE) -> str:
    """Returns the text of a page, with a space for each run of tags and blanks."""
    answer = office.client.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split()).replace(" ,", ",").replace(" :", ":")


def post(office: Standing, path: str, **fields: str) -> httpx.Response:
    return office.send(path, PAGE, once=str(uuid4()), **fields)


def test_a_page_that_keeps_data_is_six_files(package: Path) -> None:
    assert differing(REPOSITORY / "generator", package) == {
        "records/schema/tables.py",
        "records/staff_entries.py",
        "records/access/accounts.py",
        "service/staff/entries.py",
        "service/staff/forms.toml",
        "templates/service/staff/supplies.html.j2",
    }


def test_what_the_new_page_keeps_is_entered_listed_withdrawn_and_stands_in_the_trail(
    office: Standing,
) -> None:
    assert "Dụng cụ đã cấp Ghi dụng cụ truyền thông đã cấp cho từng đơn vị." in shown(office, "/can-bo/")
    assert "Chưa ghi nhận dụng cụ nào." in shown(office)

    wrong = post(office, PAGE, **{**SUPPLY, "pieces": "0", "item": ""})
    assert wrong.status_code == 422
    faults = {"item": "Chọn dụng cụ.", "pieces": "Ghi một số từ 1 đến 1000."}
    links = "".join(f'<li><a href="#{name}">{text}</a></li>' for name, text in faults.items())
    assert f"<ul>{links}</ul>" in wrong.text

    once = str(uuid4())
    for _ in range(2):
        assert office.send(PAGE, PAGE, once=once, **SUPPLY).headers["location"] == PAGE
    page = shown(office)
    assert "Đã ghi dụng cụ." in page
    assert page.count(": 12 loa kéo") == 1

    (withdrawal,) = re.findall(rf'action="({PAGE}[^"]+/huy/)"', office.client.get(PAGE).text)
    assert post(office, withdrawal, reason="").status_code == 422
    assert post(office, withdrawal, reason="ghi nhầm xã").headers["location"] == PAGE
    page = shown(office)
    assert "Chưa ghi nhận dụng cụ nào." in page
    assert "12 loa kéo Đã hủy ghi nhận" in page
    assert "do Cơ quan: ghi nhầm xã." in page

    trail = shown(office, "/can-bo/nhat-ky/")
    for action, reason in (
        ("Ghi dụng cụ đã cấp", "ghi 12 loa kéo đã cấp"),
        ("Hủy ghi nhận dụng cụ đã cấp", "ghi nhầm xã"),
    ):
        assert re.search(rf"{action}: 12 loa kéo, [^:]*:?[^:]*, Cơ quan: {reason}", trail), trail


def test_what_the_new_page_keeps_is_vouched_for(copy: Copy, office: Standing) -> None:
    assert post(office, PAGE, **SUPPLY).status_code == 303
    assert copy.taphuan("records", "verify").returncode == 0
    with sqlite3.connect(copy.ledger) as connection:
        connection.execute("UPDATE supply SET pieces = 13 WHERE withdrawn_at IS NULL")
    changed = copy.taphuan("records", "verify")
    assert changed.returncode == 1
    assert "Hồ sơ về mục do cán bộ ghi (bảng supply)" in changed.stdout + changed.stderr
