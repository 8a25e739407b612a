"""Campaigns (chiến dịch), with the materials that they are printed as."""

from __future__ import annotations

from .. import urls
from ..model.campaign import Campaign
from .base import DocumentKind, Pattern

KIND = DocumentKind(
    name="campaign",
    model=Campaign,
    folder="content/campaigns",
    words="chiến dịch",
    position=60,
    pattern=Pattern(
        about="chiến dịch, có tờ gấp và áp phích", id_words="MÃ_CHIẾN_DỊCH", example="nha-truong"
    ),
    address=lambda campaign: urls.campaign(campaign.id),
    index=urls.CAMPAIGNS,
    audiences=lambda _, campaign: campaign.audiences,
    is_handed_out=True,
)
