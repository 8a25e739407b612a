"""Each promise of the documents names a test that is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from programmes import REPOSITORY

DOCUMENTS = sorted(REPOSITORY.glob("docs/*.md"))
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of a file's tests."""
    module = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(
        one.name for one in module.body if isinstance(one, kinds) and one.name.startswith("test_")
    )


# --- every document ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_test_that_a_document_names_is_there(path: Path) -> None:
    for file, name in NAMED.findall(path.read_text(encoding="utf-8")):
        assert (REPOSITORY / file).is_file(), file
        assert not name or name in names_in(file), f"{file}::{name}"


# --- the records ------------------------------------------------------------------------------


def test_each_invariant_of_the_records_names_its_tests() -> None:
    text = (REPOSITORY / "docs/records.md").read_text(encoding="utf-8")
    invariants = re.findall(r"^(\d+)\. ", _part(text, "Invariants"), re.MULTILINE)
    promises = dict(re.findall(r"^\| (\d+) \|(.*)\|$", _part(text, "Which test shows"), re.MULTILINE))
    assert invariants == list(promises)
    assert [one for one, row in promises.items() if not NAMED.search(row)] == []


def test_each_other_promise_of_the_records_names_its_test() -> None:
    text = _part((REPOSITORY / "docs/records.md").read_text(encoding="utf-8"), "Which test shows")
    rows = re.findall(r"^\| (?![-:]+ )(?!promise |invariant )(.+?) \|(.*)\|$", text, re.MULTILINE)
    assert len(rows) > 60
    assert [promise for promise, named in rows if not NAMED.search(named)] == []


def _part(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}")[2].partition("\n## ")[0]
