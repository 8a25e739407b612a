"""No request takes the service above 500 MB: a real process, asked what would once have filled its memory."""

from __future__ import annotations

import io
import random
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from asgi_browser import TOKEN
from sqlalchemy import Connection
from staff_users import OPERATOR, OURS, PASSWORD, PROVINCE, SEED

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.second_factor import TOTP_STEP, totp_code
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.people import NewPerson

MOST = 500
#: Megabytes by which one measurement may differ from the next: what is free is not given back at once.
MEASURED_WITHIN = 10
#: Of a province; with these there is something to look through.
PERSONS = 45_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TODAY = date.today().isoformat()
WANTED = {"levels": "commune", "as_of": TODAY, "decision": "15/QĐ-SYT"}
UPLOAD = "/can-bo/danh-sach/thu/"
#: So that what is repeated beside it is not packed too tightly.
NOISE = f"<!--{random.Random(1).randbytes(60_000).hex()}-->"
STATUS = Path("/proc/self/status")

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc"),
]


@dataclass(kw_only=True)
class Standing:
    """The service in a process of its own, and the office at a browser."""

    process: subprocess.Popen[str]
    address: str
    client: httpx.Client

    @property
    def megabytes(self) -> int:
        """The most that it ever had in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) // 1024

    def token(self, page: str) -> str:
        found = TOKEN.search(self.client.get(page).text)
        assert found, page
        return found[1]

    def send(self, path: str, page: str, **fields: Any) -> httpx.Response:
        return self.client.post(path, data={"token": self.token(page), **fields})

    def upload(self, *contents: bytes) -> httpx.Response:
        data = {"token": self.token("/can-bo/danh-sach/"), **WANTED}
        files = [("file", ("danh-sach", one)) for one in contents]
        return self.client.post("/can-bo/danh-sach/thu/", data=data, files=files)

    def stream(self, start: bytes, piece: bytes, most: int = 200_000_000) -> None:
        """Sends on a connection of its own until the service has had enough."""
        where = httpx.URL(self.address)
        with socket.create_connection((where.host, where.port or 80), 30) as line:
            line.sendall(start)
            for _ in range(most // len(piece)):
                try:
                    line.sendall(piece)
                except OSError:
                    return


@pytest.fixture(scope="session")
def database(programme: Programme, pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the records of a province."""
    path = tmp_path_factory.mktemp("memory") / "records.db"
    path.write_bytes(pattern.read_bytes())
    new = [NewPerson(full_name=f"Lò Văn {n:05}", position="Công chức", unit=OURS) for n in range(PERSONS)]
    with Store.open(f"sqlite:///{path}") as store:
        now = store.now()

        def settle(within: Connection) -> None:
            people.place_units(within, people.programme_units(programme.units), by=OPERATOR, now=now)
            people.add_persons(within, new, by=OPERATOR, now=now)

        store.write(settle)
    return f"sqlite:///{path}"


@contextmanager
def office_at(root: Path, url: str, hashing: Hashing) -> Iterator[Standing]:
    """A service in a process of its own, with a new account of the office signed in."""
    with Store.open(url) as store:
        invite = StaffSignIn(store, hashing).invite
        token = invite(f"Cơ quan {uuid4()}", "office", PROVINCE, by=OPERATOR)
    with serve_staff(root, url) as office:
        sign_in(office, token)
        yield office


@pytest.fixture(scope="module")
def standing(root: Path, database: str, hashing: Hashing) -> Iterator[Standing]:
    with office_at(root, database, hashing) as office:
        yield office


@pytest.fixture
def fresh(root: Path, database: str, hashing: Hashing) -> Iterator[Standing]:
    """A service that has looked through a short list, and nothing larger yet."""
    with office_at(root, database, hashing) as office:
        assert office.upload(workbook(people_of(500))).status_code == 200
        yield office


@contextmanager
def serve_staff(root: Path, url: str, environment: Mapping[str, str] | None = None) -> Iterator[Standing]:
    """Runs a service in a process of its own, with nobody signed in."""
    program = Path(__file__).parents[1] / "staff_service_program.py"
    command = [sys.executable, str(program), str(root), url]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        address = process.stdout.readline().rpartition(" ")[2].strip().rstrip("/")
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": address}
        with httpx.Client(base_url=address, headers=headers, timeout=600) as client:
            yield Standing(process=process, address=address, client=client)
        process.kill()


