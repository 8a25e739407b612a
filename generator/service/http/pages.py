"""Pages of the service: templates filled in, the menu of staff, and forms that failed, to be sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ...programme import urls as site_urls
from ...programme.model.programme import Programme
from ...records.access.accounts import OPERATIONS, TRAINERS, Role
from ...render.site_parts import SITE_PARTS, SitePart, hand_pages
from ...render.templates import SHARED_ASSETS, render
from . import session_cookies, urls
from .errors import Fault
from .request_limits import plain_form
from .session_cookies import Viewer, form_token, viewer_of
from .settings import Settings
from .urls import STAFF

#: What the footer names besides the parts of the site.
SERVICE_PAGES = (
    ("Tiến độ", urls.PROGRESS.lstrip("/")),
    ("Kiểm tra phiếu xác nhận", urls.CONFIRMATIONS.lstrip("/")),
    ("Dành cho cán bộ", urls.STAFF.lstrip("/")),
)
STATIC = Path(__file__).parents[1] / "static"
#: Faults that a reader of pages can mend at once, and the page on which.
GO_TO: Mapping[str, Callable[[str], str]] = {
    "signed-out": urls.sign_in_of,
    "totp-needed": urls.prove_of,
}


@dataclass(frozen=True, kw_only=True)
class PageLayout:
    """The layout's values around every page; `done` is a word for what was just done, or "".

    `staff` is the menu of who has signed in to the staff's pages, None elsewhere; `has_site` tells whether
    the site is shown beside these pages.
    """

    name: str
    title: str
    owner: str
    issuer: str
    stylesheets: tuple[str, ...]
    has_site: bool
    here: str
    help: str
    parts: tuple[SitePart, ...]
    more: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    link: Callable[[str], str]
    static: Callable[[str], str]
    viewer: Viewer | None
    staff: StaffMenu | None
    token: str
    done: str


class Pages:
    """Makes responses from templates; `site` is the folder of the static site, if there is one."""

    def __init__(self, programme: Programme, site: Path | None, settings: Settings) -> None:
        self._programme, self._settings = programme, settings
        self._has_site = site is not None
        self._stylesheets = (*_of_site(site), static_url("service.css"))
        self._calls = tuple(
            (contact.number, contact.shown)
            for contact in programme.contacts.contacts.values()
            if contact.is_offered and contact.urgent and contact.number
        )

    def page(self, request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """Returns the page of `templates/service/<template>.html.j2` with what staff just did, once."""
        charter = self._programme.charter
        is_staff = urls.is_in(request.scope["path"], urls.STAFF)
        viewer = viewer_of(request)
        account = viewer.account if viewer and is_staff else None
        # Until the second factor was given, no page of the menu would open.
        is_proving = request.scope["path"] == urls.STAFF_PROVE and viewer and viewer.session.totp_at is None
        done = session_cookies.cookie_of(request, self._settings, session_cookies.DONE).token
        frame = PageLayout(
            name=charter.short_title,
            title=charter.title,
            owner=charter.owner,
            issuer=self._programme.coordinator,
            stylesheets=self._stylesheets,
            has_site=self._has_site,
            here=request.scope["path"].lstrip("/"),
            help=site_urls.HELP,
            parts=SITE_PARTS,
            more=(*hand_pages(self._programme), *SERVICE_PAGES),
            calls=self._calls,
            link="/{}".format,
            static=static_url,
            viewer=viewer,
            staff=STAFF_MENUS[account.role] if account and not is_proving else None,
            token=form_token(request),
            done=done if is_staff else "",
        )
        text = render(f"service/{template}.html.j2", frame=frame, **values)
        response = HTMLResponse(text, status_code=status)
        if frame.done:
            session_cookies.drop_cookie(response, self._settings, session_cookies.DONE)
        return response

    def fault(self, request: Request, fault: Fault, again: Sequence[tuple[str, str]] = ()) -> Response:
        """Returns JSON under /api/, else a page; a signed-out reader is sent to sign in.

        `again` are the fields of a form, to be sent again.
        """
        path = request.scope["path"]
        if urls.is_in(path, urls.API):
            body = {"code": fault.code, "message": fault.message, "fix": fault.fix}
            return JSONResponse(body, fault.status_code, fault.headers)
        if fault.code in GO_TO:
            return RedirectResponse(GO_TO[fault.code](path), 303)
        wait = int((fault.headers or {}).get("Retry-After", "0"))
        page = self.page(
            request,
            "fault",
            status=fault.status_code,
            fault=fault,
            is_staff=urls.is_in(path, urls.STAFF),
            again=again,
            wait=wait,
            was_sent=request.method == "POST",
        )
        page.headers.update(fault.headers or {})
        return page


@cache
def static_url(name: str) -> str:
    """Returns the address of a file in `static/` or of a shared script, which changes with its contents."""
    file = next(path for folder in (STATIC, SHARED_ASSETS) if (path := folder / name).is_file())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    return f"{urls.STATIC}{name}?v={digest}"


def _of_site(site: Path | None) -> tuple[str, ...]:
    """Returns the stylesheets that every page of the site links: the theme's, named by a hash, and ours."""
    if site is None:
        return ()
    stylesheets = (
        *sorted(site.glob("assets/stylesheets/main.*.css")),
        *(site / f"assets/stylesheets/{name}.css" for name in ("tokens", "taphuan", "shell")),
    )
    return tuple(f"/{path.relative_to(site).as_posix()}" for path in stylesheets if path.is_file())


