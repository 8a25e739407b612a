"""The page of a campaign and the list of campaigns."""

from __future__ import annotations

from ...programme import addresses
from ...programme.model.campaign import Campaign
from ..templating import render
from .desk import SiteContext
from .page import SitePage


def campaign_page(desk: SiteContext, campaign: Campaign) -> SitePage:
    page = addresses.campaign(campaign.id)
    body = render(
        "site/campaign.md.j2",
        desk=desk,
        page=page,
        campaign=campaign,
        addresses=addresses,
        audiences=[desk.programme.audiences[id].title for id in campaign.audiences],
        contacts=[(id, desk.contact(id)) for id in campaign.contacts],
        picture=desk.picture(campaign.picture, page),
        downloads=desk.downloads_of(campaign.id),
        cited=desk.cited(*(evidence.source for evidence in campaign.evidence)),
    )
    return SitePage(
        address=page,
        title=campaign.title,
        description=desk.prose.plain(campaign.summary),
        body=body,
        meta={"kind": "campaign", "hide": ["navigation", "toc"]},
    )


def campaigns_page(desk: SiteContext) -> SitePage:
    page = addresses.CAMPAIGNS
    body = render("site/campaigns.md.j2", desk=desk, page=page, addresses=addresses)
    return SitePage(
        address=page,
        title="Truyền thông",
        description="Các chiến dịch có sẵn tờ gấp, áp phích để in và treo.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )
