"""A list as it was sent, compared with the records and the list before; nothing is stored."""

from __future__ import annotations

import base64
import binascii
import gc
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from anyio import to_thread
from sqlalchemy import Connection
from starlette.datastructures import FormData, UploadFile

from ....programme.model.programme import Programme
from ....programme.model.values import Level
from ....programme.vietnamese import LOCAL_ZONE, folded
from ....records import people
from ....records.access.accounts import Account
from ....records.people import Roster, Superseded, Unit
from ....roster_import import file_reader, importer, vocabulary
from ....roster_import.grid import Answers
from ....roster_import.office_file import read_in_own_process
from ....roster_import.proposal import (
    TOPICS,
    CellFinding,
    KnownPerson,
    Proposal,
    ProposedRow,
    RowKey,
)
from ....targets import Candidate, Comparison, Figures, Listed, Period, compare_rosters
from ...dependencies import MOST_FILES, Service
from ..base import UnitScope, scope, today
from ..forms import FormReader
from ..words import LEVEL_NAMES
from .frozen_rosters import FORM, RosterDetails, known_people

#: Findings on a row that the office may settle by saying who it is; they are told with the row alone.
SETTLED_BY_CHOICE = frozenset(
    {
        "person-twice",
        "same-name-in-unit",
        "almost-twice",
        "ambiguous-person",
        "almost-known-person",
        "changed-unit",
        "maybe-moved",
    }
)
#: A form has 2,000 fields, so that no more doubts could be answered.
MOST_DOUBTS = 1_500


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A row about which the office may say who it is, and why that is asked, unless it was said already.

    `has_own_record` is true of an undecided row that may be one record only, which no other row is or may be.
    """

    field: str
    row: ProposedRow
    candidates: tuple[KnownPerson, ...]
    choice: str
    finding: CellFinding | None
    has_own_record: bool = False


def read_settled(form: FormData) -> tuple[Answers, dict[RowKey, str | None]]:
    """Returns the answer to each topic, or to the rest at once, and what the office said about people.

    Topics left open have no answer. A person's field is named by the cell and the worksheet. One button
    answers for all of whom one record is offered and nothing is said: each is that one, or each is new.
    None is pressed beforehand: one person's results would go to another unseen.
    """
    rest = form.get("answer-rest")
    given = {topic: form.get(f"answer-{topic}") or rest for topic in TOPICS}
    decisions: dict[RowKey, str | None] = {}
    for name, value in form.items():
        if name.startswith("who-") and isinstance(value, str) and value:
            cell, _, worksheet = name.removeprefix("who-").partition("-")
            decisions[(worksheet, cell)] = None if value == "new" else value
    everybody = form.get("all-who")
    # A worksheet's name may hold any other sign at which lines are ended, such as U+2028.
    offered = str(form.get("offered", "")).split("\n")[:MOST_DOUBTS]
    for line in offered if everybody in ("same", "new") else ():
        name, _, person = line.removesuffix("\r").rpartition("=")
        cell, _, worksheet = name.partition("-")
        if cell and person:
            decisions.setdefault((worksheet, cell), person if everybody == "same" else None)
    return {topic: value == "yes" for topic, value in given.items() if value in ("yes", "no")}, decisions


def doubts_of(
    proposal: Proposal, persons: Sequence[KnownPerson], decisions: Mapping[RowKey, str | None]
) -> tuple[Doubt, ...]:
    # What prevents the freeze is told before what need not be answered.
    marked = {
        (finding.worksheet, cell): finding
        for finding in sorted(proposal.findings, key=lambda finding: finding.is_error)
        if finding.code in SETTLED_BY_CHOICE
        for cell in finding.cells
    }
    lines = Counter((row.key[0], row.spot.cell) for row in proposal.rows)
    by_name: dict[str, list[KnownPerson]] = {}
    for person in persons:
        by_name.setdefault(folded(person.full_name), []).append(person)
    doubts = []
    for row in proposal.rows:
        key, place = row.key, (row.key[0], row.spot.cell)
        finding = marked.get(place)
        # A cell may list several people, and a finding is about one of them.
        if finding and lines[place] > 1 and row.entry.full_name not in finding.message:
            finding = None
        if row.fate == "undecided" or key in decisions or finding:
            alike = row.candidates or tuple(by_name.get(folded(row.entry.full_name), ()))
            choice = "" if key not in decisions else decisions[key] or "new"
            name = f"who-{key[1]}-{key[0]}"
            doubts.append(Doubt(field=name, row=row, candidates=alike, choice=choice, finding=finding))
    # Guesses by name are candidates too: two rows may be one record, or one row has it already.
    taken = Counter(row.before.id for row in proposal.rows if row.before)
    taken.update(person.id for doubt in doubts for person in doubt.candidates if doubt.row.before != person)
    doubts = [
        replace(doubt, has_own_record=[taken[person.id] for person in doubt.candidates] == [1])
        if doubt.row.fate == "undecided"
        else doubt
        for doubt in doubts
    ]
    # A choice must be sent back to stay made; then comes what prevents the freeze.
    doubts.sort(key=lambda doubt: (not doubt.choice, not (doubt.finding and doubt.finding.is_error)))
    return tuple(doubts[:MOST_DOUBTS])


#: Codes of findings that the comparison with the list before already tells in numbers.
SAID_BY_COMPARISON = frozenset({"many-leaving", "unit-absent"})


def comparisons(
    connection: Connection,
    programme: Programme,
    proposal: Proposal,
    wanted: RosterDetails,
    rosters: Sequence[Roster],
    later: Mapping[Level, Roster],
    today: date,
) -> Iterator[Comparison]:
    """Yields each level beside the list that stands.

    A list that stands in for a mistaken one is compared with that one and the one before it, and with the
    list that stands, if it replaces that. Shares are given only where they are today's: `later` lists, which
    still stand, have those.
    """
    period = Period.of_day(today)
    for level in wanted.levels:
        rows = [row for row in proposal.rows if row.entry.level == level]
        now = [Candidate(row.before.id if row.before else None, row.entry.unit) for row in rows]
        of_level = [roster for roster in rosters if roster.level == level]
        standing = people.roster_in_force(of_level, period.start, period.end)
        before = [standing]
        if replaced := wanted.replaced:
            listed = tuple(Listed(roster=roster) for roster in rosters)
            figures = Figures(taken_on=today, units={}, rosters=listed)
            earlier = figures.roster_before(Listed(roster=replaced))
            before = [replaced, earlier.roster if earlier else None, None if level in later else standing]
        for roster in dict.fromkeys(filter(None, before)):
            comparison = compare_rosters(connection, programme, roster, now, today=today)
            is_measured = level not in later and roster == standing
            yield comparison if is_measured else replace(comparison, shares=())


def outliving_roster(
    rosters: Sequence[Roster], level: Level, wanted: RosterDetails, today: date
) -> Roster | None:
    """Returns the list of a later day, against which this half-year would still be measured."""
    frozen_at, gone = datetime.combine(today, time.max, LOCAL_ZONE), wanted.replaced
    instead = Superseded(by_roster="", reason="", decision_ref="", at=frozen_at)
    ours = [
        replace(roster, superseded=instead) if gone and roster.id == gone.id else roster
        for roster in rosters
        if roster.level == level
    ]
    if not ours:
        return None
    new = replace(ours[0], id="", as_of=wanted.as_of, frozen_at=frozen_at, superseded=None)
    period = Period.of_day(today)
    standing = people.roster_in_force([*ours, new], period.start, period.end)
    return standing if standing != new else None


def loss_reason(sent: FormReader, draft: RosterDraft) -> str:
    """Returns the trail's words on a loss: from how many to how many, and why.

    It returns "" where nothing is lost; a missing reason is a problem of the form.
    """
    losses = []
    for lost in (comparison for comparison in draft.comparisons if comparison.is_loss):
        level, gone = (
            LEVEL_NAMES[lost.before.level],
            ", ".join(draft.scope.name(unit.unit) for unit in lost.gone),
        )
        text = FORM.words["loss_size"].format(level=level, before=lost.size_before, now=lost.size)
        text += FORM.words["loss_share"].format(share=lost.lost_share.text) if lost.lost > 0 else ""
        text += FORM.words["loss_units"].format(units=gone) if gone else ""
        losses.append(text + FORM.words["loss_since"].format(number=lost.before.number))
    if not losses:
        return ""
    fields = FORM.fields
    why = sent.text("loss_reason", fields["loss_reason"].missing, most=fields["loss_reason"].most)
    document = sent.text("loss_document", most=fields["loss_document"].most)
    by_document = FORM.words["loss_document"].format(document=document) if document else ""
    return FORM.words["loss"].format(numbers="; ".join(losses), why=why) + by_document


#: A field of a form holds a megabyte at most, and each file goes back and forth in one, packed.
MOST_PACKED, MOST_BYTES = 1_000_000, 10 * 1024 * 1024
#: All fields together have to fit into one request, with what else it holds.
MOST_CARRIED = 9_500_000


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file of the list, and the same packed into a field."""

    name: str
    content: bytes
    packed: str


