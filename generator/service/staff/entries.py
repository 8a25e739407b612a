"""Entries of units and of the office: communication activities, issued plans, and figures.

Each page lists entries of its kind, enters new ones and withdraws mistaken ones in the same way. Nobody's
name is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from fastapi import APIRouter, Depends
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
    PlannedClass,
    StaffEntry,
    enter,
    entry_by_id,
    figures,
    listed,
    withdraw,
)
from ...render.templates import day
from ...targets import Period, audience_titles, group_title, material_titles
from ..dependencies import Posted, Running, Service, StaffMember, staff
from ..http import urls
from .base import (
    UnitScope,
    course_options,
    course_titles,
    event_id,
    new_form_id,
    period_choices,
    province_staff,
    redirect_done,
    require_unit,
    router,
    scope,
    today,
    written_by,
)
from .forms import FormReader, StaffForm, message, staff_form

Values = dict[str, Any]


class EntryPage:
    """A page for a kind of entry; what differs from kind to kind is what a subclass says."""

    kind: ClassVar[type[StaffEntry]]
    template: ClassVar[str]
    path: ClassVar[str]
    #: What `redirect_done` says once an entry is entered; "huy-" before it, once one is withdrawn.
    done: ClassVar[str]
    can_withdraw: ClassVar[bool] = True
    #: The group of the first page that names it.
    group: ClassVar[str] = "reports"
    #: The most entries that are listed, the last ones; None for all.
    most: ClassVar[int | None] = None

    def __init__(self) -> None:
        self.words = staff_form(self.kind.name).words
        self.address = f"{urls.STAFF}{self.path}"
        self.operation = f"{self.kind.name}.enter"
        self.done_words = {self.done: self.words["done_entered"]}
        if self.can_withdraw:
            self.done_words[f"huy-{self.done}"] = self.words["done_withdrawn"]

    def permission(self) -> Callable[..., Awaitable[StaffMember]]:
        """Returns the dependency that lets in who may enter."""
        return staff(self.operation)

    def form(self, service: Service, units: UnitScope) -> StaffForm:
        """Returns the form with the options and limits that it has today."""
        return staff_form(self.kind.name).filled(unit={"options": units.options})

    def first_values(self, service: Service, units: UnitScope) -> Mapping[str, str]:
        """Returns what the form begins with."""
        return {}

    def since(self, service: Service) -> date | None:
        """Returns the day from which entries are listed; None for all."""
        return None

    def shown(
        self, service: Service, within: Connection, units: UnitScope, asked: Mapping[str, str]
    ) -> dict[str, object]:
        """Returns what the template takes beside the form; `asked` was typed, or stands in the address."""
        return {}

    def complete(self, reading: FormReader, values: Values) -> None:
        """Fills in what follows from other fields, and says what is wrong between them."""

    def columns(self, values: Values) -> Values:
        """Returns the columns of the entry by the values of the form."""
        return values

    def address_after(self, values: Values) -> str:
        """Returns where one goes once an entry is entered."""
        return self.address

    # --- the same for every kind --------------------------------------------------------------

    async def page(
        self,
        request: Request,
        service: Service,
        member: StaffMember,
        reading: FormReader | None = None,
        withdrawing: str = "",
    ) -> Response:
        """Shows the page; `withdrawing` is the entry whose withdrawal lacks its reason."""
        problems = reading.problems if reading else {}
        typed = reading.given if reading and not withdrawing else {}
        asked = {**request.query_params, **{k: text for k, text in typed.items() if k not in problems}}

        def looking(within: Connection) -> tuple[UnitScope, dict[str, object]]:
            units = scope(within, member.account)
            withdrawals = self._withdrawals(service, within, units) if self.can_withdraw else {}
            return units, {**withdrawals, **self.shown(service, within, units, asked)}

        units, values = await service.read(looking)
        return service.pages.page(
            request,
            self.template,
            status=422 if reading else 200,
            form=self.form(service, units),
            address=self.address,
            scope=units,
            given=typed if reading and not withdrawing else self.first_values(service, units),
            problems=problems,
            withdrawing=withdrawing,
            once=new_form_id(),
            done_words=self.done_words,
            **values,
        )

    def _withdrawals(self, service: Service, within: Connection, units: UnitScope) -> dict[str, object]:
        """Returns the entries that stand and those withdrawn, the last first, and who withdrew them."""
        since = self.since(service)
        standing, withdrawn = (
            listed(within, self.kind, since=since, units=units.reach, withdrawn=is_withdrawn, last=self.most)[
                ::-1
            ]
            for is_withdrawn in (False, True)
        )
        ids = [entry.id for entry in withdrawn]
        return {
            "standing": standing,
            "withdrawn": withdrawn,
            "withdrawals": last_audited(within, f"{self.kind.name}.withdrawn", ids),
            "names": {account.id: account.name for account in all_accounts(within)},
        }

    async def enter(
        self, request: Request, service: Service, member: StaffMember, reading: FormReader
    ) -> Response:
        """Enters what the form says, once however often it is sent."""
        units = await service.read(lambda within: scope(within, member.account))
        form = self.form(service, units)
        values = reading.read(form, today(service))
        self.complete(reading, values)
        if reading.problems:
            return await self.page(request, service, member, reading)
        cause = written_by(member.account, self.words["reason"].format(**values))
        id = event_id(reading.text("once"), self.kind.name, *map(str, values.values()))

        def writing(within: Connection) -> None:
            columns = self.columns(values)
            enter(within, self.kind, **columns, by=cause, now=service.now(), new_id=lambda: id)

        try:
            await service.write(writing)
        except NotAllowed:
            repeated = {name: field.repeated for name, field in form.fields.items() if field.repeated}
            if not repeated:
                raise
            reading.problems |= repeated
            return await self.page(request, service, member, reading)
        return redirect_done(service, self.address_after(values), self.done)

    async def withdraw(
        self, request: Request, service: Service, member: StaffMember, reading: FormReader, id: str
    ) -> Response:
        """Withdraws an entry, which stays to be seen; nothing changes for one that is withdrawn already.

        Raises Fault, or Unknown.
        """
        reason = reading.text("reason", message("withdrawal"))

        def in_reach(within: Connection) -> Any:
            entry: Any = entry_by_id(within, self.kind, id)
            require_unit(within, member.account, entry.unit)
            return entry

        def writing(within: Connection) -> None:
            in_reach(within)
            withdraw(within, self.kind, id, by=written_by(member.account, reason), now=service.now())

        entry = await service.read(in_reach)
        if entry.withdrawn_at is None:
            if reading.problems:
                return await self.page(request, service, member, reading, id)
            await service.write(writing)
        return redirect_done(service, self.address, f"huy-{self.done}")

    def routes(self) -> APIRouter:
        """Returns the routes of the page: to see it, to enter, and to withdraw."""
        routes, permitted = router(), Depends(self.permission())

        @routes.get(self.address)
        async def show(request: Request, service: Running, member: StaffMember = permitted) -> Response:
            return await self.page(request, service, member)

        @routes.post(self.address)
        async def post(
            request: Request, service: Running, form: Posted, member: StaffMember = permitted
        ) -> Response:
            return await self.enter(request, service, member, FormReader(form))

        if self.can_withdraw:

            @routes.post(f"{self.address}{{id}}/huy/")
            async def post_withdrawal(
                request: Request, service: Running, form: Posted, id: str, member: StaffMember = permitted
            ) -> Response:
                return await self.withdraw(request, service, member, FormReader(form), id)

        return routes


class ActivityPage(EntryPage):
    """Communication activities: where, for whom and for how many, by when."""

    kind, template = CommunicationActivity, "staff/activities"
    path, done = "truyen-thong/", "hoat-dong"
    #: Nothing was given out.
    no_material: ClassVar[str] = "none"
    most = 100

    def form(self, service: Service, units: UnitScope) -> StaffForm:
        audiences = audience_titles(service.programme).items()
        materials = ((self.no_material, self.words["no_material"]), *self._materials(service).items())
        form = super().form(service, units)
        return form.filled(audience={"options": tuple(audiences)}, material={"options": materials})

    def _materials(self, service: Service) -> Mapping[str, str]:
        return material_titles(service.programme, self.words["other_material"])

    def first_values(self, service: Service, units: UnitScope) -> Mapping[str, str]:
        return {"unit": units.account.unit, "held_on": day(today(service)), "material": self.no_material}

    def shown(
        self, service: Service, within: Connection, units: UnitScope, asked: Mapping[str, str]
    ) -> dict[str, object]:
        audiences, materials = audience_titles(service.programme), self._materials(service)
        return {
            "audience_of": lambda activity: group_title(activity.audience, audiences),
            "material_of": lambda activity: group_title(activity.material or "", materials),
            "regular": service.programme.charter.regular,
            "waits_for": service.programme.regular_waits_for,
        }

    def columns(self, values: Values) -> Values:
        kept = {**values, "place_kind": values["place"]}
        kept["material"] = None if values["material"] == self.no_material else values["material"]
        del kept["place"]
        return kept


class PlannedClassPage(EntryPage):
    """Classes to come, so that the first page tells the next one. Those that are over are not listed."""

    kind, template = PlannedClass, "staff/planned-classes"
    path, done, group = "lop-sap-mo/", "lich-lop", "classes"

    def form(self, service: Service, units: UnitScope) -> StaffForm:
        return super().form(service, units).filled(course={"options": course_options(service)})

    def first_values(self, service: Service, units: UnitScope) -> Mapping[str, str]:
        return {"unit": "" if units.has_province else units.account.unit}

    def since(self, service: Service) -> date:
        return today(service)

    def shown(
        self, service: Service, within: Connection, units: UnitScope, asked: Mapping[str, str]
    ) -> dict[str, object]:
        return {"titles": course_titles(service), "today": today(service)}

    def columns(self, values: Values) -> Values:
        return {**values, "begins": values["begins"] or ""}


class PlanPage(EntryPage):
    """Plans that units issued, each by its document, for a year or some in a row."""

    kind, template = IssuedPlan, "staff/plans"
    path, done = "ke-hoach/", "ke-hoach"
    #: How many years ahead of today a plan may be for.
    ahead: ClassVar[int] = 5

    def form(self, service: Service, units: UnitScope) -> StaffForm:
        span = {"least": service.programme.charter.plan.first_year, "most": today(service).year + self.ahead}
        return super().form(service, units).filled(first_year=span, last_year=span)

    def first_values(self, service: Service, units: UnitScope) -> Mapping[str, str]:
        # The province's plan is the one that the others follow, so it is not what is offered first.
        unit = "" if units.has_province else units.account.unit
        return {"unit": unit, "first_year": str(today(service).year)}

    def shown(
        self, service: Service, within: Connection, units: UnitScope, asked: Mapping[str, str]
    ) -> dict[str, object]:
        year, existing = today(service).year, people.units_by_id(within, on=today(service))
        plans = listed(within, IssuedPlan, units=units.reach)
        issuers = {plan.unit for plan in plans if plan.is_for(year)}
        communes = [unit for unit in units.units if unit.level == "commune" and unit.id in existing]
        return {
            "year": year,
            "communes": communes,
            "without": [commune for commune in communes if commune.id not in issuers],
        }

    def complete(self, reading: FormReader, values: Values) -> None:
        if values["last_year"] is None:
            values["last_year"] = values["first_year"]
        is_read = not {"first_year", "last_year"} & set(reading.problems)
        if is_read and values["last_year"] < values["first_year"]:
            reading.problems["last_year"] = self.words["backwards"]


#: What the records measure themselves.
MEASURED_HERE = frozenset({"training", "communication"})


class FigurePage(EntryPage):
    """Figures that only the office has. A later one of a target and period stands in for an earlier one."""

    kind, template = EnteredFigure, "staff/figures"
    path, done = "so-lieu/", "so-lieu"
    can_withdraw = False

    def permission(self) -> Callable[..., Awaitable[StaffMember]]:
        return province_staff(self.operation)

    def form(self, service: Service, units: UnitScope) -> StaffForm:
        targets = [(id, target.title) for id, target in self._targets(service).items()]
        periods = period_choices(service)
        return staff_form(self.kind.name).filled(target={"options": targets}, period={"options": periods})

    def _targets(self, service: Service) -> Mapping[str, Any]:
        """Returns the targets that the office is asked about, by id."""
        targets = service.programme.charter.targets.items()
        return {id: target for id, target in targets if target.measure not in MEASURED_HERE}

    def shown(
        self, service: Service, within: Connection, units: UnitScope, asked: Mapping[str, str]
    ) -> dict[str, object]:
        period = asked.get("period") or asked.get("ky", "")
        shown = period if Period.is_id(period) else Period.of_day(today(service)).id
        return {
            "period": shown,
            "periods": period_choices(service),
            "targets": self._targets(service),
            "entered": figures(within, shown),
        }

    def complete(self, reading: FormReader, values: Values) -> None:
        is_read = not {"numerator", "denominator"} & set(reading.problems)
        if is_read and values["numerator"] > values["denominator"]:
            reading.problems["numerator"] = self.words["above"]

    def address_after(self, values: Values) -> str:
        return f"{self.address}?ky={values['period']}"


ENTRY_PAGES: tuple[EntryPage, ...] = (
    PlannedClassPage(),
    ActivityPage(),
    PlanPage(),
    FigurePage(),
)
