"""The pages of campaigns, and their list."""

from __future__ import annotations

from ...programme import urls
from ...programme.model.campaign import Campaign
from ..templates import render
from .context import SiteContext, SitePage


def campaign_page(context: SiteContext, campaign: Campaign) -> SitePage:
    page = urls.campaign(campaign.id)
    talk = campaign.talk.steps if campaign.talk else ()
    said = [*(post.text for post in campaign.posts.values()), *(step.text for step in talk)]
    body = render(
        "site/campaign.md.j2",
        context=context,
        page=page,
        campaign=campaign,
        addresses=urls,
        audiences=[context.programme.audiences[id].title for id in campaign.audiences],
        contacts=[(id, context.contact(id)) for id in campaign.contacts],
        picture=context.picture(campaign.picture, page),
        post_pictures={id: context.picture(post.picture, page) for id, post in campaign.posts.items()},
        downloads=context.downloads_of(campaign.id),
        cited=context.cited(*(evidence.source for evidence in campaign.evidence), *said),
    )
    return SitePage(
        address=page,
        title=campaign.title,
        description=context.prose.plain(campaign.summary),
        body=body,
        meta={"kind": "campaign", "hide": ["navigation", "toc"], **context.readers(campaign)},
    )


def campaigns_page(context: SiteContext) -> SitePage:
    page = urls.CAMPAIGNS
    body = render("site/campaigns.md.j2", context=context, page=page, addresses=urls)
    return SitePage(
        address=page,
        title="Truyền thông",
        description="Các chiến dịch có sẵn tờ gấp, áp phích để in và treo.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )
