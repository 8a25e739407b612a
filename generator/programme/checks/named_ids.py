"""The ids under `contacts` and `picture`, however deep they stand in a document of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.programme import Programme
from ..model.values import Value
from ..problems import Path, Place, Problem, place_of, unknown_name


def check_contacts(programme: Programme) -> Iterator[Problem]:
    """Yields what is wrong with the contacts that a document prints for whoever holds it."""
    for document in programme.every_document:
        for path, id in ids_under("contacts", document):
            yield from _contact(programme, place_of(document, *path), id)


def _contact(programme: Programme, place: Place, id: str) -> Iterator[Problem]:
    contact = programme.contacts.contacts.get(id)
    if contact is None:
        yield unknown_name("contact", place, id, programme.contacts.contacts)
    elif not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": id})
    elif not contact.is_ready:
        values = {"id": id, "condition": contact.condition or ""}
        yield Problem(code="contact-not-ready", place=place, values=values)


def check_pictures(programme: Programme) -> Iterator[Problem]:
    for document in (programme.charter, *programme.every_document):
        for path, picture in ids_under("picture", document):
            yield from _picture(programme, place_of(document, *path), picture)
    for path, picture in ids_under("picture", programme.audiences):
        yield from _picture(programme, Place(file="content/programme/audiences.yml", path=path), picture)


def _picture(programme: Programme, place: Place, id: str) -> Iterator[Problem]:
    if id not in programme.pictures:
        yield unknown_name("picture", place, id, programme.pictures)


def ids_under(key: str, value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yields each id that the fields called `key` hold, however deep in `value`, with the path to it."""
    if isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            inner, place = getattr(value, name), (*path, field.alias or name)
            if name != key:
                yield from ids_under(key, inner, place)
            elif isinstance(inner, tuple):
                yield from (((*place, index), id) for index, id in enumerate(inner))
            elif inner is not None:
                yield place, inner
    elif isinstance(value, Mapping | tuple):
        for step, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from ids_under(key, inner, (*path, step))
