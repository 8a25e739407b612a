"""The ids under `contacts` and `picture`, however deep they stand in a document of any kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from ..model.programme import Programme
from ..model.values import Value
from ..problems import Path, Place, Problem, place_of, unknown_name


def check_named_ids(programme: Programme) -> Iterator[Problem]:
    """Yields what is wrong with the contacts and pictures that documents name."""
    for document in (programme.charter, *programme.every_document):
        for key, path, id in _ids_under(CHECKED, document, ()):
            yield from CHECKED[key](programme, place_of(document, *path), id)
    for path, picture in ids_under("picture", programme.audiences):
        yield from _picture(programme, Place(file="content/programme/audiences.yml", path=path), picture)


def _contact(programme: Programme, place: Place, id: str) -> Iterator[Problem]:
    contact = programme.contacts.contacts.get(id)
    if contact is None:
        yield unknown_name("contact", place, id, programme.contacts.contacts)
    elif not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": id})
    elif not contact.is_ready:
        values = {"id": id, "condition": contact.condition or ""}
        yield Problem(code="contact-not-ready", place=place, values=values)


def _picture(programme: Programme, place: Place, id: str) -> Iterator[Problem]:
    if id not in programme.pictures:
        yield unknown_name("picture", place, id, programme.pictures)


CHECKED = MappingProxyType({"contacts": _contact, "picture": _picture})


def ids_under(key: str, value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yields each id that the fields called `key` hold, however deep in `value`, with the path to it."""
    for _, place, id in _ids_under((key,), value, path):
        yield place, id


def _ids_under(keys: Collection[str], value: object, path: Path) -> Iterator[tuple[str, Path, str]]:
    if isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            inner, place = getattr(value, name), (*path, field.alias or name)
            if name not in keys:
                yield from _ids_under(keys, inner, place)
            elif isinstance(inner, tuple):
                yield from ((name, (*place, index), id) for index, id in enumerate(inner))
            elif inner is not None:
                yield name, place, inner
    elif isinstance(value, Mapping | tuple):
        for step, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _ids_under(keys, inner, (*path, step))
