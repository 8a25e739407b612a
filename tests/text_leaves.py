"""Every text that an author may write, put in the place of the one that stands there."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator

from taphuan.programme.model import values
from taphuan.programme.model.penal_act import FineRange
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Document, ReadOnly

#: What is written at a path of keys; the path ends in `"key"` for the key of a mapping.
Written = tuple[str | int, ...]
Write = Callable[[Written, bool], str]


def filled(programme: Programme, write: Write) -> Programme:
    """Returns the programme with each text as `write(path, is_markdown)` says.

    Texts that may be left out, and lists of texts that may be empty, are written too.
    """
    changed = {
        field.name: _filled(getattr(programme, field.name), None, (field.name,), write)
        for field in dataclasses.fields(programme)
        if field.name not in {"root", "files", "drawings"}
    }
    return dataclasses.replace(programme, **changed)


def _filled(value: Any, hint: Any, path: Written, write: Write) -> Any:
    if isinstance(value, BaseModel):
        return _document(value, path, write)
    if isinstance(value, Mapping):
        key_hint, inner_hint = _parts(hint, 2)
        return ReadOnly(
            {
                _filled(key, key_hint, (*path, key, "key"), write): _filled(
                    inner, inner_hint, (*path, key), write
                )
                for key, inner in value.items()
            }
        )
    if isinstance(value, FineRange):
        return value
    if isinstance(value, tuple):
        (inner_hint,) = _parts(hint, 1)
        given = value or (("",) if inner_hint and _text_kind(inner_hint) else ())
        return tuple(_filled(inner, inner_hint, (*path, nth), write) for nth, inner in enumerate(given))
    kind = _text_kind(hint) if value is None or isinstance(value, str) else None
    if kind is None or _is_name(path):
        return value
    written = write(path, kind == "markdown")
    return values.Markdown(written) if kind == "markdown" else written


def _is_name(path: Written) -> bool:
    """Whether a text names something else: a file, or a unit in the records."""
    is_unit = path[-1] == "key" and not {"communes", "local_by_commune"}.isdisjoint(path)
    return is_unit or path[-1] == "file" or path[-2:] == ("province", "code")


def _document(value: BaseModel, path: Written, write: Write) -> BaseModel:
    skipped = value.given if isinstance(value, Document) else frozenset()
    changed = {
        name: _filled(getattr(value, name), _hint(field), (*path, field.alias or name), write)
        for name, field in type(value).model_fields.items()
        if name not in skipped
    }
    if getattr(value, "body", ""):
        changed["body"] = write((*path, "body"), True)
    copied = value.model_copy(update=changed)
    copied.__dict__.pop("texts", None)  # remembered of the one it was copied from
    return copied


def _hint(field: Any) -> Any:
    for annotation in field.metadata:
        field_hint = Annotated[field.annotation, annotation]
        if _text_kind(field_hint):
            markdown = any(isinstance(each, AfterValidator) for each in field.metadata)
            return values.MarkdownText if markdown else field_hint
    return field.annotation


def _bare(hint: Any) -> Any:
    """Returns a hint without None and without annotations that are no text's."""
    if get_origin(hint) in (Union, types.UnionType):
        kept = [kind for kind in get_args(hint) if kind is not type(None)]
        return next((kind for kind in kept if _text_kind(kind)), kept[0])
    while get_origin(hint) is Annotated and not _text_kind(hint):
        hint = get_args(hint)[0]
    return hint


def _parts(hint: Any, count: int) -> tuple[Any, ...]:
    parts = get_args(_bare(hint)) if hint is not None else ()
    return (*parts, *(None for _ in range(count)))[:count]


def _text_kind(hint: Any) -> str | None:
    if get_origin(hint) in (Union, types.UnionType):
        return next(filter(None, map(_text_kind, get_args(hint))), None)
    if get_origin(hint) is not Annotated:
        return None
    marks = get_args(hint)[1:]
    is_text = any(isinstance(mark, BeforeValidator) and mark.func in _READERS for mark in marks)
    if not is_text:
        return None
    return "markdown" if any(isinstance(mark, AfterValidator) for mark in marks) else "plain"


_READERS = (values.text, values.blank)


class Running(HTMLParser):
    """Collects what a browser would run of a page: scripts in it, handlers, addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag in {"iframe", "object", "embed", "base", "foreignobject"}:
            self.running.append(f"<{tag}>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.running.append("<script>")
        for name, value in attributes:
            is_script = (
                (value or "").replace("\t", "").strip().lower().startswith(("javascript:", "vbscript:"))
            )
            if name.startswith("on") or name == "srcdoc" or is_script:
                self.running.append(f"<{tag} {name}={value!r}>")


def running(html: str) -> list[str]:
    parser = Running()
    parser.feed(html)
    parser.close()
    return parser.running
