"""What is changed by right is vouched for again: a person who is erased, a migration."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import Clock
from digest_tables import found_after, named
from fixtures_province import (
    OFFICE,
    Province,
    set_up_province,
)
from later_release import install_later_release
from sqlalchemy import (
    Connection,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from taphuan.records import Store, people, schema
from taphuan.records.people import NewPerson

pytestmark = pytest.mark.thorough

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
