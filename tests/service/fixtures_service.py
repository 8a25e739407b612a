"""The service to test on: a programme with a test of every kind, two learners, and a server to ask."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from taphuan.records import By
from taphuan.service import Settings
from taphuan.service.http.connections import DEFAULTS, Limits
from taphuan.service.http.settings import Rate
from taphuan.service.server import listen, new_server

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "tests/samples"
#: Forms are drawn from a person's id, so these stay the same.
AN, BINH = "7d0c2f2e-6f4e-4a51-9d43-0b7c51b2a001", "7d0c2f2e-6f4e-4a51-9d43-0b7c51b2a002"
OPERATOR = By(actor="test", reason="kiểm thử")

#: What is printed on forms 101 and 102 of the set 1 of the course `nuoc-sach`: they are drawn alike for ever.
PAPER_101, PAPER_102 = "101-817", "102-521"

BANK = """\
id: nuoc-sach-kiem-tra
use: test
questions:
  kt-dat-gieng:
    kind: single-choice
    stem: Giếng nên đặt ở đâu?
    options:
      cho-cao-rao: {text: Chỗ cao và xa chuồng trại, correct: true, feedback: PHANHOI chỗ cao.}
      duoi-chuong: {text: Ngay dưới chuồng trâu, feedback: PHANHOI dưới chuồng.}
      ben-bai-rac: {text: Cạnh bãi rác, feedback: PHANHOI bãi rác.}
    explanation: LOIGIAI nước chảy từ cao xuống thấp.
    objective: giu-nguon
  kt-viec-giu-nguon:
    kind: multiple-choice
    stem: Việc nào giữ được nguồn nước?
    options:
      rao-quanh-nguon: {text: Rào quanh nguồn, correct: true, feedback: PHANHOI rào.}
      trong-rung-dau: {text: Trồng rừng đầu nguồn, correct: true, feedback: PHANHOI rừng.}
      rua-binh-phun: {text: Rửa bình phun ở khe, feedback: PHANHOI bình phun.}
    explanation: LOIGIAI rào và rừng đều giữ nước.
    objective: giu-nguon
  kt-viec-chung-ban:
    kind: true-false
    stem: Giữ nguồn nước là việc của cả bản, theo [@nd-moi:3].
    answer: true
    feedback: {true: PHANHOI đúng vậy., false: PHANHOI chưa đúng.}
    explanation: LOIGIAI nguồn nước là của chung.
    objective: giu-nguon
  kt-noi-viec-nguoi:
    kind: matching
    stem: Nối mỗi việc với người làm.
    pairs:
      sua-ong-vo: {left: Sửa ống vỡ, right: Tổ cấp nước, feedback: PHANHOI tổ.}
      nhac-tung-nha: {left: Nhắc từng nhà, right: Trưởng bản, feedback: PHANHOI trưởng bản.}
      do-chat-luong: {left: Đo chất lượng, right: Trạm y tế, feedback: PHANHOI trạm.}
    explanation: LOIGIAI mỗi việc có người quen việc.
    objective: bao-tin
  kt-thu-tu-bao:
    kind: ordering
    stem: Xếp các bước theo thứ tự.
    items:
      buoc-ngung-dung: {text: Ngừng dùng nước, feedback: PHANHOI ngừng.}
      buoc-goi-to: {text: Gọi tổ cấp nước, feedback: PHANHOI gọi.}
      buoc-ghi-so: {text: Ghi vào sổ, feedback: PHANHOI ghi.}
    explanation: LOIGIAI giữ mình trước, rồi báo tin.
    objective: bao-tin
  kt-dien-hai-cho:
    kind: fill-in
    stem: Ống nước vỡ thì gọi [blank:nguoi-nhan] rồi [blank:viec-sau].
    blanks:
      nguoi-nhan:
        options:
          goi-to-truc: {text: tổ trực nước, correct: true, feedback: PHANHOI tổ trực.}
          goi-nguoi-xa: {text: người ở xã khác, feedback: PHANHOI xã khác.}
          goi-khong-ai: {text: không ai cả, feedback: PHANHOI không ai.}
      viec-sau:
        options:
          cho-nuoc-can: {text: chờ nước cạn, feedback: PHANHOI chờ.}
          khoa-van-nuoc: {text: khóa van, correct: true, feedback: PHANHOI khóa.}
    explanation: LOIGIAI tổ trực ở gần.
    objective: bao-tin
"""
DRAW = """\
  draw:
    - {bank: nuoc-sach-kiem-tra, objective: giu-nguon, take: 3}
    - {bank: nuoc-sach-kiem-tra, objective: bao-tin, take: 2}
    - {bank: nuoc-sach-kiem-tra, objective: bao-tin, take: 1}
"""
#: A course for whom nobody is ever registered: it counts toward nothing.
OPEN_COURSE = """\
id: dong-dang-vien
title: Nước sạch cho cộng tác viên
summary: Một bài để đi từng nhà.
audience: can-bo-xa
objectives: {bao-tin: Báo tin khi nước bẩn}
modules:
  - id: mot-bai
    title: Một bài
    lessons: [nuoc-sach/bao-nuoc-ban]
test:
  pass: 50%
  attempts: 9
  draw:
    - {bank: nuoc-sach-kiem-tra, take: 2}
review: {status: draft}
"""


def write_programme(root: Path) -> Path:
    """The sample, its test drawing questions of every kind, and a course that counts toward nothing."""
    shutil.copytree(SAMPLES / "good", root)
    (root / "content/questions/nuoc-sach-kiem-tra.yml").write_text(BANK, encoding="utf-8")
    course = root / "curricula/nuoc-sach.yml"
    before, _, after = course.read_text(encoding="utf-8").partition("  draw:\n")
    rest = after[after.index("review:") :]
    course.write_text(before + DRAW + rest, encoding="utf-8")
    (root / "curricula/dong-dang-vien.yml").write_text(OPEN_COURSE, encoding="utf-8")
    return root


@dataclass(frozen=True, kw_only=True)
class TwoLearners:
    """Two persons of a commune and their codes."""

    an: str
    binh: str
    code: str
    other_code: str


# --- over a real socket ---------------------------------------------------------------------------


def own_port() -> int:
    """Returns a free port for a program that has to be told one.

    It is below those that the system gives away by itself, and none of another process that runs tests.
    """
    first = 20_000 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return next(port for port in range(first, first + 100) if _is_free(port))


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@contextmanager
def listening(
    make: Callable[[Settings], FastAPI], host: str = "127.0.0.1", limits: Limits = DEFAULTS
) -> Iterator[str]:
    """An application served by uvicorn on a free port, by plain http; its address."""
    opened = listen(host, 0)
    address = f"http://{host}:{opened.getsockname()[1]}"
    settings = Settings(is_secure=False, writes=Rate(burst=100_000, seconds=1))
    server = new_server(make(settings), limits)
    running = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    running.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield address
    finally:
        server.should_exit = True
        running.join()
        opened.close()
