"""Values that authors write: scalars, the frozen base of every document, and the review that approves it.

A scalar arrives as text and says by a code what is wrong with it, which is the code of a finding in
`messages.toml`. Pydantic's own lax parsing reads a date from `1735689600`, an int from `40.0` and a flag from
`y`; none of that is what an author meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Never, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

#: Whom a list or a target is about: agencies of the province, or communes.
Level = Literal["province", "commune"]

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG = re.compile(rf"{_SLUG}\Z")
LESSON_NAME = re.compile(rf"{_SLUG}(?:/{_SLUG})?\Z")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
LOCAL_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z")
POINT = re.compile(r"(?:I|II|III|IV|V)(?:\.[0-9]{1,2})*(?:\.[a-zđ])?\Z")
PERCENT = re.compile(r"(100|[0-9]{1,2}) ?%\Z")
ADDRESS = re.compile(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?\Z")
#: Years that a day may be in; the last day of a calendar would have no day after it.
YEARS = range(1900, 2200)
DIGITS = re.compile(r"[1-9][0-9]{0,5}\Z")
#: What no author types: control characters, line ends that only YAML knows, and noncharacters.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def problem(code: str, value: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{value}", {"value": value})


class Markdown(str):
    """A text in which Markdown and pointers count; every other text is shown letter by letter."""


def text(value: object) -> str:
    """Returns a text without blanks around it. Raises PydanticCustomError where it is empty."""
    if not isinstance(value, str):
        raise problem("wrong-type", "text")
    if not value.strip():
        raise problem("empty-value", "")
    if UNSEEN.search(value):
        raise problem("unseen-character", "")
    return value.strip()


def blank(value: object) -> str:
    return "" if isinstance(value, str) and not value.strip() else text(value)


def _pattern(pattern: re.Pattern[str], code: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        written = text(value)
        if not pattern.match(written):
            raise problem(code, written)
        return written

    return read


def day(value: object) -> date:
    """Returns the day of `2026-11-24` or `24/11/2026`. Raises PydanticCustomError."""
    if isinstance(value, date):
        return value
    written = text(value)
    iso, local = ISO_DAY.match(written), LOCAL_DAY.match(written)
    parts = iso.groups() if iso else tuple(reversed(local.groups())) if local else None
    if parts is None:
        raise problem("not-a-day", written)
    try:
        read = date(*(int(part) for part in parts))
    except ValueError:
        raise problem("not-a-day", written) from None
    if read.year not in YEARS:
        raise problem("not-a-day", written)
    return read


def percent(value: object) -> int:
    """Returns 80 for `80%`, from 0 to 100. Raises PydanticCustomError."""
    if isinstance(value, int):
        return value
    written = text(value)
    match = PERCENT.match(written)
    if not match:
        raise problem("not-a-percent", written)
    return int(match[1])


def count(value: object) -> int:
    """Returns a whole number from 1 to 999,999. Raises PydanticCustomError."""
    if isinstance(value, int):
        return value
    written = text(value)
    if not DIGITS.match(written):
        raise problem("not-a-number", written)
    return int(written)


def flag(value: object) -> bool:
    """Returns a flag written `true` or `false`. Raises PydanticCustomError."""
    if isinstance(value, bool):
        return value
    written = text(value)
    if written not in {"true", "false"}:
        raise problem("not-a-flag", written)
    return written == "true"


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


#: Unquoted numbers and flags are text too, so the schema takes them where the loader does.
_WRITTEN = ["string", "number", "boolean"]
Text = Annotated[str, BeforeValidator(text), _schema(type=_WRITTEN, pattern=r"\S")]
MarkdownText = Annotated[
    str, BeforeValidator(text), AfterValidator(Markdown), _schema(type=_WRITTEN, pattern=r"\S")
]
Blank = Annotated[str, BeforeValidator(blank), _schema(type=[*_WRITTEN, "null"])]
Slug = Annotated[
    str,
    BeforeValidator(_pattern(SLUG, "not-a-slug")),
    _schema(type=["string", "integer"], pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
]
LessonName = Annotated[
    str,
    BeforeValidator(_pattern(LESSON_NAME, "not-a-slug")),
    _schema(type=["string", "integer"], pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"),
]
Point = Annotated[
    str,
    BeforeValidator(_pattern(POINT, "not-a-point")),
    _schema(type="string", pattern=r"^(I|II|III|IV|V)(\.[0-9]{1,2})*(\.[a-zđ])?$"),
]
Day = Annotated[
    date,
    BeforeValidator(day),
    _schema(type="string", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$"),
]
Percent = Annotated[int, BeforeValidator(percent), _schema(type="string", pattern=r"^(100|[0-9]{1,2}) ?%$")]
Count = Annotated[
    int,
    BeforeValidator(count),
    _schema(type=["integer", "string"], minimum=1, maximum=999_999, pattern=r"^[1-9][0-9]{0,5}$"),
]
Minutes = Count
Flag = Annotated[bool, BeforeValidator(flag), _schema(enum=[True, False, "true", "false"])]
Url = Annotated[
    str,
    BeforeValidator(_pattern(ADDRESS, "not-an-address")),
    _schema(type="string", pattern=r"^https?://[^\s/?#\[\]]+([/?#]\S*)?$"),
]


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

    def __reduce__(self) -> str | tuple[Any, ...]:
        return "NOTHING" if self is NOTHING else (type(self), (dict(self),))


#: Pydantic's own `frozen` is shallow; this goes one level deeper.
FrozenMap = Annotated[Mapping[K, V], AfterValidator(ReadOnly)]
NOTHING: ReadOnly[Any, Any] = ReadOnly()

#: What no id and no date contains: a blank, a character of Markdown or an address, a telephone's digits.
SHOWN = re.compile(r"[ \[<{@:‹›]|[0-9](?:[.-]?[0-9]){8}")


class Value(BaseModel):
    """A value that never changes and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ForReaders(Value):
    """A value that its author may mark for adults alone, so that no page or sheet for pupils takes it."""

    # `for` is a Python keyword, so the key has another name inside.
    readers: Literal["adults"] | None = Field(default=None, alias="for")


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


# Before any kind of document, which each takes the configuration as it stands.
Document.model_config["json_schema_extra"] = _author_keys_only


class NamedDocument(Document):
    """A document that others name by its id."""

    id: Slug


class ShownDocument(NamedDocument, ForReaders):
    """A document that lessons show by its id, and so to those whom they are for."""


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


class ReviewedDocument(NamedDocument):
    """A document that somebody approves by itself."""

    title: Text
    review: Review = DRAFT


class ServingDocument(ReviewedDocument):
    """A document that may serve points of the plan."""

    serves: tuple[Point, ...] = ()
