"""What a row of the tables is, and the files of the good sample that rows break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COURSE = "curricula/nuoc-sach.yml"
LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
SECOND = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
BANK = "content/questions/nuoc-sach-tu-kiem-tra.yml"
TESTS = "content/questions/nuoc-sach-kiem-tra.yml"
CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"
SCENARIO = "content/scenarios/nuoc-duc.yml"
FLOW = "content/flows/thay-nuoc-ban.yml"
FORM = "content/forms/phieu-bao-nuoc.yml"
PLAN = "content/lesson-plans/mot-gio-ve-nuoc.yml"
WRITTEN_TASK = "content/observed-tasks/viet-lai-thong-bao-nuoc.yml"
PLAYED_TASK = "content/observed-tasks/nghe-tin-nuoc-duc.yml"
CARD = "content/pocket-texts/the-nuoc-sach.yml"
CHARTER = "content/programme/programme.yml"
UNITS = "content/programme/units.yml"
AUDIENCES = "content/programme/audiences.yml"
ACTS = "content/programme/acts.yml"
LAW = "content/programme/references.yml"
TERMS = "content/programme/terms.yml"
CONTACTS = "content/programme/contacts.yml"
DECISIONS = "content/programme/decisions.yml"
PICTURES = "content/pictures/pictures.yml"
DRAWING = "content/pictures/giot-nuoc.svg"
PAGE = "content/pages/gioi-thieu.md"


@dataclass(frozen=True, kw_only=True)
class TextFault:
    """`says` and `fix` are parts of the sentences.

    `seen` is the file, and the text in it, that the finding points at where that is not the change.
    """

    when: str
    code: str
    file: str
    old: str
    new: str
    says: str = ""
    fix: str = ""
    seen: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class FileFault:
    """What no change of text can bring about: `make` is done to the root."""

    when: str
    code: str
    file: str
    make: Callable[[Path], object]
    at: tuple[int, int] = (1, 1)
    says: str = ""
    fix: str = ""
