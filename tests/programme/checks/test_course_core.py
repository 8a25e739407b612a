"""What is told of a course's core and of its paths by role."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import COURSE, LESSON, SECOND
from programmes import Edit, FindingsOf

MODULES = """modules:
  - id: nguon-nuoc
    title: Nguồn nước
    lessons: [giu-nguon-nuoc, bao-nuoc-ban]
"""
WITH_CORE = """modules:
  - id: nguon-nuoc
    title: Nguồn nước
    core: true
    lessons: [giu-nguon-nuoc]
  - {id: bao-tin, title: Báo tin, lessons: [bao-nuoc-ban]}
"""
ADDED = "lessons: [bao-nuoc-ban]"
PATH = "paths: [{id: truong-ban, title: Trưởng bản, lessons: [bao-nuoc-ban]}]\n"


@pytest.fixture
def cored(good: Path, edit: Edit) -> Path:
    """A recorded course whose core takes 180 minutes, with a path for one role."""
    edit(good, LESSON, "minutes: 20", "minutes: 180")
    edit(good, SECOND, "minutes: 10", "minutes: 80")
    edit(good, COURSE, MODULES, WITH_CORE + PATH)
    return good


def test_a_core_of_three_hours_with_a_path_has_nothing_to_put_right(
    cored: Path, findings_of: FindingsOf
) -> None:
    assert findings_of(cored) == []


@pytest.mark.parametrize(("minutes", "is_fit"), [(179, False), (180, True), (300, True), (301, False)])
def test_a_core_takes_three_to_five_hours(
    minutes: int, is_fit: bool, cored: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(cored, LESSON, "minutes: 180", f"minutes: {minutes}")
    messages = [(finding.code, f"{minutes} phút" in finding.message) for finding in findings_of(cored)]
    assert messages == ([] if is_fit else [("core-length", True)])


@pytest.mark.parametrize(("minutes", "codes"), [(220, []), (221, ["core-missing"])])
def test_a_course_longer_than_any_core_names_one(
    minutes: int, codes: list[str], cored: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(cored, LESSON, "minutes: 180", f"minutes: {minutes}")
    edit(cored, COURSE, WITH_CORE + PATH, MODULES)
    assert [finding.code for finding in findings_of(cored)] == codes


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("core-and-minutes", "review: {status: draft}", "class_minutes: «200\nreview: {status: draft}"),
        ("core-for-nobody", "counts_toward: can-bo-duoc-tap-huan\n", ""),
        ("paths-without-core", "    core: true\n", "    core: false\n"),
        ("path-adds-nothing", f"Trưởng bản, {ADDED}", "Trưởng bản, lessons: [giu-nguon-nuoc]"),
        ("path-adds-nothing", f"Trưởng bản, {ADDED}", "Trưởng bản, modules: [nguon-nuoc]"),
        ("path-adds-nothing", f", title: Trưởng bản, {ADDED}", ", title: Trưởng bản"),
        ("unknown-module", f"Trưởng bản, {ADDED}", "Trưởng bản, modules: [«bao-tinn]"),
        ("unknown-lesson", f"Trưởng bản, {ADDED}", "Trưởng bản, lessons: [«bao-nuoc-bann]"),
        ("duplicate-id", PATH, f"{PATH[:-2]}, {{id: «truong-ban, title: Khác, modules: [bao-tin]}}]\n"),
    ],
)
def test_it_is_found_in_the_course(
    code: str, old: str, new: str, cored: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    place = edit(cored, COURSE, old, new)
    findings = {finding.code: finding for finding in findings_of(cored)}
    findings.pop("core-missing", None)
    assert list(findings) == [code]
    assert findings[code].file == COURSE
    if "«" in new:
        assert (findings[code].line, findings[code].column) == place


def test_a_name_that_is_nearly_right_is_guessed(cored: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(cored, COURSE, f"Trưởng bản, {ADDED}", "Trưởng bản, modules: [bao-tinn]")
    (finding,) = findings_of(cored)
    assert "có phải bạn muốn viết “bao-tin”?" in finding.fix
