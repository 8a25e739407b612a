"""A list is looked through for what it changes, then frozen as it was seen, with its day, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.values import Level
from ....programme.vietnamese import alphabetical, thousands
from ....records import By, people
from ....records.people import Roster, Superseding
from ....roster_import.proposal import KnownPerson, Proposal, ProposedRow
from ...dependencies import Posted, Running, Service, StaffMember, field
from ..base import UnitScope, redirect_done, router, today, written_by
from ..forms import FormReader
from .frozen_rosters import (
    FORM,
    ROSTERS,
    Importer,
    RosterDetails,
    find_roster,
    freeze_rosters,
    known_people,
    list_rosters,
)
from .roster_draft import (
    MOST_DOUBTS,
    SETTLED_BY_CHOICE,
    RosterDraft,
    loss_reason,
    one_list_at_a_time,
    read_draft,
    sent_files,
    upload_problem,
)

routes = router()
LEVEL_CHOICES: Mapping[str, tuple[Level, ...]] = {
    "commune": ("commune",),
    "province": ("province",),
    "both": ("province", "commune"),
}
#: Before the id of a course whose learners a list has, among the same choices.
OF_COURSE = "course:"


@routes.post(f"{ROSTERS}thu/")
async def try_out(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Shows what a list would change. Nothing is stored."""
    async with one_list_at_a_time(service):
        sent = FormReader(form)
        draft, wanted = await _read_list(service, member, sent, form)
        if draft is None:
            return await list_rosters(request, service, member, sent)
        return _preview(request, service, draft, wanted, sent)


