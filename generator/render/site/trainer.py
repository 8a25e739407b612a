"""The page of those who teach a class: what to print, and where a class is entered."""

from __future__ import annotations

from ...programme import urls
from ..templates import render
from .context import SiteContext, SitePage


def trainer_page(context: SiteContext) -> SitePage:
    page = urls.TRAINER
    body = render("site/trainer.md.j2", context=context, page=page, addresses=urls)
    return SitePage(
        address=page,
        title="Tập huấn viên",
        description="Những gì người đứng lớp cần: tài liệu theo khóa, đề, danh sách lớp, kết quả.",
        body=body,
        meta={"kind": "trainer", "hide": ["navigation", "toc"]},
    )
