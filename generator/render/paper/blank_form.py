"""Blank forms on paper, in black and white: lines and boxes that a hand can write in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...programme import urls
from ...programme.model.blank_form import BlankForm
from ..markdown_text import Notes
from ..printable import Sheet
from .context import PaperContext, qr_code, short_address
from .publications import on_paper


def form_sheet(context: PaperContext, form: BlankForm) -> Sheet:
    """Returns the sheet of a form. Of A5 there are two on a sheet of A4, to be cut apart."""
    notes = Notes()
    drawn = on_paper(context, form, "", notes)
    is_halved = form.paper == "A5"
    lies_across = form.landscape != is_halved
    address = context.address(urls.form(form.id))
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
        checked=next((note.checked for note in notes.notes if note.checked), ""),
        qr=qr_code(address) if address else None,
        address=short_address(address),
    )


def _faces(sections: Iterable[Any]) -> list[list[Any]]:
    """Returns the sections of each side; a section that says `new_page` begins one."""
    faces: list[list[Any]] = [[]]
    for section in sections:
        if section.new_page and faces[-1]:
            faces.append([])
        faces[-1].append(section)
    return faces
