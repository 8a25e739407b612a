"""What is marked for adults, where somebody under age would meet it."""

from __future__ import annotations

from pathlib import Path

from programmes import change

from .cases import (
    AUDIENCES,
    BANK,
    CONTACTS,
    COURSE,
    FLOW,
    FORM,
    LESSON,
    PAGE,
    PLAN,
    SCENARIO,
    SECOND,
    TESTS,
    FileFault,
    TextFault,
)

COURSE_FOR_PUPILS = """\
id: em-giu-nuoc
title: Em giữ nước
summary: Một bài mượn của khóa cho cán bộ.
audience: hoc-sinh
modules:
  - {id: mot, title: Một phần, lessons: [nuoc-sach/bao-nuoc-ban]}
review: {status: draft}
"""
PUPILS = "hoc-sinh: {title: Học sinh, gets: Bài về nước., ages: minors}\n"


def learners_under_age(root: Path) -> None:
    """Makes the learners of the course, and so all its lessons, under age."""
    change(root, AUDIENCES, "  level: commune\n", "  level: commune\n  ages: minors\n")


def households_with_children(root: Path) -> None:
    """Makes the readers of the campaign anybody."""
    change(root, AUDIENCES, "  opens: /ho-tro/\n", "  opens: /ho-tro/\n  ages: all\n")


def pupils(root: Path, opens: str = "") -> None:
    """Adds pupils, and what their door on the home page leads to."""
    path = root / AUDIENCES
    opening = f", door: 2, opens: {opens}}}" if opens else "}"
    path.write_text(path.read_text(encoding="utf-8") + PUPILS.replace("}", opening), encoding="utf-8")


def _block(root: Path) -> None:
    learners_under_age(root)
    change(root, LESSON, '!!! case "Nhà', '!!! case adults "Nhà')


def _contact(root: Path) -> None:
    change(root, CONTACTS, "    urgent: true\n", "    urgent: true\n    for: adults\n")
    for file in (FORM, PLAN):
        change(root, file, "contacts: [to-cap-nuoc]\n", "")
    path = root / PAGE
    path.write_text(path.read_text(encoding="utf-8") + "\nGọi [contact:to-cap-nuoc].\n", encoding="utf-8")


def _scenario(root: Path) -> None:
    learners_under_age(root)
    change(root, SCENARIO, "id: nuoc-duc\n", "id: nuoc-duc\nfor: adults\n")


def _flow(root: Path) -> None:
    learners_under_age(root)
    change(root, FLOW, "id: thay-nuoc-ban\n", "id: thay-nuoc-ban\nfor: adults\n")


def _question(root: Path) -> None:
    learners_under_age(root)
    change(root, BANK, "  nuoc-nao-sach:\n", "  nuoc-nao-sach:\n    for: adults\n")


def _bank(root: Path) -> None:
    learners_under_age(root)
    change(root, TESTS, "  kt-goi-ai:\n", "  kt-goi-ai:\n    for: adults\n")


def _lesson(root: Path) -> None:
    pupils(root)
    (root / "curricula/em-giu-nuoc.yml").write_text(COURSE_FOR_PUPILS, encoding="utf-8")


ROWS = (
    TextFault(
        when="a block's mark for adults is mistyped",
        code="unknown-block-mark",
        file=LESSON,
        old='!!! case "Nhà bên khe"',
        new='!!! case «adult "Nhà bên khe"',
        says="không rõ “adult”",
        fix="thì viết adults ngay sau tên khung",
    ),
    TextFault(
        when="a block's mark for adults is written in Vietnamese",
        code="unknown-block-mark",
        file=LESSON,
        old='!!! case "Nhà bên khe"',
        new='!!! case «nguoi-lon "Nhà bên khe"',
    ),
    TextFault(
        when="a contact is for somebody that is no mark",
        code="unknown-value",
        file=CONTACTS,
        old="    urgent: true\n",
        new="    urgent: true\n    for: «adult\n",
    ),
)
MADE = (
    FileFault(
        when="a lesson plan for a class under age is marked for adults",
        code="adults-plan",
        file=PLAN,
        make=lambda root: change(root, PLAN, "kind: lesson\n", "kind: lesson\nfor: adults\n"),
        at=(5, 6),
        fix="bỏ for: adults",
    ),
    FileFault(
        when="a block for adults stands in a lesson for pupils",
        code="adults-block",
        file=LESSON,
        make=_block,
        at=(32, 1),
        says='!!! case adults "Nhà bên khe"',
        fix="bỏ chữ adults",
    ),
    FileFault(
        when="a page for everyone names a contact for adults",
        code="adults-contact",
        file=PAGE,
        make=_contact,
        at=(7, 5),
        says="“to-cap-nuoc” là đầu mối dành cho người lớn",
    ),
    FileFault(
        when="a lesson for pupils shows a scenario for adults",
        code="adults-document",
        file=SECOND,
        make=_scenario,
        at=(20, 14),
        says="“nuoc-duc” dành cho người lớn",
        fix=SCENARIO,
    ),
    FileFault(
        when="a lesson for pupils shows a flow for adults",
        code="adults-document",
        file=SECOND,
        make=_flow,
        at=(22, 10),
        says="“thay-nuoc-ban” dành cho người lớn",
        fix=FLOW,
    ),
    FileFault(
        when="a lesson for pupils asks a question for adults",
        code="adults-question",
        file=LESSON,
        make=_question,
        at=(10, 14),
        says="câu “nuoc-nao-sach” dành cho người lớn",
        fix=BANK,
    ),
    FileFault(
        when="the test of a course for pupils may draw a question for adults",
        code="adults-question",
        file=COURSE,
        make=_bank,
        at=(19, 14),
        fix=TESTS,
    ),
    FileFault(
        when="a course for pupils shares a lesson of a course for adults",
        code="adults-lesson",
        file="curricula/em-giu-nuoc.yml",
        make=_lesson,
        at=(6, 42),
        says="khóa dành cho người lớn “Nước sạch cho cán bộ xã”",
    ),
    FileFault(
        when="the door of pupils leads to a page for adults",
        code="adults-link",
        file=AUDIENCES,
        make=lambda root: pupils(root, "/khoa-hoc/nuoc-sach/giu-nguon-nuoc/"),
        at=(12, 79),
        says="trang dành cho người lớn “Giữ nguồn nước”",
    ),
)
