"""A list as it was sent: read, set beside what the records know and the list before; nothing is stored."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from anyio import to_thread
from sqlalchemy import Connection
from starlette.datastructures import FormData

from ...records import people
from ...records.people import Roster, Unit
from ...rosters import checking, joining, spelling
from ...rosters.entry import KnownPerson, Level
from ...rosters.notices import CellFinding
from ...rosters.proposal import Proposal, ProposedRow
from ...targets import Comparison
from ..service import Service
from .desk import today
from .doubts import Doubt, answered, decided, doubts_of
from .freezing import RosterDetails, known
from .roster_comparison import SAID_HERE, comparisons, is_loss, outliving
from .roster_upload import SentFile

NEW_LEDGER = (
    "Cách mở sổ mới: dừng phần mềm, mời tài khoản bằng “taphuan records invite”, "
    "rồi chạy “taphuan records serve”, cả hai lệnh thêm “--database sqlite:///{file}”; "
    "sau đó gửi danh sách này vào sổ mới."
)
MADE_UP = (
    "Đây là danh sách mẫu, còn sổ này đang ghi người thật. "
    "Người mẫu không được ghi chung sổ với người thật. " + NEW_LEDGER.format(file="tap-thu.sqlite3")
)
REAL = (
    "Sổ này đang ghi danh sách mẫu, người không có thật. Danh sách thật đầu tiên phải ghi vào sổ mới. "
    + NEW_LEDGER.format(file="ho-so-that.sqlite3")
)


@dataclass(frozen=True, kw_only=True)
class RosterDraft:
    """A list as it was sent, and what it would change of what there was."""

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
        """Returns what to look at, but for what the comparison says already."""
        said = SAID_HERE if self.comparisons else frozenset()
        return tuple(one for one in self.proposal.warnings if one.code not in said)

    @property
    def file_names(self) -> tuple[str, ...]:
        """Returns what the files are called in findings, where there are several."""
        named = joining.distinct([(file.name, file.content) for file in self.files])
        return tuple(name for name, _ in named) if len(named) > 1 else ()

    @property
    def is_loss(self) -> bool:
        return is_loss(self.comparisons)

    def holds(self, level: Level) -> bool:
        """Whether anybody of a level is listed, or may be once what is wrong was put right."""
        rows = self.proposal.rows
        return any(row.entry.level == level for row in rows) or not rows or bool(self.proposal.problems)

    @property
    def fault(self) -> str:
        """Says what is to be done where made-up people would come among real ones, or the other way."""
        is_made_up = self.proposal.is_synthetic
        if not self.proposal.rows or all(one.synthetic == is_made_up for one in self.rosters):
            return ""
        return MADE_UP if is_made_up else REAL


@asynccontextmanager
async def alone(service: Service) -> AsyncIterator[None]:
    """Lets one list at a time be held in memory, and nothing of it stay there for the next."""
    async with service.reading:
        try:
            yield
        finally:
            spelling.forget()
            await to_thread.run_sync(gc.collect)


async def drafted(
    service: Service, files: tuple[SentFile, ...], wanted: RosterDetails, form: FormData
) -> RosterDraft:
    """Returns the list with all that can be said of it."""
    answers = answered(form)
    named = [(file.name, file.content) for file in files]
    book = await to_thread.run_sync(lambda: joining.read_all(named, answers))
    programme, day = service.programme, today(service)

    def proposing(within: Connection) -> RosterDraft:
        everybody = people.units(within)
        scope = frozenset(unit.id for unit in everybody.values() if unit.level in wanted.levels)
        persons, decisions, rosters = known(within, wanted.levels), decided(form), people.rosters(within)
        proposal = checking.propose(
            book, programme.units, persons, decisions=decisions, scope=scope, answers=answers
        )
        later = outliving(rosters, wanted, day)
        proposal = _unchanging(proposal, {one.level for one in later}, everybody)
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


def _unchanging(proposal: Proposal, levels: Collection[str], units: Mapping[str, Unit]) -> Proposal:
    """Returns what a list of an earlier day does to people of these levels: who is known stays as today."""

    def stays(row: ProposedRow) -> bool:
        return row.fate == "changed" and row.entry.level in levels

    return replace(
        proposal,
        rows=tuple(replace(row, fate="unchanged") if stays(row) else row for row in proposal.rows),
        leaving=tuple(one for one in proposal.leaving if units[one.unit].level not in levels),
    )
