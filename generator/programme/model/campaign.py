"""Campaigns, the materials they are printed as, and pictures with their words."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from ..vietnamese import syllables
from .values import (
    NOTHING,
    Count,
    FrozenMap,
    MarkdownText,
    Minutes,
    Percent,
    ServingDocument,
    Slug,
    Text,
    Value,
)


class Aim(Value):
    know: MarkdownText
    feel: MarkdownText
    do: MarkdownText


class CallToAction(Value):
    """Starts with a verb because the verb is a key of its own."""

    verb: Text
    rest: Text

    def __str__(self) -> str:
        return f"{self.verb} {self.rest}"


class Evidence(Value):
    claim: MarkdownText
    source: MarkdownText


class Material(Value):
    """Holds what every kind of material has; `words` names the kind to readers, `noun` behind a number.

    `after_printing` tells readers what is done with the printed sheet, where something is.
    Every id under `picture` or `contacts` is checked, however deep it stands, and so is every number
    that a text gives before `noun`.
    """

    words: ClassVar[str]
    noun: ClassVar[str]
    after_printing: ClassVar[str] = ""
    kind: str
    title: Text


class Panel(Value):
    """One face of a folded sheet."""

    kicker: Text | None = None
    title: Text | None = None
    by_hand: tuple[Text, ...] = ()
    """Before its text: words with a line behind each, on paper, to write on."""
    text: MarkdownText | None = None
    picture: Slug | None = None
    contacts: tuple[Slug, ...] = ()
    audiences: tuple[Slug, ...] = ()
    """Which of the campaign's readers it speaks to; none: all of them."""


class Panels(Value):
    """The six faces of a tri-fold, named by where they lie."""

    front: Panel
    flap: Panel
    inside_left: Panel = Field(alias="inside-left")
    inside_middle: Panel = Field(alias="inside-middle")
    inside_right: Panel = Field(alias="inside-right")
    back: Panel

    @property
    def as_read(self) -> tuple[Panel, ...]:
        """Returns those between front and back, in the order in which they are read."""
        return (self.flap, self.inside_left, self.inside_middle, self.inside_right)


class Leaflet(Material):
    words = "Tờ gấp ba"
    noun = "tờ gấp"
    after_printing = "rồi gấp theo vạch nhỏ ở mép giấy"
    kind: Literal["leaflet"]
    panels: Panels


class Poster(Material):
    words = "Áp phích"
    noun = "áp phích"
    kind: Literal["poster"]
    kicker: Text | None = None
    text: MarkdownText
    picture: Slug | None = None
    contacts: tuple[Slug, ...] = ()
    by_hand: Text | None = None
    """Before what is written by hand once it hangs: to whom somebody may speak there."""


#: Every kind of material, in the order in which the downloads show them.
AnyMaterial = Leaflet | Poster
#: Each by the word that authors write for `kind`.
MATERIAL_KINDS: Mapping[str, type[Material]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(AnyMaterial)
}


# --- said and posted -----------------------------------------------------------------------------


class ScriptPart(Value):
    """A part of a script: what it is for, and what is read aloud, a sentence a line."""

    label: Text
    text: Text

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, self.text.splitlines())))


class LoudspeakerScript(Value):
    """A text that a loudspeaker says, planned for so many `seconds`."""

    title: Text
    seconds: Count
    parts: tuple[ScriptPart, ...]

    def starts(self, rate: int) -> tuple[int, ...]:
        """Returns the second at which each part begins and the last one ends, at `rate` tiếng a minute."""
        counts = itertools.accumulate((syllables(part.text) for part in self.parts), initial=0)
        return tuple(round(60 * count / rate) for count in counts)


class Post(Value):
    """A post for a group or a page: a few lines and a picture."""

    title: Text
    text: MarkdownText
    picture: Slug | None = None


class TalkStep(Value):
    title: Text
    minutes: Minutes
    text: MarkdownText


class Talk(Value):
    """A short talk with whoever came: at a meeting, a market, before a shift."""

    title: Text
    minutes: Minutes
    steps: tuple[TalkStep, ...]


#: Tiếng that a loudspeaker reads in a minute, clearly and with pauses, where a campaign says nothing else.
READING_RATE = 140


class Campaign(ServingDocument):
    audiences: tuple[Slug, ...]
    summary: MarkdownText
    aim: Aim
    message: MarkdownText
    supporting: Annotated[tuple[MarkdownText, ...], Field(max_length=3)] = ()
    call_to_action: CallToAction
    contacts: tuple[Slug, ...]
    evidence: tuple[Evidence, ...] = ()
    do_no_harm: tuple[MarkdownText, ...]
    picture: Slug | None = None
    read_also: tuple[Slug, ...] = ()
    """Campaigns whose leaflets its readers hand on or read too."""
    materials: FrozenMap[Slug, Annotated[AnyMaterial, Field(discriminator="kind")]]
    #: Tiếng a minute.
    reading_rate: Count = READING_RATE
    loudspeaker: FrozenMap[Slug, LoudspeakerScript] = NOTHING
    posts: FrozenMap[Slug, Post] = NOTHING
    talk: Talk | None = None

    @property
    def leaflets(self) -> Mapping[str, Leaflet]:
        return {id: sheet for id, sheet in self.materials.items() if isinstance(sheet, Leaflet)}


#: The folder of `pictures.yml` and of the drawings that it names.
PICTURES = "content/pictures"


class Picture(Value):
    """`file` lies beside `pictures.yml`; a frame of another shape shows what is `across` and `down`."""

    file: Text
    alt: Text
    across: Percent | None = None
    down: Percent | None = None
