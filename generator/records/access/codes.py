"""A learner's code: which one it is (5 symbols), the secret (9 symbols, 45 bits), a check symbol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..crockford import SYMBOLS, check, plain, symbols
from ..refusals import WrongCode

SELECTOR, SECRET = 5, 9


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code; its secret is shown once, printed, and never stored."""

    selector: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        """As it is printed: three groups of five."""
        whole = self.selector + self.secret
        whole += check(whole)
        return "-".join((whole[:5], whole[5:10], whole[10:]))


def new_code(random: Callable[[int], bytes]) -> Code:
    return Code(selector=symbols(random, SELECTOR), secret=symbols(random, SECRET))


def code(typed: str) -> Code:
    """A code as somebody typed it. Raises WrongCode where it cannot be one."""
    found = plain(typed)
    if len(found) != SELECTOR + SECRET + 1 or set(found) - set(SYMBOLS) or check(found[:-1]) != found[-1]:
        raise WrongCode
    return Code(selector=found[:SELECTOR], secret=found[SELECTOR:-1])
