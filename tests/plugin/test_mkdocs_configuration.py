"""A site whose mkdocs.yml or theme is not there, or not right: told in Vietnamese, nothing of MkDocs's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from taphuan.plugin.mkdocs_build import MkDocsSite, SiteFailed
from taphuan.programme.loader import load

Break = Callable[[Path], object]
ENGLISH = re.compile(r"Config value|does not exist|Required|Aborted|error|expected|parsing", re.IGNORECASE)


def replaced(before: str, after: str) -> Break:
    def change(root: Path) -> None:
        file = root / "mkdocs.yml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def written(content: bytes) -> Break:
    return lambda root: (root / "mkdocs.yml").write_bytes(content)


@pytest.mark.parametrize(
    ("break_it", "message", "fix"),
    [
        (lambda root: shutil.rmtree(root / "overrides"), "không có thư mục “overrides”", "chép thư mục"),
        (lambda root: (root / "mkdocs.yml").unlink(), "không có tệp mkdocs.yml", "chép mkdocs.yml mẫu"),
        (replaced("content/pages", "khong-co"), "không có thư mục “khong-co”", "tạo thư mục ấy"),
        (replaced("theme:", "theme: ["), r"viết chưa đúng YAML, gần dòng \d+", "thụt đầu dòng"),
        (
            replaced("theme:", "tehme:"),
            "có mục “tehme” mà phần mềm không biết",
            "có phải bạn muốn viết “theme”?",
        ),
        (replaced("site_name:", "extra:\n  ten:"), "thiếu mục “site_name”", "so lại với mkdocs.yml mẫu"),
        (replaced("name: material", "name: materil"), "mục “theme” trong mkdocs.yml chưa đúng", "so lại"),
        (replaced("- taphuan", "- taphan"), "mục “plugins” trong mkdocs.yml chưa đúng", "so lại"),
        (written(b"- a\n"), "viết chưa đúng YAML", "so lại"),
        (written(b"site_name: \xff\xfe"), "mkdocs.yml không phải là UTF-8", "mã UTF-8"),
    ],
)
def test_what_is_wrong_with_the_sites_file_is_told_with_what_to_do(
    whole: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, break_it: Break, message: str, fix: str
) -> None:
    break_it(whole)
    with pytest.raises(SiteFailed) as refused:
        MkDocsSite(whole, tmp_path / "site")
    assert re.search(message, refused.value.message)
    assert fix in refused.value.fix
    assert not ENGLISH.search(refused.value.message)
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% if %}\n", "main.html”, dòng 1, viết chưa đúng"),
        ('{% extends "a.html" %}', "thiếu mẫu trang “a.html”"),
    ],
)
def test_a_template_that_is_broken_is_named(whole: Path, tmp_path: Path, text: str, message: str) -> None:
    (whole / "overrides/main.html").write_text(text, encoding="utf-8")
    programme = load(whole).programme
    assert programme is not None
    with pytest.raises(SiteFailed) as refused:
        MkDocsSite(whole, tmp_path / "site").build(programme)
    assert message in refused.value.message
