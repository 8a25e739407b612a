"""No row that a figure rests on changes unseen: each cell of each table, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    UNITS,
    Province,
    answered,
    attended,
    documented,
    freeze,
    merged,
    set_up_province,
    typed,
    voided,
    waived,
)
from later_release import install_later_release
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Table,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from taphuan.quiz import Answer, Form, FormQuestion
from taphuan.records import LedgerFault, Store, people, record, schema, staff_entries
from taphuan.records.events import projections, row_digests
from taphuan.records.people import NewPerson, Superseding
from taphuan.records.schema.columns import ONLY_GROW, Day, Flag, Moment, unguard_statements
from taphuan.records.training import certificates, classes, course_versions
from taphuan.records.training.course_versions import Rule
from taphuan.records.verification import verify_ledger

#: Tables that no figure rests on, and why their rows need not be vouched for.
NOT_VOUCHED = {
    "identity": "says which database this is; a copy that is restored gets another row",
    "account": "who may sign in; what they wrote is in the trail, and counters change with each try",
    "credential": "a code that is issued, spent and locked; what it was used for is in the ledger",
    "session": "who is signed in, for hours",
    "invitation": "a link that is used once",
}
VOUCHED = [table for table in schema.METADATA.sorted_tables if table.name not in NOT_VOUCHED]
CELLS = [(table.name, column.name) for table in VOUCHED for column in table.c]


#: Has PostgreSQL check no value, in one go.
UNCHECKED = [
    f"ALTER TABLE {table.name} "
    + ", ".join(
        f"DROP CONSTRAINT {one.name}" for one in table.constraints if isinstance(one, CheckConstraint)
    )
    for table in VOUCHED
    if any(isinstance(one, CheckConstraint) for one in table.constraints)
]
Look = Callable[[Connection], tuple[LedgerFault, ...]]


def everything(connection: Connection) -> tuple[LedgerFault, ...]:
    return verify_ledger(connection).problems


def look_at(table: str, column: str = "") -> Look:
    """What names changes of a table or cell: the digests alone, which is quicker, else all of `verify`."""
    vouched = row_digests.VOUCHED.get(table)
    if table == "row_digest" or (vouched and (not column or column in vouched.cells)):
        return row_digests.row_problems
    return everything


class Unwind(Exception):
    """Takes back what was tampered with, and brings what was found."""


# --- a ledger with something in each table ------------------------------------------------------


def lived(province: Province) -> None:
    """Has something stand in every table."""
    province.do(
        staff_entries.enter, classes.ClassSession, **HELD, trainer="Đỗ Thị Hoa", sheet_ref="Sổ 1", by=OFFICE
    )
    province.do(staff_entries.enter, classes.ClassSession, anonymous=True, **HELD, by=OFFICE)
    place = {"place_kind": "chợ", "audience": "người đi chợ"}
    for material in ("Tờ gấp", None):
        given = {**place, "material": material, "headcount": 40}
        done = province.do(
            staff_entries.enter,
            staff_entries.CommunicationActivity,
            unit="03388",
            held_on=DAY,
            **given,
            by=OFFICE,
        )
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, done.id, by=OFFICE)
    years = {"first_year": 2026, "last_year": 2026}
    province.do(
        staff_entries.enter,
        staff_entries.IssuedPlan,
        unit="03388",
        number="7/KH-UBND",
        issued_on=DAY,
        **years,
        by=OFFICE,
    )
    told = {"target": "served", "period": "2026H1", "numerator": 3, "denominator": 9, "source": "Công văn 1"}
    province.do(staff_entries.enter, staff_entries.EnteredFigure, **told, by=OFFICE)
    province.do(course_versions.publish, COURSE, "v1", Rule(pass_share=80, attempts=3))
    form = Form(course=COURSE, version="v1", seed=1, asked=(FormQuestion("c1", ("a", "b")),))
    province.do(course_versions.add_form, form, {"c1": Answer(kind="single", right=("a",), objective="o")})
    for event in (answered(1, "p0"), typed(2, "p1"), waived(3, "p2"), documented(4, "p3")):
        province.do(record, event)
    province.do(record, attended(5, "p0"))
    province.do(record, voided(6, documented(4, "p3")))
    province.do(record, merged(7, "p4", "p5"))
    province.do(certificates.issue, "p0", COURSE)
    later = {"as_of": date(2026, 3, 1), "supersedes": Superseding(roster="r1", reason="nhầm tệp")}
    freeze(province, **later)
    province.do(people.erase_person, "p3", by=OFFICE)


DAY = date(2026, 2, 2)
HELD: dict[str, Any] = {"unit": "03388", "held_on": DAY, "minutes": 120, "course": COURSE, "headcount": 12}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which each table has rows; what a test does to it, it takes back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled')}/records.db"
    if request.param == "postgresql":
        postgres: Engine = request.getfixturevalue("postgres")
        with postgres.connect() as connection:
            # A process that steals tests from another comes to this module a second time.
            connection.execute(text("DROP DATABASE IF EXISTS filled"))
            connection.execute(text("CREATE DATABASE filled TEMPLATE pattern"))
        url = postgres.url.set(database="filled").render_as_string(hide_password=False)
    with Store.open(url, clock=Clock()) as store:
        lived(set_up_province(store))
        assert store.verify() == ()
        yield store


def found_after(
    store: Store, tampering: Callable[[Connection], None], *, look: Look = row_digests.row_problems
) -> list[LedgerFault]:
    """What is found after somebody with the database in hand switched off all that guards it."""

    def job(connection: Connection) -> None:
        unguard(connection)
        tampering(connection)
        found = look(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
        raise Unwind(found)

    with pytest.raises(Unwind) as unwound:
        store.write(job)
    return list(unwound.value.args[0])


def unguard(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        for table in ONLY_GROW:
            for statement in unguard_statements("sqlite", table):
                connection.execute(text(statement))
        return
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in UNCHECKED:
        connection.execute(text(statement))


def named(problems: Iterable[LedgerFault]) -> set[str]:
    return {problem.where.split()[0] for problem in problems}


# --- every table, every cell --------------------------------------------------------------------


def test_every_table_is_vouched_for_or_computed_or_nothing_rests_on_it() -> None:
    computed = set(projections.COMPUTED)
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


# --- whoever is erased --------------------------------------------------------------------------


def test_no_name_is_found_from_the_digests_of_a_person_who_was_erased(province: Province) -> None:
    before = province.see(salts)
    assert len(set(before.values())) == 6, "each has one of their own"
    province.do(people.erase_person, "p3", by=OFFICE)
    assert province.see(salts) == {**before, "p3": None}
    assert province.store.verify() == ()


def test_a_corrected_name_gets_another_salt(province: Province) -> None:
    before = province.see(salts)["p0"]
    corrected = NewPerson(full_name="Lò Thị Ân", position="Công chức", unit="03388")
    province.do(people.change_person, "p0", corrected, by=OFFICE)
    assert province.see(salts)["p0"] not in {before, None}
    assert province.store.verify() == ()


def test_a_name_written_back_for_an_erased_person_is_named(filled: Store) -> None:
    def tampering(connection: Connection) -> None:
        table = schema.person
        connection.execute(update(table).where(table.c.id == "p3").values(full_name="Trần Thị Dung"))

    assert [(one.where, one.what, one.kind) for one in found_after(filled, tampering)] == [
        ("person", "p3", "changed")
    ]


def salts(connection: Connection) -> dict[str, str | None]:
    return {row.id: row.salt for row in connection.execute(select(schema.person.c.id, schema.person.c.salt))}


# --- a migration --------------------------------------------------------------------------------

CHANGED = "op.execute(\"UPDATE person SET position = 'Chuyên viên' WHERE id = 'p0'\")"


@pytest.mark.parametrize(
    ("vouching", "faults"), [("vouch_again(op.get_bind(), 'person')", set()), ("pass", {"person"})]
)
def test_a_migration_that_changes_rows_vouches_for_them_again(
    url: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vouching: str, faults: set[str]
) -> None:
    with Store.open(url, clock=clock) as store:
        set_up_province(store)
    install_later_release(monkeypatch, tmp_path / "migrations", f"{CHANGED}\n{vouching}")
    with Store.open(url, clock=clock) as store:
        assert [words for words in store.notices if "nâng cấp" in words]
        assert named(store.verify()) == faults


def test_a_migration_may_change_a_table_that_only_grows_and_guards_it_again(
    url: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(url, clock=clock) as store:
        set_up_province(store)
    changes = """
dialect = op.get_bind().dialect.name
for statement in unguard_statements(dialect, "roster"):
    op.execute(statement)
op.execute("UPDATE roster SET decision_ref = 'QĐ 2'")
for statement in guard_statements(dialect, "roster"):
    op.execute(statement)
vouch_again(op.get_bind(), "roster")
"""
    install_later_release(monkeypatch, tmp_path / "migrations", changes)
    with Store.open(url, clock=clock) as store:
        with store.read() as connection:
            assert {roster.decision_ref for roster in people.all_rosters(connection)} == {"QĐ 2"}
        assert store.verify() == ()
        with pytest.raises(DBAPIError, match="only grows"):
            store.write(lambda connection: connection.execute(text("UPDATE roster SET number = 9")))
