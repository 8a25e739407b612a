"""Writes dist/sbom.json: what the program is made of, as CycloneDX 1.6. The same locks make the same file."""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packages import LOCKS, PROJECT, ROOT, Package, licence, licences, locked

OUT = ROOT / "dist/sbom.json"
Json = dict[str, Any]


def bill() -> Json:
    packages = locked()
    project = _project()
    body: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": project},
        "components": [*map(_component, packages), *map(_shipped, licences()["shipped"])],
        "dependencies": _dependencies(packages, project["bom-ref"]),
    }
    if moment := _moment():
        body["metadata"]["timestamp"] = moment
    told = json.dumps(body, sort_keys=True)
    return {**body, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, told)}"}


def _project() -> Json:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "type": "application",
        "bom-ref": f"{PROJECT}@{about['version']}",
        "name": PROJECT,
        "version": about["version"],
        "description": about["description"],
        "licenses": [{"license": {"id": about["license"]}}],
    }


def _component(package: Package) -> Json:
    made: Json = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.is_needed else "optional",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        "licenses": [{"expression": licence(package.name)}],
        "purl": package.purl,
    }
    if package.marker:
        made["properties"] = [{"name": "taphuan:marker", "value": package.marker}]
    return made


def _shipped(one: Json) -> Json:
    return {
        "type": "application" if one["name"] == "chromium" else "library",
        "bom-ref": f"shipped:{one['name']}",
        "name": one["name"],
        "scope": one.get("scope", "required"),
        "licenses": [{"expression": one["licence"]}],
        "properties": [{"name": "taphuan:from", "value": one["from"]}],
    }


def _dependencies(packages: list[Package], project: str) -> list[Json]:
    """Who asks for whom, on whatever system: what the lock says, not what is installed here."""
    refs = [(project, PROJECT), *((package.purl, package.name) for package in packages)]
    return [
        {"ref": ref, "dependsOn": [package.purl for package in packages if name in package.asked_by]}
        for ref, name in refs
    ]


def _moment() -> str:
    """The moment of the last change of the locks, or the one that is given; none where git knows none."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct", "--", *map(str, LOCKS))
    return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if given else ""


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def write(path: Path = OUT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
    print(f"Đã ghi {OUT.relative_to(ROOT)}: {len(locked())} thư viện, những phần đi kèm, và giấy phép.")
