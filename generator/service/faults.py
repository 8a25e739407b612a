"""What the service cannot do, told in Vietnamese with what to do; a page for people, JSON for programs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException

from ..errors import TaphuanError


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The status and the sentences of a code in `faults.toml`."""

    status: int
    message: str
    fix: str


class Fault(TaphuanError, HTTPException):
    """Something asked for in vain. A kind of HTTPException, so that FastAPI lets it through."""

    def __init__(self, code: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        wording = wordings()[code]
        HTTPException.__init__(self, wording.status, code, dict(headers or {}))
        self.code = code
        self.message = wording.message.format(**values)
        self.fix = wording.fix.format(**values)


@cache
def wordings() -> Mapping[str, Wording]:
    """The catalogue by code."""
    text = files(__package__).joinpath("faults.toml").read_text(encoding="utf-8")
    return {code: Wording(**words) for code, words in tomllib.loads(text).items()}


#: What Starlette and FastAPI raise of their own, by status.
FOREIGN = {
    400: "bad-request",
    401: "signed-out",
    404: "no-such-page",
    405: "method-not-allowed",
    415: "not-json",
}


def as_fault(error: HTTPException) -> Fault:
    """The fault that an exception of the framework comes to."""
    if isinstance(error, Fault):
        return error
    return Fault(FOREIGN.get(error.status_code, "bad-request"), headers=error.headers)
