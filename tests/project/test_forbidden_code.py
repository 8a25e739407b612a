"""What the sources never do: run a text, ask another host, make SQL or HTML of what somebody wrote."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from programmes import REPOSITORY

#: Runs a text as a program, or makes objects of bytes.
RUNS = frozenset({"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load"})
OBJECTS = frozenset({"pickle", "shelve", "marshal", "dill"})
#: Brings back values of the model alone, as tests/programme/loader/test_kept_reading.py holds.
OF_MODEL = ("generator/programme/loader/memo.py", "pickle")
#: Asks other hosts for something, or writes letters to them.
ASKS = frozenset(
    {"httpx", "requests", "aiohttp", "urllib3", "smtplib", "ftplib", "http.client", "urllib.request"}
)
#: Takes SQL as it is written.
SQL = frozenset({"text", "exec_driver_sql"})
#: Makes elements or a program of a text.
IN_BROWSERS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
)


@cache
def sources() -> dict[str, ast.Module]:
    """Every module by its place in the repository."""
    return {
        path.relative_to(REPOSITORY).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((REPOSITORY / "generator").rglob("*.py"))
    }


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every (module, name, call)."""
    return [
        (place, _name(node.func), node)
        for place, module in sources().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
    ]


def _name(called: ast.expr) -> str:
    """`os.system` of a call of that; nothing before the dot where it is no plain name."""
    if isinstance(called, ast.Attribute):
        return f"{called.value.id if isinstance(called.value, ast.Name) else ''}.{called.attr}"
    return called.id if isinstance(called, ast.Name) else ""


def imported() -> Iterator[tuple[str, str]]:
    for place, module in sources().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Import):
                yield from ((place, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield place, node.module or ""


@pytest.mark.slow
def test_no_text_is_run_and_no_object_made_of_bytes() -> None:
    assert [(place, name) for place, name, _ in calls() if name in RUNS] == []
    assert [place for place in imported() if place[1].partition(".")[0] in OBJECTS] == [OF_MODEL]
    shells = [place for place, _, call in calls() if any(keyword.arg == "shell" for keyword in call.keywords)]
    assert shells == []


def test_no_module_asks_another_host() -> None:
    assert [(place, name) for place, name in imported() if name in ASKS] == []


def test_no_sql_is_put_together_of_what_was_typed() -> None:
    """Whole statements are written in the code; one has a constant number in it, of `engines.py`.

    Those of `integrity.py` are made of the names of our own tables and columns, which nobody types either.
    """
    written = [
        (place, ast.unparse(call.args[0]))
        for place, name, call in calls()
        if name.rpartition(".")[2] in SQL and "generator/records" in place and call.args
        if not isinstance(call.args[0], ast.Constant) and not place.endswith("/database_integrity.py")
    ]
    assert written == [("generator/records/store/engines.py", "statement")]


def test_no_random_that_can_be_foretold_makes_a_secret() -> None:
    drawn = {place for place, name in imported() if name == "random"}
    assert {place for place in drawn if place.startswith(("generator/service", "generator/records"))} == set()


@cache
def scripts() -> dict[str, str]:
    folders = (
        REPOSITORY / folder for folder in ("overrides", "generator/service/static", "generator/plugin")
    )
    paths = [path for folder in folders for path in sorted(folder.rglob("*.js"))]
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def test_no_script_of_ours_makes_elements_or_code_of_a_text() -> None:
    assert [(name, match) for name, text in scripts().items() for match in IN_BROWSERS.findall(text)] == []


@pytest.mark.slow
def test_no_page_listens_to_other_windows() -> None:
    """A worker hears the page that began it, and nobody else."""
    hearing = re.compile(r"addEventListener\(.message|onmessage")
    assert [name for name, text in scripts().items() if hearing.search(text)] == ["search-worker.js"]
