"""The packages of both locks, with their hashes, their licences and who asks for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
PINNED = re.compile(
    r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.*?))?\s*\\?$"
)
HASH = re.compile(r"\s+--hash=sha256:(?P<digest>[0-9a-f]{64})")
#: uv writes below each package who asked for it.
ASKED_BY = re.compile(r"\s+#\s+(?:via )?(?P<name>[\w.-]+)(?P<rest> \(pyproject\.toml\))?$")
PROJECT = "taphuan"


@dataclass
class Package:
    """One package of a version; `is_needed` where it is in the lock of those who only build."""

    name: str
    version: str
    marker: str = ""
    is_needed: bool = False
    hashes: list[str] = field(default_factory=list)
    asked_by: set[str] = field(default_factory=set)

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def locked() -> list[Package]:
    """Returns every package of both locks once, by name and version."""
    found: dict[tuple[str, str], Package] = {}
    for lock in LOCKS:
        for package in read_lock(lock.read_text(encoding="utf-8")):
            known = found.setdefault((package.name, package.version), package)
            known.is_needed = known.is_needed or lock == LOCKS[0]
            known.asked_by |= package.asked_by
    return [found[key] for key in sorted(found)]


def read_lock(text: str) -> list[Package]:
    packages: list[Package] = []
    for line in text.splitlines():
        if pinned := PINNED.match(line):
            packages.append(Package(normal(pinned["name"]), pinned["version"], pinned["marker"] or ""))
        elif hashed := HASH.match(line):
            packages[-1].hashes.append(hashed["digest"])
        elif packages and (asked := ASKED_BY.match(line)) and asked["name"] != "via":
            packages[-1].asked_by.add(normal(asked["name"]))
    return packages


@cache
def licences() -> dict[str, Any]:
    return tomllib.loads((ROOT / "setup/licences.toml").read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """Returns the SPDX expression of a package, "" where neither it nor our table says one."""
    return own_licence(name) or licences()["stated"].get(name, "")


def own_licence(name: str) -> str:
    """Returns the expression in the metadata of what is installed."""
    try:
        return metadata.metadata(name).get("License-Expression") or ""
    except metadata.PackageNotFoundError:
        return ""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
