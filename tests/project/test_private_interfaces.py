"""Interfaces of libraries that are private to them: each used in one module, of a version that was read.

When a lock brings another version, read what changed in what is named here, try it, then write the new
version down.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

import pytest
from programmes import REPOSITORY
from starlette.routing import Route, Router

#: By library: the version that was read, the one module that uses it, and what is used.
PRIVATE = {
    "openpyxl": (
        "3.1.5",
        "roster_import/spreadsheet_file.py",
        ("openpyxl.worksheet.worksheet:Worksheet._get_cell",),
    ),
    "mkdocs": (
        "1.6.1",
        "plugin/preview.py",
        ("mkdocs.commands.build:_build_page", "mkdocs.commands.build:_populate_page"),
    ),
    "starlette": ("1.10.0", "service/app.py", ("starlette.routing:Router",)),
}
#: How each shows in a source.
SIGNS = {
    "openpyxl": ("sheet._cells", "formulas._cells"),
    "mkdocs": ("_build_page(", "_populate_page("),
    "starlette": ("router.default", "router.routes"),
}


@pytest.mark.parametrize("library", list(PRIVATE))
def test_the_version_is_the_one_that_was_read(library: str) -> None:
    assert version(library) == PRIVATE[library][0]


@pytest.mark.parametrize("library", list(PRIVATE))
def test_what_is_private_is_still_there(library: str) -> None:
    for path in PRIVATE[library][2]:
        module, _, names = path.partition(":")
        value = import_module(module)
        for name in names.split("."):
            value = getattr(value, name)
        assert callable(value) or isinstance(value, str), path


def test_a_router_takes_routes_in_front_and_an_application_for_all_else() -> None:
    router = Router()
    router.routes[:0] = [Route("/", endpoint=lambda request: None)]
    assert len(router.routes) == 1
    assert callable(router.default)


@pytest.mark.parametrize("library", list(PRIVATE))
def test_one_module_alone_uses_it(library: str) -> None:
    users = {
        path.relative_to(REPOSITORY / "generator").as_posix()
        for path in (REPOSITORY / "generator").rglob("*.py")
        if any(sign in path.read_text("utf-8") for sign in SIGNS[library])
    }
    assert users == {PRIVATE[library][1]}
