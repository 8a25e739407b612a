"""What a pattern takes from the programme at hand, so that it names nothing the programme has not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...errors import OperatorError
from ...programme.checks.near import near
from ...programme.model.programme import Programme
from ...programme.model.reference import ENDED, Reference
from ...programme.model.unit import Audience

#: Stands where a programme has no such thing yet; `taphuan check` then says where to add it.
NO_AUDIENCE = "doi-tuong"
VERB = "Hỏi"


def course_audience(programme: Programme) -> str:
    """Returns the first audience of staff without a course; else of staff; else any."""
    taught = {course.audience for course in programme.courses.values()}
    return _first(
        programme.audiences.items(),
        lambda id, audience: audience.level is not None and id not in taught,
        lambda _, audience: audience.level is not None,
    )


def campaign_audience(programme: Programme) -> str:
    """Returns the first audience that is no staff; else any."""
    return _first(programme.audiences.items(), lambda _, audience: audience.level is None)


def known_audience(programme: Programme, id: str) -> str:
    """Returns the audience that was asked for.

    Raises OperatorError where it is not there.
    """
    if id not in programme.audiences:
        meant = near(id, programme.audiences)
        known = ", ".join(programme.audiences)
        hint = f"có phải bạn muốn viết “{meant}”? " if meant else ""
        raise OperatorError(f"không có đối tượng nào mã “{id}”", fix=f"{hint}Các mã: {known}")
    return id


def contact(programme: Programme) -> str:
    """Returns the first contact that may stand in a campaign; nothing where there is none."""
    return next((id for id, one in programme.contacts.contacts.items() if one.is_ready), "")


def verb(programme: Programme) -> str:
    verbs = programme.terms.action_verbs
    return VERB if VERB in verbs or not verbs else verbs[0]


def law(programme: Programme) -> str:
    """Returns a citation of a law that is in force, `@id:article`; nothing where there is none."""
    for id, reference in programme.register.documents.items():
        if _in_force(programme, reference):
            articles = (key for key in reference.articles if _in_force(programme, reference, key))
            return f"@{id}:{article}" if (article := next(articles, "")) else f"@{id}"
    return ""


def _in_force(programme: Programme, reference: Reference, locator: str = "") -> bool:
    spans = reference.spans(locator)
    is_law = reference.divided_by == "articles" and reference.status not in ENDED
    return is_law and all(span.was_in_force(programme.charter.as_of) for span in spans)


def _first(audiences: Iterable[tuple[str, Audience]], *wanted: Callable[[str, Audience], bool]) -> str:
    there = list(audiences)
    for fits in (*wanted, lambda *_: True):
        for id, audience in there:
            if fits(id, audience):
                return id
    return NO_AUDIENCE
