"""Files read before, in memory for a live preview, and in a folder from one command to the next.

What is kept is found by the bytes it was made of and by this code, never by a time of the clock.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..checks import SoundTexts
from ..model.values import NOTHING
from ..photo import MOST_BYTES
from ..problems import Problem
from .files import Source, read_plain
from .yaml_tree import Tree

#: Beside the programme: what commands keep for the next one. Whoever deletes it loses time, nothing else.
CACHE_FOLDER = ".cache/taphuan"
KEPT_FILE = f"{CACHE_FOLDER}/read"
#: Classes of other packages that values of the model are made of.
FOREIGN = frozenset({("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set")})
PROGRAMME = "taphuan.programme."
#: Raised by a file that is not there, half there, or not ours.
UNREADABLE = (OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, pickle.PickleError)

#: Every file of a programme by name, with the digest of its bytes.
MadeOf = tuple[tuple[str, bytes | None], ...]
FileValue = TypeVar("FileValue")


@dataclass(frozen=True, kw_only=True)
class ReadFile(Generic[FileValue]):
    """A file that was read: its value, unless it could not be read, and the problems found in it."""

    source: Source
    tree: Tree
    value: FileValue | None
    problems: tuple[Problem, ...]


@dataclass
class Memo:
    """Remembers files read before, by path and digest, and those whose texts had no problem."""

    reads: dict[str, tuple[bytes, ReadFile[Any]]] = field(default_factory=dict)
    sound: SoundTexts = field(default_factory=SoundTexts)
    #: What the disk said of each file when it was last looked at in this process.
    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    #: What the last check found, with all that it was made of.
    checked: tuple[MadeOf, tuple[Problem, ...]] = ((), ())
    has_changed: bool = False

    def read(self, path: Path, read: Callable[[], ReadFile[FileValue]]) -> ReadFile[FileValue]:
        """Returns what `read` returns for the file, or returned before if the file is unchanged."""
        name, stamp = os.path.abspath(path), _stamp(path)
        kept = self.reads.get(name)
        if kept and self.stamps.get(name) == stamp:
            return kept[1]
        self.stamps[name] = stamp
        digest = _digest(path)
        if kept and kept[0] == digest:
            return kept[1]
        read_file = read()
        self.reads.pop(name, None)
        if digest and digest == _digest(path):
            self.reads[name] = (digest, read_file)
        self.has_changed = True
        return read_file

    def digest(self, path: Path) -> bytes | None:
        """Returns the digest of what was read of a file, None where it changed meanwhile."""
        return self.reads.get(os.path.abspath(path), (None,))[0]

    def again(self, made_of: MadeOf, check: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
        """Returns what `check` finds, or found before if all that the programme is made of is unchanged."""
        if made_of != self.checked[0] or None in dict(made_of).values():
            self.checked, self.has_changed = (made_of, check()), True
        return self.checked[1]

    def keep(self, root: Path) -> None:
        """Writes what was read of the programme in this process beside it; a folder may refuse it."""
        if not self.has_changed:
            return
        reads = {name: self.reads[name] for name in self.stamps if name in self.reads}
        kept = pickle.dumps((reads, self.sound, self.checked), pickle.HIGHEST_PROTOCOL)
        file = root / KEPT_FILE
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_code_digest() + kept)
            beside.replace(file)


def kept_memo(root: Path) -> Memo:
    """Returns what the last command kept beside the programme; nothing where that was by other code."""
    collects = gc.isenabled()
    gc.disable()
    try:
        with open(root / KEPT_FILE, "rb") as file:
            if file.read(len(_code_digest())) != _code_digest():
                return Memo()
            reads, sound, checked = _OfModel(file).load()
            return Memo(reads=reads, sound=sound, checked=checked)
    except UNREADABLE:
        return Memo()
    finally:
        if collects:
            gc.enable()


class _OfModel(pickle.Unpickler):
    """Brings back values of the model and nothing that could run: a programme may come from anybody."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in FOREIGN:
            return super().find_class(module, name)
        named = super().find_class(module, name) if module.startswith(PROGRAMME) else None
        # What a module of ours has imported has a name in it, too.
        if named is NOTHING or (isinstance(named, type) and named.__module__.startswith(PROGRAMME)):
            return named
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the model")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.lstat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _digest(path: Path) -> bytes | None:
    """Returns a digest of the file's bytes; None for what is not read whole."""
    with suppress(OSError):
        if (raw := read_plain(path, MOST_BYTES)) is not None:
            return hashlib.blake2b(raw, digest_size=20).digest()
    return None


@cache
def _code_digest() -> bytes:
    """Returns a digest of all that decides what is read from a file."""
    digest = hashlib.sha256(f"{sys.version} {version('pydantic')} {version('pyyaml')}".encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()
