"""Pictures, each with the words that stand for it."""

from __future__ import annotations

from .base import Value
from .scalars import Text

#: The folder of `pictures.yml` and of the drawings that it names.
PICTURES = "content/pictures"


class Picture(Value):
    """`file` lies beside `pictures.yml`."""

    file: Text
    alt: Text
