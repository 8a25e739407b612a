"""Asks for known holes of the locked versions; says "none" only where each package was answered for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from packages import LOCKS, ROOT

DONE, FOUND, NOT_ASKED = 0, 1, 3
WITHIN = 600


def audit(*options: str) -> tuple[int, str]:
    """Returns the exit status and what to tell; both locks at once, as one holds the other."""
    command = [
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
        "-f",
        "json",
    ]
    try:
        done = subprocess.run(
            [sys.executable, *command, "-r", str(LOCKS[1]), *options],
            capture_output=True,
            text=True,
            timeout=WITHIN,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        return _not_asked("nơi công bố lỗ hổng không trả lời")
    return judged(done.stdout, done.stderr)


def judged(out: str, told: str = "") -> tuple[int, str]:
    """Returns the exit status and the words for what pip-audit answered.

    It answers 0 and "no known vulnerabilities" about packages that it could not ask for.
    """
    try:
        packages: list[dict[str, Any]] = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _not_asked((told.strip().splitlines() or ["không có câu trả lời"])[-1][:200])
    holes = [(package, hole) for package in packages for hole in package.get("vulns", ())]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    if holes:
        lines = [_worded(package, hole) for package, hole in holes]
        rest = [f"Ngoài ra chưa hỏi được về {len(unasked)} thư viện."] if unasked else []
        return FOUND, "\n".join(
            [
                f"CÓ {len(holes)} LỖ HỔNG BẢO MẬT ĐÃ CÔNG BỐ:",
                *lines,
                *rest,
                "Cách nâng lên bản đã vá: docs/dependencies.md (tiếng Anh).",
            ]
        )
    if unasked or not packages:
        return _not_asked(
            f"chưa hỏi được về {len(unasked)} trong {len(packages)} thư viện: {', '.join(unasked[:5])} …"
        )
    return DONE, f"Đã hỏi về {len(packages)} thư viện: đến hôm nay chưa có lỗ hổng bảo mật nào được công bố."


def _worded(package: dict[str, Any], hole: dict[str, Any]) -> str:
    mended = ", ".join(hole.get("fix_versions") or ()) or "chưa có bản vá"
    names = ", ".join([hole["id"], *hole.get("aliases", ())])
    return f"  {package['name']} {package['version']}: {names}; đã vá trong: {mended}"


def _not_asked(why: str) -> tuple[int, str]:
    return NOT_ASKED, (
        f"CHƯA KIỂM ĐƯỢC lỗ hổng bảo mật, nên chưa biết có hay không: {why}.\n"
        "Chạy lại trên máy vào được pypi.org; máy chỉ vào được osv.dev thì chạy: make audit ARGS='-s osv'."
    )


if __name__ == "__main__":
    status, words = audit(*sys.argv[1:])
    print(words, file=sys.stdout if status == DONE else sys.stderr)
    sys.exit(status)
