"""The sheet for a wall: whom to call, what to say, and ten strips to tear off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...programme import urls
from ...programme.model.contact import Contact
from ...programme.model.values import DRAFT
from ..printable import Sheet
from .context import PaperContext, places_to_go, urgent_numbers

STRIPS = 10


def help_sheets(context: PaperContext) -> Iterator[Sheet]:
    """Yields the one sheet, or none where there is no number to call or nothing to say."""
    urgent = urgent_numbers(context.programme)
    if urgent and context.programme.contacts.say:
        yield _help_sheet(context, urgent)


def _help_sheet(context: PaperContext, urgent: Sequence[Contact]) -> Sheet:
    """Returns the sheet of the numbers that anybody calls at once; no strip betrays who takes it."""
    contacts = context.programme.contacts
    audiences = context.programme.audiences.values()
    reader = next(
        (audience for audience in audiences if (audience.opens or "").strip("/") == urls.HELP[:-1]), None
    )
    return context.sheet(
        "help-sheet.html.j2",
        id="noi-giup-do-dai-xe",
        kind="help-sheet",
        title="Cần giúp? Gọi được ngay",
        audience=reader.title if reader else "Mọi người",
        subject=contacts.source,
        review=DRAFT,
        layout={"duplex": "none", "is_exact": True},
        picture=context.picture(reader.picture if reader else None),
        urgent=urgent,
        sayings=contacts.say[:4],
        places=places_to_go(context.programme),
        strips=range(STRIPS),
    )