#: The most fields of a form; a test has some for each question.
MOST_FIELDS = 2000


#: Statuses after which the same form will do at a known later time.
LATER = frozenset({429, 503})
KIND = "application/x-www-form-urlencoded"
#: Fields that are put on no page, and addresses whose forms are not either.
SECRETS = frozenset({"password", "again", "current", "digits"})
SECRET_AT = frozenset({urls.SIGN_IN, urls.STAFF_SIGN_IN, urls.STAFF_PROVE, urls.STAFF_INVITED})

Fields = tuple[tuple[str, str], ...]


async def fields_sent(request: Request, fault: Fault) -> Fields:
    """Returns the fields of the form as they came, token included; without a token of ours, none.

    There are none either where there is no form, it holds a file or a secret, or it will not do later.
    """
    path, kind = request.scope["path"], request.headers.get("content-type", "").partition(";")[0]
    is_form = kind.strip().lower() == KIND and not urls.is_in(path, urls.API)
    if fault.status_code not in LATER or request.method != "POST" or not is_form or path in SECRET_AT:
        return ()
    try:
        form = plain_form(await request.form(max_fields=MOST_FIELDS))
    except (HTTPException, ClientDisconnect):
        return ()
    fields = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return () if SECRETS.intersection(name for name, _ in fields) else fields


# --- the menu of staff ------------------------------------------------------------------------


class StaffMenu(NamedTuple):
    """The parts of the bar, and titles and addresses of what the menu of phones and the foot name besides."""

    parts: tuple[SitePart, ...]
    more: tuple[tuple[str, str], ...]


def _part(title: str, name: str, *beside: str) -> SitePart:
    """Returns a part of the staff's pages; pages `beside` it are found from it."""
    paths = tuple(f"{STAFF}{each}/".lstrip("/") for each in (name, *beside))
    return SitePart(title=title, address=paths[0], beside=paths[1:])


#: Each with the operation that it takes, in the order of the bar.
PARTS = (
    ("class.hold", _part("Lớp", "lop", "lop-sap-mo", "bai-giay", "doi-chieu", "phieu-xac-nhan")),
    ("progress.read", _part("Danh sách", "danh-sach", "nguoi", "ma")),
    ("progress.read", _part("Tiến độ", "chi-tieu", "chua-tap-huan", "so-lieu")),
    ("export", _part("Báo cáo", "bao-cao")),
)
MORE = (("trail.read", "Nhật ký", "nhat-ky"), ("account.invite", "Tài khoản", "tai-khoan"))
HOME = SitePart(title="Việc hôm nay", address=STAFF.lstrip("/"), is_single=True)
PASSWORD, PUBLIC = ("Mật khẩu", f"{STAFF}mat-khau/".lstrip("/")), ("Trang công khai", "")


def _menu(role: Role) -> StaffMenu:
    held = {operation for operation, right in OPERATIONS.items() if role in right.roles}
    parts = (part for operation, part in PARTS if operation in held)
    more = ((title, f"{STAFF}{path}/".lstrip("/")) for operation, title, path in MORE if operation in held)
    return StaffMenu(parts=(HOME, *parts), more=(*more, PASSWORD, PUBLIC))


STAFF_MENUS: Mapping[Role, StaffMenu] = {role: _menu(role) for role in sorted(TRAINERS)}
