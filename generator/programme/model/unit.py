"""Agencies and communes, and whom the texts are for."""

from __future__ import annotations

from typing import Literal

from .base import Document, FrozenMap, Value
from .reference import Confidence
from .scalars import Count, Day, Flag, Point, Slug, Text


class Agency(Value):
    name: Text
    point: Point
    role: Text | None = None
    requested: Flag = False
    open_group: Flag = False


class Commune(Value):
    kind: Literal["xã", "phường", "đặc khu"]
    name: Text
    slug: Slug
    formed_from: tuple[Text, ...] = ()
    confidence: Confidence
    checked: Day


class Province(Value):
    code: Text
    name: Text


class Units(Document):
    checked: Day
    province: Province
    notes: tuple[Text, ...] = ()
    agencies: FrozenMap[Slug, Agency]
    communes: FrozenMap[Text, Commune]


class Audience(Value):
    title: Text
    gets: Text
    effort: Text | None = None
    picture: Slug | None = None
    door: Count | None = None
    opens: Text | None = None
    """The address behind the door, such as `/ho-tro/`; left out: the audience's own course or campaign."""
    level: Literal["province", "commune"] | None = None
