"""A list as it was sent, compared with the records and the list before; nothing is stored."""

from __future__ import annotations

import base64
import binascii
import gc
import zlib
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from anyio import to_thread
from sqlalchemy import Connection
from starlette.datastructures import FormData, UploadFile

from ....programme.model.programme import Programme
from ....programme.model.scalars import Level
from ....programme.vietnamese import LOCAL_ZONE, folded
from ....records import people
from ....records.people import Roster, Superseded, Unit
from ....roster_import import file_reader, importer, vocabulary
from ....roster_import.grid import Answers
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
from ..base import UnitScope, today
from ..forms import FormReader
from ..words import LEVEL_NAMES
from .frozen_rosters import RosterDetails, known_people

#: Findings on a row that the office may settle by saying who it is.
SETTLED_BY_CHOICE = frozenset(
    {"person-twice", "same-name-in-unit", "almost-twice", "changed-unit", "maybe-moved"}
)
#: A form has 2,000 fields, so that no more doubts could be answered.
MOST_DOUBTS = 1_500


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A row about which the office may say who it is."""

    field: str
    row: ProposedRow
    candidates: tuple[KnownPerson, ...]
    choice: str


def read_decisions(form: FormData) -> dict[RowKey, str | None]:
    """Returns what the office said about people, by the name of a field: the cell and the worksheet."""
    decisions: dict[RowKey, str | None] = {}
    for name, value in form.items():
        if name.startswith("who-") and isinstance(value, str) and value:
            cell, _, worksheet = name.removeprefix("who-").partition("-")
            decisions[(worksheet, cell)] = None if value == "new" else value
    return decisions


def read_answers(form: FormData) -> Answers:
    """Returns the answer to each topic, or to the rest at once; topics left open have none."""
    rest = form.get("answer-rest")
    given = {topic: form.get(f"answer-{topic}") or rest for topic in TOPICS}
    return {topic: value == "yes" for topic, value in given.items() if value in ("yes", "no")}


def doubts_of(
    proposal: Proposal, persons: Sequence[KnownPerson], decisions: Mapping[RowKey, str | None]
) -> tuple[Doubt, ...]:
    marked = {
        (finding.worksheet, cell)
        for finding in proposal.findings
        if finding.code in SETTLED_BY_CHOICE
        for cell in finding.cells
    }
    by_name: dict[str, list[KnownPerson]] = {}
    for person in persons:
        by_name.setdefault(folded(person.full_name), []).append(person)
    doubts = []
    for row in proposal.rows:
        key = row.key
        if row.fate == "undecided" or key in decisions or (key[0], row.spot.cell) in marked:
            alike = row.candidates or tuple(by_name.get(folded(row.entry.full_name), ()))
            choice = "" if key not in decisions else decisions[key] or "new"
            doubts.append(Doubt(field=f"who-{key[1]}-{key[0]}", row=row, candidates=alike, choice=choice))
    # A choice must be sent back to stay made; then comes what prevents the freeze.
    doubts.sort(key=lambda doubt: (not doubt.choice, doubt.row.fate != "undecided"))
    return tuple(doubts[:MOST_DOUBTS])


#: Codes of findings that the comparison with the list before already tells in numbers.
SAID_BY_COMPARISON = frozenset({"many-leaving", "unit-absent"})
WHY_LESS = "Danh sách giảm nhiều: ghi lý do ở phần “Chốt”, hoặc chọn tệp khác."


def comparisons(
    connection: Connection,
    programme: Programme,
    proposal: Proposal,
    wanted: RosterDetails,
    rosters: Sequence[Roster],
    *,
    today: date,
) -> tuple[Comparison, ...]:
    """Compares each level with the list that stands.

    A list that stands in for a mistaken one is compared with that one and the one before it, and with the
    list that stands, if it replaces that. Shares are given only where they are today's.
    """
    compared = []
    for level in wanted.levels:
        rows = [row for row in proposal.rows if row.entry.level == level]
        now = [Candidate(row.before.id if row.before else None, row.entry.unit) for row in rows]
        measured = (
            None
            if _outliving_roster(rosters, level, wanted, today)
            else _standing_roster(rosters, level, today)
        )
        for before in _rosters_before(rosters, level, wanted, today):
            comparison = compare_rosters(connection, programme, before, now, today=today)
            compared.append(comparison if before == measured else replace(comparison, shares=()))
    return tuple(compared)


def outliving(rosters: Sequence[Roster], wanted: RosterDetails, today: date) -> tuple[Roster, ...]:
    """Returns the lists of a later day, against which this half-year would still be measured."""
    candidates = (_outliving_roster(rosters, level, wanted, today) for level in wanted.levels)
    return tuple(roster for roster in candidates if roster is not None)


def _outliving_roster(
    rosters: Sequence[Roster], level: str, wanted: RosterDetails, today: date
) -> Roster | None:
    effective_rosters = rosters
    frozen_at = datetime.combine(today, time.max, LOCAL_ZONE)
    if wanted.replaced is not None:
        instead = Superseded(by_roster="", reason="", decision_ref="", at=frozen_at)
        gone = wanted.replaced.id
        effective_rosters = [
            replace(roster, superseded=instead) if roster.id == gone else roster for roster in rosters
        ]
    ours = [roster for roster in effective_rosters if roster.level == level]
    if not ours:
        return None
    new = replace(ours[0], id="", as_of=wanted.as_of, frozen_at=frozen_at, superseded=None)
    standing = _standing_roster([*ours, new], level, today)
    return standing if standing != new else None


def _standing_roster(rosters: Iterable[Roster], level: str, today: date) -> Roster | None:
    listed = _figures_of(rosters, today).roster(level, Period.of_day(today))
    return listed.roster if listed else None


def _figures_of(rosters: Iterable[Roster], today: date) -> Figures:
    return Figures(taken_on=today, units={}, rosters=tuple(Listed(roster=roster) for roster in rosters))


def _rosters_before(
    rosters: Sequence[Roster], level: str, wanted: RosterDetails, today: date
) -> tuple[Roster, ...]:
    standing, replaced = _standing_roster(rosters, level, today), wanted.replaced
    if replaced is None:
        return (standing,) if standing else ()
    earlier = _figures_of(rosters, today).roster_before(Listed(roster=replaced))
    before = [replaced, earlier.roster if earlier else None]
    if not _outliving_roster(rosters, level, wanted, today):
        before.append(standing)
    return tuple(dict.fromkeys(roster for roster in before if roster is not None))


def is_loss(comparisons: Iterable[Comparison]) -> bool:
    return any(comparison.is_loss for comparison in comparisons)


def loss_reason(sent: FormReader, comparisons: Sequence[Comparison], units: UnitScope) -> str:
    """Returns the trail's words on a loss: from how many to how many, and why.

    It returns "" where nothing is lost; a missing reason is a problem of the form.
    """
    if not is_loss(comparisons):
        return ""
    why = sent.text("loss_reason", WHY_LESS, most=300)
    document = sent.text("loss_document", most=120)
    numbers = "; ".join(_loss_numbers(comparison, units) for comparison in comparisons if comparison.is_loss)
    return f"{numbers}. Lý do: {why}{f', theo {document}' if document else ''}"


def _loss_numbers(comparison: Comparison, units: UnitScope) -> str:
    text = f"{LEVEL_NAMES[comparison.before.level]} từ {comparison.size_before} thành {comparison.size} người"
    if comparison.lost > 0:
        text += f" (giảm {comparison.lost_share.text})"
    if comparison.gone:
        text += f", không còn {', '.join(units.name(unit.unit) for unit in comparison.gone)}"
    return f"{text}, so với danh sách số {comparison.before.number}"


def audience_titles(programme: Programme) -> Mapping[str, str]:
    """Returns the titles of the targets, by id."""
    return {id: target.title for id, target in programme.charter.targets.items()}


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
    if uploads:
        await form.close()
        return await to_thread.run_sync(
            lambda: tuple(_packed_file(*upload) for upload in chosen if any(upload))
        )
    return await to_thread.run_sync(lambda: _carried_files(form))


def _packed_file(name: str, content: bytes) -> SentFile:
    packed = base64.b85encode(zlib.compress(content, 9)).decode()
    return SentFile(name=name, content=content, packed=packed)


def _carried_files(form: FormData) -> tuple[SentFile, ...]:
    packed = [value for value in form.getlist("packed") if isinstance(value, str)]
    names = [value for value in form.getlist("file_name") if isinstance(value, str)]
    left_out, room = set(form.getlist("leave-out")), MOST_BYTES
    files = []
    for place, packed_file in enumerate(packed):
        if str(place) not in left_out:
            content = unpack(packed_file, room)
            room -= len(content)
            name = names[place][:100] if place < len(names) else ""
            files.append(SentFile(name=name, content=content, packed=packed_file))
    return tuple(files)


def unpack(packed: str, most: int) -> bytes:
    """Returns the bytes in a field, at most `most`; b"" where it is none of ours."""
    try:
        return zlib.decompressobj().decompress(base64.b85decode(packed), max(most, 1))[:most]
    except (ValueError, zlib.error, binascii.Error):
        return b""


def upload_problem(files: Sequence[SentFile]) -> str:
    """Returns what is wrong with the files as such, before any is read; "" where all is well."""
    if not files:
        return "Chọn một hoặc nhiều tệp .xlsx, .docx hoặc .csv."
    if len(files) > MOST_FILES:
        return f"Mỗi lần gửi được nhiều nhất {MOST_FILES} tệp, đây là {len(files)} tệp. Gộp bớt rồi gửi lại."
    big = [file.name for file in files if len(file.packed) > MOST_PACKED or len(file.content) > MOST_BYTES]
    if big and len(files) == 1:
        return "Tệp quá lớn. Xóa hình ảnh và trang thừa, hoặc chia thành nhiều danh sách."
    if big:
        return f"Tệp quá lớn: {', '.join(big[:5])}. Xóa hình ảnh và trang thừa trong tệp ấy rồi gửi lại."
    whole = sum(len(file.packed) for file in files), sum(len(file.content) for file in files)
    if whole[0] > MOST_CARRIED or whole[1] > MOST_BYTES:
        return "Tổng dung lượng các tệp vượt quá 10 MB. Xóa hình ảnh và trang thừa trong tệp rồi gửi lại."
    return ""


NEW_LEDGER = (
    "Cách mở sổ mới: dừng phần mềm, mời tài khoản bằng “taphuan records invite”, "
    "rồi chạy “taphuan records serve”, cả hai lệnh thêm “--database sqlite:///{file}”; "
    "sau đó gửi danh sách này vào sổ mới."
)
SYNTHETIC_LIST = (
    "Đây là danh sách mẫu, còn sổ này đang ghi người thật. "
    "Người mẫu không được ghi chung sổ với người thật. " + NEW_LEDGER.format(file="tap-thu.sqlite3")
)
REAL_LIST = (
    "Sổ này đang ghi danh sách mẫu, người không có thật. Danh sách thật đầu tiên phải ghi vào sổ mới. "
    + NEW_LEDGER.format(file="ho-so-that.sqlite3")
)


@dataclass(frozen=True, kw_only=True)
class RosterDraft:
    """A list as it was sent, and what it would change."""

    files: tuple[SentFile, ...]
    proposal: Proposal
    doubts: tuple[Doubt, ...]
    rosters: tuple[Roster, ...]
    persons: tuple[KnownPerson, ...]
    comparisons: tuple[Comparison, ...]
    outliving: tuple[Roster, ...]
    """Lists of a later day, which stay what this half-year is measured against."""

    @property
    def warnings(self) -> tuple[CellFinding, ...]:
        """The warnings that the comparison does not say already."""
        compared_codes = SAID_BY_COMPARISON if self.comparisons else frozenset()
        return tuple(
            finding
            for finding in self.proposal.findings
            if finding.topic is None and not finding.is_error and finding.code not in compared_codes
        )

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names of the files in findings, where there are several."""
        named = file_reader.distinct_names([(file.name, file.content) for file in self.files])
        return tuple(name for name, _ in named) if len(named) > 1 else ()

    @property
    def is_loss(self) -> bool:
        return is_loss(self.comparisons)

    def holds(self, level: Level) -> bool:
        """Tells whether anybody of a level is listed, or may be once what is wrong was mended."""
        rows = self.proposal.rows
        return any(row.entry.level == level for row in rows) or not rows or bool(self.proposal.problems)

    @property
    def fault(self) -> str:
        """The message where made-up people would come among real ones, or the other way round."""
        is_made_up = self.proposal.is_synthetic
        if not self.proposal.rows or all(roster.synthetic == is_made_up for roster in self.rosters):
            return ""
        return SYNTHETIC_LIST if is_made_up else REAL_LIST


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
    service: Service, files: tuple[SentFile, ...], wanted: RosterDetails, form: FormData
) -> RosterDraft:
    """Returns the list with all that can be said about it."""
    answers = read_answers(form)
    named = [(file.name, file.content) for file in files]
    book = await to_thread.run_sync(lambda: file_reader.read_files(named, answers))
    programme, day = service.programme, today(service)

    def proposing(within: Connection) -> RosterDraft:
        everybody = people.units_by_id(within)
        scope = frozenset(unit.id for unit in everybody.values() if unit.level in wanted.levels)
        persons, decisions, rosters = (
            known_people(within, wanted.levels),
            read_decisions(form),
            people.all_rosters(within),
        )
        proposal = importer.propose(
            book, programme.units, persons, decisions=decisions, scope=scope, answers=answers
        )
        later = outliving(rosters, wanted, day)
        proposal = _without_unchanged(proposal, {roster.level for roster in later}, everybody)
        return RosterDraft(
            files=files,
            proposal=proposal,
            doubts=doubts_of(proposal, persons, decisions),
            rosters=rosters,
            persons=persons,
            comparisons=comparisons(within, programme, proposal, wanted, rosters, today=day),
            outliving=later,
        )

    return await service.read(proposing)


def _without_unchanged(proposal: Proposal, levels: Collection[str], units: Mapping[str, Unit]) -> Proposal:
    """Returns the changes by a list of an earlier day to these levels: known people stay as today."""

    def stays(row: ProposedRow) -> bool:
        return row.fate == "changed" and row.entry.level in levels

    return replace(
        proposal,
        rows=tuple(replace(row, fate="unchanged") if stays(row) else row for row in proposal.rows),
        leaving=tuple(person for person in proposal.leaving if units[person.unit].level not in levels),
    )
