"""Options that several verbs share: programme, banks, database, key file, days and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic_core import PydanticCustomError

from ..programme.loader.files import as_seen
from ..programme.model.values import day, text
from .usage import typed_name, wrong_usage

FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--root", type=EXISTING_FOLDER, default=Path())(command)


def banks_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--banks", type=EXISTING_FOLDER, envvar="TAPHUAN_BANKS")(command)


def programme_options(command: Callable[..., Any]) -> Callable[..., Any]:
    return root_option(banks_option(command))


def no_cache_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--no-cache", is_flag=True)(command)


DATABASE_VARIABLE = "TAPHUAN_DATABASE_URL"
DEFAULT_DATABASE = "sqlite:///ho-so/ho-so.sqlite3"


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--database", envvar=DATABASE_VARIABLE, default=DEFAULT_DATABASE)(command)


KEY_FILE_VARIABLE = "TAPHUAN_KEY_FILE"
#: The key file where the records are on a server, which has no folder of ours.
DEFAULT_KEY_FILE = Path("ho-so/ho-so.key")


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    file = click.Path(path_type=Path, dir_okay=False)
    return click.option("--key-file", type=file, envvar=KEY_FILE_VARIABLE)(command)


T = TypeVar("T")


def read_words(context: click.Context, option: click.Parameter, given: str | None) -> str | None:
    """Reads a person's words as a file would hold them: one line, composed letters; None where not given.

    Invisible letters in a pasted number are left out, just as where files are read. Raises WrongUsage.
    """
    line = as_seen(unicodedata.normalize("NFC", " ".join((given or "").split()))).strip()
    return None if not line else _read_value(text, line, option, "words")


def read_day(context: click.Context, option: click.Parameter, given: str | None) -> date | None:
    """Reads a day of a person; None where not given. Raises WrongUsage."""
    return None if given is None else _read_value(day, given, option, "day")


def _read_value(reader: Callable[[object], T], given: str, option: click.Parameter, kind: str) -> T:
    try:
        return reader(given)
    except PydanticCustomError:
        raise wrong_usage(f"options.{kind}", option=typed_name(option), given=given) from None