def sign_in(office: Standing, token: str) -> None:
    fields = {"code": token, "password": PASSWORD, "again": PASSWORD}
    assert office.send("/can-bo/loi-moi/", "/can-bo/loi-moi/", **fields).status_code == 303
    seed = SEED.findall(office.client.get("/can-bo/xac-minh/").text)[0]
    proof = {"digits": totp_code(seed, int(time.time()) // TOTP_STEP), "back": "/can-bo/bao-cao/"}
    assert office.send("/can-bo/xac-minh/", "/can-bo/xac-minh/", **proof).status_code == 303


# --- what is sent -----------------------------------------------------------------------------


def workbook(sheet: str, **parts: str) -> bytes:
    """A workbook of one sheet, as little as one can be."""
    kind, to = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml",
        "http://schemas.openxmlformats.org",
    )
    relation = f"{to}/officeDocument/2006/relationships"
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{to}/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relation}">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{to}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        **parts,
    }
    return zipped(whole)


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def listed(rows: int) -> list[tuple[str, ...]]:
    """Rows of six cells, as many as are taken, with an emoji where it makes a text four times as large."""
    letters, drawn = "abcdeghiklmnopqrstuvxy", random.Random(7)
    found = [("Họ và tên", "Chức vụ", "Đơn vị", "Một", "Hai", "Ba")]
    for _ in range(rows):
        name = "".join(drawn.choice(letters) for _ in range(3)).title()
        found.append((f"Lò {name}", "Công chức", "Xã Suối Trong", *(f"😀{'a' * 30}",) * 3))
    return found


def people_of(rows: int) -> str:
    cells = ("".join(f'<c t="str"><v>{cell}</v></c>' for cell in row) for row in listed(rows))
    return "".join(f"<row>{row}</row>" for row in cells)


