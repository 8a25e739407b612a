"""A folder where somebody types commands about a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, text

from taphuan.cli.commands import run
from taphuan.records import By, Event, Store, people
from taphuan.records.audit_trail import Clock, utc_now
from taphuan.records.events.projections import record_each
from taphuan.records.people import NewPerson, RosterMember, Unit

READING = (
    ("records", "verify"),
    ("records", "rebuild"),
    ("records", "backup", "sao.sqlite3"),
    ("report", "--period", "2026H2"),
)


WRITING = (("records", "invite", "Văn phòng"), ("records", "serve"))


BY = By(actor="a", reason="thử")


#: As ours were before: the province called otherwise, and a commune that is there no more.
FORMERLY = (
    Unit(id="99", parent=None, level="province", name="Tỉnh cũ"),
    Unit(id="00000", parent="99", level="commune", name="Xã cũ", code="00000"),
)


@dataclass(frozen=True, kw_only=True)
class Said:
    status: int
    out: str
    err: str


@dataclass(frozen=True, kw_only=True)
class LedgerFolder:
    """A folder where somebody types commands about `so.sqlite3`."""

    folder: Path
    root: Path
    screen: pytest.CaptureFixture[str]

    @property
    def path(self) -> Path:
        return self.folder / "so.sqlite3"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def say(self, *words: str) -> Said:
        self.screen.readouterr()
        knows_programme = words[0] == "report" or words[1] in {"invite", "sample", "serve"}
        status = run([*words, *(("--root", str(self.root)) if knows_programme else ())])
        printed = self.screen.readouterr()
        return Said(status=status, out=printed.out, err=printed.err)

    def contents(self) -> dict[str, bytes | None]:
        paths = self.folder.rglob("*")
        return {str(path): path.read_bytes() if path.is_file() else None for path in paths}

    def fill(self, *units: Unit, waived: int = 0, clock: Clock = utc_now) -> None:
        """Makes a ledger with these units and as many rows, each about a person of the first unit."""

        def settled(connection: Connection) -> None:
            people.place_units(connection, units, by=BY, now=store.now())
            persons = [
                NewPerson(id=f"p{n}", full_name="A", position=None, unit=units[0].id) for n in range(waived)
            ]
            people.add_persons(connection, persons, by=BY, now=store.now())

        with Store.open(self.url, clock=clock) as store:
            store.write(settled)
            for n in range(waived):
                given = {"event_id": str(UUID(int=n)), "person": f"p{n}", "course": "nuoc-sach"}
                store.submit_to(record_each, Event(kind="waived", actor="a", reason="thử", **given)).result()  # type: ignore[arg-type]

    def freeze(self, *persons: str) -> None:
        """Freezes a roster of these persons, all of the first unit."""
        of = {
            "level": "province",
            "as_of": date(2026, 1, 1),
            "decision_ref": "QĐ 1",
            "source_sha256": "a" * 64,
        }

        def frozen(connection: Connection) -> None:
            members = [RosterMember(person=person, unit=FORMERLY[0].id) for person in persons]
            people.freeze_roster(connection, members, **of, by=BY, now=store.now())  # type: ignore[arg-type]

        with Store.open(self.url) as store:
            store.write(frozen)

    def change(self, *statements: str) -> None:
        with Store.open(self.url) as store:
            for statement in statements:
                store.write(lambda within, statement=statement: within.execute(text(statement)) and None)  # type: ignore[misc]
