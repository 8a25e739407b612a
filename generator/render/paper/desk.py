"""What every sheet is made with: the programme, its prose, the edition, the site's address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...programme.model.campaign import Campaign
from ...programme.model.contact import Contact
from ...programme.model.programme import Programme
from ...programme.model.review import Review
from ..prose import Prose
from ..sheet import Edition, Kind, Sheet
from ..templating import day, render
from ..typography import bind, css_string
from .address import full_address
from .contact import published
from .lesson import LessonOnPaper
from .picture import EmbeddedPicture, drawn

MONO = "-den-trang"


@dataclass(frozen=True, kw_only=True)
class PaperContext:
    """One edition of everything."""

    programme: Programme
    prose: Prose
    site_url: str
    edition: Edition
    lessons: Mapping[str, LessonOnPaper]

    def address(self, path: str) -> str:
        return full_address(self.site_url, path)

    def picture(self, id: str | None) -> EmbeddedPicture | None:
        return drawn(self.programme, id, self.edition)

    def contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        return published(self.programme, ids)

    def audiences(self, campaign: Campaign) -> str:
        titles = [self.programme.audiences[id].title for id in campaign.audiences]
        return ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])])

    def sheet(
        self,
        template: str,
        *,
        id: str,
        kind: Kind,
        title: str,
        audience: str,
        subject: str,
        review: Review,
        layout: dict[str, Any],
        **values: object,
    ) -> Sheet:
        """The sheet that the template makes of the values."""
        charter = self.programme.charter
        owner, dated = review.imprint(charter.owner), review.content_date(charter.as_of)
        html = render(
            f"paper/{template}",
            edition=self.edition,
            title=title,
            audience=audience,
            owner=owner,
            dated=dated,
            dated_words=f"bản ngày {day(dated)}" if review.is_draft else day(dated),
            is_draft=review.is_draft,
            css=css_string,
            **values,
        )
        return Sheet(
            id=id + (MONO if self.edition == "mono" else ""),
            kind=kind,
            title=title,
            audience=audience,
            author=owner,
            subject=subject,
            dated=dated,
            edition=self.edition,
            html=bind(html),
            **layout,
        )
