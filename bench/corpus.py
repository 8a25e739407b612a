"""A programme of any size: the real one, and courses of lessons put together from its sentences."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import yaml

from taphuan.programme.vietnamese import sentences, syllables

REPOSITORY = Path(__file__).parent.parent
COPIED = ("content", "curricula", "overrides", "mkdocs.yml")
LESSONS_A_COURSE = 12
LESSONS_A_MODULE = 4
QUESTIONS_A_LESSON = 5
TIENG = 1000
"""Syllables of a lesson's body, about as many as a real one has."""
#: A blank line after which nothing is indented ends a block.
BLOCK_END = re.compile(r"\n\s*\n(?=\S)")
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
#: What stands in a lesson but only where it was written.
OWN = frozenset({"title", "self_check", "objectives", "serves", "review"})
#: What a course says of its own modules and lessons.
OF_ROLES = frozenset({"paths", "observed_tasks"})
#: Lessons stay as long as they were when the first figures were taken, so that figures can be compared.
LONG = "<!-- taphuan: allow lesson-length vì bài ghép để đo -->"


@dataclass(frozen=True, kw_only=True)
class Scraps:
    """The real lessons and questions taken apart."""

    heads: tuple[dict[str, Any], ...]
    course: dict[str, Any]
    questions: tuple[dict[str, Any], ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    lists: tuple[str, ...]
    cases: tuple[str, ...]


def corpus(folder: Path, lessons: int) -> Path:
    """A valid programme of so many lessons in `folder`, the same bytes each time; of 0 the real one as it is.

    Raises ValueError where the real one, which it begins with, has more.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        source = REPOSITORY / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    scraps = _scraps(folder)
    if 0 < lessons < len(scraps.heads):
        raise ValueError(f"the programme has {len(scraps.heads)} lessons, more than {lessons}")
    made = range(len(scraps.heads), lessons)
    for start in range(made.start, made.stop, LESSONS_A_COURSE):
        numbers = made[start - made.start : start - made.start + LESSONS_A_COURSE]
        _write_course(folder, scraps, f"khoa-{start:04}", numbers)
    return folder


def _scraps(folder: Path) -> Scraps:
    files = sorted((folder / "content/lessons").rglob("*.md"))
    parted = [FRONT_MATTER.fullmatch(path.read_text(encoding="utf-8")) for path in files]
    heads = [_yaml(parts[1]) for parts in parted if parts]
    blocks = [
        block for parts in parted if parts for block in BLOCK_END.split(parts[2].strip()) if "](" not in block
    ]
    banks = [
        _yaml(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "content/questions").rglob("*.yml"))
    ]
    written = [sentence for block in blocks if block[0] not in "#|!-*1" for sentence in sentences(block)]
    return Scraps(
        heads=tuple(heads),
        course=_yaml(sorted((folder / "curricula").glob("*.yml"))[0].read_text(encoding="utf-8")),
        questions=tuple(
            asked for bank in banks if bank["use"] == "self-check" for asked in bank["questions"].values()
        ),
        headings=tuple(dict.fromkeys(block for block in blocks if block.startswith("## "))),
        sentences=tuple(
            sentence for sentence in dict.fromkeys(written) if sentence.endswith(".") and "“" not in sentence
        ),
        lists=tuple(block for block in blocks if block[0] in "|-1"),
        cases=tuple(block for block in blocks if block.startswith("!!! ")),
    )


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _write_course(folder: Path, scraps: Scraps, id: str, numbers: range) -> None:
    names = [f"bai-{number:04}" for number in numbers]
    modules = [
        {"id": f"phan-{start}", "title": f"Phần {start}", "lessons": names[start : start + LESSONS_A_MODULE]}
        for start in range(0, len(names), LESSONS_A_MODULE)
    ]
    own = {"id": id, "title": f"Khóa {numbers.start}", "summary": "Các bài ghép từ câu chữ của chương trình."}
    shared = {key: value for key, value in scraps.course.items() if key not in OF_ROLES}
    course = {**shared, **own, "modules": modules}
    _write(folder / f"curricula/{id}.yml", _dumped(course))
    questions: dict[str, Any] = {}
    for number, name in zip(numbers, names, strict=True):
        asked = islice(cycle(scraps.questions), number * QUESTIONS_A_LESSON, None)
        named = {f"{name}-{nth}": _numbered(next(asked), number) for nth in range(QUESTIONS_A_LESSON)}
        questions.update(named)
        _write(folder / f"content/lessons/{id}/{name}.md", _lesson(scraps, number, list(named)))
    bank = {
        "id": f"{id}-tu-kiem-tra",
        "title": f"Tự kiểm tra – {id}",
        "use": "self-check",
        "questions": questions,
    }
    _write(folder / f"content/questions/{id}/{id}.yml", _dumped(bank))


def _lesson(scraps: Scraps, number: int, questions: list[str]) -> str:
    random = Random(number)
    borrowed = {key: value for key, value in random.choice(scraps.heads).items() if key not in OWN}
    objectives = random.sample(sorted(scraps.course["objectives"]), 2)
    own = {"title": f"Bài số {number}", "objectives": objectives, "self_check": questions}
    head = _dumped({**own, **_numbered(borrowed, number), "review": {"status": "draft"}})
    return f"---\n{head}---\n" + "\n\n".join(_body(scraps, random)) + "\n"


def _body(scraps: Scraps, random: Random) -> list[str]:
    """Sections of prose and tables up to the length of a lesson, then two cases."""
    headings = iter(random.sample(scraps.headings, len(scraps.headings)))
    cases = random.sample(scraps.cases, 2)
    wanted, blocks = TIENG - _tieng(cases), [_paragraph(scraps, random)]
    while _tieng(blocks) < wanted:
        blocks += [next(headings), _paragraph(scraps, random), random.choice(scraps.lists)]
        blocks += [_paragraph(scraps, random)]
    return [*blocks, LONG, *cases]


def _paragraph(scraps: Scraps, random: Random) -> str:
    return " ".join(random.sample(scraps.sentences, 5))


def _numbered(value: Any, number: int) -> Any:
    """The same with every text unlike that of any other lesson, so that no cache is flattered."""
    if isinstance(value, dict):
        return {key: _numbered(inner, number) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbered(inner, number) for inner in value]
    return f"{value} (bài {number})" if " " in value else value


def _tieng(blocks: Iterable[str]) -> int:
    return sum(map(syllables, blocks))


def _dumped(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lesson_files(folder: Path) -> Iterator[Path]:
    """The lessons that were put together, in order."""
    yield from sorted((folder / "content/lessons").glob("khoa-*/*.md"))
