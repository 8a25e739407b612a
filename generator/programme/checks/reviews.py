"""What somebody with authority has yet to approve, asked for before a programme goes public."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.programme import Programme
from ..problems import Place, Problem
from ..vietnamese import written_day
from .passages import place_of
from .placeholders import unwritten


def check(programme: Programme) -> Iterator[Problem]:
    """An approval names who, by what decision and when."""
    for document in programme.reviewed:
        review = document.review
        if review.status == "approved":
            missing = [key for key in ("by", "decision", "approved") if getattr(review, key) is None]
            if missing:
                values = {"missing": ", ".join(missing)}
                yield Problem(
                    code="approval-without-proof", place=place_of(document, "review"), values=values
                )


def unreviewed(programme: Programme) -> Iterator[Problem]:
    """Drafts, approvals that are over, contacts with an open condition, and patterns nobody has filled in."""
    as_of = programme.charter.as_of
    for document in programme.reviewed:
        review = document.review
        if review.is_draft:
            yield Problem(code="not-approved", place=place_of(document, "review", "status"))
        elif review.valid_until and review.valid_until < as_of:
            values = {"day": written_day(review.valid_until)}
            yield Problem(
                code="approval-over", place=place_of(document, "review", "valid_until"), values=values
            )
    for id, contact in programme.contacts.contacts.items():
        if contact.publish and not contact.is_ready:
            place = Place(file=programme.contacts.source, path=("contacts", id, "condition"))
            values = {"id": id, "condition": contact.condition or ""}
            yield Problem(code="contact-not-ready", place=place, values=values)
    yield from unwritten(programme)
