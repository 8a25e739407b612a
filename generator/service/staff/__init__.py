"""Pages for trainers, unit heads and the office, under /can-bo/: give `ROUTERS` to `create_app`."""

from . import accounts, audit_trail, entries, home, reports, sign_in, targets, untrained
from .people import (
    attendance,
    attendance_sheet,
    certificate_pages,
    class_pages,
    codes,
    corrections,
    countersignatures,
    frozen_rosters,
    observation_pages,
    paper_tests,
    person_pages,
    roster_import,
)

ROUTERS = (
    home.routes,
    sign_in.routes,
    sign_in.second_factor_routes,
    sign_in.password_routes,
    accounts.routes,
    frozen_rosters.routes,
    frozen_rosters.member_routes,
    roster_import.routes,
    codes.routes,
    person_pages.routes,
    corrections.merge_routes,
    corrections.routes,
    countersignatures.routes,
    class_pages.routes,
    attendance_sheet.routes,
    attendance.routes,
    observation_pages.routes,
    paper_tests.routes,
    certificate_pages.routes,
    *(page.routes() for page in entries.ENTRY_PAGES),
    targets.routes,
    untrained.routes,
    reports.routes,
    audit_trail.routes,
)
