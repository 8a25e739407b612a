"""What each test would compute anew for the same answer, computed once in a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from taphuan.programme.loader import programme_folder, validation, yaml_tree
from taphuan.programme.loader.yaml_tree import Tree
from taphuan.programme.problems import Problem
from taphuan.records.access import credentials
from taphuan.records.store import engines

#: Those of the programme and of the samples that tests make of them, as many as are in use at a time.
MOST_FILES = 1_000


@contextmanager
def computed_once() -> Iterator[None]:
    """Keeps compiled statements and estimates of passwords from one test to the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", _engine_maker())
        estimate = cache(credentials._score)
        patch.setattr(credentials, "_score", lambda password, words: estimate(password, tuple(words)))
        yield


@contextmanager
def parsed_once() -> Iterator[None]:
    """Keeps what was read of the files of a sample: a test changes one of them, and loads them all.

    As in a live preview, which reads an unchanged file once, nothing changes what was read; and as there,
    the texts of an unchanged file are looked through again where what all files share has changed.
    """
    parse = lru_cache(maxsize=MOST_FILES)(yaml_tree.parse_yaml)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programme_folder, "parse_yaml", parse)
        patch.setattr(yaml_tree, "parse_yaml", parse)
        patch.setattr(programme_folder, "validate", _validator())
        yield


def _validator() -> Any:
    """Returns a `validate` that makes one value of what was parsed once."""
    made: dict[tuple[object, ...], tuple[Tree, Any, list[Problem]]] = {}

    def validate_once(kind: Any, tree: Tree, file: str, **given: object) -> tuple[Any, list[Problem]]:
        key = (kind, id(tree), file, *given.items())
        if key not in made:
            made[key] = (tree, *validation.validate(kind, tree, file, **given))
        _, value, problems = made[key] = made.pop(key)
        if len(made) > MOST_FILES:
            del made[next(iter(made))]
        return value, list(problems)

    return validate_once


def _engine_maker() -> Any:
    """Returns a `create_engine` whose engines of a kind, which compile alike, share what they compiled.

    What is compiled is kept by the dialect; so the first one that has seen its server is that of all.
    """
    dialects: dict[tuple[object, ...], Any] = {}
    compiled: defaultdict[tuple[object, ...], dict[Any, Any]] = defaultdict(dict)

    def create_sharing(url: Any, **given: Any) -> Engine:
        engine = create_engine(url, **given)
        kind = (engine.dialect.name, given.get("isolation_level"))
        engine.update_execution_options(compiled_cache=compiled[kind])
        if kind in dialects:
            # Its own has nothing more to ask of the server.
            engine.dialect.initialize = lambda _: None
            engine.dialect = dialects[kind]
        else:
            event.listen(engine, "engine_connect", lambda _: dialects.setdefault(kind, engine.dialect))
        return engine

    return create_sharing
