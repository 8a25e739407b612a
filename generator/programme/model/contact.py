"""Contacts: numbers to call, places to go, and what the help page says to whoever comes there."""

from __future__ import annotations

from .registers import Confidence
from .values import (
    NOTHING,
    Blank,
    Day,
    Document,
    Flag,
    ForReaders,
    FrozenMap,
    MarkdownText,
    Slug,
    Text,
    Url,
    Value,
)


class Contact(ForReaders):
    name: Text
    short: Text
    number: Text | None = None
    display: Text | None = None
    url: Url | None = None
    use_for: tuple[Text, ...]
    when: Text | None = None
    """A few words on when to call it, for a button."""
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
        """True where approved print may name it: publishable, and its condition met."""
        return self.publish and (self.condition is None or self.condition_met is not None)

    @property
    def is_offered(self) -> bool:
        """True where those who need help are shown it; what they could not use is left out."""
        return self.is_ready and self.on_help_page

    @property
    def is_place(self) -> bool:
        """True for a place to go, or a person to ask there, for those who have nothing to call."""
        return self.is_offered and self.number is None and self.url is None

    @property
    def caution(self) -> str:
        """The words that ask an official to try it first, for as long as its condition is not met."""
        if not self.publish or self.is_ready:
            return ""
        return "gọi thử trước khi dùng" if self.number else "hỏi lại trước khi dùng"


class LocalSlot(Value):
    """A local contact, empty until somebody has confirmed a number and called it."""

    name: Text
    number: Blank = ""
    confirmed_by: Blank = ""
    tested_on: Blank = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.number and self.confirmed_by and self.tested_on)


class HelpTopic(Value):
    """A text of the help page for somebody in one plight, folded until it is wanted."""

    title: Text
    text: MarkdownText


class Contacts(Document):
    checked: Day
    say: tuple[Text, ...] = ()
    """What whoever calls may say; the first four stand beside the number."""
    topics: FrozenMap[Slug, HelpTopic] = NOTHING
    contacts: FrozenMap[Slug, Contact]
    local: FrozenMap[Slug, LocalSlot] = NOTHING
    local_by_commune: FrozenMap[Text, FrozenMap[Slug, LocalSlot]] = NOTHING
