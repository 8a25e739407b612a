"""The page of the province's plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ...programme import urls
from ...programme.agency_tasks import AgencyShare, agency_shares, planned_tasks
from ...programme.model.plan import DECISIONS, Charter, Decision
from ...programme.model.programme import Programme
from ..printable import Download
from .context import SiteContext, SitePage, drawn_content


def plan_page(context: SiteContext) -> SitePage:
    page, programme = urls.PLAN, context.programme
    charter, shares = programme.charter, agency_shares(programme)
    decisions = programme.decisions.items()
    content = drawn_content(
        "site/plan.html.j2",
        context=context,
        page=page,
        charter=charter,
        plan=charter.plan,
        agencies=programme.units.agencies,
        anchor=urls.point_anchor,
        decisions=DECISIONS,
        asked=[item for item in decisions if item[1].is_open],
        answered=[item for item in decisions if not item[1].is_open],
        waiting_for=_waiting_for(programme, (decision for _, decision in decisions if decision.is_open)),
        undecided=sum(_is_undecided(programme, id) for id in charter.targets),
        tasks=planned_tasks(programme),
        years=_years(charter),
        says_when=" ".join(_says_when(charter)),
        share_groups=[(title, members) for title, members in _share_groups(shares) if members],
        sheets=_sheets(context, shares),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Kế hoạch của tỉnh",
        description=charter.title,
        content=content,
        meta={"kind": "plan", "hide": ["navigation", "toc"]},
    )


def _years(charter: Charter) -> range:
    last = max((target.year for target in charter.targets.values()), default=charter.plan.first_year)
    return range(charter.plan.first_year, last + 1)


REPORT_WORDS = {"half-year": "06 tháng", "year": "hằng năm"}


def _says_when(charter: Charter) -> Iterator[str]:
    """Yields how many targets are for each year and how many for the end, and how often reports are due."""
    yearly = sum(target.every == "year" for target in charter.targets.values())
    ends = Counter(target.year for target in charter.targets.values() if target.every != "year")
    counts = [f"{yearly} chỉ tiêu hằng năm"] if yearly else []
    counts += [f"{count} chỉ tiêu đến năm {year}" for year, count in sorted(ends.items())]
    if counts:
        yield ", ".join(counts) + "."
    if charter.plan.reports:
        yield f"Báo cáo {' và '.join(REPORT_WORDS[kind] for kind in charter.plan.reports)}."


def _is_undecided(programme: Programme, target: str) -> bool:
    return any(decision.is_open for decision in programme.assumed(target).values())


def _waiting_for(programme: Programme, asked: Iterable[Decision]) -> Mapping[str, int]:
    """Returns how many open questions each agency has to answer, most first."""
    counts = Counter(name for decision in asked for name in programme.deciders(decision))
    return dict(counts.most_common())


def _share_groups(shares: Iterable[AgencyShare]) -> Iterator[tuple[str, list[AgencyShare]]]:
    """Yields the agencies of each kind: communes, the province's own, and those that are only asked."""
    shares = tuple(shares)
    yield "Xã, phường", [share for share in shares if share.agency.communes]
    own = [share for share in shares if not share.agency.communes]
    yield "Cơ quan cấp tỉnh", [share for share in own if not share.is_requested]
    yield "Cơ quan được đề nghị", [share for share in own if share.is_requested]


def _sheets(context: SiteContext, shares: Iterable[AgencyShare]) -> Mapping[str, tuple[Download, ...]]:
    """Returns the printed sheets of each agency, mono before colour; none before they are printed."""
    return {share.id: sheets for share in shares if (sheets := context.downloads_of(share.subject))}
