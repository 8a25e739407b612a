"""Compares what a build is made of and its site with the last one: the same is not built again.

Files are compared by their bytes, never by a time of the clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from .errors import MissingBrowser
from .plugin.mkdocs_build import CONFIG, MkDocsSite
from .programme.loader.files import Folder
from .programme.loader.memo import CACHE_FOLDER
from .programme.loader.programme_folder import FOLDERS
from .render.chromium import find_browser

KEPT_FILE = f"{CACHE_FOLDER}/build.json"
PACKAGE = Path(__file__).parent
#: Settings that read what is not compared here: the environment, another file, somebody's code.
_READS_ELSEWHERE = re.compile(r"!ENV|^(?:INHERIT|hooks)\b", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class KeptBuild:
    """The last build: digests of what it was made of and of its site, and how much is in it."""

    made_of: str
    site: str
    pages: int
    prints: int

    @classmethod
    def read(cls, root: Path) -> KeptBuild | None:
        """Returns what the last build kept beside the programme, None where there is nothing."""
        with suppress(OSError, ValueError, TypeError):
            return cls(**json.loads((root / KEPT_FILE).read_text(encoding="utf-8")))
        return None

    def keep(self, root: Path) -> None:
        """Writes it beside the programme; where a folder refuses that, the next build builds again."""
        with suppress(OSError):
            (root / KEPT_FILE).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def made_of(root: Path, *, banks: Path | None, prints: bool) -> str:
    """Returns a digest of all that decides the site: the programme's files, this code, libraries, browser.

    The day is among it, since MkDocs writes it into the map of a site that has an address.
    """
    others = (sys.version, date.today(), prints, str(banks), _libraries(), _browser() if prints else None)
    package = (path for path in PACKAGE.rglob("*") if path.suffix != ".pyc" and path.is_file())
    programme = (file for name in FOLDERS for file in Folder(root / name).files)
    apart = Folder(banks, named=True).files if banks else ()
    return f"{_digest(package)}{_digest([*programme, root / CONFIG, *apart])}{others!r}"


def site_digest(site: Path) -> str:
    """Returns a digest of every file of a built site, by name and bytes."""
    return _digest(Folder(site).files)


def is_compared_whole(site: MkDocsSite) -> bool:
    """Tells whether all that mkdocs.yml leads to is compared by `made_of`."""
    config = site.config
    folders = (os.path.abspath(folder) for folder in (config.docs_dir, config.theme.custom_dir) if folder)
    ours = tuple(os.path.abspath(site.root / name) + os.sep for name in FOLDERS)
    return (
        set(config.plugins) == {"taphuan"}
        and not _READS_ELSEWHERE.search((site.root / CONFIG).read_text(encoding="utf-8"))
        and all((folder + os.sep).startswith(ours) for folder in folders)
    )


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for file in sorted(files):
        digest.update(os.fsencode(f"{file}\0"))
        with suppress(OSError):  # whoever reads it says why it cannot be read
            content = file.read_bytes()
            digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Returns the names of all that is installed, each with its version, as folders have them."""
    folders = (Path(folder) for folder in sys.path if folder and os.path.isdir(folder))
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))


def _browser() -> tuple[str, int, int] | None:
    with suppress(MissingBrowser, OSError):
        status = os.stat(browser := find_browser(os.environ, shutil.which))
        return str(browser), status.st_size, status.st_mtime_ns
    return None
