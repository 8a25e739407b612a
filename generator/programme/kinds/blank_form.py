"""Blank forms (tờ mẫu): sheets that an office fills in by hand, with the law behind each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from .. import urls
from ..model.pointer import expand_pointers, pointers_in
from ..model.programme import Programme
from ..model.values import (
    Count,
    Flag,
    Markdown,
    MarkdownText,
    Percent,
    ServingDocument,
    Slug,
    Text,
    Value,
    blank,
)
from ..problems import Path, Problem, place_of, unknown_name
from .base import DocumentKind, Pattern

#: What may stand in a cell that is printed: Markdown, or nothing where a hand will write.
Cell = Annotated[str, BeforeValidator(blank), AfterValidator(lambda text: Markdown(text) if text else "")]


class BlankField(Value):
    """A thing to be written down, on lines of 8 mm, or ticked among `boxes`."""

    label: Text
    hint: Text | None = None
    # Left out: one, or none beside boxes.
    lines: Count | None = None
    boxes: tuple[Text, ...] = ()
    width: Literal["whole", "half", "third"] = "whole"
    law: MarkdownText | None = None


class TableColumn(Value):
    label: Text
    hint: Text | None = None
    share: Percent | None = None
    law: MarkdownText | None = None


class BlankTable(Value):
    """A table with rows that are `printed`, then `empty` ones; each is as high as `lines` of 8 mm."""

    columns: tuple[TableColumn, ...]
    printed: tuple[tuple[Cell, ...], ...] = ()
    empty: Count | None = None
    lines: Count = 1


class FormSection(Value):
    """A section: words, then fields, then a table; `new_page` begins the next side."""

    title: Text | None = None
    law: MarkdownText | None = None
    text: MarkdownText | None = None
    fields: tuple[BlankField, ...] = ()
    table: BlankTable | None = None
    new_page: Flag = False


class Signature(Value):
    label: Text
    hint: Text | None = None


class BlankForm(ServingDocument):
    """The content of `content/forms/<form>.yml`.

    `names` says whether it may ask who somebody is: never, or where the law that the form cites asks for it.
    Its parts are printed in the order of the fields here, after which the law they cite is numbered.
    """

    summary: MarkdownText
    # When it is needed, as the programme names it.
    moment: Slug
    filled_by: Text
    names: Literal["none", "by-law"]
    # A slip that goes along with whoever is helped: whoever else sees it reads no law on it, and no address.
    carried: Flag = False
    paper: Literal["A3", "A4", "A5"] = "A4"
    landscape: Flag = False
    # As many as it may take; more than one are printed on both sides.
    pages: Count = 1
    # What stands above the title: state and office as official papers have it, the state alone, as in what a
    # person signs, the office alone, or nothing.
    heading: Literal["official", "state", "office", "none"] = "office"
    instructions: tuple[MarkdownText, ...] = ()
    sections: tuple[FormSection, ...]
    # What a label has behind a comma, as an office and who signs for it, stands on a line of its own.
    signatures: tuple[Signature, ...] = ()
    sent_to: tuple[Text, ...] = ()
    contacts: tuple[Slug, ...] = ()
    kept_by: MarkdownText
    kept_for: MarkdownText
    law: MarkdownText | None = None


# --- checks ---------------------------------------------------------------------------------------

#: Nobody is asked for these on paper, whatever the form is for; each as it is told.
SENSITIVE = {
    "HIV": r"\bHIV\b|\bAIDS\b",
    "dân tộc": r"dân tộc",
    "tôn giáo": r"tôn giáo",
    "thai, bạn tình": r"có thai|mang thai|bạn tình",
    "tiền án": r"tiền án|tiền sự",
}
#: Whoever can be found by these is asked for them only where a law wants it.
IDENTIFYING = {
    "họ tên": r"họ (?:và )?tên|tên (?:của )?(?:người|em|học sinh|nạn nhân|cha|mẹ|chủ)",
    "ngày sinh": r"(?:ngày|năm)(?:, tháng, năm)? sinh\b",
    "số giấy tờ": r"căn cước|CCCD|CMND|chứng minh|hộ chiếu|số giấy tờ|định danh|sổ hộ khẩu|số tài khoản",
    "nơi ở": r"địa chỉ(?: nhà| ở)|nơi (?:ở|cư trú|thường trú|tạm trú)\b|quê quán|hộ khẩu thường trú",
    "ảnh, dấu vân tay": r"\bảnh (?:chân dung|thẻ|của)|vân tay",
}
#: A hint that says what is not written asks for nothing.
NOT_ASKED = re.compile(r"(?:không|đừng|chưa) (?:ghi|hỏi|chép|nêu|cần)[^.;]*", re.IGNORECASE)
#: More lines or empty rows than a sheet of paper has are a slip of the hand.
MOST_LINES = 40
#: Rows of a table are drawn up to this many lines high.
HIGHEST_ROW = 12


def check_blank_forms(programme: Programme) -> Iterator[Problem]:
    for form in programme.of(BlankForm).values():
        if form.moment not in programme.charter.moments:
            yield unknown_name("moment", place_of(form, "moment"), form.moment, programme.charter.moments)
        yield from _laws(form)
        yield from _asked(programme, form)
        for index, section in enumerate(form.sections):
            yield from _section(form, section, ("sections", index))


def _section(form: BlankForm, section: FormSection, path: Path) -> Iterator[Problem]:
    if not (section.text or section.fields or section.table):
        yield Problem(code="empty-section", place=place_of(form, *path))
    for index, field in enumerate(section.fields):
        yield from _lines(form, (*path, "fields", index, "lines"), field.lines)
    if section.table:
        yield from _table(form, section.table, (*path, "table"))


def _table(form: BlankForm, table: BlankTable, path: Path) -> Iterator[Problem]:
    if not table.columns:
        yield Problem(code="table-without-columns", place=place_of(form, *path, "columns"))
    if not (table.printed or table.empty):
        yield Problem(code="table-without-rows", place=replace(place_of(form, *path), at_key=True))
    yield from _lines(form, (*path, "empty"), table.empty)
    yield from _lines(form, (*path, "lines"), table.lines, HIGHEST_ROW)
    if sum(column.share or 0 for column in table.columns) > 100:
        yield Problem(code="columns-too-wide", place=replace(place_of(form, *path, "columns"), at_key=True))
    for index, cells in enumerate(table.printed):
        if len(cells) > len(table.columns) > 0:
            values = {"count": str(len(cells)), "columns": str(len(table.columns))}
            yield Problem(code="row-too-long", place=place_of(form, *path, "printed", index), values=values)


def _lines(form: BlankForm, path: Path, lines: int | None, most: int = MOST_LINES) -> Iterator[Problem]:
    if lines is not None and lines > most:
        values = {"count": str(lines), "most": str(most)}
        yield Problem(code="too-many-lines", place=place_of(form, *path), values=values)


def _laws(form: BlankForm) -> Iterator[Problem]:
    """Yields what says `law` and cites none, and a form that asks for names by no law."""
    for path, text in form.texts:
        if path[-1] == "law" and not _cites(text):
            yield Problem(code="law-without-pointer", place=place_of(form, *path))
    if form.names == "by-law" and not any(_cites(text) for _, text in form.texts):
        yield Problem(code="names-without-law", place=place_of(form, "names"))


def _cites(text: str) -> bool:
    return any(pointer.kind == "reference" for pointer in pointers_in(text))


def sensitive(programme: Programme) -> dict[str, str]:
    """Returns the patterns of what nobody is asked on paper: of every programme, and of this one."""
    own = programme.charter.sensitive.items()
    return {**SENSITIVE, **{what: "|".join(map(re.escape, phrases)) for what, phrases in own if phrases}}


def _asked(programme: Programme, form: BlankForm) -> Iterator[Problem]:
    """Yields what the form asks for and must not."""
    never = sensitive(programme)
    refused = never if form.names == "by-law" else {**never, **IDENTIFYING}
    for path, text in _questions(form):
        asked = NOT_ASKED.sub("", expand_pointers(text, lambda _: ""))
        for what, pattern in refused.items():
            if match := re.search(pattern, asked, re.IGNORECASE):
                place = replace(place_of(form, *path), phrase=match[0])
                code = "asks-sensitive" if what in never else "asks-who"
                yield Problem(code=code, place=place, values={"what": what, "label": text})


def _questions(form: BlankForm) -> Iterator[tuple[Path, str]]:
    """Yields whatever somebody is asked to write or to tick: titles, labels, hints, boxes and rows."""
    for index, section in enumerate(form.sections):
        path: Path = ("sections", index)
        if section.title:
            yield (*path, "title"), section.title
        for number, field in enumerate(section.fields):
            at: Path = (*path, "fields", number)
            yield from _label(at, field.label, field.hint)
            yield from (((*at, "boxes", place), box) for place, box in enumerate(field.boxes))
        if section.table:
            yield from _asked_in_table(section.table, (*path, "table"))


def _asked_in_table(table: BlankTable, path: Path) -> Iterator[tuple[Path, str]]:
    """Yields the heads of columns, and the words of each printed row that leaves a cell to write in."""
    for number, column in enumerate(table.columns):
        yield from _label((*path, "columns", number), column.label, column.hint)
    for number, cells in enumerate(table.printed):
        if len([cell for cell in cells if cell]) < len(table.columns):
            yield from (((*path, "printed", number, place), cell) for place, cell in enumerate(cells) if cell)


def _label(path: Path, label: str, hint: str | None) -> Iterator[tuple[Path, str]]:
    yield (*path, "label"), label
    if hint:
        yield (*path, "hint"), hint


KIND = DocumentKind(
    name="blank-form",
    model=BlankForm,
    folder="content/forms",
    words="tờ mẫu",
    position=70,
    pattern=Pattern(about="tờ mẫu để in ra và ghi bằng tay", id_words="MÃ_TỜ_MẪU", example="phieu-ghi"),
    checks=(check_blank_forms,),
    address=lambda form: urls.form(form.id),
    index=urls.FORMS,
    sheets={"blank-form": "Tờ mẫu"},
    may_be_watched=lambda form: form.carried,
)
