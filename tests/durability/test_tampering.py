"""Somebody edits a database behind the software's back: `records verify` finds it, and says so in words."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from database_edits import Edit, EditedFile, EditedServer, all_edits
from durability_figures import NoteFigure
from fixtures_full_ledger import EVENTS, make_full_ledger
from killed_postgres import server
from sqlalchemy.exc import DBAPIError
from sqlite_checks import sqlite_problems

from taphuan.cli.commands import run
from taphuan.records import schema
from taphuan.records.events.row_digests import current_head
from taphuan.records.store import read_ledger

pytestmark = pytest.mark.soak
#: Single edits on each database, at least.
EDITS = 696
#: Tables that no figure rests on, and why.
SPARED_TABLES = {
    "identity": "which database this is",
    "account": "who may sign in; counters change with each try",
    "credential": "a code that is issued, tried and locked",
    "session": "who is signed in, for hours",
    "invitation": "a link that is used once",
}
#: Columns that no figure rests on, in tables that are looked at; and why.
SPARED: dict[str, str] = {}
TABLES = [table for table in schema.METADATA.sorted_tables if table.name not in SPARED_TABLES]
PAGE = 4_096
#: Events without which the ledger that is lived would not come to its certificates.
FEWEST = 3


def verified(url: str, *more: str) -> tuple[int, str]:
    """What `taphuan records verify` answers and says."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["records", "verify", "--database", url, *more])
    return code, said.getvalue()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EditedFile | EditedServer]:
    if request.param == "sqlite":
        yield EditedFile(lived(tmp_path / "records.db"), tmp_path)
        return
    with server() as postgres:
        make_full_ledger(postgres.database)
        yield EditedServer(postgres.database)


def lived(path: Path, *, until: int | None = None) -> Path:
    """A ledger in one file."""
    make_full_ledger(f"sqlite:///{path}", until=until)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def test_every_edit_of_every_column_is_found_and_told_in_words(
    database: EditedFile | EditedServer, note_figure: NoteFigure
) -> None:
    url = f"sqlite:///{database.original}" if isinstance(database, EditedFile) else database.url
    assert verified(url)[0] == 0
    noted = str(read_ledger(url, current_head))
    missed, unworded, seen = [], [], 0
    for edit in all_edits(url, TABLES, SPARED):
        answer = answered(database, edit, noted)
        seen += answer in {1, 2, 3}
        missed += [str(edit)] if answer == 0 else []
        unworded += [str(edit)] if answer == 70 else []
    assert (missed, unworded) == ([], [])
    assert seen >= EDITS
    kind = "SQLite" if isinstance(database, EditedFile) else "PostgreSQL"
    note_figure(
        f"tampering, {kind}", f"{EDITS} edits", f"{seen} of {seen} single edits found, all told in words"
    )


def answered(database: EditedFile | EditedServer, edit: Edit, noted: str) -> int | None:
    """What verify answers after an edit; nothing where the database itself refuses the edit."""
    try:
        with database.edited(edit):
            answer, _ = verified(database.url)
            # Rows cut off the end leave a chain that is sound: only a head that was noted tells.
            return verified(database.url, "--since", noted)[0] if answer == 0 else answer
    except DBAPIError:
        return None


def test_rows_cut_off_the_end_and_a_ledger_written_afresh_are_found_by_a_head_noted_before(
    tmp_path: Path, note_figure: NoteFigure
) -> None:
    whole = f"sqlite:///{lived(tmp_path / 'whole.db')}"
    noted = str(read_ledger(whole, current_head))
    assert verified(whole, "--since", noted)[0] == 0
    for until in range(FEWEST, len(EVENTS)):
        shorter = f"sqlite:///{lived(tmp_path / f'{until}.db', until=until)}"
        assert verified(shorter)[0] == 0
        assert verified(shorter, "--since", noted)[0] == 1
    count = len(EVENTS) - FEWEST
    note_figure("ledger written afresh", "each found by --since", f"{count} of {count} found by --since")


def test_no_file_with_a_damaged_page_or_a_missing_end_is_called_sound(
    tmp_path: Path, note_figure: NoteFigure
) -> None:
    original, damaged = lived(tmp_path / "whole.db"), tmp_path / "damaged.db"
    whole = original.read_bytes()
    places = range(0, len(whole), PAGE)
    zeroed = [whole[:place] + bytes(PAGE) + whole[place + PAGE :] for place in places]
    cut = [whole[:place] for place in places]
    wrong = []
    for number, content in enumerate((*zeroed, *cut)):
        damaged.write_bytes(content)
        answer, said = verified(f"sqlite:///{damaged}")
        if answer == 70 or (answer == 0 and sqlite_problems(damaged)):
            wrong.append((number, answer, said))
    assert wrong == []
    note_figure(
        "damaged file",
        "every page zeroed, every cut",
        f"{len(places)} pages zeroed, {len(cut)} cuts: none called sound, all told in words",
    )
