"""Pocket texts on paper: pages of A7 on a sheet of A4 that folds into a booklet or is cut into cards."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme.kinds.pocket_text import PocketText
from ..printable import Sheet
from ..text.paper import Notes
from .context import PaperContext
from .publications import on_paper

#: The pages of each side of a sheet that lies, by their number, row by row; those above stand on their heads.
#: Eight fold around a slit in the middle; sixteen are a signature that folds three times.
BOOKLET_SIDES: dict[int, tuple[tuple[int, ...], ...]] = {
    8: ((7, 6, 5, 4, 8, 1, 2, 3),),
    16: ((5, 12, 9, 8, 4, 13, 16, 1), (7, 10, 11, 6, 2, 15, 14, 3)),
}
#: A sheet that stands upright has eight cards, each with its back behind it.
CARD_SIDES = ((1,) * 8, (2,) * 8)


def mono_sheets(context: PaperContext) -> Iterator[Sheet]:
    for text in context.programme.of(PocketText).values():
        yield pocket_sheet(context, text)


def pocket_sheet(context: PaperContext, text: PocketText) -> Sheet:
    """Returns the sheet of a pocket text; what is carried has neither law nor an address on it."""
    is_card = text.kind == "card"
    sides = CARD_SIDES if is_card else BOOKLET_SIDES[len(text.pages)]
    course = context.programme.courses[text.course]
    return context.sheet(
        "pocket-text.html.j2",
        id=f"{text.id}-bo-tui",
        kind="pocket-text",
        title=text.title,
        audience=context.programme.audiences[course.audience].title,
        subject=text.source,
        review=text.review,
        layout={
            "landscape": not is_card,
            "duplex": "long-edge" if is_card else "short-edge" if sides[1:] else "none",
            "is_exact": True,
        },
        is_card=is_card,
        pages=on_paper(context, text, "", Notes(are_left_out=True), text.source).pages,
        sides=sides,
    )
