"""The folders that are measured: programmes of a size, and the same pages for plain Material."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.render.text.tree import EXTENSIONS

from .corpus import corpus
from .runs import BIN, run, tell

MATERIAL = "Material 9.8, navigation.prune"


@cache
def programme(work: Path, lessons: int) -> Path:
    """A programme of so many lessons, of 0 the real one, ready to build."""
    tell(f"writing a programme of {lessons} lessons" if lessons else "copying the programme")
    return corpus(work / f"programme-{lessons}", lessons)


@cache
def loaded(work: Path, lessons: int) -> Programme:
    known = load(programme(work, lessons)).programme
    assert known is not None
    return known


@cache
def plain(work: Path, lessons: int) -> Path:
    """The same pages, text for text, for Material without us."""
    folder = work / f"plain-{lessons}"
    run([BIN / "taphuan", "pages", folder / "docs"], programme(work, lessons))
    (folder / "mkdocs.yml").write_text(_plain_config(loaded(work, lessons)), encoding="utf-8")
    return folder


def build(folder: Path) -> None:
    """Either kind of folder made into its `site/`."""
    tell(f"building {folder.name}")
    ours = (folder / "curricula").is_dir()
    run([BIN / "taphuan", "build", "--no-pdf"] if ours else [BIN / "mkdocs", "build", "-q"], folder)


def _plain_config(programme: Programme) -> str:
    """JSON is YAML. The navigation lists courses and their lessons; other pages are reached by links."""
    courses = [
        {
            course.title: [
                f"khoa-hoc/{course.id}/index.md",
                *(f"khoa-hoc/{id}/index.md" for id in course.lesson_ids),
            ]
        }
        for course in programme.courses.values()
    ]
    config = {
        "site_name": "Material",
        "theme": {"name": "material", "language": "vi", "font": False, "features": ["navigation.prune"]},
        "plugins": [{"search": {"lang": "vi"}}],
        "markdown_extensions": [*EXTENSIONS, "toc"],
        "nav": [{"Trang chủ": "index.md"}, *courses],
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {"unrecognized_links": "ignore", "absolute_links": "ignore", "not_found": "ignore"},
        },
    }
    return json.dumps(config, ensure_ascii=False, indent=1)
