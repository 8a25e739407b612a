"""The list of who is not yet trained to print and to take away, and a long one."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable

import pytest
from clocks import Clock
from sqlalchemy import select
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, UnitPersons
from untrained_pages import LIST, attend, names, rows, taken, units

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people, schema
from taphuan.records.people import NewPerson, RosterMember
from taphuan.roster_import import file_reader
from taphuan.roster_import.importer import propose
from taphuan.service.staff.people import person_pages

# --- to print and to take away ----------------------------------------------------------------


def test_each_unit_is_a_section_to_print_with_day_and_source(signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(f"{LIST}in/").text
    assert page.count('<section class="print-unit"') == 2
    assert page.count("In ngày 02/3/2026 từ https://tap-huan.test/can-bo/chua-tap-huan/") == 2


def test_the_file_has_exactly_whom_the_page_shows(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    attend(store, persons_by_unit[OURS].ids["hoa"], 10, "PK-1")
    user = signed_in("office", PROVINCE)
    for asked in ({}, {"dv": OURS}, {"hoc": "dang"}, {"hoc": "chua", "dv": OURS}):
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        book = file_reader.read_file(taken(user, **asked).content, "danh-sach.xlsx")
        (grid,) = (one for one in book.grids if one.name == "Danh sách")
        told = [tuple(row.cells[column].text for column in (1, 2, 5)) for row in grid.rows[1:]]
        assert told == rows(user.get(f"{LIST}?{query}"))
        proposal = propose(book, programme.units)
        assert [one.entry.full_name for one in proposal.rows] == [name for name, _, _ in told]
        assert proposal.problems == ()


def test_taking_the_file_needs_the_right_and_a_code_and_leaves_a_trace(
    signed_in: SignedIn, store: Store
) -> None:
    trainer, head = signed_in("trainer", OURS), signed_in("unit-head", OURS)
    assert "Tải XLSX" not in trainer.get(LIST).text
    assert trainer.post(f"{LIST}tai/", "nguoi/").status_code == 403
    assert head.post(f"{LIST}tai/", LIST).headers["location"].startswith("/can-bo/xac-minh/")
    assert "Xác minh trước" in head.get(LIST).text
    head.prove()
    assert head.post(f"{LIST}tai/", LIST, dv=THEIRS).status_code == 404
    noted = select(schema.audit.c.actor, schema.audit.c.reason).filter_by(action="roster.exported")
    with store.read() as connection:
        assert connection.execute(noted).all() == []
    taken(head)
    with store.read() as connection:
        assert connection.execute(noted).all() == [(head.account, "tải danh sách 4 người chưa tập huấn")]
    assert "Tải danh sách có tên" in signed_in("office", PROVINCE).get("nhat-ky/").text


def test_where_nobody_is_left_there_is_no_file_but_the_page(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained: Callable[..., None]
) -> None:
    user = signed_in("unit-head", OURS)
    user.prove()
    trained(*persons_by_unit[OURS].all)
    answer = user.post(f"{LIST}tai/", LIST, hoc="chua")
    assert answer.headers["location"] == f"/can-bo/{LIST}?hoc=chua"


# --- many -------------------------------------------------------------------------------------


def test_a_long_list_counts_and_names_a_unit_at_a_time(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taphuan.service.staff.untrained.MOST_NAMES", 5)
    user = signed_in("office", PROVINCE)
    page = user.get(LIST)
    assert names(page) == []
    assert units(page) == {"Xã Suối Trong": (4, 4), "Phường Giếng Làng": (2, 2)}
    links = re.findall(r'class="unit__name" href="/can-bo/(chua-tap-huan/[^"]*)"', page.text)
    assert [len(names(user.get(html.unescape(link)))) for link in links] == [4, 2]
    assert len(names(user.get(f"{LIST}in/"))) == 6


@pytest.mark.slow
def test_ten_thousand_people_are_listed_within_seconds(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    """Half a second at the worst; the bounds are wide, for a busy machine."""

    def settle(within):  # type: ignore[no-untyped-def]
        now, homes = store.now(), [(OURS, THEIRS)[n % 2] for n in range(10_000)]
        new = [
            NewPerson(full_name=f"Lò Văn Số {n}", position="Công chức", unit=home)
            for n, home in enumerate(homes)
        ]
        ids = people.add_persons(within, new, by=OPERATOR, now=now)
        given = {"level": "commune", "as_of": now.date(), "decision_ref": "13/QĐ", "source_sha256": "1" * 64}
        members = [RosterMember(person=id, unit=home) for id, home in zip(ids, homes, strict=True)]
        people.freeze_roster(within, members, **given, by=OPERATOR, now=now)  # type: ignore[arg-type]

    clock.forward(minutes=1)
    store.write(settle)
    user = signed_in("office", PROVINCE)
    user.get(LIST)
    for path, bound in (("", 2.0), ("?hoc=chua", 4.0), (f"?dv={OURS}", 4.0)):
        before = time.process_time()
        page = user.get(LIST + path)
        assert time.process_time() - before < bound, path
        assert units(page)["Xã Suối Trong"] == (5_000, 5_000)
    assert person_pages.MOST_NAMES < 10_000
