"""Verbs say what they read of a ledger, and what is not sound in words of whoever operates it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from ledger_commands import FORMERLY, READING, WRITING, LedgerFolder

from taphuan.cli.records_maintenance import explain_problems
from taphuan.programme.vietnamese import day_of
from taphuan.records import Event, Store
from taphuan.records.audit_trail import utc_now
from taphuan.records.events import ledger
from taphuan.records.events.ledger import LedgerFault
from taphuan.records.events.projections import record_each

# --- what was read ------------------------------------------------------------------------------


def test_nothing_is_called_whole_where_there_was_nothing_to_verify(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY)
    said = ledger_folder.say("records", "verify")
    assert said.status == 0
    assert "sổ chưa có người nào; 4 dòng danh sách và hồ sơ" in said.err
    assert "nguyên vẹn" not in said.out + said.err


def test_verify_backup_rebuild_and_restore_say_how_much_was_read_again(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY, waived=3)
    counted = "3 dòng sổ, 8 dòng danh sách và hồ sơ, 3 dòng số liệu của 3 người"
    said = ledger_folder.say("records", "verify")
    assert f"Đã kiểm {ledger_folder.path}: {counted}." in said.err
    assert "Sổ nguyên vẹn" in said.err
    assert (
        f"Đã sao lưu và kiểm sao.sqlite3: {counted}."
        in ledger_folder.say("records", "backup", "sao.sqlite3").out
    )
    assert (
        f"Đã tính lại và kiểm {ledger_folder.path}: {counted}." in ledger_folder.say("records", "rebuild").out
    )
    other = f"sqlite:///{ledger_folder.folder}/moi.sqlite3"
    restored = ledger_folder.say("records", "restore", "sao.sqlite3", "--database", other).out
    assert f"Đã tạo sổ mới: {ledger_folder.folder}/moi.sqlite3" in restored
    assert f"Đã khôi phục và kiểm: {counted}." in restored


def test_what_is_not_sound_is_neither_kept_nor_called_done(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY, waived=3)
    ledger_folder.change("DROP TRIGGER event_no_update", "UPDATE event SET reason = 'khác' WHERE seq = 2")
    for words in (READING[0], READING[1], READING[2]):
        said = ledger_folder.say(*words)
        assert said.status == 1
        assert "Sổ (bảng event), dòng 2: không nối được với dòng trước" in said.out
        assert "Cách xử lý: sổ đã bị sửa hoặc mất dòng" in said.out
        assert "Đã sao lưu" not in said.out
        assert "Đã tính lại và kiểm" not in said.out
    assert not list(ledger_folder.folder.glob("sao*"))
    other = f"sqlite:///{ledger_folder.folder}/moi.sqlite3"
    said = ledger_folder.say("records", "restore", "so.sqlite3", "--database", other)
    assert said.status == 1
    assert "Đã khôi phục" not in said.out


@pytest.mark.parametrize("lost", ["event", "person", "audit", "waiver", "ix_person_unit", "alembic_version"])
@pytest.mark.parametrize("words", READING[:3], ids=lambda words: " ".join(words[:2]))
def test_a_page_that_was_lost_is_told_by_every_verb(
    ledger_folder: LedgerFolder, words: tuple[str, ...], lost: str
) -> None:
    ledger_folder.fill(*FORMERLY, waived=3)
    with closing(sqlite3.connect(ledger_folder.path)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (lost,)).fetchone()
    with ledger_folder.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    before = ledger_folder.contents()
    said = ledger_folder.say(*words)
    assert said.status in {1, 3}
    assert "hỏng" in said.out + said.err
    assert not re.search(r"ngoài dự kiến|nguyên vẹn|Đã sao lưu|Đã tính lại|Problem", said.out + said.err)
    assert ledger_folder.contents() == before


def test_what_was_looked_at_in_the_database_is_said(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY, waived=3)
    said = ledger_folder.say("records", "verify")
    assert "đã xem: mọi trang và chỉ mục của tệp; từng giá trị; những dòng trỏ tới nhau." in said.err


@pytest.mark.slow
def test_a_value_that_cannot_be_read_is_told_by_its_row_and_one_of_the_figures_computed_again(
    ledger_folder: LedgerFolder,
) -> None:
    ledger_folder.fill(*FORMERLY, waived=3)
    ledger_folder.change("UPDATE waiver SET since = 'x' WHERE person = 'p1'")
    said = ledger_folder.say("records", "verify")
    assert said.status == 1
    assert "Bảng waiver, dòng p1 nuoc-sach: giá trị ở cột since không phải là một ngày." in said.out
    assert "Tính lại bằng taphuan records rebuild." in said.out
    assert ledger_folder.say("records", "rebuild").status == 0
    ledger_folder.change("DROP TRIGGER event_no_update", "UPDATE event SET received_at = 'x' WHERE seq = 2")
    for words in READING[:3]:
        said = ledger_folder.say(*words)
        assert said.status == 1
        assert "Bảng event, dòng 2: giá trị ở cột received_at không phải là một thời điểm." in said.out
        assert not re.search(r"Đã sao lưu|Đã tính lại|ngoài dự kiến", said.out + said.err)
    said = ledger_folder.say("records", "verify", "--since", "2:0123456789abcdef")
    assert said.status == 1
    assert "không có trong sổ" not in said.out
    assert "Chưa kiểm được mã đối chiếu 2:0123456789abcdef, vì sổ có chỗ hỏng như trên." in said.out


def test_a_clock_behind_the_rows_is_told_by_serve_and_verify_and_is_no_fault(
    ledger_folder: LedgerFolder,
) -> None:
    ahead = timedelta(days=400)
    ledger_folder.fill(*FORMERLY, waived=2, clock=lambda: utc_now() + ahead)
    year = day_of(utc_now() + ahead).year
    for words in (WRITING[1], READING[0]):
        said = ledger_folder.say(*words)
        assert said.status == 0
        assert re.search(
            rf"máy này đang chỉ .* mà sổ đã có dòng ghi lúc .*/{year}\. Xem ngày giờ của", said.err
        )
        assert "vẫn giữ nguyên như đã ghi" in said.err
    later = {"event_id": str(UUID(int=9)), "person": "p0", "course": "nuoc-sach"}
    with Store.open(ledger_folder.url) as store:
        store.submit_to(record_each, Event(kind="waived", actor="a", reason="thử", **later)).result()  # type: ignore[arg-type]
    said = ledger_folder.say("records", "verify")
    assert said.status == 0
    assert "Lưu ý về đồng hồ: dòng 3 của sổ ghi lúc" in said.err
    assert "Sổ nguyên vẹn" in said.err


def test_a_clock_that_is_right_is_not_spoken_of(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY, waived=2)
    assert not [words for words in (WRITING[1], READING[0]) if "đồng hồ" in ledger_folder.say(*words).err]


def test_a_list_that_cannot_be_written_is_told(ledger_folder: LedgerFolder) -> None:
    said = ledger_folder.say("records", "sample", "nowhere/mau.xlsx")
    assert (said.status, ledger_folder.contents()) == (3, {})
    assert f"không ghi được {Path('nowhere/mau.xlsx')}: " in said.err


# --- in words of whoever operates it --------------------------------------------------------------


def test_a_roster_that_lost_members_is_named_by_verify_and_is_not_mended_by_rebuild(
    ledger_folder: LedgerFolder,
) -> None:
    ledger_folder.fill(*FORMERLY, waived=5)
    ledger_folder.freeze("p0", "p1", "p2")
    ledger_folder.freeze("p0", "p1", "p2", "p3", "p4")
    (noted,) = re.findall(r"Mốc cuối sổ: (\S+)", ledger_folder.say("records", "verify").out)
    cut = "DELETE FROM roster_member WHERE person IN ('p3', 'p4')"
    ledger_folder.change("DROP TRIGGER roster_member_no_delete", cut)
    sentence = r"Danh sách số 2 \(bảng roster_member, mã \S+\): hiện có 3 người, không còn đúng như lúc chốt"
    rebuilt = ledger_folder.say("records", "rebuild")
    assert (rebuilt.status, "Đã tính lại và kiểm" in rebuilt.out) == (1, False)
    for words in ((), ("--since", noted)):
        said = ledger_folder.say("records", "verify", *words)
        assert said.status == 1
        assert re.search(sentence, said.out)
        assert "không lệnh nào chữa được, kể cả taphuan records rebuild" in said.out
        assert "nguyên vẹn" not in said.out + said.err
    assert ledger_folder.say("records", "backup", "sao.sqlite3").status == 1


def test_a_mark_of_earlier_software_is_taken_and_what_it_speaks_of_is_said(
    ledger_folder: LedgerFolder,
) -> None:
    ledger_folder.fill(*FORMERLY, waived=2)
    with Store.open(ledger_folder.url) as store, store.read() as connection:
        seq, hash = ledger.last_link(connection)
    said = ledger_folder.say("records", "verify", "--since", f"{seq}:{hash.hex()[:16]}")
    assert said.status == 0
    assert "do phần mềm cũ in: chỉ kiểm được các dòng sổ" in said.err


def test_figures_that_are_wrong_are_told_by_table_and_row_and_computed_again(
    ledger_folder: LedgerFolder,
) -> None:
    ledger_folder.fill(*FORMERLY, waived=2)
    ledger_folder.change("DELETE FROM waiver WHERE person = 'p1'")
    said = ledger_folder.say("records", "verify")
    assert said.status == 1
    assert "Số liệu về lượt miễn học (bảng waiver), dòng p1 nuoc-sach" in said.out
    assert "chỉ số liệu tính từ sổ bị sai. Tính lại bằng taphuan records rebuild." in said.out
    assert ledger_folder.say("records", "rebuild").status == 0
    assert ledger_folder.say("records", "verify").status == 0


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (LedgerFault("event 5", "2 missing before it", "gone", ("5", "2")), "mất 2 dòng ngay trước dòng 5"),
        (LedgerFault("event 5", "payload changed", "payload", ("5",)), "dòng 5: nội dung đã bị sửa"),
        (LedgerFault("event 5", "chain broken", "chain", ("5",)), "dòng 5: không nối được với dòng trước"),
        (LedgerFault("event", "cannot be folded", "unreadable"), "có dòng không đọc được nội dung"),
        (
            LedgerFault("person", "p0 merged into p5, not p0", "merged", ("p0", "p5", "p0")),
            "Người mã p0 (bảng person): đang nhập vào p5, nhưng theo sổ thì chưa nhập vào ai.",
        ),
        (
            LedgerFault("person", "p0 merged into itself, not p0", "merged", ("p0", "", "p0")),
            "Người mã p0 (bảng person): đang nhập vào chính mình, nhưng theo sổ thì chưa nhập vào ai.",
        ),
        (
            LedgerFault("completion", "p0 a A"),
            "Số liệu về lượt hoàn thành (bảng completion), dòng p0 a A: khác với",
        ),
        (LedgerFault("attempt", "p9 a", "nobody"), "dòng p9 a: của một người không có trong sổ"),
    ],
)
def test_each_kind_of_problem_has_a_sentence_without_english(problem: LedgerFault, expected: str) -> None:
    fault, what_to_do = explain_problems([problem])
    assert expected in fault
    assert what_to_do.startswith("Cách xử lý: ")
    assert not re.search(r"missing|changed|broken|folded|merged|not ", fault)


def test_only_who_sets_up_the_service_is_told_of_sqlite(
    ledger_folder: LedgerFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 46, 1))
    messages = {words: ledger_folder.say(*words).err for words in (*reversed(WRITING), *READING[:3])}
    assert "từ SQLite 3.51.3 thì hết lỗi ấy" in messages.pop(WRITING[1])
    assert not [words for words, err in messages.items() if "SQLite" in err]
