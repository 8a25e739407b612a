"""The package's errors, each kind told to the one who can mend it."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from .catalogue import read_catalogue

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing an author should put right: what, where (line and column from 1), how."""

    code: str
    severity: Severity
    message: str
    fix: str
    file: str
    line: int = 1
    column: int = 1
    width: int = 1
    excerpt: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.column, self.code, self.message)


def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Returns the words of errors, by table and entry."""
    return read_catalogue(__package__, "errors.toml")


def wording(key: str, /, **values: object) -> tuple[str, str]:
    """Returns what is wrong and what to do, filled in, of an entry such as `browser.none`."""
    table, _, name = key.partition(".")
    entry = catalogue()[table][name]
    what, fix = entry if isinstance(entry, list) else (entry, catalogue()[table].get("fix", ""))
    return what.format(**values), fix.format(**values)


class TaphuanError(Exception):
    """The base of every error of ours; never raised itself."""


class AuthorError(TaphuanError):
    """Raised where content cannot be used as it stands; carries its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} finding(s)")
        self.findings = findings


class OperatorError(TaphuanError):
    """Raised for the machine or the call, told in Vietnamese with what to do.

    `exit_status` is what the command line exits with: 2 for wrong usage, 3 for a missing environment.
    """

    exit_status = 2

    def __init__(self, message: str, *, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @classmethod
    def of(cls, key: str, /, **values: object) -> Self:
        """Returns the error that says an entry of `errors.toml`, filled in."""
        what, fix = wording(key, **values)
        return cls(what, fix=fix)


class NotAProgramme(OperatorError):
    """Raised where the folder is no programme."""


class MissingEnvironment(OperatorError):
    """Raised where a browser, a font or a program that the build needs is not there."""

    exit_status = 3


class MissingBrowser(MissingEnvironment):
    """Raised where no Chromium was found to print with."""


def reason(fault: OSError) -> str:
    """Returns why the operating system refused, in Vietnamese; an unknown reason by its name."""
    if fault.errno is None:
        return wording("reasons.none")[0]
    name = errno.errorcode.get(fault.errno, str(fault.errno))
    return wording(f"reasons.{name}" if name in catalogue()["reasons"] else "reasons.other", name=name)[0]
