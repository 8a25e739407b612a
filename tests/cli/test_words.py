"""Words of the command line stand in its two catalogues; each is used, and each slot filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import taphuan
from taphuan.cli.words import HELP
from taphuan.programme.vietnamese import folded, read_catalogue

CLI = Path(taphuan.__file__).parent / "cli"
TREES = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(CLI.glob("*.py"))}
WORDS = read_catalogue("taphuan.cli", "words.toml")
#: What is called with a key, and fills in what it gets by name.
CALLS = {"words", "pair", "refusal", "wrong_usage"}


def leaves(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, entry in table.items():
        if isinstance(entry, dict):
            yield from leaves(entry, f"{above}{name}.")
        else:
            yield f"{above}{name}", entry if isinstance(entry, list) else [entry]


LEAVES = dict(leaves(WORDS))


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


def calls() -> Iterator[Any]:
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    yield pytest.param(node, key.value, id=f"{name}:{node.lineno}")


@pytest.mark.parametrize(("call", "key"), list(calls()))
def test_every_call_names_what_is_there_and_fills_its_slots(call: ast.Call, key: str) -> None:
    slots = {slot for text in LEAVES[key] for _, slot, _, _ in Formatter().parse(text) if slot}
    given = {keyword.arg for keyword in call.keywords}
    assert None in given or slots <= given


def test_every_verb_and_parameter_that_is_described_is_there() -> None:
    from test_cli_usage import TREE

    paths = {" ".join(path) or "taphuan": command for path, command in TREE.items()}
    assert set(HELP["verbs"]) == set(paths)
    named = {param.name for command in paths.values() for param in command.params} | {"help"}
    assert set(HELP["parameters"]) <= named
    for path, given in HELP["verbs"].items():
        assert set(given.get("parameters", ())) <= {param.name for param in paths[path].params}