async def sent_files(form: FormData) -> tuple[SentFile, ...]:
    """Returns the files of the form, or those that came back with the page, without those left out."""
    uploads = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
    chosen = [((file.filename or "")[:100], await file.read()) for file in uploads]
    if not uploads:
        return await to_thread.run_sync(_carried_files, form)
    await form.close()
    return await to_thread.run_sync(
        lambda: tuple(
            SentFile(name=name, content=content, packed=base64.b85encode(zlib.compress(content, 9)).decode())
            for name, content in chosen
            if name or content
        )
    )


def _carried_files(form: FormData) -> tuple[SentFile, ...]:
    packed = [value for value in form.getlist("packed") if isinstance(value, str)]
    names = [value for value in form.getlist("file_name") if isinstance(value, str)]
    left_out, room = set(form.getlist("leave-out")), MOST_BYTES
    files = []
    for place, packed_file in enumerate(packed):
        if str(place) in left_out:
            continue
        try:
            unpacker = zlib.decompressobj()
            content = unpacker.decompress(base64.b85decode(packed_file), max(room, 1))[:room]
        except (ValueError, zlib.error, binascii.Error):
            content = b""  # none of ours
        room -= len(content)
        name = names[place][:100] if place < len(names) else ""
        files.append(SentFile(name=name, content=content, packed=packed_file))
    return tuple(files)


