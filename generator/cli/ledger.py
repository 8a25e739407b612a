"""The ledger that a verb uses: opened for its programme, and what to report of the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from ..errors import AuthorError, reason
from ..programme.loader import load_kept
from ..programme.model.programme import Programme
from ..programme.vietnamese import written_moment
from ..records import By, audit_trail, people
from ..records.audit_trail import PutBack
from ..records.store import Store, locate, read_ledger, state_at
from .words import refusal, words

OPERATOR = words("ledger.operator")


def programme_of(root: Path, banks: Path | None = None) -> Programme:
    """Returns the programme. Raises AuthorError where there are errors in it."""
    loading = load_kept(root, banks=banks)
    if loading.programme is None or loading.has_errors:
        raise AuthorError(loading.findings)
    return loading.programme


def place_units(store: Store, programme: Programme) -> None:
    """Puts the programme's units into the records before anybody is expected in them."""
    by = By(actor=OPERATOR, reason=words("ledger.units"))
    units = people.programme_units(programme.units)
    store.write(lambda connection: people.place_units(connection, units, by=by, now=store.now()))


@contextmanager
def open_ledger(database: str, programme: Programme) -> Iterator[Store]:
    """Opens the programme's ledger to write; makes it and its folder where there are none, and says so.

    Raises OperatorError, before anything is written, for a ledger of another programme.
    """
    path = locate(database).path
    if state_at(database) != "nothing":
        read_ledger(
            database, lambda within: require_same_province(within, programme, database), even_older=True
        )
    elif path is not None:
        _make_folder(path.parent)
    with tell_notices(Store.open(database)) as store:
        yield store


@contextmanager
def tell_notices(store: Store) -> Iterator[Store]:
    """Prints what opening a ledger changed, and once it is closed what is to be known of its files."""
    for notice in store.notices:
        click.echo(notice, err=True)
    try:
        yield store
    finally:
        if left := store.close():
            click.echo(left, err=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusal("ledger.no-folder", folder=folder, reason=reason(fault)) from None


def require_same_province(connection: Connection, programme: Programme, database: str) -> None:
    """Raises OperatorError where the ledger's units stand below another province than the programme's.

    Names and communes may change; the province's code is what both have in common.
    """
    ours, province_names = programme.units.province, people.province_names(connection)
    if province_names and ours.code not in province_names:
        named = [
            words("ledger.province", name=name, code=code)
            for code, name in (*province_names.items(), (ours.code, ours.name))
        ]
        others, own = ", ".join(named[:-1]), named[-1]
        raise refusal("ledger.other", ledger=locate(database).place, provinces=others, ours=own)


#: How many rows are reported one by one.
MOST_ROWS = 20


def clock_remarks(connection: Connection, now: datetime) -> Iterator[str]:
    """Yields what a ledger's rows say of the clock: that of now, and that of their time."""
    yield from filter(None, (_clock_behind(connection, now),))
    yield from _row_remarks(audit_trail.clock_put_back(connection))


def clock_caution(store: Store) -> str:
    """Returns a warning that the clock is behind the last row, and what to do; else ""."""
    with store.read() as connection:
        return _clock_behind(connection, store.now())


def _clock_behind(connection: Connection, now: datetime) -> str:
    latest = audit_trail.latest_moment(connection, now)
    if latest is None:
        return ""
    moments = {"now": written_moment(now), "latest": written_moment(latest)}
    return words("ledger.behind", stay=words("ledger.rows-stay"), **moments)


def _row_remarks(rows: Sequence[PutBack]) -> Iterator[str]:
    for row in rows[:MOST_ROWS]:
        moments = {"at": written_moment(row.received_at), "before": written_moment(row.before)}
        yield words("ledger.earlier", row=row.seq, **moments)
    if len(rows) > MOST_ROWS:
        yield words("ledger.more", count=len(rows) - MOST_ROWS)
    if rows:
        yield words("ledger.sound", stay=words("ledger.rows-stay"))
