"""Blank forms on paper, in black and white: lines and boxes that a hand can write in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...programme import urls
from ...programme.kinds.blank_form import BlankForm
from ..page_address import short_address
from ..printable import Sheet
from ..text.paper import Notes
from .context import PaperContext
from .publications import on_paper


def mono_sheets(context: PaperContext) -> Iterator[Sheet]:
    for form in context.programme.of(BlankForm).values():
        yield form_sheet(context, form)


def form_sheet(context: PaperContext, form: BlankForm) -> Sheet:
    """Returns the sheet of a form. Of A5 there are two on a sheet of A4, to be cut apart.

    On one that somebody carries along stands neither the law behind it nor the address of its page.
    """
    notes = Notes(are_left_out=form.carried)
    # The summary stands on the page alone, so what it cites is no note here.
    drawn = on_paper(context, form.model_copy(update={"summary": ""}), "", notes, form.source)
    is_halved = form.paper == "A5"
    lies_across = form.landscape != is_halved
    return context.sheet(
        "blank-form.html.j2",
        id=f"{form.id}-to-mau",
        kind="blank-form",
        title=form.title,
        audience=form.filled_by,
        subject=form.source,
        review=form.review,
        layout={
            "paper": "A4" if is_halved else form.paper,
            "landscape": lies_across,
            "duplex": "none" if form.pages == 1 else "short-edge" if lies_across else "long-edge",
            "is_exact": is_halved,
        },
        form=drawn,
        faces=_faces(drawn.sections),
        notes=tuple(notes.notes),
        address="" if form.carried else short_address(context.address(urls.form(form.id))),
    )


def _faces(sections: Iterable[Any]) -> list[list[Any]]:
    """Returns the sections of each side; a section that says `new_page` begins one."""
    faces: list[list[Any]] = [[]]
    for section in sections:
        if section.new_page and faces[-1]:
            faces.append([])
        faces[-1].append(section)
    return faces
