"""What units and the office enter: communication activities, issued plans, and figures.

Nobody's name is asked.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import NotAllowed, people
from ...records.access.accounts import all_accounts
from ...records.audit_trail import last_audited
from ...records.staff_entries import (
    CommunicationActivity,
    EnteredFigure,
    IssuedPlan,
    document_number,
    enter,
    entry_by_id,
    listed,
    withdraw,
)
from ...records.staff_entries import (
    figures as entered,
)
from ...render.templates import day
from ...targets import Period, audience_titles, group_title, material_titles
from ..dependencies import Of, Posted, Service, StaffMember, field, staff
from ..http import urls
from ..http.dates import period_choices
from .base import (
    event_id,
    new_form_id,
    province_staff,
    redirect_done,
    require_unit,
    router,
    scope,
    today,
    written_by,
)
from .forms import FormReader

activity_routes = router()
ACTIVITIES = f"{urls.STAFF}truyen-thong/"
ActivityEditor = Annotated[StaffMember, Depends(staff("activity.enter"))]
PLACES = (
    "nhà văn hóa",
    "trường học",
    "chợ phiên",
    "trụ sở xã, phường",
    "cơ sở kinh doanh dịch vụ",
    "loa truyền thanh",
    "mạng xã hội",
    "nơi khác",
)
#: Nothing was given out.
NO_MATERIAL = "none"
OTHER_MATERIAL = "Tài liệu khác"


@activity_routes.get(ACTIVITIES)
async def list_activities(request: Request, service: Of, member: ActivityEditor) -> Response:
    return await _activity_list(request, service, member)


async def _activity_list(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader | None = None,
    withdrawing: str = "",
) -> Response:
    """`withdrawing` is the activity whose withdrawal lacks its reason."""

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        withdrawn = listed(within, CommunicationActivity, units=units.reach, withdrawn=True)[::-1][:100]
        return {
            "scope": units,
            "activities": listed(within, CommunicationActivity, units=units.reach)[::-1][:100],
            "withdrawn": withdrawn,
            "withdrawals": last_audited(
                within, "activity.withdrawn", [activity.id for activity in withdrawn]
            ),
            "names": {account.id: account.name for account in all_accounts(within)},
        }

    values = await service.read(looking)
    given = {"unit": member.account.unit, "held_on": day(today(service)), "material": NO_MATERIAL}
    audiences = audience_titles(service.programme)
    materials = material_titles(service.programme, OTHER_MATERIAL)
    return service.pages.page(
        request,
        "staff/activities",
        status=422 if reading else 200,
        places=tuple((place, place) for place in PLACES),
        audiences=tuple(audiences.items()),
        materials=((NO_MATERIAL, "Không dùng tài liệu"), *materials.items()),
        audience_of=lambda activity: group_title(activity.audience, audiences),
        material_of=lambda activity: group_title(activity.material, materials) if activity.material else "",
        given=reading.given if reading and not withdrawing else given,
        problems=reading.problems if reading else {},
        regular=service.programme.charter.regular,
        waits_for=service.programme.regular_waits_for,
        withdrawing=withdrawing,
        once=new_form_id(),
        **values,
    )


@activity_routes.post(ACTIVITIES)
async def enter_one_activity(request: Request, service: Of, member: ActivityEditor, form: Posted) -> Response:
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    held_on = reading.day("held_on", "Ghi ngày diễn ra.", until=today(service))
    place = reading.choice("place", PLACES, "Chọn loại địa điểm.")
    audience = reading.choice("audience", audience_titles(service.programme), "Chọn nhóm người nghe.")
    headcount = reading.number("headcount", "Ghi số lượt người, bằng số.", most=1_000_000)
    materials = (NO_MATERIAL, *material_titles(service.programme, OTHER_MATERIAL))
    material = reading.choice("material", materials, "Chọn tài liệu đã dùng.")
    if reading.problems:
        return await _activity_list(request, service, member, reading)
    cause = written_by(member.account, "ghi hoạt động truyền thông")
    values = (unit, str(held_on), place, audience, str(headcount), material)
    id = event_id(reading.text("once"), "activity", *values)

    def writing(within: Connection) -> None:
        enter(
            within,
            CommunicationActivity,
            unit=unit,
            held_on=held_on,
            place_kind=place,
            audience=audience,
            headcount=headcount,
            material=None if material == NO_MATERIAL else material,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )

    await service.write(writing)
    return redirect_done(service, ACTIVITIES, "hoat-dong")


@activity_routes.post(f"{ACTIVITIES}{{id}}/huy/")
async def withdraw_one_activity(
    request: Request, service: Of, member: ActivityEditor, form: Posted, id: str
) -> Response:
    """Takes an activity back; it stays to be seen, struck out, and counts nowhere."""
    reading = FormReader(form)
    reason = reading.text("reason", "Ghi lý do hủy ghi nhận.")

    def looking(within: Connection) -> bool:
        row = entry_by_id(within, CommunicationActivity, id)
        require_unit(within, member.account, row.unit)
        return row.withdrawn_at is not None

    is_withdrawn = await service.read(looking)
    if reading.problems and not is_withdrawn:
        return await _activity_list(request, service, member, reading, id)
    cause = written_by(member.account, reason or "hủy ghi nhận hoạt động truyền thông")

    def writing(within: Connection) -> None:
        if not looking(within):
            withdraw(within, CommunicationActivity, id, by=cause, now=service.now())

    await service.write(writing)
    return redirect_done(service, ACTIVITIES, "huy-hoat-dong")


plan_routes = router()
PLANS = f"{urls.STAFF}ke-hoach/"
PlanEditor = Annotated[StaffMember, Depends(staff("plan.enter"))]
WRONG_NUMBER = "Ghi số và ký hiệu như trên văn bản, ví dụ: 12/KH-UBND."
WRONG_YEAR = "Ghi năm bằng bốn chữ số, từ {first} đến {last}."
#: From the province's plan, and how far ahead of today.
FIRST_YEAR, AHEAD = 2026, 5
PLAN_TWICE = "Kế hoạch số này của đơn vị đã có trong sổ."


@plan_routes.get(PLANS)
async def list_plans(request: Request, service: Of, member: PlanEditor) -> Response:
    return await _plan_list(request, service, member)


async def _plan_list(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader | None = None,
    withdrawing: str = "",
) -> Response:
    """`withdrawing` is the plan whose withdrawal lacks its reason."""
    year = today(service).year

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        standing = listed(within, IssuedPlan, units=units.reach)
        withdrawn = listed(within, IssuedPlan, units=units.reach, withdrawn=True)
        existing = people.units_by_id(within, on=today(service))
        communes = [unit for unit in units.units if unit.level == "commune" and unit.id in existing]
        issuers = {plan.unit for plan in standing if plan.is_for(year)}
        return {
            "scope": units,
            # The province's plan is the one that the others follow, so it is not what is offered first.
            "own": "" if units.has_province else member.account.unit,
            "plans": standing[::-1],
            "withdrawn": withdrawn[::-1],
            "withdrawals": last_audited(within, "plan.withdrawn", [plan.id for plan in withdrawn]),
            "names": {account.id: account.name for account in all_accounts(within)},
            "communes": communes,
            "without": [commune for commune in communes if commune.id not in issuers],
        }

    values = await service.read(looking)
    given = {"unit": values.pop("own"), "first_year": str(year)}
    return service.pages.page(
        request,
        "staff/plans",
        status=422 if reading else 200,
        year=year,
        given=reading.given if reading and not withdrawing else given,
        problems=reading.problems if reading else {},
        withdrawing=withdrawing,
        once=new_form_id(),
        **values,
    )


@plan_routes.post(PLANS)
async def enter_one_plan(request: Request, service: Of, member: PlanEditor, form: Posted) -> Response:
    reading, day = FormReader(form), today(service)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    number = document_number(field(form, "number"))
    issued_on = reading.day("issued_on", "Ghi ngày ban hành.", until=day)
    span = {"least": FIRST_YEAR, "most": day.year + AHEAD}
    wrong = WRONG_YEAR.format(first=FIRST_YEAR, last=day.year + AHEAD)
    first = reading.number("first_year", wrong, **span)
    last = reading.number("last_year", wrong, **span) if field(form, "last_year") else first
    if last < first and not {"first_year", "last_year"} & set(reading.problems):
        reading.problems["last_year"] = "Năm cuối không thể trước năm đầu."
    if number is None:
        reading.problems["number"] = WRONG_NUMBER
    cause = written_by(member.account, f"ghi kế hoạch số {number}")
    values = (unit, number or "", str(issued_on), str(first), str(last))
    id = event_id(reading.text("once"), "plan", *values)

    def writing(within: Connection) -> None:
        enter(
            within,
            IssuedPlan,
            unit=unit,
            number=number or "",
            issued_on=issued_on,
            first_year=first,
            last_year=last,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )

    if not reading.problems:
        try:
            await service.write(writing)
        except NotAllowed:
            reading.problems["number"] = PLAN_TWICE
    if reading.problems:
        return await _plan_list(request, service, member, reading)
    return redirect_done(service, PLANS, "ke-hoach")


@plan_routes.post(f"{PLANS}{{id}}/huy/")
async def withdraw_one_plan(
    request: Request, service: Of, member: PlanEditor, form: Posted, id: str
) -> Response:
    """Takes a plan back; it stays to be seen, struck out."""
    reading = FormReader(form)
    reason = reading.text("reason", "Ghi lý do hủy ghi nhận.")

    def looking(within: Connection) -> None:
        require_unit(within, member.account, entry_by_id(within, IssuedPlan, id).unit)

    await service.read(looking)
    if reading.problems:
        return await _plan_list(request, service, member, reading, id)
    cause = written_by(member.account, reason)

    def writing(within: Connection) -> None:
        looking(within)
        withdraw(within, IssuedPlan, id, by=cause, now=service.now())

    await service.write(writing)
    return redirect_done(service, PLANS, "huy-ke-hoach")


figure_routes = router()
FIGURES = f"{urls.STAFF}so-lieu/"
FigureEditor = Annotated[StaffMember, Depends(province_staff("figure.enter"))]
#: What the records measure themselves.
MEASURED_HERE = frozenset({"training", "communication"})


def reported_targets(service: Service) -> dict[str, str]:
    """The targets that the office is asked about, by id."""
    targets = service.programme.charter.targets.items()
    return {id: target.title for id, target in targets if target.measure not in MEASURED_HERE}


@figure_routes.get(FIGURES)
async def figures_page(request: Request, service: Of, member: FigureEditor, ky: str = "") -> Response:
    return await _figures_page(request, service, ky)


async def _figures_page(
    request: Request, service: Service, period: str, reading: FormReader | None = None
) -> Response:
    shown = period if Period.is_id(period) else Period.of_day(today(service)).id
    figures = await service.read(lambda within: entered(within, shown))
    targets = service.programme.charter.targets
    return service.pages.page(
        request,
        "staff/figures",
        status=422 if reading else 200,
        period=shown,
        periods=period_choices(today(service)),
        targets={id: targets[id] for id in reported_targets(service)},
        entered=figures,
        given=reading.given if reading else {},
        problems=reading.problems if reading else {},
        once=new_form_id(),
    )


@figure_routes.post(FIGURES)
async def enter_one_figure(request: Request, service: Of, member: FigureEditor, form: Posted) -> Response:
    """A later figure of a target and period stands in for an earlier one, which stays on record."""
    reading = FormReader(form)
    target = reading.choice("target", reported_targets(service), "Chọn chỉ tiêu.")
    period = reading.choice("period", [id for id, _ in period_choices(today(service))], "Chọn kỳ.")
    numerator = reading.number("numerator", "Ghi số đã thực hiện.")
    denominator = reading.number("denominator", "Ghi tổng số.")
    source = reading.text("source", "Ghi nguồn số liệu: số văn bản hoặc sổ theo dõi, ngày chốt.")
    if not reading.problems.keys() & {"numerator", "denominator"} and numerator > denominator:
        reading.problems["numerator"] = "Số đã thực hiện không thể lớn hơn tổng số."
    if reading.problems:
        return await _figures_page(request, service, period, reading)
    cause = written_by(member.account, f"theo {source}")
    id = event_id(reading.text("once"), "figure", target, period, str(numerator), str(denominator), source)
    await service.write(
        lambda within: enter(
            within,
            EnteredFigure,
            target=target,
            period=period,
            numerator=numerator,
            denominator=denominator,
            source=source,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )
    )
    return redirect_done(service, f"{FIGURES}?ky={period}", "so-lieu")
