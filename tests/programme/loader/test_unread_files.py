"""A file that nobody reads is told of, with the name under which it would be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import COURSE, SECOND
from programmes import FindingsOf

from taphuan.programme.loader.files import unread_files
from taphuan.programme.problems import Problem


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("content/lessons/nuoc/bai-thu.md.txt", "content/lessons/nuoc/bai-thu.md"),
        ("content/lessons/nuoc/Bài thử.MD", "content/lessons/nuoc/bai-thu.md"),
        ("content/lessons/nuoc/bai-thu.txt", "content/lessons/nuoc/bai-thu.md"),
        ("content/lessons/nuoc/bai.markdown", "content/lessons/nuoc/bai.md"),
        ("content/questions/xa/cau-hoi.yml.txt", "content/questions/xa/cau-hoi.yml"),
        ("content/campaigns/to-gap.YML", "content/campaigns/to-gap.yml"),
        ("content/campaigns/2026/to-gap.yml", "content/campaigns/to-gap.yml"),
        ("curricula/cu/khoa.yaml.txt", "curricula/khoa.yml"),
        ("content/programme/Contacts.yml.txt", "content/programme/contacts.yml"),
        ("content/pages/gioi-thieu.MD", "content/pages/gioi-thieu.md"),
    ],
)
def test_what_is_text_is_told_the_name_it_needs(file: str, wanted: str) -> None:
    (finding,) = _unread(file)
    assert (finding.code, finding.place.file, finding.values["wanted"]) == ("unread-file", file, wanted)


@pytest.mark.parametrize(
    "file",
    [
        *("content/lessons/nuoc/bai.docx", "content/lessons/nuoc/bai.doc", "content/lessons/nuoc/bai.yml"),
        *("content/questions/cau.md", "content/questions/cau.json", "content/campaigns/to-gap.pdf"),
        *("content/programme/lien-he.yml", "content/programme/ghi-chu.txt", "curricula/khoa.xlsx"),
    ],
)
def test_what_has_to_be_copied_out_is_told_where_to(file: str) -> None:
    (finding,) = _unread(file)
    assert (finding.code, finding.place.file) == ("file-of-no-use", file)


@pytest.mark.parametrize(
    "name", ["~$bai.docx", ".bai.md.swp", "bai.md~", "Thumbs.db", "desktop.ini", ".DS_Store", "hinh.PNG"]
)
def test_what_a_system_leaves_behind_and_pictures_are_passed_over(name: str) -> None:
    assert _unread(f"content/lessons/nuoc/{name}") == []


def test_a_lesson_under_another_end_is_one_finding_and_not_missed_in_its_course_too(
    good: Path, findings_of: FindingsOf
) -> None:
    (good / SECOND).rename(good / f"{SECOND}.txt")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == ("unread-file", f"{SECOND}.txt")
    assert f"đổi tên thành {SECOND};" in finding.fix


def test_a_capital_end_is_told_of_on_every_system(good: Path, findings_of: FindingsOf) -> None:
    (good / COURSE).rename(good / COURSE.replace(".yml", ".YML"))
    assert [finding.code for finding in findings_of(good)] == ["unread-file"]


def _unread(file: str) -> list[Problem]:
    return list(unread_files((file,), ()))
