"""Which ledger a verb takes: none is made by mistake, none of another's is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from later_release import install_later_release
from ledger_commands import FORMERLY, READING, WRITING, LedgerFolder

from taphuan.errors import wording
from taphuan.records.people import Unit
from taphuan.records.store.database_errors import SQLITE_FAULTS, explain_fault

OTHERS = Unit(id="98", parent=None, level="province", name="Tỉnh Khác")


# --- where there is none, or another's ----------------------------------------------------------


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(words[:2]))
def test_where_there_is_no_ledger_none_is_made(ledger_folder: LedgerFolder, words: tuple[str, ...]) -> None:
    said = ledger_folder.say(*words)
    assert said.status == 2
    assert f"không có sổ theo dõi nào ở “{ledger_folder.path}”" in said.err
    assert "--database" in said.err
    assert ledger_folder.contents() == {}
    ledger_folder.path.touch()
    assert ledger_folder.say(*words).status == 2
    assert list(ledger_folder.folder.iterdir()) == [ledger_folder.path]
    assert ledger_folder.path.stat().st_size == 0


def test_no_folder_is_made_where_there_is_no_ledger(
    ledger_folder: LedgerFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAPHUAN_DATABASE_URL")
    said = ledger_folder.say("records", "verify")
    assert (said.status, ledger_folder.contents()) == (2, {})
    assert str(ledger_folder.folder / "ho-so/ho-so.sqlite3") in said.err


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=lambda words: " ".join(words[:2]))
def test_a_file_of_other_software_is_left_as_it_is(
    ledger_folder: LedgerFolder, words: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(ledger_folder.path)) as other:
        other.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")
    before = ledger_folder.contents()
    said = ledger_folder.say(*words)
    assert (said.status, ledger_folder.contents()) == (2, before)
    assert f"“{ledger_folder.path}” là cơ sở dữ liệu của phần mềm khác" in said.err


@pytest.mark.parametrize("words", [READING[-1], *WRITING], ids=lambda words: " ".join(words[:2]))
def test_a_ledger_of_another_programme_is_left_as_it_is(
    ledger_folder: LedgerFolder, words: tuple[str, ...]
) -> None:
    ledger_folder.fill(OTHERS)
    before = ledger_folder.contents()
    said = ledger_folder.say(*words)
    assert (said.status, ledger_folder.contents()) == (2, before)
    assert "là của Tỉnh Khác (mã 98), còn chương trình này là của Tỉnh Mẫu (mã 99)" in said.err


def test_a_ledger_whose_units_have_changed_is_still_the_programmes(ledger_folder: LedgerFolder) -> None:
    ledger_folder.fill(*FORMERLY)
    said = ledger_folder.say(*WRITING[0])
    assert said.status == 0, said.err
    assert "Đã tạo sổ mới" not in said.err


def test_who_makes_a_ledger_says_so_once(ledger_folder: LedgerFolder) -> None:
    first, again = ledger_folder.say(*WRITING[0]), ledger_folder.say("records", "serve")
    assert (first.status, again.status) == (0, 0), again.err
    assert f"Đã tạo sổ mới: {ledger_folder.path}" in first.err
    assert "Đã tạo sổ mới" not in again.err


def test_a_folder_that_cannot_be_made_is_told(ledger_folder: LedgerFolder) -> None:
    (ledger_folder.folder / "so").touch()
    said = ledger_folder.say(*WRITING[0], "--database", f"sqlite:///{ledger_folder.folder}/so/a/b.sqlite3")
    assert said.status == 2
    assert "không tạo được thư mục" in said.err


def test_a_key_that_cannot_be_made_is_not_said_to_be_there(ledger_folder: LedgerFolder) -> None:
    (ledger_folder.folder / "so").touch()
    said = ledger_folder.say(*WRITING[0], "--key-file", str(ledger_folder.folder / "so" / "khoa"))
    assert said.status == 2
    assert "Đã tạo tệp khóa" not in said.err


def test_a_ledger_of_before_is_brought_up_only_by_who_says_so(
    ledger_folder: LedgerFolder, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger_folder.fill(*FORMERLY)
    install_later_release(monkeypatch, tmp_path_factory.mktemp("later") / "migrations")
    before = ledger_folder.contents()
    for words in (READING[0], READING[1], READING[3]):
        said = ledger_folder.say(*words)
        assert (said.status, ledger_folder.contents()) == (2, before)
        assert "taphuan records backup, rồi chạy taphuan records serve" in said.err


# --- what cannot be opened ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "expected"),
    [
        ("so.sqlite3", 2, "“so.sqlite3” không phải là địa chỉ của sổ\n  = ghi sqlite:///so.sqlite3"),
        ("sqlite://so.sqlite3", 2, "thiếu một dấu gạch chéo\n  = ghi ba dấu: sqlite:///tệp"),
        ("sqlite://", 2, "phải nằm trong một tệp"),
        ("mysql://a:bi-mat@may/so", 2, "không dùng được cơ sở dữ liệu loại “mysql”"),
        ("postgres://a:bi-mat@may/so", 2, "ghi đủ postgresql://"),
        ("postgresql://a:bi-mat@may:cong/so", 2, "địa chỉ của sổ không đọc được"),
        (
            "postgresql://a:bi-mat@127.0.0.1:1/so",
            3,
            "“postgresql://a:***@127.0.0.1:1/so”: máy chủ",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_how_to_write_it(
    ledger_folder: LedgerFolder, address: str, status: int, expected: str
) -> None:
    said = ledger_folder.say("records", "verify", "--database", address)
    assert said.status == status
    assert expected in said.err
    assert "bi-mat" not in said.err


@pytest.mark.parametrize("code", sorted(SQLITE_FAULTS))
def test_what_sqlite_refuses_is_told_in_words(code: int) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = code | 1 << 8
    assert explain_fault(fault) == wording(f"database.{SQLITE_FAULTS[code]}")
    fault.sqlite_errorcode, fault.sqlite_errorname = sqlite3.SQLITE_MISMATCH, "SQLITE_MISMATCH"
    assert explain_fault(fault).what == "SQLite báo mã SQLITE_MISMATCH"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ('connection failed: FATAL:  password authentication failed for user "a"', "tên hoặc mật khẩu"),
        ('connection failed: FATAL:  role "a" does not exist', "tên hoặc mật khẩu"),
        ('connection failed: FATAL:  database "so" does not exist', "không có cơ sở dữ liệu mang tên ấy"),
        ("connection failed: Connection refused\n\tIs the server running", "không nhận kết nối"),
        ("[Errno -2] failed to resolve host 'x': Name or service not known", "không tìm thấy máy chủ"),
        ("connection timeout expired", "không trả lời"),
        ("server closed the connection unexpectedly", "vừa ngắt kết nối"),
        ("something else\nsecond line", "máy chủ báo “something else”"),
    ],
)
def test_what_a_server_refuses_is_told_in_words(fault: str, expected: str) -> None:
    assert expected in explain_fault(RuntimeError(fault)).what
