"""Prints how large the house is: lines by feature, and what the budget bounds.

A feature is the first pattern that holds a file of `generator/`, so that each line counts once.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

FEATURES = {
    "people: lists and pages": ("roster_import/*", "service/staff/people/*", "records/people/*"),
    "staff pages": ("service/staff/*",),
    "tests on the web": ("quiz.py", "service/attempts.py", "service/learner*", "service/test_view.py"),
    "server and public pages": ("service/*",),
    "sign-in": ("records/access/*",),
    "ledger, proofs and storage": ("records/*",),
    "targets and reports": ("targets/*", "reports/*"),
    "reading files, YAML slips": ("programme/loader/*",),
    "pasted Markdown mended": ("programme/markdown_repair/*",),
    "checks": ("programme/checks/*",),
    "what is open and due": ("programme/status/*",),
    "model of the programme": ("programme/*",),
    "text to HTML": ("render/text/*", "render/typography.py", "render/html_tags.py"),
    "pages of the site": ("render/site/*", "plugin/*"),
    "sheets on paper": ("render/paper/*", "render/*"),
    "commands": ("cli/*", "*"),
}
BUDGET = {"Python of generator/": 50_000, "codes for authors": 200, "words of documents": 45_000}


def main(root: Path = Path()) -> None:
    features = Counter({name: 0 for name in FEATURES})
    for path in _files(root, "generator/**/*.py"):
        features[_feature(path.relative_to(root / "generator"))] += _lines(path)
    _table("Lines of Python by feature", {**features, "together": features.total()})
    beside = {
        f"{suffix} of {folder}/": sum(map(_lines, _files(root, f"{folder}/**/*.{suffix}")))
        for folder, suffix in (
            ("generator", "j2"),
            ("generator", "toml"),
            ("overrides", "css"),
            ("overrides", "js"),
            ("tests", "py"),
            ("bench", "py"),
        )
    }
    _table("Lines beside it", beside)
    codes = tomllib.loads((root / "generator/messages.toml").read_text(encoding="utf-8"))
    documents = [*_files(root, "*.md"), *_files(root, "docs/**/*.md")]
    bounded = {
        "Python of generator/": features.total(),
        "codes for authors": sum(isinstance(code, dict) for code in codes.values()),
        "words of documents": sum(len(re.findall(r"\S+", path.read_text("utf-8"))) for path in documents),
    }
    _table("Budget", {f"{name}, at most {BUDGET[name]:,}": count for name, count in bounded.items()})


def _files(root: Path, pattern: str) -> Iterator[Path]:
    return (path for path in root.glob(pattern) if path.is_file())


def _feature(path: Path) -> str:
    return next(name for name, patterns in FEATURES.items() if any(fnmatch(str(path), at) for at in patterns))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _table(title: str, counts: dict[str, int]) -> None:
    print(f"\n{title}")
    for name, count in counts.items():
        print(f"{count:>9,}  {name}")


if __name__ == "__main__":
    main()
