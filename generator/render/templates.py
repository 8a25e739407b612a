"""The Jinja environment that fills in every page and sheet, and its filters.

Content is a value in it, never a template.
"""

from __future__ import annotations

import hashlib
import html
import re
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from ..programme.vietnamese import LOCAL_ZONE, folded, thousands, written_day, written_duration
from .typography import bound, ended, in_bar, in_clauses, whole_clauses

#: What pages of the site and of the service both load: scripts, and the colours and sizes of everything.
SHARED_ASSETS = Path(__file__).parents[1] / "templates" / "shared"
NBSP = "\N{NO-BREAK SPACE}"
NUMBER_BEFORE_UNIT = re.compile(r"(?<=\d) ")


@cache
def environment() -> Environment:
    jinja = Environment(
        loader=PackageLoader("taphuan"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Asked of the disk at each use otherwise, ten thousands of times in a build.
        auto_reload=False,
    )
    jinja.filters.update(
        day=day, alone=self_study_words, duration=duration, thousands=thousands, kilobytes=kilobytes
    )
    jinja.filters.update(bound=bound, clock=clock, ended=ended, unmarked=folded)
    jinja.filters.update(in_clauses=in_clauses, in_bar=in_bar, whole_clauses=whole_clauses)
    return jinja


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps templates compiled in a folder; what cannot be written there is compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(jinja: Environment, cache: Path) -> None:
    """Has templates compiled once for as long as this code is the same: its filters work on constants then.

    Each environment has a folder of its own, since one file is not compiled alike in all.
    """
    options = (jinja.trim_blocks, jinja.lstrip_blocks, jinja.autoescape, sorted(jinja.extensions))
    folder = cache / "templates" / hashlib.sha256(f"{_code_digest()} {options}".encode()).hexdigest()[:20]
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        jinja.bytecode_cache = CompiledTemplates(str(folder), "%s")


@cache
def _code_digest() -> str:
    digest = hashlib.sha256(jinja2.__version__.encode())
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def render(name: str, /, **values: object) -> str:
    return environment().get_template(name).render(**values)


def macro_lines(name: str, macro: str, /, **values: object) -> tuple[str, ...]:
    """Returns the lines that a macro of a template writes with these values."""
    written = getattr(environment().get_template(name).make_module(values), macro)()
    return tuple(html.unescape(line) for line in written.split("\n") if line.strip())


def render_block(name: str, block: str) -> str:
    """Returns a block of a template alone, which needs no values; nothing where it has none of that name."""
    template = environment().get_template(name)
    drawn = template.blocks.get(block, lambda context: ())(template.new_context())
    return "".join(drawn).strip()


def day(value: date | str | None) -> str:
    """Returns a day as "25/11/2026" or "03/9/2026"; a moment by its day in the local time zone."""
    if isinstance(value, datetime):
        value = value.astimezone(LOCAL_ZONE)
    return written_day(value) if isinstance(value, date) else value or ""


def duration(minutes: int) -> str:
    """Returns minutes as people say them; no line ends between a number and its unit."""
    return NUMBER_BEFORE_UNIT.sub(NBSP, written_duration(minutes))


def clock(seconds: int) -> str:
    """Returns seconds as minutes and seconds: "2:05"."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"


def self_study_words(minutes: int) -> str:
    """Returns the time to study alone, on one line: "tự học khoảng 3 giờ 10 phút"."""
    return f"tự học khoảng {written_duration(minutes)}".replace(" ", NBSP)


def kilobytes(size: int) -> str:
    """Returns a size in bytes as a reader expects it: "85 KB", "1,2 MB"."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)}{NBSP}KB"
    return f"{size / 1_000_000:.1f}{NBSP}MB".replace(".", ",")
