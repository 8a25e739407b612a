"""Objectives that a lesson writes itself: where they belong, how well, and who asks about them."""

from __future__ import annotations

from pathlib import Path

from programmes import change

from .cases import BANK, SECOND, FileFault, TextFault

OF = "of: bao-tin}"
OTHER = """\
id: khac
title: Khóa khác
summary: Một bài mượn của khóa trước.
audience: can-bo-xa
objectives: {goi-ngay: Gọi ngay khi nước bẩn}
modules:
  - {id: mot, title: Một phần, lessons: [nuoc-sach/%s]}
review: {status: draft}
"""


def with_other_course(root: Path, lesson: str) -> None:
    (root / "curricula/khac.yml").write_text(OTHER % lesson, encoding="utf-8")


def _names_a_course_without_the_lesson(root: Path) -> None:
    with_other_course(root, "giu-nguon-nuoc")
    change(root, SECOND, OF, "of: {nuoc-sach: bao-tin, khac: goi-ngay}}")


ROWS = (
    TextFault(
        when="a lesson's own objective belongs to one that its course has not",
        code="unknown-objective",
        file=SECOND,
        old=OF,
        new="of: «bao-tn}",
        fix="có phải bạn muốn viết “bao-tin”?",
    ),
    TextFault(
        when="a lesson's own objective belongs to one that the course named with it has not",
        code="unknown-objective",
        file=SECOND,
        old=OF,
        new="of: {nuoc-sach: «zzz}}",
        says="không có mục tiêu nào là “zzz”",
    ),
    TextFault(
        when="a lesson's own objective belongs somewhere in a course that is not there",
        code="unknown-course",
        file=SECOND,
        old=OF,
        new="of: {nuoc-sach: bao-tin, «nuoc-sac: bao-tin}}",
        fix="có phải bạn muốn viết “nuoc-sach”?",
    ),
    TextFault(
        when="a lesson's own objective does not say where it belongs",
        code="missing-key",
        file=SECOND,
        old=", of: bao-tin}",
        new="}",
        seen=(SECOND, "{«goi-dung-nguoi:"),
        says="of",
    ),
    TextFault(
        when="a lesson's own objective is a sentence alone",
        code="keys-wanted",
        file=SECOND,
        old='{text: "Gọi đúng người cho cả ba việc hay gặp.", of: bao-tin}',
        new="«Gọi đúng người cho cả ba việc.",
        fix="goi-dung-nguoi: {text: …, of: …}",
    ),
    TextFault(
        when="a lesson's own objective has the id of another",
        code="duplicate-id",
        file=SECOND,
        old="objectives: {",
        new="objectives: {«giu-nguon: {text: Rào đủ ba mặt., of: giu-nguon}, ",
        says="“giu-nguon”",
    ),
    TextFault(
        when="a lesson's own objective says no measure",
        code="objective-without-measure",
        file=SECOND,
        old='{text: "Gọi đúng người cho cả ba việc hay gặp."',
        new='{text: «"Gọi được một người."',
        says="“goi-dung-nguoi” chưa nói làm được đến mức nào",
        fix="làm được gì, với cái gì, đạt mức nào",
    ),
    TextFault(
        when="no question asks about a lesson's own objective",
        code="objective-not-asked",
        file=BANK,
        old="objective: goi-dung-nguoi",
        new="objective: bao-tin",
        seen=(SECOND, "{«goi-dung-nguoi:"),
        fix="ghi objective: goi-dung-nguoi vào câu",
    ),
)
MADE = (
    FileFault(
        when="another course has the lesson, and nothing to which its objective belongs",
        code="objective-outside-course",
        file=SECOND,
        make=lambda root: with_other_course(root, "bao-nuoc-ban"),
        at=(5, 83),
        says="khóa học “khac” cũng có bài này",
        fix="thêm khac: một trong goi-ngay",
    ),
    FileFault(
        when="an objective belongs somewhere in a course that has not the lesson",
        code="course-without-lesson",
        file=SECOND,
        make=_names_a_course_without_the_lesson,
        at=(5, 104),
        says="khóa học “khac” không có bài này",
    ),
)
