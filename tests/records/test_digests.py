"""No row that a figure rests on changes unseen: each cell of each table, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from clocks import Clock
from digest_tables import DAY, HELD, NOT_VOUCHED, VOUCHED, Look, found_after, lived, named
from fixtures_province import (
    COURSE,
    OFFICE,
    UNITS,
    Province,
    set_up_province,
)
from sqlalchemy import (
    Column,
    Connection,
    Table,
    delete,
    insert,
    select,
    text,
    update,
)

from taphuan.records import LedgerFault, Store, people, schema, staff_entries
from taphuan.records.events import row_digests
from taphuan.records.events.fold import PROJECTED
from taphuan.records.ledger_verification import verify_ledger
from taphuan.records.people import NewPerson
from taphuan.records.schema.columns import Day, Flag, Moment
from taphuan.records.training import certificates, classes

pytestmark = pytest.mark.thorough

CELLS = [(table.name, column.name) for table in VOUCHED for column in table.c]


def everything(connection: Connection) -> tuple[LedgerFault, ...]:
    return verify_ledger(connection).problems


def look_at(table: str, column: str = "") -> Look:
    """What names changes of a table or cell: the digests alone, which is quicker, else all of `verify`."""
    vouched = row_digests.VOUCHED.get(table)
    if table == "row_digest" or (vouched and (not column or column in vouched.cells)):
        return row_digests.row_problems
    return everything


# --- every table, every cell --------------------------------------------------------------------


def test_every_table_is_vouched_for_or_computed_or_nothing_rests_on_it() -> None:
    computed = set(PROJECTED)
    chained = {"event", "row_digest"}
    kinds = (set(NOT_VOUCHED), set(row_digests.VOUCHED), computed, chained)
    assert sorted(schema.METADATA.tables) == sorted(name for kind in kinds for name in kind)


@pytest.mark.parametrize(("table", "column"), CELLS, ids=lambda name: str(name))
def test_a_cell_that_was_changed_is_named(filled: Store, table: str, column: str) -> None:
    whole = schema.METADATA.tables[table]

    def tampering(connection: Connection) -> None:
        row = first(connection, whole)
        value = another(whole.c[column], row[column])
        done = connection.execute(update(whole).where(*here(whole, row)).values({column: value}))
        assert done.rowcount == 1

    assert table in named(found_after(filled, tampering, look=look_at(table, column)))


@pytest.mark.parametrize("table", [table.name for table in VOUCHED])
def test_a_row_that_was_removed_is_named(filled: Store, table: str) -> None:
    whole = schema.METADATA.tables[table]

    def tampering(connection: Connection) -> None:
        connection.execute(delete(whole).where(*here(whole, first(connection, whole))))

    assert table in named(found_after(filled, tampering, look=look_at(table)))


@pytest.mark.parametrize("table", [table.name for table in VOUCHED])
def test_a_row_that_was_added_is_named(filled: Store, table: str) -> None:
    whole = schema.METADATA.tables[table]

    def tampering(connection: Connection) -> None:
        row = first(connection, whole)
        keys = [column for column in whole.c if column.primary_key or column.unique or column.name == "seed"]
        row |= {column.name: another(column, row[column.name]) for column in keys}
        connection.execute(insert(whole), row)

    assert table in named(found_after(filled, tampering, look=look_at(table)))


def first(connection: Connection, table: Table) -> dict[str, Any]:
    """The first row of a table, of persons one who is still somebody."""
    query = select(table).order_by(*table.primary_key)
    return dict(connection.execute(query).mappings().first() or {})


def here(table: Table, row: dict[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


def another(column: Column[Any], value: Any) -> Any:
    """A value that a column can hold, and that is not this one."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1_000
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])
        case str():
            return value + "x"
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
    kinds = {Moment: Clock().time, Day: DAY, Flag: True}
    python = {str: "x", int: 7}
    found = kinds.get(type(column.type))
    return python[column.type.python_type] if found is None else found


# --- what only shows in the whole ---------------------------------------------------------------


def test_what_is_corrected_withdrawn_revoked_or_placed_anew_is_vouched_for_as_it_is_now(
    province: Province,
) -> None:
    lived(province)
    held = province.do(
        staff_entries.enter, classes.ClassSession, **HELD, trainer="Đỗ Thị Hoa", sheet_ref=None, by=OFFICE
    )
    province.do(classes.withdraw_class, held.id, by=OFFICE)
    (plan,) = province.see(staff_entries.listed, staff_entries.IssuedPlan)
    province.do(staff_entries.withdraw, staff_entries.IssuedPlan, plan.id, by=OFFICE)
    given = province.see(certificates.certificate_of, "p0", COURSE)
    assert given is not None
    province.do(certificates.revoke, given.serial, by=OFFICE)
    renamed = replace(UNITS[2], name="Xã Mường Thanh", former_names=())
    assert province.do(people.place_units, [*UNITS[:2], renamed], by=OFFICE) == (renamed.id,)
    corrected = NewPerson(full_name="Vàng A Bính", position=None, unit="03389")
    province.do(people.change_person, "p1", corrected, active=False, by=OFFICE)
    assert province.store.verify() == ()


def test_members_of_a_roster_who_swapped_units_are_missed(filled: Store) -> None:
    def tampering(connection: Connection) -> None:
        table = schema.roster_member
        for person, unit in (("p0", "03389"), ("p3", "03388")):
            connection.execute(update(table).where(table.c.person == person).values(unit=unit))

    found = [one.values for one in found_after(filled, tampering) if one.kind == "members"]
    assert sorted(found) == [("1", "6"), ("2", "6")], "each by its number, and how many are on it"


def test_a_cell_that_makes_no_sense_is_named_as_any_other(sqlite_url: str, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        lived(set_up_province(store))
        change = text("UPDATE activity SET entered_at = 'hôm qua' WHERE material IS NULL")
        store.write(lambda connection: connection.execute(change) and None)
        assert ("activity", "changed") in [(one.where, one.kind) for one in store.verify()]


def test_without_the_chain_every_row_is_one_that_nobody_wrote(filled: Store) -> None:
    found = found_after(filled, lambda connection: connection.execute(delete(schema.row_digest)) and None)
    assert {one.kind for one in found} == {"added", "members"}


def test_a_link_taken_out_of_the_chain_is_named(filled: Store) -> None:
    table = schema.row_digest

    def tampering(connection: Connection) -> None:
        connection.execute(delete(table).where(table.c.seq == 3))

    kinds = [one.kind for one in found_after(filled, tampering) if one.where == "row_digest 4"]
    assert kinds == ["digests-gone", "digests-chain"]


def test_a_digest_does_not_pass_for_one_of_another_row(filled: Store) -> None:
    """The key of a version of a course has spaces; where its words end has to be in the hash, too."""

    def tampering(connection: Connection) -> None:
        connection.execute(delete(schema.course_version))
        table = schema.row_digest
        of = table.c.relation == "course_version"
        row = connection.execute(select(table).where(of)).one()
        course, _, rest = row.row.partition(" ")
        moved = {"relation": f"{row.relation} {course}", "row": rest}
        connection.execute(update(table).where(of).values(moved))

    assert "row_digest" in named(found_after(filled, tampering))
