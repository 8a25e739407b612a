"""Who stands in a frozen roster, and the file of them that is sent up again without changing anything."""

from __future__ import annotations

import html
import re

import pytest
from clocks import Clock
from httpx import Response
from roster_uploads import LESS, hidden_fields, upload
from staff_users import NAMES, OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Level
from taphuan.records import Store, people
from taphuan.records.access.accounts import Role
from taphuan.records.people import NewPerson, RosterMember
from taphuan.roster_import import file_reader
from taphuan.roster_import.importer import propose
from taphuan.roster_import.template import synthetic_roster, synthetic_template
from taphuan.service.staff.people.frozen_rosters import known_people

ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td[^>]*>(.*?)</td></tr>')
ROSTER = re.compile(r'href="/can-bo/(danh-sach/[0-9a-f-]{36}/)"')


def text(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def page_of(user: StaffUser) -> str:
    """The address of the newest roster's page, as the list of rosters leads there."""
    return ROSTER.findall(user.get("danh-sach/").text)[0]


def names(page: Response) -> list[str]:
    assert page.status_code == 200, page.text[-1500:]
    return [text(name) for name, _ in ROW.findall(page.text.replace("\n", ""))]


def taken(user: StaffUser, path: str) -> bytes:
    user.prove()
    answer = user.post(f"{path}tai/", path)
    assert answer.status_code == 200, answer.text[-1500:]
    assert re.search(r'"danh-sach-cap-(xa|tinh)-[0-9-]{10}\.xlsx"', answer.headers["content-disposition"])
    return answer.content


def unchanged(
    store: Store, programme: Programme, file: bytes, level: Level = "commune", *, is_made_up: bool = False
) -> int:
    """Has a file read as when it is sent up: everybody is known as they are, nobody leaves; how many."""
    book = file_reader.read_file(file, "danh-sach.xlsx")
    with store.read() as connection:
        persons = known_people(connection, (level,))
        units = people.units_by_id(connection).values()
    scope = {unit.id for unit in units if unit.level == level}
    found = propose(book, programme.units, persons, scope=scope)
    assert len(found.rows_of("unchanged")) == len(found.rows)
    assert found.leaving == ()
    assert found.problems == ()
    assert found.can_be_frozen
    assert found.is_synthetic == is_made_up
    return len(found.rows_of("unchanged"))


def test_the_list_of_rosters_leads_to_the_members_by_unit(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    page = user.get(page_of(user))
    assert names(page) == [
        *("Lò Văn Sủa", "Thào A Páo"),
        *("Giàng Thị Dừa", "Giàng Thị Đua", "Lò Thị Hoa", "Vàng A Mình"),
    ]
    said = text(page.text)
    assert "Danh sách cấp xã, ngày 02/3/2026: 6 người" in said
    assert "Theo 12/QĐ. Chốt trong sổ ngày 02/3/2026." in said
    assert "6 người ở 2 đơn vị" in said
    assert "sổ không giữ họ tên, chức vụ cũ" in said


@pytest.mark.parametrize("role", ["trainer", "unit-head", "office"])
def test_members_are_shown_within_reach_only(
    role: Role, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in(role, OURS)
    path = page_of(user)
    page = user.get(path)
    assert sorted(names(page)) == sorted(NAMES[OURS].values())
    assert all(name not in page.text for name in NAMES[THEIRS].values())
    assert user.get(f"{path}?dv={THEIRS}").status_code == 404
    assert user.get("danh-sach/khong-co/").status_code == 404
    answer = user.post(f"{path}tai/", "nguoi/")
    assert answer.status_code == (403 if role == "trainer" else 303)
    if role != "trainer":
        book = taken(user, path)
        assert NAMES[THEIRS]["pao"].encode() not in book
        assert "tải danh sách 4 người" in signed_in("office", PROVINCE).get("nhat-ky/").text


def test_what_became_of_members_since_is_said(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    ours, theirs = persons_by_unit[OURS].ids, persons_by_unit[THEIRS].ids
    clock.forward(days=3)
    now = store.now()
    moved = NewPerson(full_name="Vàng A Minh", position="Công chức", unit=THEIRS)
    store.write(lambda within: people.change_person(within, ours["minh"], moved, by=OPERATOR, now=now))
    store.write(lambda within: people.erase_person(within, ours["dua"], by=OPERATOR, now=now))
    store.write(
        lambda within: people.merge_persons(within, theirs["sua"], into=theirs["pao"], by=OPERATOR, now=now)
    )
    user = signed_in("office", PROVINCE)
    page = user.get(page_of(user))
    assert names(page) == [
        "Thào A Páo",
        "Giàng Thị Dừa",
        "Lò Thị Hoa",
        "Vàng A Minh nay ở Phường Giếng Làng, hồ sơ sửa ngày 05/3/2026",
        "(đã xóa tên)",
    ]
    said = text(page.text)
    assert "Lúc chốt có 6 dòng; 1 dòng là của người có hai hồ sơ" in said
    assert "1 người đã xóa tên khỏi sổ" in said
    assert "Tải XLSX, 4 dòng" in said


def test_the_file_imports_again_unchanged(
    signed_in: SignedIn, store: Store, programme: Programme, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    file = taken(user, page_of(user))
    assert unchanged(store, programme, file) == 6
    assert upload(user, file).status_code == 200


def test_the_file_imports_again_unchanged_after_a_merge_and_an_erasure(
    signed_in: SignedIn, store: Store, programme: Programme, persons_by_unit: dict[str, UnitPersons]
) -> None:
    theirs, now = persons_by_unit[THEIRS].ids, store.now()
    store.write(
        lambda within: people.erase_person(within, persons_by_unit[OURS].ids["dua"], by=OPERATOR, now=now)
    )
    store.write(
        lambda within: people.merge_persons(within, theirs["sua"], into=theirs["pao"], by=OPERATOR, now=now)
    )
    user = signed_in("office", PROVINCE)
    assert unchanged(store, programme, taken(user, page_of(user))) == 4


class TestMadeUp:
    """On a ledger of made-up people."""

    @pytest.fixture
    def invented(self) -> bool:
        return True

    def test_rosters_import_again_as_made_up(
        self, signed_in: SignedIn, store: Store, programme: Programme, clock: Clock
    ) -> None:
        clock.forward(minutes=1)
        user, made_up = signed_in("office", PROVINCE), synthetic_roster(programme.units, 1).entries
        user.prove()
        with store.read() as connection:
            before = {one.id for one in people.all_rosters(connection)}
        seen = upload(user, synthetic_template(programme.units, made_up), levels="both", as_of="2026-03-02")
        answer = user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(seen), **LESS})
        assert answer.status_code == 303
        with store.read() as connection:
            rosters = [one for one in people.all_rosters(connection) if one.id not in before]
        for roster in rosters:
            path = f"danh-sach/{roster.id}/"
            assert "DỮ LIỆU MẪU" in user.get(path).text
            count = sum(one.level == roster.level for one in made_up)
            assert unchanged(store, programme, taken(user, path), roster.level, is_made_up=True) == count
        assert len(rosters) == 2


def test_a_roster_without_anybody_in_reach_says_so(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    clock.forward(minutes=1)
    member = RosterMember(person=persons_by_unit[THEIRS].ids["pao"], unit=THEIRS)
    given = {"level": "commune", "as_of": store.now().date(), "decision_ref": "13/QĐ"}
    store.write(
        lambda within: people.freeze_roster(
            within,
            [member],
            **given,
            source_sha256="1" * 64,
            by=OPERATOR,
            now=store.now(),  # type: ignore[arg-type]
        )
    )
    page = signed_in("unit-head", OURS).get(page_of(signed_in("unit-head", OURS)))
    assert "Danh sách này không có ai trong phạm vi của bạn." in page.text
    assert "Tải XLSX" not in page.text


def test_a_long_roster_names_a_unit_at_a_time(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taphuan.service.staff.people.frozen_rosters.MOST_NAMES", 5)
    user = signed_in("office", PROVINCE)
    page = user.get(page_of(user))
    assert names(page) == []
    links = re.findall(r'class="unit__name" href="/can-bo/(danh-sach/[^"]*)"', page.text)
    assert [len(names(user.get(link))) for link in links] == [2, 4]
