"""What the records hold of attempts, and right answers to a form."""

from __future__ import annotations

from asgi_browser import (
    right_responses,
    stored_form,
)

from taphuan.records import Store


def right(store: Store, form: str, *numbers: str) -> dict[str, list[str]]:
    """The right responses, or those of some questions."""
    found = right_responses(*stored_form(store, form))
    return {number: found[number] for number in numbers or found}
