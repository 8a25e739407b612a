"""What is installed is pinned, may be used, stands in the bill of materials, and is asked about for holes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import material
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from programmes import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "setup"))

import audit
import packages
import sbom

PACKAGES = packages.locked()
LICENCES = packages.licences()
SPDX = get_spdx_licensing()
THEME = Path(material.__file__).parent / "templates"


def allowed(expression: str) -> bool:
    """Whether the expression can be met: each of what AND joins, one of what OR joins."""
    parsed = SPDX.parse(expression, validate=True)

    def is_met(part: object) -> bool:
        if isinstance(part, SPDX.AND):
            return all(map(is_met, part.args))
        if isinstance(part, SPDX.OR):
            return any(map(is_met, part.args))
        return str(part) in LICENCES["allowed"]

    return is_met(parsed)


def excepted(name: str, expression: str) -> bool:
    return LICENCES["exceptions"].get(name, {}).get("licence") == expression


# --- locks ------------------------------------------------------------------------------------


def test_every_package_is_pinned_with_hashes_and_the_dev_lock_holds_the_other_whole() -> None:
    assert len(PACKAGES) > 100
    assert [package.name for package in PACKAGES if not package.hashes] == []
    built, tested = (packages.read_lock(lock.read_text(encoding="utf-8")) for lock in packages.LOCKS)
    versions = {(wheel.name, wheel.version) for wheel in tested}
    assert [wheel.name for wheel in built if (wheel.name, wheel.version) not in versions] == []
    lines = [line for lock in packages.LOCKS for line in lock.read_text(encoding="utf-8").splitlines()]
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(built) + len(tested), "each line of a lock was understood"


def test_what_checks_scripts_is_pinned_by_its_hash_and_may_be_used() -> None:
    """npm brings it by a lock of its own, and only to those who develop."""
    folder = REPOSITORY / "setup/scripts"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert lock[""]["devDependencies"] == asked
    tools = {name: tool for name, tool in lock.items() if name}
    assert {f"node_modules/{name}" for name in asked} < set(tools)
    for name, tool in tools.items():
        assert tool["integrity"].startswith("sha512-"), name
        assert tool["dev"], f"{name}: nothing of it is shipped"
        assert set(tool["license"].split(" OR ")) & set(LICENCES["allowed"]), name


# --- licences ---------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_the_licence_of_a_package_is_one_that_may_be_used(package: packages.Package) -> None:
    expression = packages.licence(package.name)
    assert expression, "no licence in its metadata: read its licence file and note it in setup/licences.toml"
    assert allowed(expression) or excepted(package.name, expression), expression


@pytest.mark.parametrize("shipped", LICENCES["shipped"], ids=lambda entry: entry["name"])
def test_the_licence_of_what_is_no_package_is_one_too(shipped: dict[str, str]) -> None:
    assert allowed(shipped["licence"]) or excepted(shipped["name"], shipped["licence"])


@pytest.mark.parametrize(
    "expression", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "SSPL-1.0"]
)
def test_a_licence_that_would_bind_the_program_is_none_of_them(expression: str) -> None:
    assert not allowed(expression)


def test_the_table_holds_nothing_that_is_not_there_any_more() -> None:
    names = {package.name for package in PACKAGES}
    shipped = {entry["name"] for entry in LICENCES["shipped"]}
    assert set(LICENCES["stated"]) - names == set()
    assert [name for name in LICENCES["stated"] if packages.own_licence(name)] == [], "it says so itself now"
    assert set(LICENCES["exceptions"]) - names - shipped == set()
    assert all(len(exception["why"]) > 20 for exception in LICENCES["exceptions"].values())


def test_the_scripts_and_icons_of_the_theme_are_those_that_the_table_names() -> None:
    sources = [
        source
        for written in THEME.glob("assets/javascripts/**/*.map")
        for source in json.loads(written.read_text(encoding="utf-8"))["sources"]
    ]
    matches = [re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", source) for source in sources]
    named = {match[1] for match in matches if match}
    icons = {f"icons-{folder.name}" for folder in (THEME / ".icons").iterdir() if folder.is_dir()}
    shipped = {entry["name"] for entry in LICENCES["shipped"] if entry["from"] == "mkdocs-material"}
    assert named | icons == shipped


def test_icons_that_no_page_may_show_are_named_nowhere() -> None:
    sources = [REPOSITORY / "mkdocs.yml", *(REPOSITORY / "overrides").rglob("*.html")]
    for source in sources:
        words = source.read_text(encoding="utf-8")
        assert not re.search(r"(?:fontawesome|simple|octicons)/", words), source


# --- bill of materials ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill() -> dict:  # type: ignore[type-arg]
    return sbom.bill()


def test_the_bill_is_valid_by_the_schema_of_cyclonedx(bill) -> None:  # type: ignore[no-untyped-def]
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))
    assert fault is None, str(fault)[:500]


def test_every_locked_version_stands_in_the_bill_once_with_its_hashes(bill) -> None:  # type: ignore[no-untyped-def]
    components = {component["purl"]: component for component in bill["components"] if "purl" in component}
    assert sorted(components) == sorted(package.purl for package in PACKAGES)
    assert len([component for component in bill["components"] if "purl" in component]) == len(components)
    for package in PACKAGES:
        hashes = {digest["content"] for digest in components[package.purl]["hashes"]}
        assert hashes == set(package.hashes)
    locks = "".join(lock.read_text(encoding="utf-8") for lock in packages.LOCKS)
    noted = {digest["content"] for component in components.values() for digest in component["hashes"]}
    assert noted == set(re.findall(r"sha256:([0-9a-f]{64})", locks))


def test_the_bill_tells_what_only_tests_need_and_who_asks_for_whom(bill) -> None:  # type: ignore[no-untyped-def]
    scopes = {component["name"]: component["scope"] for component in bill["components"]}
    assert (scopes["fastapi"], scopes["pytest"]) == ("required", "optional")
    asked = {
        dependency["ref"].partition("@")[0]: dependency["dependsOn"] for dependency in bill["dependencies"]
    }
    assert any(ref.startswith("pkg:pypi/starlette@") for ref in asked["pkg:pypi/fastapi"])
    assert any(ref.startswith("pkg:pypi/pillow@") for ref in asked["taphuan"])
    reached, left = set(), [bill["metadata"]["component"]["bom-ref"]]
    tree = {dependency["ref"]: dependency["dependsOn"] for dependency in bill["dependencies"]}
    while left:
        ref = left.pop()
        if ref not in reached:
            reached.add(ref)
            left += tree[ref]
    beside = {package.purl for package in PACKAGES} - reached
    assert {ref.partition("@")[0] for ref in beside} <= {"pkg:pypi/setuptools"}, (
        "which builds, and is asked for apart"
    )


def test_the_same_locks_make_the_same_bill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a", "b"):
        sbom.write(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"2023-11-14T22:13:20Z" in (tmp_path / "a").read_bytes()


# --- known holes ------------------------------------------------------------------------------


def answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "a", "version": "1", "vulns": []}
HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": ["CVE-2026-1"], "description": "x"}


def test_no_hole_is_told_only_where_each_package_was_asked_for() -> None:
    status, words = audit.judged(answer(SOUND, {**SOUND, "name": "b"}))
    assert (status, "2 thư viện: đến hôm nay chưa có lỗ hổng" in words) == (audit.DONE, True)


def test_a_hole_is_told_with_its_names_and_the_version_that_mends_it() -> None:
    status, words = audit.judged(answer(SOUND, {"name": "b", "version": "1", "vulns": [HOLE]}))
    assert status == audit.FOUND
    assert "b 1: PYSEC-2026-1, CVE-2026-1; đã vá trong: 1.1" in words


@pytest.mark.parametrize(
    "out",
    [
        answer(SOUND, {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited"}),
        *(answer(), "", "No known vulnerabilities found", "{}", "null"),
    ],
)
def test_what_was_not_asked_is_never_told_to_be_without_holes(out: str) -> None:
    status, words = audit.judged(out)
    assert status == audit.NOT_ASKED
    assert words.startswith("CHƯA KIỂM ĐƯỢC")
    assert "không có lỗ hổng" not in words


@pytest.mark.slow
def test_without_a_network_the_command_says_that_it_could_not_ask() -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), "http://127.0.0.1:9")
    environ = {**os.environ, **nowhere, "NO_PROXY": "", "no_proxy": ""}
    command = [sys.executable, str(REPOSITORY / "setup/audit.py")]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (audit.NOT_ASKED, "")
    assert "CHƯA KIỂM ĐƯỢC" in done.stderr
    assert "Traceback" not in done.stderr
