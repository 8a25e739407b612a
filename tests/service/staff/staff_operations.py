"""Every operation of staff in a unit of one's own and in another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from fixtures_service import PAPER_101
from httpx import Response
from sqlalchemy import update
from staff_users import StaffUser

from taphuan.records import schema

COURSE = "nuoc-sach"
OBSERVED = "viet-lai-thong-bao-nuoc"
RUBRIC = re.compile(r'name="rubric" value="([0-9a-f]{16})"')


@dataclass(frozen=True, kw_only=True)
class Place:
    """What there is in a unit to be worked on."""

    unit: str
    person: str
    other: str
    name: str
    event: str
    session: str
    empty: str
    activity: str
    serial: str
    plan: str
    planned: str


Act = Callable[[StaffUser, Place], Response]


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An operation: by which right, and how it is asked for. `page` is where its form stands."""

    right: str
    act: Act


def post(path: str, **fields: str) -> Act:
    """Fields and path may name what is in the place; the token comes from a page that everybody has."""

    def act(user: StaffUser, place: Place) -> Response:
        told = {name: value.format(**vars(place)) for name, value in fields.items()}
        answer: Response = user.post(path.format(**vars(place)), "nguoi/", once=str(uuid4()), **told)
        return answer

    return act


WRITES = {
    "hold a class": Deed(
        right="class.hold",
        act=post(
            "lop/",
            course=COURSE,
            unit="{unit}",
            held_on="2026-03-01",
            minutes="60",
            trainer="Tôi",
            headcount="3",
        ),
    ),
    "record attendance": Deed(right="class.hold", act=post("lop/{session}/co-mat/", person="{person}")),
    "tick what was seen": Deed(right="class.hold", act=lambda user, place: ticks(user, place)),
    "enter a paper": Deed(right="paper.enter", act=lambda user, place: paper(user, place)),
    "countersign": Deed(right="countersign", act=post("doi-chieu/", event="{event}", reason="xem phiếu")),
    "void": Deed(right="void", act=post("nguoi/{person}/huy/{event}/", reason="nhầm")),
    "waive": Deed(right="waive", act=post("nguoi/{person}/mien/", course=COURSE, reason="đã học")),
    "record a document": Deed(
        right="document.record",
        act=post(
            "nguoi/{person}/van-ban/", course=COURSE, document="1/QĐ", day="2026-03-01", reason="văn bản"
        ),
    ),
    "change a person": Deed(
        right="person.change",
        act=post("nguoi/{person}/sua/", full_name="Tên Khác", unit="{unit}", reason="sửa"),
    ),
    "merge": Deed(
        right="merge", act=post("nguoi/{person}/gop/{other}/", stays="{other}", reason="một người")
    ),
    "erase": Deed(right="erase", act=post("nguoi/{person}/xoa-ten/", sure="yes", reason="theo yêu cầu")),
    "issue a code": Deed(right="code.issue", act=post("nguoi/{person}/ma/")),
    "revoke a slip": Deed(
        right="document.record", act=post("phieu-xac-nhan/{serial}/thu-hoi/", reason="nhầm")
    ),
    "issue a slip": Deed(right="progress.read", act=post("nguoi/{other}/phieu/" + COURSE + "/")),
    "log an activity": Deed(
        right="activity.enter",
        act=post(
            "truyen-thong/",
            unit="{unit}",
            held_on="2026-03-01",
            place="chợ phiên",
            audience="nguoi-dan",
            material="none",
            headcount="9",
        ),
    ),
    "take back a class": Deed(right="class.hold", act=post("lop/{empty}/huy/", reason="ghi nhầm")),
    "take back a class with attendees": Deed(right="void", act=post("lop/{session}/huy/", reason="ghi nhầm")),
    "take back an activity": Deed(
        right="activity.enter", act=post("truyen-thong/{activity}/huy/", reason="ghi nhầm")
    ),
    "enter a plan": Deed(
        right="plan.enter",
        act=post("ke-hoach/", unit="{unit}", number="2/KH-UBND", issued_on="2026-03-01", first_year="2026"),
    ),
    "take a plan back": Deed(right="plan.enter", act=post("ke-hoach/{plan}/huy/", reason="nhầm")),
    "plan a class": Deed(
        right="planned-class.enter",
        act=post("lop-sap-mo/", unit="{unit}", course=COURSE, held_on="9/3/2026", begins="08:00"),
    ),
    "take a planned class back": Deed(
        right="planned-class.enter", act=post("lop-sap-mo/{planned}/huy/", reason="hoãn")
    ),
    "take the untrained": Deed(right="export", act=post("chua-tap-huan/tai/", dv="{unit}")),
    "create an account": Deed(
        right="account.invite",
        act=post("tai-khoan/", name="Người Mới", role="trainer", unit="{unit}", reason="cử"),
    ),
}


READS = {
    "a person's page": lambda user, place: user.get(f"nguoi/{place.person}/"),
    "a search by name": lambda user, place: user.post("nguoi/", "nguoi/", name=place.name),
    "what waits": lambda user, place: user.get("doi-chieu/"),
    "the untrained": lambda user, place: user.get("chua-tap-huan/"),
    "the untrained to print": lambda user, place: user.get("chua-tap-huan/in/"),
    "the members of a roster": lambda user, place: user.get(roster_page(user)),
    "a class": lambda user, place: user.get(f"lop/{place.session}/"),
    "a search in class": lambda user, place: user.post(
        f"lop/{place.session}/tim/", "nguoi/", name=place.name
    ),
    "a class with all ticked": lambda user, place: user.post(
        f"lop/{place.session}/chon/", "nguoi/", all="yes"
    ),
    "a list in class": lambda user, place: user.post(f"lop/{place.session}/dan/", "nguoi/", names=place.name),
}


def paper(user: StaffUser, place: Place) -> Response:
    fields = {"course": COURSE, "code": PAPER_101, "sown": "1", "person": place.person, "blank": "yes"}
    answer: Response = user.post(
        "bai-giay/cham/", "nguoi/", once=str(uuid4()), day="2026-03-01", name=place.name, **fields
    )
    return answer


def ticks(user: StaffUser, place: Place, *seen: str) -> Response:
    """Ticks lines of an observed task, by the ten lines that the page shows."""
    page = f"lop/{place.session}/quan-sat/{OBSERVED}/{place.other}/"
    rubric = RUBRIC.findall(user.get(page).text)
    answer: Response = user.post(page, "nguoi/", seen=seen or ("1",), rubric=rubric)
    return answer


def roster_page(user: StaffUser) -> str:
    """The address of the newest roster's page."""
    return re.findall(r'href="/can-bo/(danh-sach/[0-9a-f-]{36}/)"', user.get("danh-sach/").text)[0]


def proven(user: StaffUser) -> None:
    """As after the second factor, which has a test of its own."""
    table = schema.session
    here = update(table).where(table.c.account == user.account).values(totp_at=user.store.now())
    user.store.write(lambda connection: connection.execute(here) and None)
