"""Numbers and channels for help, and the local slots that somebody has yet to fill."""

from __future__ import annotations

from .base import NOTHING, Document, FrozenMap, Value
from .reference import Confidence
from .scalars import Blank, Day, Flag, Slug, Text, Url


class Contact(Value):
    name: Text
    short: Text
    number: Text | None = None
    display: Text | None = None
    url: Url | None = None
    use_for: tuple[Text, ...]
    hours: Text | None = None
    cost: Text | None = None
    answers: Text | None = None
    note: Text | None = None
    publish: Flag
    condition: Text | None = None
    condition_met: Day | None = None
    urgent: Flag = False
    on_help_page: Flag = True
    sources: tuple[Text, ...] = ()
    confidence: Confidence
    checked: Day

    @property
    def shown(self) -> str:
        """The number as people write it, else the short name."""
        return self.display or self.number or self.short

    @property
    def is_ready(self) -> bool:
        """May stand in approved print: publishable, and its condition met."""
        return self.publish and (self.condition is None or self.condition_met is not None)

    @property
    def is_offered(self) -> bool:
        """Is shown to whoever needs help; what they cannot rely on or have no use for is not."""
        return self.is_ready and self.on_help_page

    @property
    def is_place(self) -> bool:
        """Is somewhere to go, or somebody to ask there, for who needs help and has nothing to call."""
        return self.is_offered and self.number is None and self.url is None

    @property
    def caution(self) -> str:
        """Returns what an official reads beside it for as long as its condition is not met."""
        if not self.publish or self.is_ready:
            return ""
        return "chưa gọi thử" if self.number else "chưa xác nhận"


class LocalSlot(Value):
    """Empty until somebody has confirmed a number and called it."""

    name: Text
    number: Blank = ""
    confirmed_by: Blank = ""
    tested_on: Blank = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.number and self.confirmed_by and self.tested_on)


class Contacts(Document):
    checked: Day
    contacts: FrozenMap[Slug, Contact]
    local: FrozenMap[Slug, LocalSlot] = NOTHING
    local_by_commune: FrozenMap[Text, FrozenMap[Slug, LocalSlot]] = NOTHING