def upload_problem(files: Sequence[SentFile]) -> str:
    """Returns what is wrong with the files as such, before any is read; "" where all is well."""
    words = FORM.words
    if not files:
        return words["no_file"]
    if len(files) > MOST_FILES:
        return words["many_files"].format(most=MOST_FILES, count=len(files))
    big = [file.name for file in files if len(file.packed) > MOST_PACKED or len(file.content) > MOST_BYTES]
    if big:
        return words["big_file" if len(files) == 1 else "big_files"].format(names=", ".join(big[:5]))
    packed, content = sum(len(file.packed) for file in files), sum(len(file.content) for file in files)
    return words["big_together"] if packed > MOST_CARRIED or content > MOST_BYTES else ""


@dataclass(frozen=True, kw_only=True)
class RosterDraft:
    """A list as it was sent, and what it would change.

    `file_names` are those of findings, where there are several files. `warnings` are those that neither the
    comparison nor a doubt says already. `outliving` are lists of a later day, which stay what this half-year
    is measured against. `scope` names the units.
    """

    files: tuple[SentFile, ...]
    file_names: tuple[str, ...]
    proposal: Proposal
    warnings: tuple[CellFinding, ...]
    doubts: tuple[Doubt, ...]
    rosters: tuple[Roster, ...]
    persons: tuple[KnownPerson, ...]
    comparisons: tuple[Comparison, ...]
    outliving: tuple[Roster, ...]
    scope: UnitScope

    def refusal(self, levels: Iterable[Level]) -> dict[str, str]:
        """Returns why the list is not shown, by field: made-up people among real ones, a level with nobody.

        Where something is wrong, somebody of the level may be listed once it was mended.
        """
        rows, is_made_up = self.proposal.rows, self.proposal.is_synthetic
        if rows and any(roster.synthetic != is_made_up for roster in self.rosters):
            return {"file": FORM.words["synthetic" if is_made_up else "real"]}
        listed = {row.entry.level for row in rows}
        absent = [LEVEL_NAMES[level] for level in levels if level not in listed]
        if rows and absent and not self.proposal.problems:
            return {"levels": FORM.words["nobody"].format(level=absent[0])}
        return {}


