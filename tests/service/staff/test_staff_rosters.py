"""A list is looked through, then frozen as it was seen; all of it or nothing."""

from __future__ import annotations

import asyncio
import base64
import re
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from httpx import Response
from roster_uploads import CSV, LESS, WANTED, hidden_fields, roster_count, signed_in_office, upload
from staff_users import SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.roster_import import file_reader, importer, vocabulary
from taphuan.roster_import.grid import Book
from taphuan.roster_import.template import synthetic_roster, synthetic_template
from taphuan.service.staff.people import roster_draft


def test_a_list_is_seen_then_frozen(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode(), as_of=store.now().date().isoformat())
    assert "Sùng A Mới" in page.text
    assert re.findall(r"<dt>(Người mới|Giữ nguyên|Đưa ra khỏi danh sách)</dt><dd>(\d+)</dd>", page.text) == [
        ("Người mới", "1"),
        ("Giữ nguyên", "1"),
        ("Đưa ra khỏi danh sách", "5"),
    ]
    assert roster_count(store) == 1
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 303
    told = "người của danh sách ngày 02/3/2026 (15/QĐ-SYT, chốt ngày 02/3/2026)"
    assert told in user.get("chi-tieu/").text
    with store.read() as connection:
        newest = max(people.all_rosters(connection), key=lambda one: one.frozen_at)
        assert (newest.decision_ref, newest.synthetic) == ("15/QĐ-SYT", False)
        assert len(people.roster_members(connection, newest.id)) == 2


def test_a_list_of_an_earlier_day_leaves_todays_people_as_they_are(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    """Who is put right in an old list has not left, nor got back the post of then."""
    user = signed_in_office(signed_in)
    page = upload(user, CSV.replace("Hoa,Công chức", "Hoa,Văn thư").encode())
    assert re.findall(r"<dt>(Người mới|Có thay đổi|Đưa ra khỏi danh sách)</dt><dd>(\d+)</dd>", page.text) == [
        ("Người mới", "1"),
        ("Có thay đổi", "0"),
        ("Đưa ra khỏi danh sách", "0"),
    ]
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 303
    with store.read() as connection:
        known = [people.person(connection, id) for one in persons_by_unit.values() for id in one.all]
        assert {(one.active, one.position) for one in known} == {(True, "Công chức")}
    told = "người của danh sách ngày 02/3/2026 (12/QĐ, chốt ngày 02/3/2026)"
    assert told in user.get("chi-tieu/").text


def test_what_is_wrong_is_told_by_sheet_and_cell_and_cannot_be_frozen(
    signed_in: SignedIn, store: Store
) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, (CSV + "Lý A Lạ,Công chức,Xã Không Có\n").encode())
    assert "ô C4" in page.text
    assert "Chốt danh sách</button>" not in page.text
    answer = user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page))
    assert answer.status_code == 422
    assert roster_count(store) == 1


def test_what_changed_meanwhile_is_shown_again(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode())
    answer = user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(page), "seal": "0" * 64})
    assert answer.status_code == 422
    assert "đã thay đổi" in answer.text
    assert roster_count(store) == 1


def test_the_same_form_sent_at_once_freezes_once(
    signed_in: SignedIn, store: Store, portal: BlockingPortal
) -> None:
    user = signed_in_office(signed_in)
    sent = hidden_fields(upload(user, CSV.encode())) | LESS

    async def together() -> list[Response]:
        answers = (user.browser.client.post("/can-bo/danh-sach/chot/", data=sent) for _ in range(3))
        return list(await asyncio.gather(*answers))

    assert sorted(answer.status_code for answer in portal.call(together)) == [303, 422, 422]
    assert roster_count(store) == 2
    with store.read() as connection:
        assert len(people.search_persons(connection, "Sùng A Mới")) == 1


