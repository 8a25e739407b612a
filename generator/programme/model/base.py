"""The base of every value an author writes, frozen to the bottom, and the review that approves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Never, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from .scalars import Day, Markdown, Text

K = TypeVar("K")
V = TypeVar("V")


class ReadOnly(dict[K, V]):
    """A mapping that never changes, so that a value is frozen to the bottom and can be hashed."""

    def _refuse(self, *_: object, **__: object) -> Never:
        raise TypeError("a value of the model never changes")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __deepcopy__(self, _: object) -> Self:
        return self


#: Pydantic's own `frozen` is shallow; this goes one level deeper.
FrozenMap = Annotated[Mapping[K, V], AfterValidator(ReadOnly)]
NOTHING: ReadOnly[Any, Any] = ReadOnly()

#: What no id and no date contains: a blank, a character of Markdown or an address, a telephone's digits.
SHOWN = re.compile(r"[ \[<{@:‹›]|[0-9](?:[.-]?[0-9]){8}")


class Value(BaseModel):
    """A value that never changes and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Value):
    """The content of one file. What the loader adds is named in `given` and is no author's key."""

    given: ClassVar[frozenset[str]] = frozenset({"source"})
    source: str = ""

    @cached_property
    def texts(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Every text an author wrote as a field, with the path of keys that leads to it."""
        return tuple(texts_of(self, ()))


def texts_of(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields the texts of any value, keys of mappings included; a plain word may be an id or a date."""
    if isinstance(value, str):
        if isinstance(value, Markdown) or SHOWN.search(value):
            yield path, value
    elif isinstance(value, BaseModel):
        skipped = value.given if isinstance(value, Document) else frozenset()
        for name, field in type(value).model_fields.items():
            if name not in skipped:
                yield from texts_of(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_of(key, (*path, key))
            yield from texts_of(inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from texts_of(inner, (*path, index))


def _author_keys_only(schema: dict[str, Any], model: type[Document]) -> None:
    for name in model.given:
        schema.get("properties", {}).pop(name, None)
        if name in schema.get("required", []):
            schema["required"].remove(name)


Document.model_config["json_schema_extra"] = _author_keys_only


class Review(Value):
    status: Literal["draft", "reviewed", "approved"] = "draft"
    by: Text | None = None
    decision: Text | None = None
    checked: Day | None = None
    approved: Day | None = None
    valid_until: Day | None = None

    @property
    def is_draft(self) -> bool:
        return self.status != "approved"

    def is_over(self, day: date) -> bool:
        """Tells whether an approval has run out by that day."""
        return not self.is_draft and self.valid_until is not None and self.valid_until < day

    def imprint(self, owner: str) -> str:
        """Returns whose text it is: the owner's once approved; a draft only follows the owner's plan."""
        return f"Soạn theo kế hoạch của {owner}" if self.is_draft else owner

    def content_date(self, as_of: date) -> date:
        """Returns the day on which the law cited must have been in force."""
        return self.checked or as_of


DRAFT = Review()
