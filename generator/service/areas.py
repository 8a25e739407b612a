"""The parts of the address space, and what holds for each."""

from __future__ import annotations

from urllib.parse import quote

API = "/api/"
LEARNERS = "/hoc-vien/"
STAFF = "/can-bo/"
CONFIRMATIONS = "/xac-nhan/"
PROGRESS = "/tien-do/"
STATIC = "/dich-vu/"

#: Nothing here may be kept by a browser or a proxy: it may show a name.
PRIVATE = (API, LEARNERS, STAFF, CONFIRMATIONS)
#: The service answers here; everything else is the site's.
OWN = (*PRIVATE, PROGRESS, STATIC)
#: Where a whole file may be sent up, such as a roster.
UPLOADS = (f"{STAFF}danh-sach/",)

SIGN_IN = f"{LEARNERS}dang-nhap/"
STAFF_SIGN_IN = f"{STAFF}dang-nhap/"
#: Where a one-time link leads.
STAFF_INVITED = f"{STAFF}loi-moi/"
#: Where staff give a code of their authenticator.
STAFF_PROVE = f"{STAFF}xac-minh/"


def is_in(path: str, areas: tuple[str, ...]) -> bool:
    """Whether a path lies in one of these areas, or is one written without its last slash."""
    return path.startswith(areas) or f"{path}/" in areas


def is_api(path: str) -> bool:
    return is_in(path, (API,))


def sign_in_of(path: str) -> str:
    """Where whoever is signed out goes first."""
    return STAFF_SIGN_IN if is_in(path, (STAFF,)) else SIGN_IN


def prove_of(path: str) -> str:
    """Where staff prove that it is they, and the page that they come back to: at first their own."""
    area, *rest = path.removeprefix(STAFF).split("/")
    if not area:
        return STAFF_PROVE
    kept = (area, rest[0]) if area == "nguoi" and rest else (area,)
    return f"{STAFF_PROVE}?ve={STAFF}{quote('/'.join(kept))}/"