def test_lists_are_read_one_at_a_time(
    signed_in: SignedIn, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may take much memory, of which there is one."""
    user, inside, most = signed_in_office(signed_in), Counter[str](), []
    token, read = user.browser.token("/can-bo/danh-sach/"), file_reader.read_file

    def watched(content: bytes, name: str, *rest: object) -> Book:
        inside["lists"] += 1
        most.append(inside["lists"])
        time.sleep(0.05)
        inside["lists"] -= 1
        return read(content, name, *rest)

    async def at_once() -> list[int]:
        files, data = {"file": ("danh-sach", CSV.encode())}, {"token": token, **WANTED}
        asked = [user.browser.client.post("/can-bo/danh-sach/thu/", data=data, files=files) for _ in range(5)]
        return [answer.status_code for answer in await asyncio.gather(*asked)]

    monkeypatch.setattr(file_reader, "read_file", watched)
    assert portal.call(at_once) == [200] * 5
    assert most == [1] * 5


def test_a_list_is_read_and_proposed_once_by_each_request(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, calls = signed_in_office(signed_in), Counter[str]()

    def counted(module: ModuleType, name: str) -> None:
        called = getattr(module, name)

        def count(*given: Any, **named: Any) -> Any:
            calls[name] += 1
            return called(*given, **named)

        monkeypatch.setattr(module, name, count)

    counted(file_reader, "read_file")
    counted(importer, "propose")
    page = upload(user, CSV.encode())
    assert calls == {"read_file": 1, "propose": 1}
    calls.clear()
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 303
    assert calls == {"read_file": 1, "propose": 1}


def test_no_more_is_asked_about_than_a_form_can_say(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_draft, "MOST_DOUBTS", 2)
    user = signed_in_office(signed_in)
    namesakes = "".join(f"Lý A Trùng,Việc {n},Xã Suối Trong\n" for n in range(4))
    page = upload(user, (CSV + namesakes).encode())
    asked = sorted(set(re.findall(r'name="(who-[^"]+)"', page.text)))
    assert len(asked) == 2
    again = upload(user, (CSV + namesakes).encode(), **dict.fromkeys(asked, "new"))
    assert sorted(set(re.findall(r'name="(who-[^"]+)"', again.text))) == asked


def test_names_of_a_list_do_not_stay_in_memory(signed_in: SignedIn) -> None:
    upload(signed_in_office(signed_in), CSV.encode())
    assert vocabulary.comparable.cache_info().currsize == 0


@pytest.mark.slow
def test_a_list_is_never_put_down_in_the_folder_for_temporary_files(
    signed_in: SignedIn, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starlette puts what is over a megabyte there, names and all; here is no such folder."""
    user = signed_in_office(signed_in)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "khong-co"))
    with pytest.raises(FileNotFoundError), tempfile.TemporaryFile():
        pass
    page = upload(user, CSV.encode() + b"\n" * 1_100_000)
    assert (page.status_code, "Sùng A Mới" in page.text) == (200, True)


def made_up(programme: Programme) -> bytes:
    return synthetic_template(programme.units, synthetic_roster(programme.units, 1).entries)


def test_made_up_people_never_come_into_a_ledger_of_real_ones(
    signed_in: SignedIn, store: Store, programme: Programme
) -> None:
    page = upload(signed_in_office(signed_in), made_up(programme), levels="both")
    assert page.status_code == 422
    assert "sổ này đang ghi người thật" in page.text
    assert "sqlite:///tap-thu.sqlite3" in page.text
    assert roster_count(store) == 1


class TestMadeUp:
    """On a ledger of made-up people."""

    @pytest.fixture
    def invented(self) -> bool:
        return True

    def test_they_are_marked_wherever_they_show(
        self, signed_in: SignedIn, store: Store, programme: Programme
    ) -> None:
        user = signed_in_office(signed_in)
        page = upload(user, made_up(programme), levels="province")
        assert "DỮ LIỆU MẪU" in page.text
        assert roster_count(store) == 1

    def test_the_first_real_list_asks_to_begin_a_new_ledger(self, signed_in: SignedIn, store: Store) -> None:
        user = signed_in_office(signed_in)
        page = upload(user, CSV.encode())
        assert page.status_code == 422
        assert "--database" in page.text
        assert "sqlite:///ho-so-that.sqlite3" in page.text
        sent = {**WANTED, "token": user.browser.token("/can-bo/danh-sach/")}
        packed = base64.b85encode(zlib.compress(CSV.encode())).decode()
        answer = user.browser.post("/can-bo/danh-sach/chot/", data={**sent, "packed": packed})
        assert answer.status_code == 422
        assert roster_count(store) == 1


