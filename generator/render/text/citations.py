"""The words of citations of law, on pages and on paper, and the numbers that a page gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ...programme import urls
from ...programme.model import registers
from ...programme.model.pointer import Pointer, expand_pointers
from ...programme.model.registers import Reference, Register
from ..html_safety import plain_markdown

#: Of a place that has ended in a document that is still law.
NO_LONGER = "không còn áp dụng"


def several(cited: str) -> str:
    """Returns a pattern of one citation or several with what stands between them, by that of one."""
    return rf"{cited}(?:(?:[ \t]*[,;]|[ \t]+(?:và|hoặc))[ \t]*{cited})*"


def leaned_on(cited: str) -> re.Pattern[str]:
    """Returns what finds citations behind words with which a sentence says nothing without them."""
    behind = r"(?:\b(?:ở|theo|xem|của|tại|giữa|như|là|gồm)[ \t]+|:[ \t]*)"
    return re.compile(behind + several(cited), re.IGNORECASE)


#: A citation that is marked neither as former nor as unchecked.
_CITED = r"\[@[A-Za-z0-9-]+(?::[\w.-]+)?\](?!\()"
CITED = re.compile(rf"[ \t]*{several(_CITED)}")
LEANED_ON = leaned_on(_CITED)
#: How offices shorten the kind of a document.
SHORT_KINDS = {
    "Nghị định": "NĐ",
    "Thông tư": "TT",
    "Quyết định": "QĐ",
    "Nghị quyết": "NQ",
    "Pháp lệnh": "PL",
    "Công văn": "CV",
}


@dataclass
class NumberedCitations:
    """Gathers what a page cites, in the order of reading; the same place has one number."""

    places: list[Pointer] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, pointer: Pointer) -> tuple[int, bool]:
        """Returns the number of a place, and whether it is cited for the first time."""
        key = (pointer.id, pointer.locator)
        is_first = key not in self.numbers
        if is_first:
            self.places.append(pointer)
            self.numbers[key] = len(self.places)
        return self.numbers[key], is_first


def cell_words(register: Register, pointer: Pointer, is_named_above: bool) -> str:
    place = short_place(register.documents[pointer.id], pointer.locator)
    return place if place and is_named_above else short_words(register, pointer)


def short_place(reference: Reference, locator: str) -> str:
    """Returns a place of a law as a table has it: "Đ. 32 khoản 1"."""
    return registers.locator_words(reference, locator).replace("Điều ", "Đ. ", 1)


def short_words(register: Register, pointer: Pointer) -> str:
    """Returns a citation as a table has it: "NĐ 282/2025, Đ. 32 khoản 1"."""
    reference = register.documents[pointer.id]
    return ", ".join(filter(None, (short_name(reference.short), short_place(reference, pointer.locator))))


def cited_in_short(register: Register, pointer: Pointer) -> str:
    """Returns a citation within a line of a sheet: "NĐ 282/2025, Đ. 34 k. 2"."""
    doubt = place_doubt(register.documents[pointer.id], pointer) if pointer.is_former else doubt_of(pointer)
    return ", ".join(filter(None, (in_print(short_words(register, pointer)), doubt)))


def spelled_where_leaned_on(
    register: Register, text: str, cite: Callable[[Pointer], None] = lambda _: None
) -> str:
    """Returns the text with citations in words where the sentence needs them: "theo Luật Trẻ em, Đ. 51".

    `cite` is told of each that is in words.
    """

    def in_words(pointer: Pointer) -> str:
        cite(pointer)
        return plain_markdown(cited_in_short(register, pointer))

    def spelled(leaned: re.Match[str]) -> str:
        return expand_pointers(leaned[0], in_words)

    return LEANED_ON.sub(spelled, text)


def in_print(words: str) -> str:
    """Returns the words of a citation as paper has room for them: "Đ. 34 k. 2"."""
    return words.replace(" khoản ", " k. ")


def doubt_of(pointer: Pointer) -> str:
    return "văn bản cũ" if pointer.is_former else "chưa kiểm" if pointer.is_unchecked else ""


def place_doubt(reference: Reference, pointer: Pointer) -> str:
    """Returns what a reader has to know of a place: that it is former law, or what the register doubts."""
    if not pointer.is_former:
        return registers.doubt_words(reference, pointer.locator)
    return "văn bản cũ" if reference.status in registers.ENDED else NO_LONGER


def noted_force(reference: Reference, pointer: Pointer, on: date) -> tuple[str, str]:
    """Returns the status of a document and the doubt about a place as a note has them, neither said twice.

    Where the place is in doubt, nothing says that its document is in force.
    """
    status, doubt = registers.surest_status_on(reference, on), place_doubt(reference, pointer)
    if pointer.is_former and reference.status in registers.ENDED:
        return status, ""
    if doubt == status or (doubt, status) == (registers.TO_COMPARE, registers.UNNUMBERED):
        return status, ""
    return ("" if doubt and registers.says_in_force(status) else status), doubt


def note_anchor(number: int) -> str:
    return f"nguon-{number}"


def call_anchor(number: int) -> str:
    """Returns the anchor of the first place in the text that has the number."""
    return f"dan-{number}"


def law_address(register: Register, pointer: Pointer) -> str:
    """Returns the address of what is cited: an article of a law, or a point of the plan."""
    reference = register.documents.get(pointer.id)
    if reference and reference.divided_by == "points" and pointer.locator:
        return urls.plan_point(pointer.locator)
    return urls.reference(pointer.id, pointer.locator)


def short_name(name: str) -> str:
    """Returns the short name of a document as offices shorten it: "NĐ 282/2025"."""
    kind = next((kind for kind in SHORT_KINDS if name.startswith(f"{kind} ")), "")
    return f"{SHORT_KINDS[kind]}{name.removeprefix(kind)}" if kind else name
