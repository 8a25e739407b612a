"""`taphuan new`: writes a new file by its pattern, which names only what the programme has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import click

from ..errors import OperatorError
from ..programme import urls
from ..programme.kinds import KINDS
from ..programme.loader import LoadResult, load_kept
from ..programme.model.course import Course
from ..programme.model.programme import Programme
from ..programme.model.registers import ENDED, Audience, Reference
from ..programme.model.values import Document
from ..programme.problems import nearest_name
from ..render.templates import macro_lines, render
from .atomic_files import write_whole
from .commands import verb
from .new_question import (
    PATTERNS,
    QUESTION_KINDS,
    NewFile,
    Wish,
    add_question,
    bare_id,
    require_free,
    require_id,
)
from .options import programme_options
from .words import refusal, words

KINDS_LISTED = "\n".join(
    f"  {kind:<13} {pattern.id_words:<19} {pattern.about}" for kind, pattern in PATTERNS.items()
)
#: Used where a programme has no such thing yet; `taphuan check` then says where to add it.
NO_AUDIENCE = "doi-tuong"


def course_audience(programme: Programme) -> str:
    """Returns the first audience of staff without a course; else of staff; else any."""
    taught = {course.audience for course in programme.courses.values()}
    return _first_audience(
        programme.audiences.items(),
        lambda id, audience: audience.level is not None and id not in taught,
        lambda _, audience: audience.level is not None,
    )


def campaign_audience(programme: Programme) -> str:
    """Returns the first audience that is no staff; else any."""
    return _first_audience(programme.audiences.items(), lambda _, audience: audience.level is None)


def known_audience(programme: Programme, id: str) -> str:
    """Returns the audience that was asked for.

    Raises OperatorError where it is not there.
    """
    if id not in programme.audiences:
        meant = nearest_name(id, programme.audiences)
        key = "new.near-audience" if meant else "new.no-audience"
        raise refusal(key, id=id, near=meant, known=", ".join(programme.audiences))
    return id


def first_contact(programme: Programme) -> str:
    """Returns the first contact that may stand in a campaign; nothing where there is none."""
    return next((id for id, contact in programme.contacts.contacts.items() if contact.is_ready), "")


def action_verb(programme: Programme) -> str:
    verbs, usual = programme.terms.action_verbs, words("new.usual-verb")
    return usual if usual in verbs or not verbs else verbs[0]


def law_citation(programme: Programme) -> str:
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


def _first_audience(
    audiences: Iterable[tuple[str, Audience]], *wanted: Callable[[str, Audience], bool]
) -> str:
    there = list(audiences)
    for fits in (*wanted, lambda *_: True):
        for id, audience in there:
            if fits(id, audience):
                return id
    return NO_AUDIENCE


def create(root: Path, wish: Wish) -> NewFile:
    """Writes the new file, or adds the question to its bank.

    Raises OperatorError where an id cannot be used or is taken; nothing has changed then.
    """
    loading = load_kept(root, banks=wish.banks)
    if loading.programme is None:
        raise refusal("new.unread-programme")
    _refuse_idle_options(wish)
    parts = tuple(bare_id(wish).split("/"))
    if wish.kind == "question":
        return add_question(root, loading, parts, wish)
    require_id(wish, parts, 2 if wish.kind == "lesson" else 1)
    makers = {"course": _course, "lesson": _lesson, "campaign": _campaign}
    return makers.get(wish.kind, _by_pattern)(root, loading, parts, wish)


def _refuse_idle_options(wish: Wish) -> None:
    """Raises OperatorError for an option that would change nothing."""
    for option, given, kinds in (
        ("--kind", wish.question_kind, ("question",)),
        ("--audience", wish.audience, ("course", "campaign")),
    ):
        if given and wish.kind not in kinds:
            raise refusal(
                "new.idle-option", option=option, kinds=words("new.and").join(kinds), kind=wish.kind
            )


def _course(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = _free_path(root, "curricula", id, programme.courses)
    audience = _asked_audience(programme, wish) or course_audience(programme)
    _write(path, "course", id=id, audience=audience)
    steps = (
        words("new.look-audience", audience=_audience_words(programme, audience)),
        words("new.write"),
        words("new.first-lesson", id=id),
    )
    return NewFile(path=path, done=words("new.made", path=path), next_steps=steps)


def _lesson(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, (home, name) = _programme(loading), parts
    course = programme.courses.get(home)
    if course is None:
        raise _no_course(root, programme, home)
    if name == urls.TEST:
        raise refusal("new.reserved", name=name)
    path = root / f"content/lessons/{home}/{name}.md"
    require_free(path)
    objective = next(iter(course.objectives), "")
    _write(path, "lesson", law=law_citation(programme), name=name, objective=objective)
    opening = words("new.open", path=path, write=words("new.write"))
    steps = (_place_in_course(loading, course, name), opening, words("new.see"))
    return NewFile(path=path, done=words("new.made", path=path), next_steps=steps)


def _no_course(root: Path, programme: Programme, home: str) -> OperatorError:
    if (root / f"curricula/{home}.yml").is_file():
        return refusal("new.unread-course", course=home)
    known = ", ".join(programme.courses) or words("new.no-courses")
    near = nearest_name(home, programme.courses)
    return refusal("new.near-course" if near else "new.no-course", course=home, near=near, known=known)


def _place_in_course(loading: LoadResult, course: Course, name: str) -> str:
    """Returns the exact line of the course's file that makes the lesson a part of it."""
    place = partial(words, file=course.source, name=name)
    if any(name in module.lessons for module in course.modules):
        return place("new.place.there")
    if not course.modules:
        return place("new.place.no-modules")
    module, index = course.modules[-1], len(course.modules) - 1
    tree = loading.files[course.source][1]
    line = tree.keys[("modules", index, "lessons")].line
    last = tree.values.get(("modules", index, "lessons", len(module.lessons) - 1))
    if last and tree.values[("modules", index, "lessons")].line > line:
        return place("new.place.line", line=last.line)
    if last and last.line > line:
        return place("new.place.after", line=last.line, last=module.lessons[-1])
    advice = place("new.place.list", line=line, listed=", ".join([*module.lessons, name]))
    return advice if len(course.modules) == 1 else place("new.place.other-module", advice=advice)


