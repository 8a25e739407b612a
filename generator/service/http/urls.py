"""The parts of the address space, and the links into them that pages of the site get.

A static host has no service to link to, so a page holds an empty place for each link, which is filled in
here. No author or publisher has to give an address, and the links work without scripts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from ...programme import urls
from ...programme.model.course import Course
from ...render.templates import render

API = "/api/"
LEARNERS = "/hoc-vien/"
STAFF = "/can-bo/"
CONFIRMATIONS = "/xac-nhan/"
PROGRESS = "/tien-do/"
STATIC = "/dich-vu/"

#: Nothing here may be cached by a browser or a proxy: it may show a name.
PRIVATE = (API, LEARNERS, STAFF, CONFIRMATIONS)
#: The service answers here; everything else is the site's.
OWN = (*PRIVATE, PROGRESS, STATIC)
#: Where a whole file may be sent up, such as a roster.
UPLOADS = (f"{STAFF}danh-sach/",)

SIGN_IN = f"{LEARNERS}dang-nhap/"
STAFF_SIGN_IN = f"{STAFF}dang-nhap/"
#: The address of a one-time link.
STAFF_INVITED = f"{STAFF}loi-moi/"
#: Where staff give a code of their authenticator.
STAFF_PROVE = f"{STAFF}xac-minh/"


def is_in(path: str, *areas: str) -> bool:
    """Tells whether a path lies in one of these areas, or is one written without its last slash."""
    return path.startswith(areas) or f"{path}/" in areas


#: Pages of a learner to which signing in leads back: a test, a result, a confirmation.
LED_BACK_TO = re.compile(rf"{LEARNERS}(?:kiem-tra|ket-qua|phieu)/[a-z0-9-]{{1,80}}/(?:lam-bai/)?")


def sign_in_of(path: str) -> str:
    """Returns the page to which a signed-out reader of a path is sent, and the page to come back to."""
    if is_in(path, STAFF):
        return STAFF_SIGN_IN
    return f"{SIGN_IN}?ve={path}" if LED_BACK_TO.fullmatch(path) else SIGN_IN


def after_sign_in(asked: str) -> str:
    """Returns the page of a learner that was asked for; their own where it is none of those."""
    return asked if LED_BACK_TO.fullmatch(asked) else LEARNERS


def prove_of(path: str) -> str:
    """Returns where staff give their code, and the page to come back to; at first their own."""
    area, *rest = path.removeprefix(STAFF).split("/")
    if not area:
        return STAFF_PROVE
    kept = (area, rest[0]) if area == "nguoi" and rest else (area,)
    return f"{STAFF_PROVE}?ve={STAFF}{quote('/'.join(kept))}/"


PLACE = '<p class="test-link" data-test-link="{}" hidden></p>'
PROGRESS_PLACE = '<li class="progress-link" data-progress-link hidden></li>'
SIGN_IN_PLACE = '<p class="sign-in-link" data-sign-in hidden></p>'


@dataclass(frozen=True, kw_only=True)
class LinkedPage:
    """A page with its links, and what tells it from an earlier one."""

    html: bytes
    etag: str


class TestLinks:
    """Fills in links to sign in on every page, and to the test of a course on the course's page."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        tested = [id for id, course in courses.items() if course.test]
        paths = {f"/{urls.course(id)}": id for id in tested}
        self._courses = paths | {f"{path}index.html": id for path, id in paths.items()}

    def page(self, path: str, file: str, changed: int) -> LinkedPage | None:
        """Returns the page at a path, read from a file; None where it has no place for a link."""
        return _linked_page(self._courses.get(path, ""), file, changed) if file.endswith(".html") else None


@lru_cache(maxsize=256)
def _linked_page(course: str, file: str, changed: int) -> LinkedPage | None:
    html = Path(file).read_bytes()
    links = {place.encode(): link.encode() for place, link in _links(course) if place.encode() in html}
    if not links:
        return None
    for place, link in links.items():
        html = html.replace(place, link)
    return LinkedPage(html=html, etag=f'"{hashlib.sha256(html).hexdigest()[:32]}"')


def _links(course: str) -> Iterator[tuple[str, str]]:
    """Yields each place with the link that replaces it."""
    menu = f'<li class="menu-sign-in"><a href="{LEARNERS}">Đăng nhập</a></li>'
    yield PROGRESS_PLACE, f'<li class="progress-link"><a href="{PROGRESS}">Tiến độ</a></li>{menu}'
    yield SIGN_IN_PLACE, render("service/sign-in-link.html.j2", address=LEARNERS).strip()
    if course:
        test = f"{LEARNERS}kiem-tra/{course}/"
        yield PLACE.format(course), render("service/test-link.html.j2", address=test).strip()
