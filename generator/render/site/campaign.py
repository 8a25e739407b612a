"""The pages of campaigns, and their list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from ...programme import urls
from ...programme.model.campaign import Campaign, Leaflet, Panel
from ...programme.model.registers import Audience
from ...programme.vietnamese import slug
from ..text.site import SiteText
from ..text.tree import words_of, written
from .context import SiteContext, SitePage, drawn_content

#: Of the contacts that can be called or gone to, how many are buttons beside the message.
TURNED_TO_FIRST = 2


def pages(context: SiteContext) -> Iterator[SitePage]:
    yield campaigns_page(context)
    for campaign in context.programme.campaigns.values():
        yield campaign_page(context, campaign)


@dataclass(frozen=True, kw_only=True)
class PanelOnPage:
    """A panel of a leaflet as a section; it has `anchor` and `readers` where what is theirs begins."""

    id: str
    title: str
    lines: tuple[str, ...]
    text: Markup
    picture: dict[str, str] | None
    anchor: str = ""
    readers: str = ""


def campaign_page(context: SiteContext, campaign: Campaign) -> SitePage:
    page = urls.campaign(campaign.id)
    audiences = [context.programme.audiences[id] for id in campaign.audiences]
    leaflets = tuple(campaign.leaflets.values())
    contacts = [(id, context.contact(id)) for id in campaign.contacts]
    reached = [(id, contact) for id, contact in contacts if context.telephone(contact) or contact.is_place]
    reading = partial(context.prose.html, page=page, source=campaign.source)
    panels = [panel for leaflet in leaflets for panel in _panels(context, campaign, leaflet, reading)]
    content = drawn_content(
        "site/campaign.html.j2",
        context=context,
        page=page,
        campaign=campaign,
        addresses=urls,
        anchor=slug,
        audiences=[audience.title for audience in audiences],
        readers=[panel for panel in panels if panel.anchor],
        leaflets=leaflets,
        panels=panels,
        contacts=contacts,
        turned_to=reached[:TURNED_TO_FIRST],
        reading=reading,
        picture=context.picture(_cover_picture(campaign), page),
        read_also=[context.programme.campaigns[id] for id in campaign.read_also],
        post_pictures={id: context.picture(post.picture, page) for id, post in campaign.posts.items()},
        downloads=context.downloads_of(campaign.id),
        cited=context.cited(*_citing(campaign)),
    )
    return SitePage(
        address=page,
        title=campaign.title,
        description=context.prose.plain(campaign.summary),
        content=content,
        meta={"kind": "campaign", "hide": ["navigation", "toc"], **context.readers(campaign)},
    )


def _cover_picture(campaign: Campaign) -> str | None:
    fronts = (leaflet.panels.front.picture for leaflet in campaign.leaflets.values())
    return next(filter(None, fronts), campaign.picture)


def _panels(
    context: SiteContext, campaign: Campaign, leaflet: Leaflet, reading: Callable[[str | None], Markup]
) -> Iterator[PanelOnPage]:
    """Yields what a leaflet says between its front and its back, in the order in which it is read."""
    page = urls.campaign(campaign.id)
    named: set[str] = set()
    for number, panel in enumerate(leaflet.panels.as_read, 1):
        for_whom = _first_of_their_own(context, campaign, panel, is_first=number == 1)
        called = for_whom.called if for_whom and for_whom.called not in named else None
        named.add(called or "")
        yield PanelOnPage(
            id=slug(panel.title or "") or f"mat-{number}",
            title=panel.title or "",
            lines=panel.by_hand,
            text=_with_said(context, panel.text, page, campaign.source),
            picture=context.picture(panel.picture, page),
            anchor=slug(called or ""),
            readers=called or "",
        )


def _with_said(context: SiteContext, text: str | None, page: str, source: str) -> Markup:
    """Returns the HTML of a panel with a class on each paragraph that is nothing but words to say."""
    if not text:
        return Markup()
    root = SiteText(context.programme, page, source).tree(text)
    for paragraph in root.iter("p"):
        words = words_of(paragraph).strip()
        is_strong = len(paragraph) == 1 and paragraph[0].tag == "strong" and not len(paragraph[0])
        if is_strong and words == words_of(paragraph[0]) and words[:1] == "“" and words[-1:] == "”":
            paragraph.set("class", "said")
    return written(root)


def _first_of_their_own(
    context: SiteContext, campaign: Campaign, panel: Panel, *, is_first: bool
) -> Audience | None:
    """Returns the readers whom a panel is for alone; where a campaign has one audience, it is all theirs."""
    ids = panel.audiences or (campaign.audiences if is_first else ())
    return context.programme.audiences[ids[0]] if len(ids) == 1 else None


def _citing(campaign: Campaign) -> Iterator[str]:
    """Yields every text of the page that may cite, as it is read."""
    for leaflet in campaign.leaflets.values():
        panels = leaflet.panels
        yield from (panel.text or "" for panel in (panels.front, *panels.as_read, panels.back))
    yield from (evidence.source for evidence in campaign.evidence)
    yield from (post.text for post in campaign.posts.values())
    yield from (step.text for step in (campaign.talk.steps if campaign.talk else ()))


#: The order of campaigns on their list, by the ages of their readers.
AGES = ("all", "minors", "adults")


def campaigns_page(context: SiteContext) -> SitePage:
    page = urls.CAMPAIGNS
    content = drawn_content(
        "site/campaigns.html.j2",
        context=context,
        page=page,
        addresses=urls,
        campaigns=_by_readers(context),
        all_drafts=all(each.review.is_draft for each in context.programme.campaigns.values()),
    )
    return SitePage(
        address=page,
        title="Truyền thông",
        description="Các chiến dịch có sẵn tờ gấp, áp phích để in và treo.",
        content=content,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )


def _by_readers(context: SiteContext) -> list[Campaign]:
    """Returns all campaigns: for everybody, then for the young from their earliest age, then for adults."""
    audiences = list(context.programme.audiences)
    return sorted(
        context.programme.campaigns.values(),
        key=lambda each: (
            AGES.index(str(context.readers(each)["ages"])),
            min(audiences.index(id) for id in each.audiences),
        ),
    )
