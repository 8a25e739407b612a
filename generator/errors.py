"""What can go wrong, each kind told to the one who can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing an author should put right: what, where (1-based line and column), how."""

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


class TaphuanError(Exception):
    """The base of every error of ours; never raised itself."""


class AuthorError(TaphuanError):
    """Content that cannot be used as it stands; carries its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} finding(s)")
        self.findings = findings


class OperatorError(TaphuanError):
    """Something about the machine or the call, told in Vietnamese with what to do.

    `exit_status` is what the command line answers with: 2 for wrong usage, 3 for a
    missing environment.
    """

    exit_status = 2

    def __init__(self, message: str, *, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class NotAProgramme(OperatorError):
    """The folder holds no programme."""


class MissingEnvironment(OperatorError):
    """A browser, a font or a program that the build needs is not there."""

    exit_status = 3


class MissingBrowser(MissingEnvironment):
    """No Chromium was found to print with."""
