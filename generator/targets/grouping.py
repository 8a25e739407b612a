"""What activities are grouped by: audiences and materials of the programme, by id.

Before they were chosen from a list they were typed: a text that is a title counts under its id, any other
stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..programme.model.programme import Programme

#: A material that is not the programme's.
OTHER = "other"


def audiences(programme: Programme) -> Mapping[str, str]:
    """Titles by id."""
    return {id: one.title for id, one in programme.audiences.items()}


def materials(programme: Programme, other: str) -> Mapping[str, str]:
    """Titles by id: each campaign, its materials as `campaign/material`, and `other` by that title."""
    found: dict[str, str] = {}
    for id, campaign in programme.campaigns.items():
        found[id] = campaign.title
        found |= {f"{id}/{name}": one.title for name, one in campaign.materials.items()}
    return found | {OTHER: other}


def grouped(written: str, titles: Mapping[str, str]) -> str:
    """The id that something written stands for, or itself."""
    if written in titles:
        return written
    return next((id for id, title in titles.items() if _plain(title) == _plain(written)), written)


def titled(written: str, titles: Mapping[str, str]) -> str:
    """As it is shown: the title, or what was typed."""
    return titles.get(grouped(written, titles), written)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