@routes.post(f"{ROSTERS}chot/")
async def freeze_list(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Freezes what was looked at, if it still has the same result; else it is shown again."""
    async with one_list_at_a_time(service):
        sent = FormReader(form)
        draft, wanted = await _read_list(service, member, sent, form)
        if draft is None:
            return await list_rosters(request, service, member, sent)
        reason = FORM.words["reason"].format(decision=wanted.decision)
        if wanted.course:
            title = service.programme.courses[wanted.course].title
            reason = FORM.words["reason_learners"].format(course=title, decision=wanted.decision)
        if wanted.replaced and wanted.superseding:
            number, fault = wanted.replaced.number, wanted.superseding.reason
            reason += FORM.words["reason_replacing"].format(number=number, fault=fault)
        reason += loss_reason(sent, draft)
        if problem := _open_question(draft, field(form, "seal")):
            sent.problems = {**problem, **sent.problems}
        elif not sent.problems:
            cause, now, kept = written_by(member.account, reason), service.now(), draft
            if await service.write(lambda within: _freeze_unchanged(within, kept, wanted, cause, now)):
                return redirect_done(service, ROSTERS, "danh-sach")
            sent.problems["seal"] = FORM.words["changed"]
            draft = await read_draft(service, member.account, draft.files, wanted, form)
        return _preview(request, service, draft, wanted, sent, 422)


async def _read_list(
    service: Service, member: StaffMember, sent: FormReader, form: FormData
) -> tuple[RosterDraft | None, RosterDetails]:
    """Returns the list, None where the form is to be sent anew, and the office's words on it."""
    files = await sent_files(form)
    if fault := upload_problem(files):
        sent.problems["file"] = fault
    if (answers := len(field(form, "offered").split("\n"))) > MOST_DOUBTS:
        most, count = thousands(MOST_DOUBTS), thousands(answers)
        sent.problems["file"] = FORM.words["many_answers"].format(most=most, count=count)
    wanted = _wanted_roster(service, sent, await service.read(people.all_rosters))
    if sent.problems:
        return None, wanted
    draft = await read_draft(service, member.account, files, wanted, form)
    sent.problems |= draft.refusal(() if wanted.course else wanted.levels)
    return None if sent.problems else draft, wanted


def _wanted_roster(service: Service, sent: FormReader, rosters: tuple[Roster, ...]) -> RosterDetails:
    fields, words, apart = FORM.fields, FORM.words, service.programme.courses_apart
    choices = (*LEVEL_CHOICES, *(f"{OF_COURSE}{id}" for id in apart))
    chosen = sent.choice("levels", choices, fields["levels"].missing)
    course = chosen.removeprefix(OF_COURSE) if chosen.startswith(OF_COURSE) else None
    levels = LEVEL_CHOICES.get("both" if course else chosen, ())
    as_of = sent.day("as_of", fields["as_of"].missing, until=today(service))
    decision = sent.text("decision", fields["decision"].missing, most=fields["decision"].most)
    number = sent.text("replaces")
    if not number or course:
        return RosterDetails(levels=levels, as_of=as_of, decision=decision, course=course)
    missing = fields["because"].missing.format(number=number)
    because = sent.text("because", missing, most=fields["because"].most)
    replaced = find_roster(list(rosters), number)
    if replaced is None:
        sent.problems["replaces"] = words["replaces_none"].format(number=number)
    elif levels != (replaced.level,):
        sent.problems["levels"] = words["replaces_other"].format(number=number)
    superseding = Superseding(roster=replaced.id, reason=because) if replaced and because else None
    return RosterDetails(
        levels=levels, as_of=as_of, decision=decision, superseding=superseding, replaced=replaced
    )


def _preview(
    request: Request,
    service: Service,
    draft: RosterDraft,
    wanted: RosterDetails,
    sent: FormReader,
    status: int = 200,
) -> Response:
    return service.pages.page(
        request,
        "staff/roster-preview",
        status=status,
        form=FORM,
        draft=draft,
        proposal=draft.proposal,
        settled=SETTLED_BY_CHOICE,
        changes=changes(draft.proposal, draft.scope),
        replaced=wanted.replaced,
        as_of=wanted.as_of,
        course=service.programme.courses[wanted.course].title if wanted.course else "",
        titles={id: target.title for id, target in service.programme.charter.targets.items()},
        scope=draft.scope,
        given=sent.given,
        problems=sent.problems,
    )


def _open_question(draft: RosterDraft, seal: str) -> dict[str, str]:
    """Returns why the list cannot be frozen as it is."""
    if seal != draft.proposal.seal:
        return {"seal": FORM.words["changed"]}
    if any(each.is_agreed is None for each in draft.proposal.assumptions):
        return {"answers": FORM.words["unanswered"]}
    return {} if draft.proposal.can_be_frozen else {"seal": FORM.words["unmended"]}


def _freeze_unchanged(
    within: Connection, draft: RosterDraft, wanted: RosterDetails, by: By, now: datetime
) -> bool:
    """Freezes, unless the records changed since the list was looked through: a form may be sent twice."""
    lists = (*people.all_rosters(within), *people.all_rosters(within, of_learners=True))
    if lists != draft.rosters or known_people(within, wanted.levels) != draft.persons:
        return False
    freeze_rosters(within, draft.proposal, wanted, by=by, now=now)
    return True


# --- what a list changes ----------------------------------------------------------------------


#: How many people of one fate are named; so many stand in a list of their own, more in a fold for each unit.
MOST_NAMED, FEW = 500, 12
FATES = ("undecided", "new", "changed", "leaving", "unchanged")


class ChangeLine(NamedTuple):
    """A person: what was and what is to be where these differ, and the row of the file."""

    name: str
    unit: str
    was: str
    now: str
    place: str


class UnitChanges(NamedTuple):
    """The people of one unit; of `lines` there are fewer than its persons where very many change."""

    name: str
    persons: int
    lines: Sequence[ChangeLine]


class Change(NamedTuple):
    """All people of one fate."""

    fate: str
    persons: int
    units: Sequence[UnitChanges]
    unnamed: int

    @property
    def is_short(self) -> bool:
        return self.persons <= FEW


def changes(proposal: Proposal, units: UnitScope) -> list[Change]:
    """Returns the fates that somebody has, those that change something first."""
    shown = []
    for fate in FATES:
        if fate == "leaving":
            shown.append(_change(fate, proposal.leaving, lambda person: person.unit, units, _known_line))
        else:
            rows = [row for row in proposal.rows if row.fate == fate]
            shown.append(_change(fate, rows, lambda row: row.entry.unit, units, _row_line))
    return [change for change in shown if change.persons]


def _change(
    fate: str,
    persons: Sequence[ProposedRow] | Sequence[KnownPerson],
    unit_of: Callable[..., str],
    units: UnitScope,
    line: Callable[..., ChangeLine],
) -> Change:
    counts = Counter(map(unit_of, persons))
    named: dict[str, list[ChangeLine]] = {}
    for person in persons[:MOST_NAMED]:
        named.setdefault(unit_of(person), []).append(line(person, units))
    by_name = sorted(counts, key=lambda unit: alphabetical(units.name(unit)))
    changed_units = [UnitChanges(units.name(unit), counts[unit], named.get(unit, ())) for unit in by_name]
    return Change(fate, len(persons), changed_units, max(len(persons) - MOST_NAMED, 0))


def _known_line(person: KnownPerson, units: UnitScope) -> ChangeLine:
    return ChangeLine(person.full_name, units.name(person.unit), "", person.position, "")


def _row_line(row: ProposedRow, units: UnitScope) -> ChangeLine:
    entry, before = row.entry, row.before
    was, now = "", entry.position
    if row.fate == "changed" and before is not None:
        pairs = [
            (before.full_name, entry.full_name),
            (before.position, entry.position),
            (units.name(before.unit), units.name(entry.unit)),
        ]
        differing = [(old, new) for old, new in pairs if old != new]
        was, now = (_joined(side) for side in zip(*differing, strict=True)) if differing else ("", now)
    return ChangeLine(entry.full_name, units.name(entry.unit), was, now, str(row.spot.row))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part or "–" for part in parts)
