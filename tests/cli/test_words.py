"""Words of the command line and of errors stand in their catalogues; each is used, and each slot filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import taphuan
from taphuan.catalogue import read_catalogue
from taphuan.cli.words import HELP
from taphuan.errors import catalogue
from taphuan.programme.vietnamese import folded
from taphuan.records.store.database_errors import PHRASES, SQLITE_FAULTS, STATES

PACKAGE = Path(taphuan.__file__).parent
MODULES = {
    str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {name: tree for name, tree in MODULES.items() if Path(name).parent == Path("cli")}
WORDS = read_catalogue("taphuan.cli", "words.toml")
#: What is called with a key of these words, or of those of errors, and fills in what it gets by name.
CALLS, ERROR_CALLS = {"words", "pair", "refusal", "wrong_usage"}, {"of", "wording"}

#: Tables of errors whose entries are named by a part of the key.
KEY = re.compile(r"[a-z-]+\.[a-z.-]+")
KEY_IN_PARTS = {"reasons", "database", "print"}


def leaves(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, entry in table.items():
        if isinstance(entry, dict):
            yield from leaves(entry, f"{above}{name}.")
        else:
            yield f"{above}{name}", entry if isinstance(entry, list) else [entry]


LEAVES, ERRORS = dict(leaves(WORDS)), dict(leaves(dict(catalogue())))


def constants(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


USED = {text for tree in TREES.values() for text in constants(tree)}


@pytest.mark.parametrize("name", TREES)
def test_no_module_holds_a_word_that_a_user_reads(name: str) -> None:
    vietnamese = [text for text in constants(TREES[name]) if folded(text) != text.lower()]
    assert vietnamese == []


@pytest.mark.parametrize("key", LEAVES)
def test_every_word_of_the_catalogue_is_said_somewhere(key: str) -> None:
    tables = [key[: dot.start()] for dot in re.finditer(r"\.", key)]
    assert key in USED or any(table in USED or f"{table}." in USED for table in tables)


def calls(trees: dict[str, ast.Module], names: set[str], known: dict[str, list[str]]) -> Iterator[Any]:
    """The calls with a key, each with the slots of the texts that it may say."""
    for name, tree in trees.items():
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            key = node.args[0]
            if called in names and not isinstance(key, ast.JoinedStr):
                for text in filter(KEY.fullmatch, constants(key)):
                    yield pytest.param(node, known[text], id=f"{name}:{node.lineno}")


@pytest.mark.parametrize(
    ("call", "texts"), [*calls(TREES, CALLS, LEAVES), *calls(MODULES, ERROR_CALLS, ERRORS)]
)
def test_every_call_names_what_is_there_and_fills_its_slots(call: ast.Call, texts: list[str]) -> None:
    slots = {slot for text in texts for _, slot, _, _ in Formatter().parse(text) if slot}
    given = {keyword.arg for keyword in call.keywords}
    assert None in given or slots <= given


def test_every_word_of_errors_is_said_somewhere_with_what_to_do() -> None:
    used = {text for tree in MODULES.values() for text in constants(tree)}
    unsaid = [key for key in ERRORS if key not in used and key.partition(".")[0] not in KEY_IN_PARTS]
    assert [key for key in unsaid if not key.endswith(".fix")] == []
    assert set(SQLITE_FAULTS.values()) | set(STATES.values()) | set(PHRASES.values()) <= set(
        catalogue()["database"]
    )


def test_every_verb_and_parameter_that_is_described_is_there() -> None:
    from test_cli_usage import TREE

    paths = {" ".join(path) or "taphuan": command for path, command in TREE.items()}
    assert set(HELP["verbs"]) == set(paths)
    named = {param.name for command in paths.values() for param in command.params} | {"help"}
    assert set(HELP["parameters"]) <= named
    for path, given in HELP["verbs"].items():
        assert set(given.get("parameters", ())) <= {param.name for param in paths[path].params}
