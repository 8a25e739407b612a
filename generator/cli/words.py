"""The words of the command line, filled in: its help out of `verbs.toml`, all else out of `words.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..catalogue import read_catalogue
from ..errors import OperatorError

HELP: Mapping[str, Any] = read_catalogue(__package__, "verbs.toml")
HEADINGS: Mapping[str, str] = HELP["headings"]


def words_at(key: str) -> Any:
    """Returns what stands in `words.toml` at a key such as `approve.written`: words, a pair, or a table."""
    table: Any = read_catalogue(__package__, "words.toml")
    for name in key.split("."):
        table = table[name]
    return table


def words(key: str, /, **values: object) -> str:
    """Returns the words at a key, filled in."""
    text: str = words_at(key)
    return text.format(**values)


def pair(key: str, /, **values: object) -> tuple[str, str]:
    """Returns what is wrong and what to do about it, filled in."""
    what, fix = words_at(key)
    return what.format(**values), fix.format(**values)


def refusal(key: str, /, **values: object) -> OperatorError:
    """Returns the error that says the pair at a key."""
    what, fix = pair(key, **values)
    return OperatorError(what, fix=fix)
