"""Pictures, each with the words that stand for it."""

from __future__ import annotations

from .base import Value
from .scalars import Text


class Picture(Value):
    """`file` lies beside `pictures.yml`; `drawing` is its text, given by the loader."""

    file: Text
    alt: Text
