"""The parts of the site that the header, the menu and the footer lead to, on site and service alike."""

from __future__ import annotations

from dataclasses import dataclass

from ..programme import urls
from ..programme.kinds import KINDS
from ..programme.model.programme import Programme


@dataclass(frozen=True, kw_only=True)
class SitePart:
    """A part of the site; `in_header` is false for one that only the menu and the footer name.

    Pages at `beside` are of the part as well; of a single one, pages below its address are not.
    """

    title: str
    address: str
    in_header: bool = True
    is_single: bool = False
    beside: tuple[str, ...] = ()

    def holds(self, page: str) -> bool:
        """Tells whether a page, by its path from the site's root, is in this part."""
        return page == self.address if self.is_single else page.startswith((self.address, *self.beside))


SITE_PARTS = (
    SitePart(title="Khóa học", address=urls.COURSES),
    SitePart(title="Tra nhanh", address=urls.LOOK_UP),
    SitePart(title="Pháp luật", address=urls.LAW),
    SitePart(title="Truyền thông", address=urls.CAMPAIGNS),
    SitePart(title="Tài liệu in", address=urls.DOWNLOADS),
    SitePart(title="Kế hoạch", address=urls.PLAN),
    SitePart(title="Tờ mẫu", address=urls.FORMS, in_header=False),
    SitePart(title="Giáo án", address=urls.LESSON_PLANS, in_header=False),
    SitePart(title="Tập huấn viên", address=urls.TRAINER, in_header=False),
    SitePart(title="Thuật ngữ", address=urls.GLOSSARY, in_header=False),
)

#: Titles and addresses of the lists of kinds of documents that are no such part: only the menu names them.
FURTHER_LISTS = tuple(
    (kind.heading, kind.index)
    for kind in KINDS
    if kind.index and kind.index not in {part.address for part in SITE_PARTS}
)


def hand_pages(programme: Programme | None) -> tuple[tuple[str, str], ...]:
    """Returns titles and addresses of the pages that somebody wrote by hand."""
    pages = programme.pages.values() if programme else ()
    return tuple((page.title, urls.page(page.source)) for page in pages)
