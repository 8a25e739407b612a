"""A question kind is added as CONTRIBUTING.md says: checked, shown, drawn, answered, marked and drafted."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from programmes import REPOSITORY, SAMPLES
from recipes import change_files, differing

pytestmark = pytest.mark.slow

GUIDE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPE = re.search(r"^## A question kind\n(.*?)(?=^## |\Z)", GUIDE, re.M | re.S)
FOLDERS = ("generator", "overrides")
TESTS = ("tests/programmes.py", "tests/quiz/test_question_kinds.py")

QUESTION = """\
  muc-khac-nhom:
    kind: odd-one-out
    stem: Việc nào khác nhóm?
    options:
      rao-nguon: {text: Rào quanh nguồn, feedback: Giữ trâu bò ở ngoài.}
      xa-rac: {text: Xả rác, correct: true, feedback: Làm bẩn nước.}
      trong-cay: {text: Trồng cây, feedback: Giữ nước cho khe.}
    explanation: Nước đến từ khe.
    objective: giu-nguon
"""
COURSE = "curricula/nuoc-sach.yml"
LESSON = "content/lessons/nuoc-sach/bao-nuoc-ban.md"

#: What becomes of the question, as JSON.
USE = """
import json, sys
from datetime import date
from pathlib import Path
from taphuan.cli.new_question import QUESTION_KINDS
from taphuan.programme.loader import load
from taphuan.quiz import answer_key, draw, mark
from taphuan.render.text.prose import Prose
from taphuan.render.paper import sheets
from taphuan.render.site import pages

loading = load(Path(sys.argv[1]))
programme = loading.programme
course = programme.courses["nuoc-sach"]
form = draw(programme, course, 1, on=date(2026, 3, 1))
key = answer_key(programme, form)
(asked,) = (asked for asked in form.asked if key[asked.id].kind == "odd-one-out")
question = programme.questions[asked.id][1]
right = str(asked.parts.index("xa-rac") + 1)
numbers = question.from_fields("q1", {"q1": [right]})
response = question.from_numbers(asked.parts, key[asked.id].right, numbers)
(page,) = (page.body for page in pages(programme) if page.path.endswith("/bao-nuoc-ban/index.md"))
(handout,) = (one.html for one in sheets(programme, Prose(programme)) if one.id == "nuoc-sach-bao-nuoc-ban")
told = {
    "findings": sorted({finding.code for finding in loading.findings}),
    "page": "Chọn mục khác nhóm." in page and 'data-kind="odd-one-out"' in page,
    "handout": "Chọn mục khác nhóm." in handout,
    "letter": question.letters(asked.parts, key[asked.id].right),
    "right letter": "ABC"[int(right) - 1],
    "marked": mark(key, {asked.id: response}, pass_share=50).right[asked.id],
    "drafted": "odd-one-out" in QUESTION_KINDS,
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def changed_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the recipe touches, with the kind in it."""
    root = tmp_path_factory.mktemp("recipe")
    for folder in FOLDERS:
        shutil.copytree(REPOSITORY / folder, root / folder)
    for file in TESTS:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / file, root / file)
    (root / "names").mkdir()
    (root / "names/taphuan").symlink_to(root / "generator", target_is_directory=True)
    assert RECIPE
    change_files(RECIPE[1], {folder: root / folder for folder in (*FOLDERS, "tests")})
    return root


def run(root: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'names'}{os.pathsep}{root / 'tests'}", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_kind_of_question_is_six_files_at_most_templates_apart(changed_copy: Path) -> None:
    touched = {
        f"{folder}/{file}"
        for folder in FOLDERS
        for file in differing(REPOSITORY / folder, changed_copy / folder)
    }
    assert {file for file in touched if "/templates/" not in file} == {
        "generator/programme/model/question.py",
        "generator/service/static/test.js",
        "overrides/assets/javascripts/self-check-fields.js",
    }
    assert len(touched) == 5


def test_the_new_kind_is_tried_as_every_kind(changed_copy: Path) -> None:
    of_the_kind = "odd-one-out or tried or outside"
    run(
        changed_copy,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "0",
        "-k",
        of_the_kind,
        "tests/quiz",
    )


def test_the_new_kind_is_checked_shown_drawn_and_marked(changed_copy: Path, tmp_path: Path) -> None:
    programme = Path(shutil.copytree(SAMPLES / "good", tmp_path / "good"))
    for bank, id in (("tu-kiem-tra", "muc-khac-nhom"), ("kiem-tra", "kt-muc-khac-nhom")):
        with (programme / f"content/questions/nuoc-sach-{bank}.yml").open("a", encoding="utf-8") as file:
            file.write(QUESTION.replace("muc-khac-nhom", id).replace("khác nhóm?", f"khác nhóm ({id})?"))
    for file, old, new in (
        (LESSON, "self_check: [", "self_check: [muc-khac-nhom, "),
        (COURSE, "objective: giu-nguon, take: 1", "objective: giu-nguon, take: 2"),
    ):
        text = (programme / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (programme / file).write_text(text.replace(old, new), encoding="utf-8")
    answer = json.loads(run(changed_copy, "-c", USE, str(programme)))
    assert answer.pop("letter") == answer.pop("right letter")
    assert answer == {"findings": [], "page": True, "handout": True, "marked": True, "drafted": True}
