"""Pages apart from the courses': home, plan, campaigns, law, glossary, help, downloads, and those by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from ...programme import urls
from ...programme.model import registers
from ...programme.model.campaign import MATERIAL_KINDS, Campaign
from ...programme.model.plan import DECISIONS, Duty
from ...programme.model.programme import HandPage, Serving
from ...programme.model.registers import Reference
from ...programme.vietnamese import alphabetical, unaccented
from ..printable import DUPLEX_WORDS, KIND_WORDS
from ..templates import render
from .context import SiteContext, SitePage


def home_page(context: SiteContext) -> SitePage:
    page = urls.HOME
    audiences = [
        (id, audience) for id, audience in context.programme.audiences.items() if audience.home_position
    ]
    cards = [
        {
            "audience": audience,
            "picture": context.picture(audience.picture, page),
            "href": context.link(
                audience.opens.lstrip("/") if audience.opens else _audience_address(context, id), page
            ),
        }
        for id, audience in sorted(audiences, key=lambda pair: pair[1].home_position or 0)
    ]
    body = render(
        "site/home.md.j2",
        context=context,
        page=page,
        charter=context.programme.charter,
        cards=cards,
        help_href=context.link(urls.HELP, page),
        addresses=urls,
        hero=context.picture(context.programme.charter.picture, page),
        start=_start_address(context),
        targets=[t for t in context.programme.charter.targets.values() if t.measure == "training"],
    )
    return SitePage(
        address=page,
        title=context.programme.charter.short_title,
        description=context.programme.charter.title,
        body=body,
        meta={"kind": "home", "hide": ["navigation", "toc"]},
    )


def _start_address(context: SiteContext) -> str:
    """Returns where learning begins: the only course, the list where there are several, or "" without any."""
    courses = tuple(context.programme.courses)
    if not courses:
        return ""
    return urls.course(courses[0]) if len(courses) == 1 else urls.COURSES


def _audience_address(context: SiteContext, audience: str) -> str:
    """Returns where an audience's card leads: its course, else its campaign, else the list of courses."""
    programme = context.programme
    for course in programme.courses.values():
        if course.audience == audience:
            return urls.course(course.id)
    for campaign in programme.campaigns.values():
        if audience in campaign.audiences:
            return urls.campaign(campaign.id)
    return urls.COURSES