def document(body: str, start: str = "") -> bytes:
    """A Word document, as little as one can be."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    whole = f'{start}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": f"<Types>{types}</Types>", "word/document.xml": whole})


def table_of(rows: int) -> str:
    cells = ("".join(f"<w:tc>{typed(cell)}</w:tc>" for cell in row) for row in listed(rows))
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def typed(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested(depth: int, times: int) -> str:
    tables = "<w:tbl><w:tr><w:tc>" * depth + typed("a") + "</w:tc></w:tr></w:tbl>" * depth
    return "".join(f"{tables}<!--{random.Random(each).randbytes(200).hex()}-->" for each in range(times))


def in_old_font(rows: int) -> list[str]:
    """A list as the fonts of TCVN3 were typed, every text of it another."""
    drawn = random.Random(3)
    syllables = [
        f"{start}{end}" for start in ("L", "V", "T", "H", "Ch", "Th") for end in ("ß", "µng", "Èn", "¸nh")
    ]
    names = (" ".join(drawn.choices(syllables, k=5)) for _ in range(rows))
    return [
        "Hä vµ tªn;Chøc vô;§¬n vÞ",
        *(f"{name};Kế to¸n {n};X· Suèi Trong".replace("ế", "Õ") for n, name in enumerate(names)),
    ]


def fonts_workbook(rows: int) -> bytes:
    cells = ("".join(f'<c t="str"><v>{cell}</v></c>' for cell in row.split(";")) for row in in_old_font(rows))
    return workbook("".join(f"<row>{row}</row>" for row in cells))


def lying(made: Callable[[str], bytes]) -> bytes:
    """A file whose one large part says that it is sixty kilobytes, and is half a gigabyte."""
    size = 500 * 1024 * 1024
    content = made(" " * size)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        size = max(entry.file_size for entry in file.infolist())
    return content.replace(size.to_bytes(4, "little"), (60_000).to_bytes(4, "little"))


def paste(standing: Standing) -> httpx.Response:
    held = {"course": "nuoc-sach", "unit": OURS, "held_on": TODAY, "minutes": "600", "trainer": "Tôi"}
    once = {"once": "7d0c2f2e-6f4e-4a51-9d43-0b7c51b2a003", "headcount": "500", "sheet_ref": "PK-1"}
    page = standing.send("/can-bo/lop/", "/can-bo/lop/", **held, **once).headers["location"].partition("?")[0]
    names = "\n".join(f"lo van {n:05}" for n in range(500))
    return standing.send(f"{page}dan/", page, names=names)


def half_open(standing: Standing) -> None:
    where = httpx.URL(standing.address)
    with ExitStack() as crowd:
        for _ in range(800):
            line = crowd.enter_context(socket.create_connection((where.host, where.port or 80), 30))
            line.sendall(ASKED + b"X: " + b"a" * 32_000)
        assert standing.client.get("/api/health").status_code == 200


ASKED = b"GET /api/health HTTP/1.1\r\nHost: a\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
HOSTILE: dict[str, Callable[[Standing], object]] = {
    "a header without end": lambda on: on.stream(ASKED + b"X: ", b"a" * 65_536),
    "headers without end": lambda on: on.stream(ASKED, b"a:b\r\n" * 10_000),
    "a trailer without end": lambda on: on.stream(CHUNKED, b"a" * 65_536),
    "requests without end": lambda on: on.stream(b"", (ASKED + b"\r\n") * 2_000),
    "headers that are never complete": half_open,
    "brackets": lambda on: on.client.post("/api/session", content=b"[" * 65_000, headers=JSON),
    "fields": lambda on: on.client.post(UPLOAD, content=b"a=&" * 3_400_000, headers=FORM),
    "a field": lambda on: on.client.post(UPLOAD, content=b"packed=" + b"%61" * 3_300_000, headers=FORM),
    "a pasted list": paste,
    "a workbook that lies": lambda on: on.upload(
        lying(lambda part: workbook("", **{"xl/worksheets/sheet1.xml": part}))
    ),
    "a Word file that lies": lambda on: on.upload(lying(document)),
    "a Word file with entities": lambda on: on.upload(
        document(typed("&b;" * 1_000), f'<!DOCTYPE a [<!ENTITY b "{"a" * 10_000}">]>')
    ),
    "Word tables within each other": lambda on: on.upload(document(nested(20_000, 1))),
    "many Word tables within each other": lambda on: on.upload(document(nested(60, 8_000))),
    "a text of Word without end": lambda on: on.upload(document(f"{typed('a' * 11_000_000)}{NOISE}")),
    "a cell of Word without end": lambda on: on.upload(
        document(f"<w:tbl><w:tr><w:tc>{typed('') * 400_000}</w:tc></w:tr></w:tbl>{NOISE}")
    ),
    "paragraphs of Word without end": lambda on: on.upload(document(f"{typed('a') * 300_000}{NOISE * 4}")),
    "the largest Word table": lambda on: on.upload(document(table_of(49_990))),
    "the largest CSV in an old font": lambda on: on.upload(
        "\r\n".join(in_old_font(49_990)).encode("latin-1")
    ),
    "the largest workbook in an old font": lambda on: on.upload(fonts_workbook(49_990)),
    "separators": lambda on: on.upload(b";" * 9_000_000),
    "quoted separators": lambda on: on.upload(b'"";' * 3_000_000),
    "lines": lambda on: on.upload(b"a\n" * 4_500_000),
    "strings without end": lambda on: on.upload(
        workbook("", **{"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si/>" * 900_000}{NOISE}</sst>'})
    ),
    "rows without end": lambda on: on.upload(workbook(f"{'<row/>' * 900_000}{NOISE}")),
    "several of the largest workbooks": lambda on: on.upload(
        *(workbook(people_of(rows)) for rows in (49_990, 49_980, 49_970))
    ),
    "the largest workbook": lambda on: on.upload(workbook(people_of(49_990))),
}


#: Each takes a quarter of a minute; a tenth of the largest workbook and Word table is for every run.
LONG = {
    "the largest Word table",
    "the largest CSV in an old font",
    "the largest workbook in an old font",
    "several of the largest workbooks",
    "the largest workbook",
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.soak if name in LONG else ()) for name in HOSTILE]
)
def test_no_request_takes_the_service_above_500_megabytes(standing: Standing, name: str) -> None:
    answer = HOSTILE[name](standing)
    if isinstance(answer, httpx.Response):
        assert answer.status_code < 500, answer.text
    assert standing.megabytes < MOST
    assert standing.client.get("/api/health").status_code == 200


LISTS: dict[str, Callable[[int], bytes]] = {
    "workbook": lambda rows: workbook(people_of(rows)),
    "Word table": lambda rows: document(table_of(rows)),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_tenth_of_the_largest_list_takes_no_more_than_a_tenth_of_the_room(
    fresh: Standing, name: str
) -> None:
    """All of it is read; and twice as many persons take about twice the room, not four times."""
    before, more = fresh.megabytes, list[int]()
    for persons in (49_990 // 20, 49_990 // 10):
        answer = fresh.upload(LISTS[name](persons))
        assert answer.status_code == 200, answer.text
        assert re.findall(r"<dt>Người mới</dt><dd>(\d+)", answer.text) == [str(persons)]
        more.append(fresh.megabytes - before)
    half, tenth = more
    assert tenth <= (MOST - before) / 10
    assert tenth <= 2.5 * half + MEASURED_WITHIN


TAKEN: dict[str, Callable[[], bytes]] = {
    "workbook": lambda: workbook(people_of(500)),
    "Word table": lambda: document(table_of(500)),
    "old font": lambda: "\r\n".join(in_old_font(500)).encode("latin-1"),
    "workbook in an old font": lambda: fonts_workbook(500),
}


@pytest.mark.parametrize("name", TAKEN)
def test_the_largest_lists_are_such_as_are_taken(standing: Standing, name: str) -> None:
    sent = standing.upload(TAKEN[name]())
    assert re.search(r"<dt>Người mới</dt><dd>[1-9]", sent.text)
