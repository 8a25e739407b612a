"""Pages for trainers, unit heads and the office, under /can-bo/: give `ROUTERS` to `create_app`."""

from . import (
    accounts,
    activities,
    certificates,
    classes,
    codes,
    figures,
    home,
    merging,
    papers,
    people,
    plans,
    reports,
    rosters,
    statements,
    targets,
    trail,
)

ROUTERS = (
    home.routes,
    accounts.routes,
    rosters.routes,
    codes.routes,
    people.routes,
    merging.routes,
    statements.routes,
    classes.routes,
    papers.routes,
    certificates.routes,
    activities.routes,
    plans.routes,
    figures.routes,
    targets.routes,
    reports.routes,
    trail.routes,
)