def test_a_file_that_is_none_changes_nothing(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    for content in (b"", b"PK\x03\x04broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"):
        assert upload(user, content).status_code in {200, 422}
    assert (
        user.browser.post(
            "/can-bo/danh-sach/chot/",
            data={"token": user.browser.token("/can-bo/danh-sach/"), **WANTED, "packed": "!!!"},
        ).status_code
        == 422
    )
    assert roster_count(store) == 1


def test_what_was_inferred_is_agreed_to_once_and_then_frozen(signed_in: SignedIn, store: Store) -> None:
    user, before = signed_in_office(signed_in), roster_count(store)
    page = upload(user, f"{CSV}Lý A Sử,Văn thư,nt\n".encode())
    assert "“nt” được đọc là Phường Giếng Làng, như hàng trên" in page.text
    unanswered = user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page))
    assert unanswered.status_code == 422
    assert '<a href="#answers">' in unanswered.text
    assert 'id="answers"' in unanswered.text
    assert roster_count(store) == before
    refused = user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(page), "answer-units": "no"})
    assert "Ghi tên đơn vị vào ô ấy" in refused.text
    assert roster_count(store) == before
    agreed = user.browser.post(
        "/can-bo/danh-sach/chot/", data={**hidden_fields(page), **LESS, "answer-units": "yes"}
    )
    assert agreed.status_code == 303
    assert roster_count(store) == before + 1


def test_a_commune_s_own_list_takes_its_unit_from_the_letterhead(signed_in: SignedIn, store: Store) -> None:
    user, before = signed_in_office(signed_in), roster_count(store)
    rows = "TT,Họ và tên,Chức vụ\n1,Lò Thị Hoa,Công chức\n2,BS. Sùng A Mới; Lý A Sử,Y sĩ\n"
    page = upload(user, f"UBND XÃ SUỐI TRONG,,\n{rows}".encode())
    assert "ô B3:B4: 3 người được đọc là Xã Suối Trong, theo “UBND XÃ SUỐI TRONG” ở trên bảng." in page.text
    said = {"answer-units": "yes", "answer-names": "yes"}
    assert (
        user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(page), **said, **LESS}).status_code
        == 303
    )
    assert roster_count(store) == before + 1


def test_two_people_of_one_cell_are_settled_apart(signed_in: SignedIn, store: Store) -> None:
    user, before = signed_in_office(signed_in), roster_count(store)
    page = upload(user, "Họ và tên,Chức vụ,Đơn vị\nLý A Sử; Lý A Sử,Y sĩ; Văn thư,Xã Suối Trong\n".encode())
    assert "một người hai việc hay hai người?</p>" in page.text
    assert "chọn “Một người khác, mới” ở phần xem trước" in page.text
    said = {"answer-names": "yes", "who-A2.2-CSV": "new"}
    page = user.browser.post("/can-bo/danh-sach/thu/", data={**hidden_fields(page), **said})
    assert (
        user.browser.post("/can-bo/danh-sach/chot/", data={**hidden_fields(page), **said, **LESS}).status_code
        == 303
    )
    assert roster_count(store) == before + 1


def test_what_was_inferred_of_several_things_is_agreed_to_at_once(signed_in: SignedIn) -> None:
    user = signed_in_office(signed_in)
    content = f'{CSV}"Lý A Sử\nTẩn Láo Tả",Văn thư,nt\n'.encode()
    page = upload(user, content)
    assert len(re.findall(r'value="yes" checked', page.text)) == 0
    sent = {**hidden_fields(page), "answer-rest": "yes"}
    agreed = user.browser.post("/can-bo/danh-sach/thu/", data=sent)
    assert len(re.findall(r'value="yes" checked', agreed.text)) == 2
    partly = user.browser.post("/can-bo/danh-sach/thu/", data={**sent, "answer-names": "no"})
    assert 'name="answer-names" value="no" checked' in partly.text
