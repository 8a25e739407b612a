"""Observed tasks: ten lines that can be seen, an objective that is there, two in a course with a test."""

from __future__ import annotations

from pathlib import Path

from programmes import change

from .cases import COURSE, PLAYED_TASK, WRITTEN_TASK, FileFault, TextFault
from .objectives import with_other_course

FORGOTTEN = "content/observed-tasks/nghe-lai.yml"
NAMED = "observed_tasks: [viet-lai-thong-bao-nuoc, nghe-tin-nuoc-duc]"

ROWS = (
    TextFault(
        when="a rubric has nine lines",
        code="rubric-not-ten",
        file=PLAYED_TASK,
        old="rubric:\n  - Chào trước\n",
        new="«rubric:\n",
        says="có 9 dòng, mà phải có đúng 10",
    ),
    TextFault(
        when="a rubric asks for something that nobody sees",
        code="rubric-line-unseen",
        file=PLAYED_TASK,
        old="  - Cảm ơn\n",
        new="  - Có «thái độ cảm ơn\n",
        fix="viết điều người ấy làm hoặc nói",
    ),
    TextFault(
        when="a rubric has a line twice",
        code="rubric-line-twice",
        file=PLAYED_TASK,
        old="  - Cảm ơn\n",
        new="  - «Hỏi khe nào\n",
    ),
    TextFault(
        when="an observed task shows an objective that its course has not",
        code="unknown-objective",
        file=WRITTEN_TASK,
        old="objective: giu-nguon",
        new="objective: «giu-nguonn",
        fix="“giu-nguon”",
    ),
    TextFault(
        when="an observed task shows an objective that the course named with it has not",
        code="unknown-objective",
        file=PLAYED_TASK,
        old="objective: bao-tin",
        new="objective: {nuoc-sach: «bao-tinn}",
        fix="“bao-tin”",
    ),
    TextFault(
        when="an observed task tells its objective of a course that is not there",
        code="unknown-course",
        file=PLAYED_TASK,
        old="objective: bao-tin",
        new="objective: {nuoc-sach: bao-tin, «nuoc-ban: bao-tin}",
    ),
    TextFault(
        when="a course names an observed task that is not there",
        code="unknown-observed-task",
        file=COURSE,
        old="nghe-tin-nuoc-duc]",
        new="«nghe-tin-nuoc-ducc]",
        fix="“nghe-tin-nuoc-duc”",
    ),
    TextFault(
        when="a course names an observed task twice",
        code="task-named-twice",
        file=COURSE,
        old="nghe-tin-nuoc-duc]",
        new="nghe-tin-nuoc-duc, «nghe-tin-nuoc-duc]",
    ),
    TextFault(
        when="an observed task names a contact that may not be published",
        code="contact-not-publishable",
        file=WRITTEN_TASK,
        old="contacts: [to-cap-nuoc]",
        new="contacts: [«so-noi-bo]",
    ),
    TextFault(
        when="an observed task cites a document that is not in the register",
        code="unknown-reference",
        file=WRITTEN_TASK,
        old="[@nd-moi:3]",
        new="«[@nd-moii:3]",
    ),
)


def _without(root: Path, *tasks: str) -> None:
    """Takes tasks out of the course, and their files away."""
    text = (root / COURSE).read_text(encoding="utf-8")
    left = [path for path in (WRITTEN_TASK, PLAYED_TASK) if path not in tasks]
    named = f"observed_tasks: [{', '.join(Path(path).stem for path in left)}]" if left else ""
    (root / COURSE).write_text(text.replace(NAMED, named), encoding="utf-8")
    for task in tasks:
        (root / task).unlink()


def _forgotten(root: Path) -> None:
    """Adds a task that no course names."""
    text = (root / PLAYED_TASK).read_text(encoding="utf-8")
    added = text.replace("id: nghe-tin-nuoc-duc", "id: nghe-lai")
    (root / FORGOTTEN).write_text(added, encoding="utf-8")


def _of_another_course(root: Path) -> None:
    """Has a task tell its objective of a course that does not name it."""
    with_other_course(root, "giu-nguon-nuoc")
    change(root, PLAYED_TASK, "objective: bao-tin", "objective: {khac: goi-ngay}")


MADE = (
    FileFault(
        when="a course with a test has no observed task",
        code="observed-tasks-not-two",
        file=COURSE,
        make=lambda root: _without(root, WRITTEN_TASK, PLAYED_TASK),
        at=(14, 1),
        says="có 2 việc quan sát ở lớp, khóa này có 0",
        fix="taphuan new observed-task",
    ),
    FileFault(
        when="a course with a test has one observed task",
        code="observed-tasks-not-two",
        file=COURSE,
        make=lambda root: _without(root, PLAYED_TASK),
        at=(21, 1),
        says="khóa này có 1",
    ),
    FileFault(
        when="no course names an observed task",
        code="observed-task-nowhere",
        file=FORGOTTEN,
        make=_forgotten,
        at=(1, 5),
        fix="observed_tasks: [nghe-lai]",
    ),
    FileFault(
        when="an observed task tells its objective of another course alone",
        code="observed-task-outside-course",
        file=PLAYED_TASK,
        make=_of_another_course,
        at=(4, 12),
        fix="mục tiêu của khóa: giu-nguon, bao-tin",
    ),
)
