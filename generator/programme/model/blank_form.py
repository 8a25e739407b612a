"""Blank forms (tờ mẫu): sheets that an office fills in by hand, with the law behind each field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from .values import (
    DRAFT,
    Count,
    Document,
    Flag,
    Markdown,
    MarkdownText,
    Percent,
    Point,
    Review,
    Slug,
    Text,
    Value,
    blank,
)

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


class BlankForm(Document):
    """The content of `content/forms/<form>.yml`.

    `names` says whether it may ask who somebody is: never, or where the law that the form cites asks for it.
    Its parts are printed in the order of the fields here, after which the law they cite is numbered.
    """

    id: Slug
    title: Text
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
    signatures: tuple[Signature, ...] = ()
    contacts: tuple[Slug, ...] = ()
    kept_by: MarkdownText
    kept_for: MarkdownText
    law: MarkdownText | None = None
    serves: tuple[Point, ...] = ()
    review: Review = DRAFT
