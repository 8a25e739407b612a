"""MkDocs run from within: one build of the site into a folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from ..errors import OperatorError
from ..programme.model.programme import Programme
from ..render.downloads import Download
from .configuring import CONFIG, SiteFailed, configuration
from .plugin import TaphuanPlugin


class MkDocsSite:
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
            except TemplateError as error:
                raise _bad_template(error) from error
        return len(self.plugin.pages)


def _config(root: Path, folder: Path) -> MkDocsConfig:
    # Material prints a notice about its own future at every start; ours stands in docs/decisions.md.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _quiet():
        return configuration(root, folder)


def _failed(error: MkDocsException) -> SiteFailed:
    return SiteFailed(
        f"không dựng được trang; MkDocs báo: {error.__cause__ or error.__context__ or error}",
        fix=f"xem lại {CONFIG} và thư mục overrides",
    )


def _bad_template(error: TemplateError) -> SiteFailed:
    fix = "chép lại thư mục overrides đi kèm phần mềm"
    if isinstance(error, TemplateNotFound):
        return SiteFailed(f"thiếu mẫu trang “{error.name}”", fix=fix)
    where = f" “{error.filename}”, dòng {error.lineno}," if isinstance(error, TemplateSyntaxError) else ""
    return SiteFailed(f"mẫu trang{where} viết chưa đúng", fix=fix)


def _plugin(config: MkDocsConfig) -> TaphuanPlugin:
    plugin = config.plugins.get("taphuan")
    if not isinstance(plugin, TaphuanPlugin):
        raise OperatorError(f"{CONFIG} chưa bật phần “taphuan”", fix="thêm “- taphuan” dưới plugins:")
    return plugin


@contextmanager
def _quiet() -> Iterator[None]:
    """MkDocs logs each step, in English; what it raises is told by whoever catches it."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
