"""A kind of document is added as CONTRIBUTING.md says, in six files: loaded, checked, drawn, approved."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from programmes import REPOSITORY, change
from recipes import differing, follow_recipe

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

GUIDE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPE = re.search(r"^## A kind of document\n(.*?)(?=^## |\Z)", GUIDE, re.M | re.S)
#: As `taphuan`, whichever package of that name comes first.
COMMAND = "import sys; from taphuan.cli import main; sys.exit(main())"
FILE = "content/reminders/truoc-khi-ve.yml"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the kind in it."""
    assert RECIPE is not None
    return follow_recipe(RECIPE[1], tmp_path_factory.mktemp("package") / "taphuan")


@pytest.fixture
def taphuan(package: Path, whole: Path) -> Run:
    """Runs the copy's command on a programme that has a new reminder."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=whole,
            env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    made = run("new", "reminder", "truoc-khi-ve")
    assert made.returncode == 0, made.stderr
    assert "in thử: taphuan pdf truoc-khi-ve-bang-nhac" in made.stdout
    change(whole, FILE, "‹Tên bảng nhắc›", "Trước khi về")
    change(whole, FILE, "‹Một điều cần nhớ›", "Khóa van nước.")
    return run


def test_a_kind_of_document_is_six_files(package: Path) -> None:
    assert differing(REPOSITORY / "generator", package) == {
        "programme/kinds/reminder.py",
        "templates/new/reminder.j2",
        "render/site/reminder.py",
        "templates/site/reminder.html.j2",
        "render/paper/reminder.py",
        "templates/paper/reminder.html.j2",
    }


def test_the_new_kind_has_a_page_a_sheet_and_a_schema(taphuan: Run, whole: Path) -> None:
    built = taphuan("build")
    assert built.returncode == 0, built.stderr
    page = (whole / "site/bang-nhac/truoc-khi-ve/index.html").read_text(encoding="utf-8")
    assert "Khóa van nước." in page.replace("\u00a0", " ")
    assert "truoc-khi-ve-bang-nhac.pdf" in page
    assert 'href="truoc-khi-ve/"' in (whole / "site/bang-nhac/index.html").read_text(encoding="utf-8")
    with pikepdf.open(whole / "site/tai-lieu/truoc-khi-ve-bang-nhac.pdf") as pdf:
        assert len(pdf.pages) == 1
    downloads = (whole / "site/tai-lieu/index.html").read_text(encoding="utf-8")
    assert 'id="bang-nhac"' in downloads
    menu = (whole / "site/index.html").read_text(encoding="utf-8")
    assert 'href="bang-nhac/"' in menu
    schema = json.loads((whole / "schema/reminder.json").read_text(encoding="utf-8"))
    assert schema["required"] == ["id", "title", "audience", "lines"]
    indexes = (path.read_text(encoding="utf-8") for path in (whole / "site/search").rglob("*.json"))
    assert any("bang-nhac/truoc-khi-ve/" in text for text in indexes)


def test_the_new_kind_is_checked_linked_and_approved_as_the_others_are(taphuan: Run, whole: Path) -> None:
    assert "truoc-khi-ve" in taphuan("approve").stdout
    change(whole, FILE, "Khóa van nước.", '"Khóa van [nước](/bang-nhac/khong-co/)."')
    change(whole, FILE, "review:", "contacts: [khong-goi]\nreview:")
    text = (whole / FILE).read_text(encoding="utf-8")
    (whole / FILE).write_text(re.sub(r"audience: .*", "audience: khong-ai", text), encoding="utf-8")
    checked = taphuan("check")
    assert checked.returncode == 1
    for code in ("unknown-audience", "unknown-contact", "dead-link"):
        assert f"[{code}]" in checked.stdout + checked.stderr, code
