"""What pages, papers, messages and guides say themselves has the names and forms that content is held to."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from programmes import REPOSITORY, SAMPLES

from taphuan.programme.checks.wording import avoided_phrases, other_forms
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.registers import Register, Terms

REGISTERS = REPOSITORY / "content/programme"
#: Only Vietnamese has them, so a text with one is read by somebody.
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
#: What is between quotation marks is typed or talked about, and so is code of a guide.
TALKED_ABOUT = re.compile(r"^```.*?^```|“[^“”]*”|`[^`\n]*`", re.DOTALL | re.MULTILINE)
COMMENTS = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
COMMANDS = re.compile(r"\{%|%\}")
#: They read what others wrote, in whatever words, or show how an author may type it.
READERS = re.compile(r"generator/programme/|generator/templates/new/|words\.toml$")
SOURCES = sorted(
    path
    for folder, kinds in {
        "generator": ("*.py", "*.toml", "*.j2"),
        "overrides": ("*.html", "*.js"),
        "docs": ("*.vi.md",),
        ".": ("README.vi.md",),
    }.items()
    for kind in kinds
    for path in (REPOSITORY / folder).glob(kind if folder in {".", "docs"} else f"**/{kind}")
    if not READERS.search(str(path.relative_to(REPOSITORY)))
)


@cache
def wording() -> Programme:
    """The sample with the terms and laws of the province, whose names the software goes by as well."""
    sample = load(SAMPLES / "good").programme
    assert sample
    terms, register = (
        kind.model_validate(yaml.load((REGISTERS / file).read_text("utf-8"), yaml.CBaseLoader))
        for kind, file in ((Terms, "terms.yml"), (Register, "references.yml"))
    )
    return replace(sample, terms=terms, register=register)


def texts(file: Path) -> Iterator[str]:
    """Yields what people read of a file: its strings where it is code, and else all of it."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _constants(ast.parse(source))
    elif file.suffix == ".toml":
        yield from _strings(tomllib.loads(source))
    else:
        yield COMMANDS.sub("\n", COMMENTS.sub("", source))


def _constants(module: ast.Module) -> Iterator[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said_of_code = {
        ast.get_docstring(node, clean=False) for node in ast.walk(module) if isinstance(node, documented)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in said_of_code:
            yield node.value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def test_there_is_something_to_read() -> None:
    assert sum(bool(VIETNAMESE.search(text)) for file in SOURCES for text in texts(file)) > 1_500


@pytest.mark.parametrize(
    "room", sorted({file.parent for file in SOURCES}), ids=lambda room: str(room.relative_to(REPOSITORY))
)
def test_the_software_names_things_and_writes_days_as_content_does(room: Path) -> None:
    avoided_in = avoided_phrases(wording())
    wrong = set()
    for file, text in (
        (source, text) for source in SOURCES if source.parent == room for text in texts(source)
    ):
        if VIETNAMESE.search(text):
            plain = TALKED_ABOUT.sub("“…”", text)
            wrong |= {(file.name, phrase) for _, phrase, _, _ in avoided_in(plain)}
            wrong |= {(file.name, typed) for _, typed, _ in other_forms(plain)}
    assert wrong == set()


#: The first province and what its plan is about: another one has its own words in its programme.
OF_THE_FIRST = re.compile(r"lai[ -]ch[aâ]u|(?:bán|mua|mại) dâm|mai-dam|\bPrEP\b|giang mai", re.IGNORECASE)
#: A dictionary of the language.
DICTIONARY = "generator/render/compound_words.txt"
KINDS_OF_TEXT = frozenset({".py", ".toml", ".j2", ".html", ".js", ".css", ".txt", ".sh", ".ps1"})


def test_the_product_names_neither_the_first_province_nor_its_subject() -> None:
    files = {
        path.relative_to(REPOSITORY).as_posix(): path
        for folder in ("generator", "overrides", "setup", "bench")
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in KINDS_OF_TEXT and "node_modules" not in path.parts
    }
    assert files.pop(DICTIONARY)
    assert {
        place: word[0]
        for place, path in files.items()
        if (word := OF_THE_FIRST.search(path.read_text(encoding="utf-8")))
    } == {}
