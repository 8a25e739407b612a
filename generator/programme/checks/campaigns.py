"""The plan, the law and the campaigns: what they name is there, each law has its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model.campaign import Campaign, ScriptPart
from ..model.plan import Duty, Target
from ..model.programme import Programme
from ..model.registers import ENDED
from ..model.values import Document
from ..problems import Path, Place, Problem, place_of, unknown_name
from ..vietnamese import sentences, syllables
from .named_ids import ids_under

LONGEST_MESSAGE = 20
#: Tiếng of a post that is read at a glance, and of a sentence said in a breath.
LONGEST_POST, LONGEST_SENTENCE = 80, 18
#: How far a script may miss the seconds that it is planned for.
SHORTEST, LONGEST = 0.85, 1.05
#: Digits, signs and abbreviations, which two readers say in two ways, and the marks of Markdown.
UNSAID = re.compile(r"\[[^\]]*\]\S*|[0-9](?:[0-9.,:/]*[0-9])?|[%&/*_#+=<>()–]|\b[A-ZĐ]{2,}\b")


def check_campaigns(programme: Programme) -> Iterator[Problem]:
    for campaign in programme.campaigns.values():
        yield from _campaign(programme, campaign)


def _campaign(programme: Programme, campaign: Campaign) -> Iterator[Problem]:
    for index, audience in enumerate(campaign.audiences):
        if audience not in programme.audiences:
            yield unknown_name(
                "audience", place_of(campaign, "audiences", index), audience, programme.audiences
            )
    for path, audience in ids_under("audiences", campaign.materials, ("materials",)):
        if audience not in campaign.audiences:
            yield unknown_name("audience", place_of(campaign, *path), audience, campaign.audiences)
    others = {*programme.campaigns} - {campaign.id}
    for index, other in enumerate(campaign.read_also):
        if other not in others:
            yield unknown_name("campaign", place_of(campaign, "read_also", index), other, others)
    count = syllables(campaign.message)
    if count > LONGEST_MESSAGE:
        values = {"count": str(count), "most": str(LONGEST_MESSAGE)}
        yield Problem(code="message-too-long", place=place_of(campaign, "message"), values=values)
    verbs = {verb.casefold() for verb in programme.terms.action_verbs}
    verb = campaign.call_to_action.verb
    if verb.casefold() not in verbs:
        place = place_of(campaign, "call_to_action", "verb")
        yield unknown_name("verb", place, verb, programme.terms.action_verbs)
    yield from _said(campaign)


def _said(campaign: Campaign) -> Iterator[Problem]:
    """Yields what is wrong with what a loudspeaker says, with posts and with the talk."""
    for id, script in campaign.loudspeaker.items():
        lasts = script.starts(campaign.reading_rate)[-1]
        if not SHORTEST * script.seconds <= lasts <= LONGEST * script.seconds:
            values = {"seconds": str(script.seconds), "lasts": str(lasts), "rate": str(campaign.reading_rate)}
            place = place_of(campaign, "loudspeaker", id, "seconds")
            yield Problem(code="script-not-in-time", place=place, values=values)
        for index, part in enumerate(script.parts):
            place = place_of(campaign, "loudspeaker", id, "parts", index, "text")
            yield from _read_aloud(part, place)
    for id, post in campaign.posts.items():
        count = syllables(post.text)
        if count > LONGEST_POST:
            values = {"count": str(count), "most": str(LONGEST_POST)}
            yield Problem(code="post-too-long", place=place_of(campaign, "posts", id, "text"), values=values)
    if (
        campaign.talk
        and (together := sum(step.minutes for step in campaign.talk.steps)) != campaign.talk.minutes
    ):
        values = {"whole": str(campaign.talk.minutes), "together": str(together)}
        yield Problem(code="steps-not-whole", place=place_of(campaign, "talk", "minutes"), values=values)


def _read_aloud(part: ScriptPart, place: Place) -> Iterator[Problem]:
    """Yields what a voice stumbles over: signs not said as written, sentences without a breath."""
    if unsaid := UNSAID.search(part.text):
        yield Problem(code="script-sign", place=replace(place, phrase=unsaid[0]), values={"sign": unsaid[0]})
    for line in part.lines:
        for sentence in sentences(line):
            if (count := syllables(sentence)) > LONGEST_SENTENCE:
                values = {"count": str(count), "most": str(LONGEST_SENTENCE)}
                yield Problem(
                    code="script-sentence", place=replace(place, phrase=sentence[:30]), values=values
                )


def check_plan(programme: Programme) -> Iterator[Problem]:
    yield from _charter(programme)
    yield from _law(programme)
    yield from _local_slots(programme)
    for document in programme.serving:
        yield from _points(programme, document, ("serves",), document.serves)


def _charter(programme: Programme) -> Iterator[Problem]:
    charter, agencies = programme.charter, programme.units.agencies
    for index, duty in enumerate(charter.plan.duties):
        yield from _duty(programme, index, duty)
    yield from _short_titles(programme)
    for key in ("coordinator", "law_confirmed_by"):
        if getattr(charter, key) not in agencies:
            yield unknown_name("unit", place_of(charter, key), getattr(charter, key), agencies)
    if charter.plan.reference not in programme.register.documents:
        place = place_of(charter, "plan", "reference")
        yield unknown_name("reference", place, charter.plan.reference, programme.register.documents)
    for id, target in charter.targets.items():
        yield from _point(programme, charter, ("targets", id, "point"), target.point)
        if target.task is not None:
            yield from _point(programme, charter, ("targets", id, "task"), target.task)
        yield from _counted(programme, id, target)
    for id, agency in agencies.items():
        yield from _point(programme, programme.units, ("agencies", id, "point"), agency.point)


def _counted(programme: Programme, id: str, target: Target) -> Iterator[Problem]:
    """The courses that a target counts."""
    for key in ("any_of", "all_of"):
        for index, course in enumerate(getattr(target.courses, key, ())):
            if course not in programme.courses:
                place = place_of(programme.charter, "targets", id, "courses", key, index)
                yield unknown_name("course", place, course, programme.courses)


def _short_titles(programme: Programme) -> Iterator[Problem]:
    """Finds short titles of points that their part of the tasks does not have."""
    for group, tasks in enumerate(programme.charter.plan.tasks):
        for index, part in enumerate(tasks.parts):
            path = ("plan", "tasks", group, "parts", index, "short_titles")
            for letter in part.short_titles:
                point = f"{part.point}.{letter}"
                if point not in programme.plan_points:
                    place = replace(place_of(programme.charter, *path, letter), at_key=True)
                    yield unknown_name("point", place, point, programme.plan_points, about="charter")


def _duty(programme: Programme, index: int, duty: Duty) -> Iterator[Problem]:
    charter, agencies = programme.charter, programme.units.agencies
    if duty.unit not in agencies:
        yield unknown_name("unit", place_of(charter, "plan", "duties", index, "unit"), duty.unit, agencies)
    for key in ("leads", "supports"):
        yield from _points(programme, charter, ("plan", "duties", index, key), getattr(duty, key))


def _law(programme: Programme) -> Iterator[Problem]:
    for id, reference in programme.register.documents.items():
        start, end = reference.effective_from, reference.effective_until
        if start and end and end < start:
            place = place_of(programme.register, "documents", id, "effective_until")
            yield Problem(code="ends-before-it-starts", place=place, values={"id": id})
        if reference.status in ENDED and not end:
            place = place_of(programme.register, "documents", id, "status")
            yield Problem(code="ended-without-day", place=place, values={"id": id})


def _local_slots(programme: Programme) -> Iterator[Problem]:
    communes = programme.units.communes
    for code in programme.contacts.local_by_commune:
        if code not in communes:
            yield unknown_name("unit", place_of(programme.contacts, "local_by_commune", code), code, communes)


def _points(
    programme: Programme, document: Document, path: Path, points: tuple[str, ...]
) -> Iterator[Problem]:
    for index, point in enumerate(points):
        yield from _point(programme, document, (*path, index), point)


def _point(programme: Programme, document: Document, path: Path, point: str) -> Iterator[Problem]:
    if point not in programme.plan_points:
        yield unknown_name("point", place_of(document, *path), point, programme.plan_points, about="charter")
