"""Citations of law on a page: a raised number with a list behind the text, or words in brackets.

A page that lists what it cites gathers numbers in `NumberedCitations`; elsewhere a citation is in words. In a
cell of a table that says nothing else, it is the article, and the document stands in the head of its column
where all of the column cite one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from ..programme import urls
from ..programme.model import registers
from ..programme.model.pointer import POINTER, Pointer, expand_pointers, pointers_in
from ..programme.model.registers import Reference, Register
from .html_safety import plain_markdown

Group = tuple[Pointer, ...]
#: What may stand between citations that belong together, and behind them.
_BETWEEN = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_STOP = re.compile(r"[.,;:]")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
#: Of a place that has ended in a document that is still law.
NO_LONGER = "không còn áp dụng"
#: A citation that is marked neither as former nor as unchecked, and several with what stands between them.
_CITED = r"\[@[A-Za-z0-9-]+(?::[\w.-]+)?\](?!\()"
_SEVERAL = rf"{_CITED}(?:(?:[ \t]*[,;]|[ \t]+(?:và|hoặc))[ \t]*{_CITED})*"
CITED = re.compile(rf"[ \t]*{_SEVERAL}")
#: Behind these words a sentence says nothing without what is cited.
LEANED_ON = re.compile(
    rf"(?:\b(?:ở|theo|xem|của|tại|giữa|như|là|gồm)[ \t]+|:[ \t]*){_SEVERAL}", re.IGNORECASE
)
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


class SiteCitations:
    """Writes the citations of a text for the page at an address, as Markdown."""

    def __init__(self, register: Register, page: str, numbered: NumberedCitations | None = None) -> None:
        self._register, self._page, self._numbered = register, page, numbered

    def written(self, text: str) -> str:
        """Returns repaired Markdown with every citation as a link, tables first."""
        if "[@" not in text:
            return text
        return self._running(_with_cells(text, partial(_column_head, self._register), self._in_cell))

    # --- running text -------------------------------------------------------------------

    def _running(self, text: str) -> str:
        parts, end = [], 0
        leaned_on = [match.span() for match in LEANED_ON.finditer(text)]
        for group in _groups(text):
            start = group[0].start
            stop = group[-1].start + len(group[-1].written)
            before = text[end:start]
            if self._numbered is None:
                is_needed = any(begin < start < close for begin, close in leaned_on)
                parts += [_spaced(before), self._words(group, before, is_in_brackets=not is_needed)]
            else:
                after = _STOP.match(text, stop)
                parts += [_closed(before), after[0] if after else "", self._numbers(group)]
                stop += len(after[0]) if after else 0
            end = stop
        return "".join([*parts, text[end:]])

    def _numbers(self, group: Group) -> str:
        return "".join(self._number(pointer, is_next=index > 0) for index, pointer in enumerate(group))

    def _number(self, pointer: Pointer, *, is_next: bool) -> str:
        assert self._numbered is not None
        number, is_first = self._numbered.number(pointer)
        anchor = f" #{call_anchor(number)}" if is_first else ""
        words = f"{self._citation(pointer)}, {_doubt(pointer)}".removesuffix(", ").replace('"', "")
        shown = f"{number} {'cũ' if pointer.is_former else _doubt(pointer)}".strip()
        classes = f".citation .citation--number{' .citation--next' if is_next else ''}{_kind(pointer)}"
        label = f'aria-label="Chú thích {shown}: {words}"'
        return f"[{shown}](#{note_anchor(number)}){{{classes}{anchor} {label}}}"

    def _words(self, group: Group, before: str, *, is_in_brackets: bool) -> str:
        """Returns citations in one pair of brackets, part of the links, or as words of the sentence.

        A document is named once for places of it that follow each other, and not where the words before do.
        """
        opening, closing = ("(", ")") if is_in_brackets else ("", "")
        last = len(group) - 1
        links = []
        for index, pointer in enumerate(group):
            reference = self._register.documents[pointer.id]
            is_named = (
                pointer.id == group[index - 1].id if index else before.rstrip().endswith(reference.short)
            )
            place = registers.locator_words(reference, pointer.locator)
            citation = place if is_named and place else self._citation(pointer)
            words = ", ".join(filter(None, (citation, _doubt(pointer))))
            links.append(
                self._link(pointer, ("" if index else opening) + words + (";" if index < last else closing))
            )
        return " ".join(links)

    # --- cells of tables ----------------------------------------------------------------

    def _in_cell(self, group: Group, is_named_above: bool) -> str:
        return ", ".join(self._cell_link(pointer, is_named_above) for pointer in group)

    def _cell_link(self, pointer: Pointer, is_named_above: bool) -> str:
        words = _cell_words(self._register, pointer, is_named_above)
        doubt = _doubt(pointer)
        return self._link(pointer, f"{words} ({doubt})" if doubt else words)

    # --- words and links ----------------------------------------------------------------

    def _link(self, pointer: Pointer, words: str) -> str:
        target = urls.relative(law_address(self._register, pointer), self._page)
        return f"[{plain_markdown(words)}]({target}){{.citation{_kind(pointer)}}}"

    def _citation(self, pointer: Pointer) -> str:
        return registers.citation_words(self._register.documents[pointer.id], pointer.locator)


def printed_cells(text: str, register: Register, cite: Callable[[Pointer], None]) -> str:
    """Returns Markdown for a sheet with words in cells that only cite; `cite` is told of each citation."""

    def words(pointer: Pointer, is_named_above: bool) -> str:
        cite(pointer)
        words, doubt = in_print(_cell_words(register, pointer, is_named_above)), _doubt(pointer)
        return plain_markdown(f"{words} ({doubt})" if doubt else words)

    def shown(group: Group, is_named_above: bool) -> str:
        return ", ".join(words(pointer, is_named_above) for pointer in group)

    return _with_cells(text, partial(_column_head, register), shown) if "[@" in text else text


def _cell_words(register: Register, pointer: Pointer, is_named_above: bool) -> str:
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
    doubt = place_doubt(register.documents[pointer.id], pointer) if pointer.is_former else _doubt(pointer)
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


def _column_head(register: Register, id: str) -> str:
    return plain_markdown(short_name(register.documents[id].short))


def _doubt(pointer: Pointer) -> str:
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


def _kind(pointer: Pointer) -> str:
    return (
        " .citation--former" if pointer.is_former else " .citation--unchecked" if pointer.is_unchecked else ""
    )


def _closed(before: str) -> str:
    """Returns text up to a number, which stands at the word; behind a "!" it would be read as a picture."""
    close = before.rstrip(" \t")
    return before if close.endswith("!") or not close or close.endswith("\n") else close


def _spaced(before: str) -> str:
    return f"{before} " if before[-1:].isalnum() or before[-1:] in ")]}*" else before


def _groups(text: str) -> Iterator[Group]:
    """Yields citations, those together that nothing but space stands between."""
    group: list[Pointer] = []
    for pointer in pointers_in(text):
        if pointer.kind != "reference":
            continue
        if group:
            end = group[-1].start + len(group[-1].written)
            gap = _BETWEEN.fullmatch(text, end, pointer.start)
            if gap is None:
                yield tuple(group)
                group = []
        group.append(pointer)
    if group:
        yield tuple(group)


def _with_cells(text: str, head: Callable[[str], str], show: Callable[[Group, bool], str]) -> str:
    """Returns Markdown in which cells that only cite are written by `show`, and heads name what they cite."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _ROW.fullmatch(lines[end]):
            end += 1
        if end - at > 2:
            lines[at:end] = _table(lines[at:end], head, show)
        at = max(end, at + 1)
    return "\n".join(lines)


def _table(rows: list[str], head: Callable[[str], str], show: Callable[[Group, bool], str]) -> list[str]:
    cells = [_BAR.split(row) for row in rows]
    for column in range(1, min(map(len, cells)) - 1):
        cited = {index: _only_cites(row[column]) for index, row in enumerate(cells) if index > 1}
        alone = {index: group for index, group in cited.items() if group}
        documents = {pointer.id for group in alone.values() for pointer in group}
        if not alone:
            continue
        is_one = len(documents) == 1
        if is_one:
            cells[0][column] = f"{cells[0][column].rstrip()}, {head(documents.pop())} "
        for index, group in alone.items():
            cells[index][column] = f" {show(group, is_one)} "
    return ["|".join(row) for row in cells]


def _only_cites(cell: str) -> Group:
    """Returns the citations of a cell that has nothing else, else none."""
    is_alone = "[@" in cell and not POINTER.sub("", cell).strip()
    group = pointers_in(cell) if is_alone else ()
    return group if all(pointer.kind == "reference" for pointer in group) else ()
