"""Which ledger a verb takes: none is made by mistake, none of another's is touched, what was read is said."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from later_release import install_later_release
from programmes import REPOSITORY
from sqlalchemy import Connection, text

from taphuan.cli.commands import run
from taphuan.cli.ledger import programme_of
from taphuan.cli.records_maintenance import explain_problems
from taphuan.programme.model.programme import Programme
from taphuan.records import By, Event, Store, people
from taphuan.records.audit_trail import Clock, utc_now
from taphuan.records.events import ledger
from taphuan.records.events.ledger import LedgerFault
from taphuan.records.people import NewPerson, RosterMember, Unit
from taphuan.records.store.database_errors import SQLITE_FAULTS, explain_fault

READING = (
    ("records", "verify"),
    ("records", "rebuild"),
    ("records", "backup", "sao.sqlite3"),
    ("report", "--period", "2026H2"),
)
WRITING = (("records", "invite", "Văn phòng"), ("records", "serve"))
BY = By(actor="a", reason="thử")
OTHERS = Unit(id="99", parent=None, level="province", name="Tỉnh Khác")
#: As ours were before: the province called otherwise, and a commune that is there no more.
FORMERLY = (
    Unit(id="12", parent=None, level="province", name="Tỉnh cũ"),
    Unit(id="00000", parent="12", level="commune", name="Xã cũ", code="00000"),
)


@dataclass(frozen=True, kw_only=True)
class Said:
    status: int
    out: str
    err: str


@dataclass(frozen=True, kw_only=True)
class Desk:
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
        told = self.screen.readouterr()
        return Said(status=status, out=told.out, err=told.err)

    def contents(self) -> dict[str, bytes | None]:
        found = self.folder.rglob("*")
        return {str(path): path.read_bytes() if path.is_file() else None for path in found}

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
                given = {"event_id": str(UUID(int=n)), "person": f"p{n}", "course": "can-bo-cap-xa"}
                store.append(Event(kind="waived", actor="a", reason="thử", **given)).result()  # type: ignore[arg-type]

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
            for one in statements:
                store.write(lambda within, one=one: within.execute(text(one)) and None)  # type: ignore[misc]


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_of(REPOSITORY)


@pytest.fixture
def desk(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    programme: Programme,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """The programme is the real one, its site is empty, and nothing listens."""
    monkeypatch.chdir(tmp_path)
    desk = Desk(folder=tmp_path, root=tmp_path_factory.mktemp("root"), screen=capsys)
    (desk.root / "site").mkdir()
    for verbs in ("records_serve", "report"):
        monkeypatch.setattr(f"taphuan.cli.{verbs}.programme_of", lambda root, banks=None: programme)
    monkeypatch.setenv("TAPHUAN_DATABASE_URL", desk.url)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("taphuan.cli.records_serve.run", lambda app, **_: None)
    return desk


# --- where there is none, or another's ----------------------------------------------------------


@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(words[:2]))
def test_where_there_is_no_ledger_none_is_made(desk: Desk, words: tuple[str, ...]) -> None:
    said = desk.say(*words)
    assert said.status == 2
    assert f"không có sổ theo dõi nào ở “{desk.path}”" in said.err
    assert "--database" in said.err
    assert desk.contents() == {}
    desk.path.touch()
    assert desk.say(*words).status == 2
    assert list(desk.folder.iterdir()) == [desk.path]
    assert desk.path.stat().st_size == 0


def test_no_folder_is_made_where_there_is_no_ledger(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAPHUAN_DATABASE_URL")
    said = desk.say("records", "verify")
    assert (said.status, desk.contents()) == (2, {})
    assert str(desk.folder / "ho-so/ho-so.sqlite3") in said.err


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=lambda words: " ".join(words[:2]))
def test_a_file_of_other_software_is_left_as_it_is(desk: Desk, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(desk.path)) as other:
        other.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY)")
    before = desk.contents()
    said = desk.say(*words)
    assert (said.status, desk.contents()) == (2, before)
    assert f"“{desk.path}” là cơ sở dữ liệu của phần mềm khác" in said.err


@pytest.mark.parametrize("words", [READING[-1], *WRITING], ids=lambda words: " ".join(words[:2]))
def test_a_ledger_of_another_programme_is_left_as_it_is(desk: Desk, words: tuple[str, ...]) -> None:
    desk.fill(OTHERS)
    before = desk.contents()
    said = desk.say(*words)
    assert (said.status, desk.contents()) == (2, before)
    assert "là của Tỉnh Khác (mã 99), còn chương trình này là của Tỉnh Lai Châu (mã 12)" in said.err


def test_a_ledger_whose_units_have_changed_is_still_the_programmes(desk: Desk) -> None:
    desk.fill(*FORMERLY)
    said = desk.say(*WRITING[0])
    assert said.status == 0, said.err
    assert "Đã tạo sổ mới" not in said.err


def test_who_makes_a_ledger_says_so_once(desk: Desk) -> None:
    first, again = desk.say(*WRITING[0]), desk.say("records", "serve")
    assert (first.status, again.status) == (0, 0), again.err
    assert f"Đã tạo sổ mới: {desk.path}" in first.err
    assert "Đã tạo sổ mới" not in again.err


def test_a_folder_that_cannot_be_made_is_told(desk: Desk) -> None:
    (desk.folder / "so").touch()
    said = desk.say(*WRITING[0], "--database", f"sqlite:///{desk.folder}/so/a/b.sqlite3")
    assert said.status == 2
    assert "không tạo được thư mục" in said.err


def test_a_key_that_cannot_be_made_is_not_said_to_be_there(desk: Desk) -> None:
    (desk.folder / "so").touch()
    said = desk.say(*WRITING[0], "--key-file", str(desk.folder / "so" / "khoa"))
    assert said.status == 2
    assert "Đã tạo tệp khóa" not in said.err


def test_a_ledger_of_before_is_brought_up_only_by_who_says_so(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill(*FORMERLY)
    install_later_release(monkeypatch, tmp_path_factory.mktemp("later") / "migrations")
    before = desk.contents()
    for words in (READING[0], READING[1], READING[3]):
        said = desk.say(*words)
        assert (said.status, desk.contents()) == (2, before)
        assert "taphuan records backup, rồi chạy taphuan records serve" in said.err


# --- what was read ------------------------------------------------------------------------------


def test_nothing_is_called_whole_where_there_was_nothing_to_verify(desk: Desk) -> None:
    desk.fill(*FORMERLY)
    said = desk.say("records", "verify")
    assert said.status == 0
    assert "sổ chưa có người nào; 4 dòng danh sách và hồ sơ" in said.err
    assert "nguyên vẹn" not in said.out + said.err


def test_verify_backup_rebuild_and_restore_say_how_much_was_read_again(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=3)
    counted = "3 dòng sổ, 8 dòng danh sách và hồ sơ, 3 dòng số liệu của 3 người"
    said = desk.say("records", "verify")
    assert f"Đã kiểm {desk.path}: {counted}." in said.err
    assert "Sổ nguyên vẹn" in said.err
    assert f"Đã sao lưu và kiểm sao.sqlite3: {counted}." in desk.say("records", "backup", "sao.sqlite3").out
    assert f"Đã tính lại và kiểm {desk.path}: {counted}." in desk.say("records", "rebuild").out
    other = f"sqlite:///{desk.folder}/moi.sqlite3"
    restored = desk.say("records", "restore", "sao.sqlite3", "--database", other).out
    assert f"Đã tạo sổ mới: {desk.folder}/moi.sqlite3" in restored
    assert f"Đã khôi phục và kiểm: {counted}." in restored


def test_what_is_not_sound_is_neither_kept_nor_called_done(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=3)
    desk.change("DROP TRIGGER event_no_update", "UPDATE event SET reason = 'khác' WHERE seq = 2")
    for words in (READING[0], READING[1], READING[2]):
        said = desk.say(*words)
        assert said.status == 1
        assert "Sổ (bảng event), dòng 2: không nối được với dòng trước" in said.out
        assert "Cách xử lý: sổ đã bị sửa hoặc mất dòng" in said.out
        assert "Đã sao lưu" not in said.out
        assert "Đã tính lại và kiểm" not in said.out
    assert not list(desk.folder.glob("sao*"))
    other = f"sqlite:///{desk.folder}/moi.sqlite3"
    said = desk.say("records", "restore", "so.sqlite3", "--database", other)
    assert said.status == 1
    assert "Đã khôi phục" not in said.out


@pytest.mark.parametrize("lost", ["event", "person", "audit", "waiver", "ix_person_unit", "alembic_version"])
@pytest.mark.parametrize("words", READING[:3], ids=lambda words: " ".join(words[:2]))
def test_a_page_that_was_lost_is_told_by_every_verb(desk: Desk, words: tuple[str, ...], lost: str) -> None:
    desk.fill(*FORMERLY, waived=3)
    with closing(sqlite3.connect(desk.path)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (lost,)).fetchone()
    with desk.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    before = desk.contents()
    said = desk.say(*words)
    assert said.status in {1, 3}
    assert "hỏng" in said.out + said.err
    assert not re.search(r"ngoài dự kiến|nguyên vẹn|Đã sao lưu|Đã tính lại|Problem", said.out + said.err)
    assert desk.contents() == before


def test_what_was_looked_at_in_the_database_is_said(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=3)
    said = desk.say("records", "verify")
    assert "đã xem: mọi trang và chỉ mục của tệp; từng giá trị; những dòng trỏ tới nhau." in said.err


def test_a_value_that_cannot_be_read_is_told_by_its_row_and_one_of_the_figures_computed_again(
    desk: Desk,
) -> None:
    desk.fill(*FORMERLY, waived=3)
    desk.change("UPDATE waiver SET since = 'x' WHERE person = 'p1'")
    said = desk.say("records", "verify")
    assert said.status == 1
    assert "Bảng waiver, dòng p1 can-bo-cap-xa: giá trị ở cột since không phải là một ngày." in said.out
    assert "Tính lại bằng taphuan records rebuild." in said.out
    assert desk.say("records", "rebuild").status == 0
    desk.change("DROP TRIGGER event_no_update", "UPDATE event SET received_at = 'x' WHERE seq = 2")
    for words in READING[:3]:
        said = desk.say(*words)
        assert said.status == 1
        assert "Bảng event, dòng 2: giá trị ở cột received_at không phải là một thời điểm." in said.out
        assert not re.search(r"Đã sao lưu|Đã tính lại|ngoài dự kiến", said.out + said.err)
    said = desk.say("records", "verify", "--since", "2:0123456789abcdef")
    assert said.status == 1
    assert "không có trong sổ" not in said.out
    assert "Chưa kiểm được mã đối chiếu 2:0123456789abcdef, vì sổ có chỗ hỏng như trên." in said.out


def test_a_clock_behind_the_rows_is_told_by_serve_and_verify_and_is_no_fault(desk: Desk) -> None:
    ahead = timedelta(days=400)
    desk.fill(*FORMERLY, waived=2, clock=lambda: utc_now() + ahead)
    year = f"{utc_now() + ahead:%Y}"
    for words in (WRITING[1], READING[0]):
        said = desk.say(*words)
        assert said.status == 0
        assert re.search(
            rf"máy này đang chỉ .* mà sổ đã có dòng ghi lúc .*/{year}\. Xem ngày giờ của", said.err
        )
        assert "vẫn giữ nguyên như đã ghi" in said.err
    later = {"event_id": str(UUID(int=9)), "person": "p0", "course": "can-bo-cap-xa"}
    with Store.open(desk.url) as store:
        store.append(Event(kind="waived", actor="a", reason="thử", **later)).result()  # type: ignore[arg-type]
    said = desk.say("records", "verify")
    assert said.status == 0
    assert "Lưu ý về đồng hồ: dòng 3 của sổ ghi lúc" in said.err
    assert "Sổ nguyên vẹn" in said.err


def test_a_clock_that_is_right_is_not_spoken_of(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=2)
    assert not [words for words in (WRITING[1], READING[0]) if "đồng hồ" in desk.say(*words).err]


def test_a_list_that_cannot_be_written_is_told(desk: Desk) -> None:
    said = desk.say("records", "sample", "nowhere/mau.xlsx")
    assert (said.status, desk.contents()) == (3, {})
    assert f"không ghi được {Path('nowhere/mau.xlsx')}: " in said.err


# --- in words of whoever operates it --------------------------------------------------------------


def test_a_roster_that_lost_members_is_named_by_verify_and_is_not_mended_by_rebuild(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=5)
    desk.freeze("p0", "p1", "p2")
    desk.freeze("p0", "p1", "p2", "p3", "p4")
    (noted,) = re.findall(r"Mốc cuối sổ: (\S+)", desk.say("records", "verify").out)
    cut = "DELETE FROM roster_member WHERE person IN ('p3', 'p4')"
    desk.change("DROP TRIGGER roster_member_no_delete", cut)
    told = r"Danh sách số 2 \(bảng roster_member, mã \S+\): hiện có 3 người, không còn đúng như lúc chốt"
    rebuilt = desk.say("records", "rebuild")
    assert (rebuilt.status, "Đã tính lại và kiểm" in rebuilt.out) == (1, False)
    for words in ((), ("--since", noted)):
        said = desk.say("records", "verify", *words)
        assert said.status == 1
        assert re.search(told, said.out)
        assert "không lệnh nào chữa được, kể cả taphuan records rebuild" in said.out
        assert "nguyên vẹn" not in said.out + said.err
    assert desk.say("records", "backup", "sao.sqlite3").status == 1


def test_a_mark_of_earlier_software_is_taken_and_what_it_speaks_of_is_said(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=2)
    with Store.open(desk.url) as store, store.read() as connection:
        seq, hash = ledger.last_event(connection)
    said = desk.say("records", "verify", "--since", f"{seq}:{hash.hex()[:16]}")
    assert said.status == 0
    assert "do phần mềm cũ in: chỉ kiểm được các dòng sổ" in said.err


def test_figures_that_are_wrong_are_told_by_table_and_row_and_computed_again(desk: Desk) -> None:
    desk.fill(*FORMERLY, waived=2)
    desk.change("DELETE FROM waiver WHERE person = 'p1'")
    said = desk.say("records", "verify")
    assert said.status == 1
    assert "Số liệu về lượt miễn học (bảng waiver), dòng p1 can-bo-cap-xa" in said.out
    assert "chỉ số liệu tính từ sổ bị sai. Tính lại bằng taphuan records rebuild." in said.out
    assert desk.say("records", "rebuild").status == 0
    assert desk.say("records", "verify").status == 0


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
            LedgerFault("tally", "12 a 3"),
            "Số liệu về số người đã hoàn thành (bảng tally), dòng 12 a 3: khác với",
        ),
        (LedgerFault("attempt", "p9 a", "nobody"), "dòng p9 a: của một người không có trong sổ"),
    ],
)
def test_each_kind_of_problem_has_a_sentence_without_english(problem: LedgerFault, expected: str) -> None:
    told, what_to_do = explain_problems([problem])
    assert expected in told
    assert what_to_do.startswith("Cách xử lý: ")
    assert not re.search(r"missing|changed|broken|folded|merged|not ", told)


def test_only_who_sets_up_the_service_is_told_of_sqlite(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 46, 1))
    told = {words: desk.say(*words).err for words in (*reversed(WRITING), *READING[:3])}
    assert "từ SQLite 3.51.3 thì hết lỗi ấy" in told.pop(WRITING[1])
    assert not [words for words, err in told.items() if "SQLite" in err]


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
    desk: Desk, address: str, status: int, expected: str
) -> None:
    said = desk.say("records", "verify", "--database", address)
    assert said.status == status
    assert expected in said.err
    assert "bi-mat" not in said.err


@pytest.mark.parametrize("code", sorted(SQLITE_FAULTS))
def test_what_sqlite_refuses_is_told_in_words(code: int) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = code | 1 << 8
    assert explain_fault(fault) == SQLITE_FAULTS[code]
    fault.sqlite_errorcode, fault.sqlite_errorname = sqlite3.SQLITE_MISMATCH, "SQLITE_MISMATCH"
    assert explain_fault(fault).what == "SQLite báo mã SQLITE_MISMATCH"


@pytest.mark.parametrize(
    ("told", "expected"),
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
def test_what_a_server_refuses_is_told_in_words(told: str, expected: str) -> None:
    assert expected in explain_fault(RuntimeError(told)).what
