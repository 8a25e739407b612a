"""The records at the command line: an empty book verifies, nothing is overwritten, a report leaves blanks."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import command_line
import pytest
from click.testing import CliRunner
from command_line import Done, say_alone
from programmes import SAMPLES
from sqlalchemy import insert

from taphuan.cli import commands as cli
from taphuan.cli.records_serve import key_path, settings_of
from taphuan.cli.words import words
from taphuan.errors import OperatorError
from taphuan.records import Store, schema
from taphuan.records.access.second_factor import read_or_make_key

pytestmark = pytest.mark.slow

Root = tuple[str, str]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """The option that names the programme: a copy of the sample, as prints are kept beside it."""
    return "--root", str(shutil.copytree(SAMPLES / "good", tmp_path_factory.mktemp("root") / "good"))


def say(folder: Path, *arguments: str, how: Callable[..., Done] = command_line.say) -> Done:
    database = f"sqlite:///{folder}/so.sqlite3"
    return how(*arguments, cwd=folder, TAPHUAN_DATABASE_URL=database, NO_COLOR="1")


def test_the_first_account_comes_by_a_one_time_link_and_no_name_twice(root: Root, tmp_path: Path) -> None:
    first = say(tmp_path, "records", "invite", "Văn phòng", *root, how=say_alone)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("http://127.0.0.1:8080/can-bo/loi-moi/#ma=")
    assert say(tmp_path, "records", "invite", "Văn phòng", *root).returncode == 2
    assert say(tmp_path, "records", "invite", "Khác", "--unit", "khong-co", *root).returncode == 2


def test_the_key_of_authenticators_is_made_beside_the_book_and_in_no_backup(
    root: Root, tmp_path: Path
) -> None:
    first = say(tmp_path, "records", "invite", "Văn phòng", *root)
    key = tmp_path / "so.key"
    assert f"Đã tạo tệp khóa {key}" in first.stderr
    if os.name != "nt":
        assert key.stat().st_mode & 0o777 == 0o600
    secret = key.read_text(encoding="ascii").strip()
    assert secret not in first.stdout + first.stderr
    again = say(tmp_path, "records", "invite", "Khác", *root)
    assert "tệp khóa" not in again.stderr
    assert key.read_text(encoding="ascii").strip() == secret
    assert say(tmp_path, "records", "backup", "sao.sqlite3").returncode == 0
    kept = (tmp_path / "sao.sqlite3").read_bytes()
    assert secret.encode() not in kept
    assert bytes.fromhex(secret) not in kept


def test_a_key_lies_where_it_is_chosen_to_lie(root: Root, tmp_path: Path) -> None:
    chosen = tmp_path / "cat-rieng" / "khoa"
    assert say(tmp_path, "records", "invite", "A", "--key-file", str(chosen), *root).returncode == 0
    assert chosen.exists()
    assert not (tmp_path / "so.key").exists()
    chosen.write_text("không phải khóa", encoding="utf-8")
    wrong = say(tmp_path, "records", "invite", "B", "--key-file", str(chosen), *root)
    assert wrong.returncode != 0
    assert "không phải là tệp khóa" in wrong.stderr


def test_where_a_key_lies_by_default() -> None:
    assert key_path("sqlite:///ho-so/ho-so.sqlite3", None) == Path("ho-so/ho-so.key")
    assert key_path("sqlite:////srv/tap-huan/so.db", None) == Path("/srv/tap-huan/so.key")
    assert key_path("postgresql://may-chu/so", None) == Path("ho-so/ho-so.key")
    assert key_path("postgresql://may-chu/so", Path("k")) == Path("k")


def served(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str, **environment: str
) -> tuple[dict[str, Any], str]:
    """What `records serve` would start, and what it says; nothing listens."""
    started: dict[str, Any] = {}
    province = SimpleNamespace(code="u", name="U")
    programme = SimpleNamespace(units=SimpleNamespace(province=province))
    monkeypatch.setattr("taphuan.cli.records_serve.programme_of", lambda root, banks=None: programme)
    monkeypatch.setattr("taphuan.cli.records_serve.place_units", lambda store, programme: None)
    monkeypatch.setattr("taphuan.cli.records_serve.create_app", lambda *_, **given: started.update(given))
    monkeypatch.setattr("taphuan.cli.records_serve.run", lambda app, **given: None)
    (folder / "site").mkdir(exist_ok=True)
    command = ["serve", "--root", str(folder), "--database", f"sqlite:///{folder}/so.sqlite3", *words]
    done = CliRunner().invoke(cli.records, command, env=environment, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return started, done.output


def test_trainers_need_a_second_factor_unless_the_operator_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = [
        served(monkeypatch, tmp_path, *words, **environment)[0]["settings"].trainers_by_password
        for words, environment in (
            ((), {}),
            (("--trainers-by-password",), {}),
            ((), {"TAPHUAN_TRAINERS_BY_PASSWORD": "1"}),
        )
    ]
    assert chosen == [False, True, True]


def test_a_service_with_another_key_says_how_many_bind_their_authenticator_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started, said = served(monkeypatch, tmp_path)
    assert started["key"] == read_or_make_key(tmp_path / "so.key")
    assert "theo khóa khác" not in said
    with Store.open(f"sqlite:///{tmp_path}/so.sqlite3") as store:
        row = {"id": "a", "name": "A", "role": "office", "unit": "u", "active": True, "fails": 0}
        unit = {"id": "u", "level": "province", "name": "U", "folded": "u"}
        bound = {"totp": "x", "totp_key": started["key"].id}
        store.write(lambda within: within.execute(insert(schema.unit).values(unit)) and None)
        store.write(lambda within: within.execute(insert(schema.account).values(row | bound)) and None)
    assert "theo khóa khác" not in served(monkeypatch, tmp_path)[1]
    other = served(monkeypatch, tmp_path, "--key-file", str(tmp_path / "other.key"))[1]
    assert "1 tài khoản gắn ứng dụng xác thực theo khóa khác" in other


def test_a_book_verifies_rebuilds_and_is_kept_and_brought_back(root: Root, tmp_path: Path) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *root).returncode == 0
    assert say(tmp_path, "records", "verify").returncode == 0
    assert say(tmp_path, "records", "rebuild").returncode == 0
    assert say(tmp_path, "records", "backup", "sao.sqlite3").returncode == 0
    assert say(tmp_path, "records", "backup", "sao.sqlite3").returncode == 2
    other = f"sqlite:///{tmp_path}/moi.sqlite3"
    assert say(tmp_path, "records", "restore", "sao.sqlite3", "--database", other).returncode == 0
    assert say(tmp_path, "records", "verify", "--database", other).returncode == 0


def test_a_head_that_was_noted_tells_rows_that_were_cut_off(root: Root, tmp_path: Path) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *root).returncode == 0
    (head,) = re.findall(
        r"^Mốc cuối sổ: (0\+[0-9]+:[0-9a-f]{16})$", say(tmp_path, "records", "verify").stdout, re.M
    )
    assert say(tmp_path, "records", "backup", "sao.sqlite3").stdout.endswith(f"bản sao: {head}\n")
    assert say(tmp_path, "records", "verify", "--since", head).returncode == 0
    lost = say(tmp_path, "records", "verify", "--since", head, "--since", "7:5f0c2f2e6f4e4a51")
    assert (lost.returncode, lost.stdout.splitlines()) == (
        1,
        [
            "Mốc 7:5f0c2f2e6f4e4a51 không có trong sổ: sổ đã mất dòng, hoặc đây là sổ khác.",
            words("verify.head-gone", backup=words("verify.from-backup")),
            f"Mốc cuối sổ: {head}",
        ],
    )
    assert say(tmp_path, "records", "verify", "--since", "đầu năm").returncode == 2


def test_a_made_up_roster_is_never_written_over_another_file(root: Root, tmp_path: Path) -> None:
    assert say(tmp_path, "records", "sample", "mau.xlsx", *root).returncode == 0
    first = (tmp_path / "mau.xlsx").read_bytes()
    assert say(tmp_path, "records", "sample", "mau.xlsx", *root).returncode == 2
    assert say(tmp_path, "records", "sample", "khac.xlsx", *root).returncode == 0
    assert (tmp_path / "mau.xlsx").read_bytes() == (tmp_path / "khac.xlsx").read_bytes() == first


def test_a_report_is_written_three_ways(root: Root, tmp_path: Path) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *root).returncode == 0
    done = say(tmp_path, "report", "--period", "2026H2", *root)
    assert done.returncode == 0, done.stderr
    assert "Sổ chưa có dòng nào" in done.stderr
    names = {"bao-cao-2026h2.docx", "bao-cao-2026h2.xlsx", "bao-cao-2026h2.pdf"}
    folder = tmp_path / "dist/reports"
    assert {path.name for path in folder.iterdir()} == names
    filled_in = folder / "bao-cao-2026h2.docx"
    filled_in.write_bytes(b"filled in by somebody")
    again = say(tmp_path, "report", "--period", "h2/2026", *root)
    assert "bản mới tên là bao-cao-2026h2-2" in again.stderr
    assert filled_in.read_bytes() == b"filled in by somebody"
    assert {path.name for path in folder.iterdir()} == names | {name.replace(".", "-2.") for name in names}
    assert say(tmp_path, "report", "--period", "quý 3", *root).returncode == 2


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Has the system refuse to write more into a file, as a full disk does in the middle of one."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_report_that_the_machine_does_not_take_is_told_and_leaves_no_half(
    root: Root, tmp_path: Path
) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *root).returncode == 0
    (tmp_path / "tep").write_text("một tệp", encoding="utf-8")
    with no_file_above(8_192):
        full = say(tmp_path, "report", "--period", "2026H2", "--out", "day", *root)
    assert f"không ghi được {Path('day/bao-cao-2026h2.docx')}: tệp lớn quá" in full.stderr
    assert not list((tmp_path / "day").iterdir())
    under_a_file = say(tmp_path, "report", "--period", "2026H2", "--out", "tep/trong", *root)
    assert "một phần của đường dẫn là tệp" in under_a_file.stderr
    for done in (full, under_a_file):
        assert done.returncode == 3
        assert "chọn thư mục khác bằng --out" in done.stderr


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [("https://tap-huan.example.vn/", True), ("http://10.42.0.1:8080", False), ("", False)],
)
def test_a_lasting_address_is_printed_as_it_is_given(address: str, is_secure: bool) -> None:
    settings = settings_of(address, is_secure=False)
    assert (settings.address, settings.is_secure) == (address.rstrip("/"), is_secure)


@pytest.mark.parametrize("address", ["tap-huan.example.vn", "https://", "ftp://a.vn", "https://a.vn/can-bo/"])
def test_an_address_that_is_none_is_told_before_anything_starts(
    root: Root,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for call in (("serve", "--address", address), ("invite", "Văn phòng", "--origin", address)):
        assert cli.run(["records", *call, *root]) == 2
        assert f"“{address}” không phải là địa chỉ của dịch vụ" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("address", "staff"),
    [
        ("", "https://can-bo.vn"),
        ("https://a.vn", "https://a.vn"),
        ("https://a.vn", "http://can-bo.vn"),
        ("https://a.vn", "can-bo.vn"),
    ],
)
def test_a_host_of_the_staff_that_would_keep_nothing_apart_is_refused(address: str, staff: str) -> None:
    with pytest.raises(OperatorError):
        settings_of(address, staff, is_secure=False)
