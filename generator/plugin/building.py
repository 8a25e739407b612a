"""MkDocs run from within: one build of the site into a folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from ..errors import OperatorError
from ..programme.model.programme import Programme
from ..render.downloads import Download
from .plugin import TaphuanPlugin

CONFIG = "mkdocs.yml"


class SiteFailed(OperatorError):
    """MkDocs could not build the site."""


class Site:
    """The site that `mkdocs.yml` describes, to be built into `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.config = _config(root, folder)
        self.plugin = _plugin(self.config)

    @property
    def address(self) -> str:
        """Where the site is published, "" while nobody knows."""
        return self.config.site_url or ""

    def build(
        self,
        programme: Programme,
        downloads: tuple[Download, ...] = (),
        *,
        page_done: Callable[[], None] = lambda: None,
    ) -> int:
        """Writes the whole site and says how many pages it has. Raises SiteFailed."""
        self.plugin.use(programme, downloads, page_done=page_done)
        with _quiet():
            try:
                build(self.config)
            except MkDocsException as error:
                raise _failed(error) from error
        return len(self.plugin.pages)


def _config(root: Path, folder: Path) -> MkDocsConfig:
    file = root / CONFIG
    if not file.is_file():
        raise OperatorError(
            f"không có tệp {CONFIG} trong “{root}”",
            fix=f"chép {CONFIG} mẫu vào thư mục gốc của chương trình",
        )
    # Material prints a notice about its own future at every start; ours stands in docs/decisions.md.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _quiet():
        try:
            return load_config(config_file=str(file), site_dir=str(folder))
        except MkDocsException as error:
            raise _failed(error) from error


def _failed(error: MkDocsException) -> SiteFailed:
    return SiteFailed(f"MkDocs không dựng được trang: {error}", fix=f"xem lại {CONFIG} và thư mục overrides/")


def _plugin(config: MkDocsConfig) -> TaphuanPlugin:
    plugin = config.plugins.get("taphuan")
    if not isinstance(plugin, TaphuanPlugin):
        raise OperatorError(f"{CONFIG} chưa bật phần “taphuan”", fix="thêm “- taphuan” dưới plugins:")
    return plugin


@contextmanager
def _quiet() -> Iterator[None]:
    """MkDocs logs each step; only what it calls an error is for an author."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