def hand_page(context: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    body = render(
        "site/hand.md.j2",
        written=written,
        body=context.prose.page_markdown(written.body, page, written.source),
    )
    return SitePage(
        address=page,
        title=written.title,
        description=written.summary or "",
        body=body,
        meta={"kind": "page", "hide": ["navigation"]},
    )


Links = dict[str, list[tuple[str, str]]]


def plan_page(context: SiteContext) -> SitePage:
    page = urls.PLAN
    charter = context.programme.charter
    body = render(
        "site/plan.md.j2",
        context=context,
        page=page,
        charter=charter,
        plan=charter.plan,
        reference=context.programme.register.documents[charter.plan.reference],
        agencies=context.programme.units.agencies,
        anchor=urls.point_anchor,
        decisions=DECISIONS,
        asked=[item for item in context.programme.decisions.items() if item[1].is_open],
        answered=[item for item in context.programme.decisions.items() if not item[1].is_open],
        leaders=_units_by_point(context, "leads"),
        supporters=_units_by_point(context, "supports"),
        serving=_material_by_point(context, page),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Kế hoạch của tỉnh",
        description=charter.title,
        body=body,
        meta={"kind": "plan", "hide": ["navigation"]},
    )


def _units_by_point(context: SiteContext, key: str) -> dict[str, list[str]]:
    """Returns names of units by the task point that they lead or support."""
    unit_names: dict[str, list[str]] = defaultdict(list)
    for duty in context.programme.charter.plan.duties:
        for point in _points(duty, key):
            unit_names[point].append(context.programme.units.agencies[duty.unit].name)
    return unit_names


def _points(duty: Duty, key: str) -> tuple[str, ...]:
    return duty.leads if key == "leads" else duty.supports


def _material_by_point(context: SiteContext, page: str) -> Links:
    """Returns courses, campaigns, blank forms, lesson plans and lessons by the task point that they serve."""
    material: Links = defaultdict(list)
    programme = context.programme
    groups: tuple[tuple[Iterable[Serving], str, Callable[[str], str]], ...] = (
        (programme.courses.values(), "", urls.course),
        (programme.campaigns.values(), "", urls.campaign),
        (programme.forms.values(), "Tờ mẫu: ", urls.form),
        (programme.lesson_plans.values(), "Giáo án: ", urls.lesson_plan),
    )
    for documents, kind, address in groups:
        for document in documents:
            for point in document.serves:
                material[point].append((kind + document.title, context.link(address(document.id), page)))
    for lesson in programme.lessons.values():
        whole_course = {point for course in programme.courses_with(lesson) for point in course.serves}
        for point in lesson.serves:
            if point not in whole_course:
                material[point].append((lesson.title, context.link(urls.lesson(lesson.id), page)))
    return material


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


#: The groups of the list, in order: those in force come first.
REGISTER_GROUPS = (
    ("Đang có hiệu lực", {"in-force", "amended", "partly-in-force"}),
    ("Chưa kiểm tra được", {"unverified"}),
    ("Văn bản cũ, giữ để tra cứu", {"replaced", "expired"}),
)


def reference_page(context: SiteContext, id: str, reference: Reference) -> SitePage:
    page = urls.reference(id)
    documents = context.programme.register.documents
    successor = documents.get(reference.replaced_by or "")
    body = render(
        "site/reference.md.j2",
        context=context,
        page=page,
        id=id,
        reference=reference,
        successor=successor,
        successor_id=reference.replaced_by,
        is_plan=reference.divided_by == "points",
        issued=reference.issued if isinstance(reference.issued, (date, str)) else "",
        status=context.status(reference),
        locator_words=registers.locator_words,
        confidence_words=registers.CONFIDENCE_WORDS,
        addresses=urls,
        register=context.programme.register,
        confirmed_by=context.programme.units.agencies[context.programme.charter.law_confirmed_by].name,
        lessons=[context.programme.lessons[lesson_id] for lesson_id in context.lessons_citing.get(id, [])],
    )
    return SitePage(
        address=page,
        title=f"{reference.short}",
        description=f"{reference.number}: {reference.title}",
        body=body,
        meta={"kind": "reference"},
    )


def register_page(context: SiteContext) -> SitePage:
    page = urls.LAW
    documents = context.programme.register.documents
    grouped: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for id, reference in documents.items():
        title = next(title for title, statuses in REGISTER_GROUPS if reference.status in statuses)
        grouped[title].append((id, reference))
    body = render(
        "site/register.md.j2",
        context=context,
        page=page,
        doubt_words=registers.doubt_words,
        groups=[(title, grouped[title]) for title, _ in REGISTER_GROUPS if grouped[title]],
        addresses=urls,
        register=context.programme.register,
        confirmed_by=context.programme.units.agencies[context.programme.charter.law_confirmed_by].name,
    )
    return SitePage(
        address=page,
        title="Văn bản pháp luật",
        description="Các văn bản được dẫn trong tài liệu, tình trạng hiệu lực và ngày kiểm tra.",
        body=body,
        meta={"kind": "register", "hide": ["navigation"]},
    )


def glossary_page(context: SiteContext) -> SitePage:
    page = urls.GLOSSARY
    entries = sorted(context.programme.terms.glossary.items(), key=lambda pair: alphabetical(pair[1].term))
    groups = [
        (letter, list(members))
        for letter, members in groupby(entries, key=lambda pair: unaccented(pair[1].term)[0].upper())
    ]
    body = render(
        "site/glossary.md.j2",
        context=context,
        page=page,
        groups=groups,
        preferred=context.programme.terms.preferred.values(),
    )
    return SitePage(
        address=page,
        title="Thuật ngữ",
        description="Các từ ngữ dùng trong tài liệu, được giải thích bằng lời dễ hiểu.",
        body=body,
        meta={"kind": "glossary", "hide": ["navigation"]},
    )


def help_page(context: SiteContext) -> SitePage:
    page = urls.HELP
    contacts = [
        (id, contact) for id, contact in context.programme.contacts.contacts.items() if contact.is_offered
    ]
    body = render(
        "site/help.md.j2",
        context=context,
        page=page,
        urgent=[pair for pair in contacts if pair[1].urgent],
        others=[pair for pair in contacts if not pair[1].urgent],
        local=[slot for slot in context.programme.contacts.local.values() if slot.is_filled],
        communes=_local_numbers(context),
        exit_url=context.programme.charter.exit_url,
    )
    return SitePage(
        address=page,
        title="Nơi giúp đỡ",
        description="Số điện thoại để gọi và nơi để đến.",
        body=body,
        meta={"kind": "help", "hide": ["navigation", "toc"], "exit": context.programme.charter.exit_url},
    )


def _local_numbers(context: SiteContext) -> list[tuple[str, list[str]]]:
    """Returns the local numbers by commune; one that nobody has confirmed is never shown."""
    communes = []
    for code, slots in context.programme.contacts.local_by_commune.items():
        numbers = [f"{slot.name}: {slot.number}" for slot in slots.values() if slot.is_filled]
        if numbers:
            communes.append((context.programme.units.communes[code].name, numbers))
    return communes


def downloads_page(context: SiteContext) -> SitePage:
    page = urls.DOWNLOADS
    courses = context.programme.courses.values()
    order = {id: place for place, id in enumerate(id for course in courses for id in course.lesson_ids)}
    for flow in context.programme.flows.values():
        shown_by = [order.get(lesson.id, 0) for lesson in context.programme.lessons_with(flow)]
        order[flow.subject] = min(shown_by, default=0)
    groups = [
        (kind, KIND_WORDS[kind], sorted(members, key=lambda download: order.get(download.subject, 0)))
        for kind, members in groupby(context.downloads, key=lambda download: download.kind)
    ]
    body = render(
        "site/downloads.md.j2",
        context=context,
        page=page,
        groups=groups,
        printing=_printing((kind, {member.duplex for member in members}) for kind, _, members in groups),
        has_drafts=_has_drafts(context),
    )
    return SitePage(
        address=page,
        title="Tài liệu in",
        description="Mọi bản in của chương trình, kèm cách in từng loại.",
        body=body,
        meta={"kind": "downloads", "hide": ["navigation", "toc"]},
    )


#: Said of a kind whose sheets lie in more than one way.
EACH_ITS_OWN_WAY = "Khổ giấy và số mặt ghi ở từng tờ"


def _printing(duplexes: Iterable[tuple[str, set[str]]]) -> list[tuple[list[str], str, str]]:
    """Returns each way to print with the kinds that are printed so, and what is done with them afterwards."""
    ways: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, of_members in duplexes:
        after = MATERIAL_KINDS[kind].after_printing if kind in MATERIAL_KINDS else ""
        way = DUPLEX_WORDS[min(of_members)] if len(of_members) == 1 else EACH_ITS_OWN_WAY
        ways[way, after].append(KIND_WORDS[kind])
    return [(kinds, *way) for way, kinds in ways.items()]


def _has_drafts(context: SiteContext) -> bool:
    return any(document.review.is_draft for document in context.programme.serving)