def _campaign(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = _free_path(root, "content/campaigns", id, programme.campaigns)
    audience = _asked_audience(programme, wish) or campaign_audience(programme)
    contact = first_contact(programme)
    _write(path, "campaign", id=id, audience=audience, contact=contact, verb=action_verb(programme))
    filled = {"audience": _audience_words(programme, audience), "contact": _contact_words(programme, contact)}
    steps = (words("new.look-campaign", **filled), words("new.write"), words("new.see-campaign", id=id))
    return NewFile(path=path, done=words("new.made", path=path), next_steps=steps)


def _by_pattern(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    """Writes a file by the pattern of its kind, which also says what comes next."""
    programme, id = _programme(loading), parts[0]
    kind = next(kind for kind in KINDS if kind.name == wish.kind)
    path = _free_path(root, kind.folder, id, programme.of(kind.model))
    contact = first_contact(programme)
    given = {
        "id": id,
        "file": path,
        "contact": contact,
        "contact_words": _contact_words(programme, contact),
        "audience": campaign_audience(programme),
        "law": law_citation(programme),
        "moments": tuple(programme.charter.moments) or (words("new.moment"),),
        "course": next(iter(programme.courses.values()), None),
        "tested": next((course for course in programme.courses.values() if course.test), None),
        "write_step": words("new.write"),
        "see_step": words("new.see"),
    }
    _write(path, wish.kind, **given)
    steps = macro_lines(f"new/{wish.kind}.j2", "steps", **given)
    return NewFile(path=path, done=words("new.made", path=path), next_steps=steps)


def _asked_audience(programme: Programme, wish: Wish) -> str:
    return known_audience(programme, wish.audience) if wish.audience else ""


def _audience_words(programme: Programme, id: str) -> str:
    known = programme.audiences.get(id)
    return words("new.audience", id=id, title=known.title) if known else words("new.audience-missing", id=id)


def _contact_words(programme: Programme, id: str) -> str:
    known = programme.contacts.contacts.get(id)
    return words("new.contact", id=id, short=known.short) if known else words("new.contact-missing")


def _programme(loading: LoadResult) -> Programme:
    assert loading.programme is not None
    return loading.programme


def _free_path(root: Path, folder: str, id: str, documents: Mapping[str, Document]) -> Path:
    """Returns the path of a new file. Raises OperatorError where the id or the file is there already."""
    path = root / folder / f"{id}.yml"
    require_free(path, documents[id].source if id in documents else None)
    return path


def _write(path: Path, pattern: str, **given: object) -> None:
    write_whole(path, render(f"new/{pattern}.j2", **given).encode("utf-8"))


@verb("new", kinds=KINDS_LISTED)
@programme_options
@click.argument("kind", type=click.Choice(list(PATTERNS)))
@click.argument("id")
@click.option("--kind", "question_kind", type=click.Choice(QUESTION_KINDS), show_default=QUESTION_KINDS[0])
@click.option("--audience")
def new(
    root: Path, banks: Path | None, kind: str, id: str, question_kind: str | None, audience: str | None
) -> None:
    wish = Wish(kind=kind, id=id, question_kind=question_kind, audience=audience, banks=banks)
    made = create(root, wish)
    click.echo(f"{made.done}\n{words('new.next')}")
    for number, step in enumerate(made.next_steps, 1):
        click.echo(f"  {number}. {step}")