@asynccontextmanager
async def one_list_at_a_time(service: Service) -> AsyncIterator[None]:
    """Lets one list at a time be in memory, and leaves nothing of it there for the next."""
    async with service.reading:
        try:
            yield
        finally:
            vocabulary.forget_texts()
            await to_thread.run_sync(gc.collect)


async def read_draft(
    service: Service,
    account: Account,
    files: tuple[SentFile, ...],
    wanted: RosterDetails,
    form: FormData,
) -> RosterDraft:
    """Returns the list with all that can be said about it: it is read once, and proposed once."""
    answers, decisions = read_settled(form)
    named = file_reader.distinct_names([(file.name, file.content) for file in files])
    book = await to_thread.run_sync(file_reader.read_files, named, answers, read_in_own_process)
    programme, day = service.programme, today(service)

    def proposing(within: Connection) -> RosterDraft:
        units, persons, rosters = (
            people.units_by_id(within),
            known_people(within, wanted.levels),
            people.all_rosters(within),
        )
        ours = frozenset(unit.id for unit in units.values() if unit.level in wanted.levels)
        later = {
            level: roster
            for level in (() if wanted.course else wanted.levels)
            if (roster := outliving_roster(rosters, level, wanted, day))
        }
        # A list of learners corrects nobody and lets nobody go.
        kept = wanted.levels if wanted.course else tuple(later)
        proposal = importer.propose(
            book, programme.units, persons, decisions=decisions, scope=ours, answers=answers
        )
        proposal = _without_unchanged(proposal, kept, units) if kept else proposal
        # Whoever learns still has a code, although another list goes without them.
        learners = people.listed_learners(within)
        leaving = tuple(person for person in proposal.leaving if person.id not in learners)
        proposal = replace(proposal, leaving=leaving)
        compared = (
            ()
            if wanted.course
            else tuple(comparisons(within, programme, proposal, wanted, rosters, later, day))
        )
        said = SETTLED_BY_CHOICE | (SAID_BY_COMPARISON if compared or not leaving else frozenset())
        return RosterDraft(
            files=files,
            file_names=tuple(name for name, _ in named) if len(named) > 1 else (),
            proposal=proposal,
            warnings=tuple(
                finding
                for finding in proposal.findings
                if finding.topic is None and not finding.is_error and finding.code not in said
            ),
            doubts=doubts_of(proposal, persons, decisions),
            rosters=(*rosters, *people.all_rosters(within, of_learners=True)),
            persons=persons,
            comparisons=compared,
            outliving=tuple(later.values()),
            scope=scope(within, account),
        )

    return await service.read(proposing)


def _without_unchanged(proposal: Proposal, levels: Collection[str], units: Mapping[str, Unit]) -> Proposal:
    """Returns the changes by a list of an earlier day to these levels: known people stay as today."""
    rows = (
        replace(row, fate="unchanged") if row.fate == "changed" and row.entry.level in levels else row
        for row in proposal.rows
    )
    leaving = (person for person in proposal.leaving if units[person.unit].level not in levels)
    return replace(proposal, rows=tuple(rows), leaving=tuple(leaving))
