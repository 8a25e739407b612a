"""What is wrong with a form: each line leads to its field, the title says so, and the page opens on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from uuid import uuid4

from browser_thread import in_browser_thread
from class_pages import COURSE, hold, right_sheet
from fixtures_service import PAPER_101
from httpx import Response
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from staff_users import OURS, PROVINCE, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme


class Faults(HTMLParser):
    """The links of the list of what is wrong, the ids of the page, and the fields marked as wrong."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links, self.ids, self.marked = list[str](), list[str](), list[str]()
        self.opens, self.title = False, ""
        self._inside, self._titled = 0, False
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = dict(given)
        id, classes = attributes.get("id"), (attributes.get("class") or "").split()
        self.ids += [id] if id else []
        if attributes.get("aria-invalid") == "true" and id:
            self.marked.append(id)
        if "faults" in classes:
            self.opens = "autofocus" in attributes and attributes.get("tabindex") == "-1"
        self._inside += tag == "div" if self._inside else "faults" in classes
        if self._inside and tag == "a":
            self.links.append((attributes.get("href") or "").removeprefix("#"))
        self._titled = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self._inside -= bool(self._inside) and tag == "div"

    def handle_data(self, text: str) -> None:
        self.title += text if self._titled else ""


def wrong_forms(user: StaffUser, programme: Programme, who: str) -> dict[str, Response]:
    """Every kind of form, sent with something wrong."""
    page, person = hold(user, headcount="2"), f"nguoi/{who}/"
    user.post(f"{person}van-ban/", person, course=COURSE, document="1/QĐ", day="2026-03-01", reason="x")
    event = re.findall(rf'action="/can-bo/{person}(huy/[^"]+)"', user.get(person).text)[0]
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa", "day": "2026-03-01"}
    closed = re.findall(r'action="/can-bo/(tai-khoan/[^/"]+/)khoa/"', user.get("tai-khoan/").text)[0]
    user.post(f"{closed}khoa/", "tai-khoan/", reason="nghỉ việc")
    fair = {"unit": OURS, "held_on": "2026-03-01", "place": "chợ phiên", "audience": "nguoi-dan"}
    user.post("truyen-thong/", "truyen-thong/", **fair, headcount="9", material="none")
    activity = re.findall(r'action="/can-bo/(truyen-thong/[^/"]+/huy/)"', user.get("truyen-thong/").text)[0]
    forms = {
        "a class": ("lop/", {"minutes": "0"}),
        "an anonymous class": ("lop/", {"anonymous": "yes", "minutes": "0"}),
        "nobody in class": (f"{page}co-mat/", {}),
        "no names": (f"{page}dan/", {"names": ""}),
        "a class taken back": (f"{page}huy/", {"reason": ""}),
        "a planned class": ("lop-sap-mo/", {"held_on": "1/1/2020"}),
        "an activity": ("truyen-thong/", {"held_on": "mai"}),
        "an activity taken back": (activity, {"reason": ""}),
        "a plan": ("ke-hoach/", {"number": "12"}),
        "an account": ("tai-khoan/", {"name": ""}),
        "codes of no unit": ("ma/phieu.pdf", {"unit": "x"}),
        "codes of no units": ("ma/don-vi/", {"which": "ticked"}),
        "a paper": ("bai-giay/", {"course": "x"}),
        "a list": ("danh-sach/thu/", {"levels": "x"}),
        "a report": ("bao-cao/", {"period": "x", "kind": "x"}),
        "a document": (f"{person}van-ban/", {"document": ""}),
        "a waiver": (f"{person}mien/", {"reason": ""}),
        "a name": (f"{person}sua/", {"full_name": "", "unit": "x"}),
        "a name erased": (f"{person}xoa-ten/", {"reason": ""}),
        "an entry taken back": (person + event, {"reason": ""}),
        "an account reopened": (f"{closed}mo-lai/", {"reason": ""}),
    }
    proven = {name: user.post(path, "nguoi/", **fields) for name, (path, fields) in forms.items()}
    letters = {**right_sheet(programme), "c1": "ABC", "c2": "", "person": who, "once": str(uuid4())}
    proven["answers"] = user.post("bai-giay/cham/", "bai-giay/", **chosen, **letters)
    proven["days of the trail"] = user.get("nhat-ky/?tu=mai&den=kia")
    return proven


def test_each_line_leads_to_a_field_that_is_there(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user = signed_in("office", PROVINCE)
    signed_in("trainer", OURS)
    user.prove()
    for name, answer in wrong_forms(user, programme, persons_by_unit[OURS].ids["hoa"]).items():
        faults = Faults(answer.text)
        assert answer.status_code == 422, name
        assert faults.links, name
        assert [link for link in faults.links if faults.ids.count(link) != 1] == [], name
        assert faults.opens, name
        assert faults.title.startswith("Lỗi: "), name


def test_an_answer_that_was_left_out_is_marked_at_its_own_field(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    who, user = persons_by_unit[OURS].ids["hoa"], signed_in("office", PROVINCE)
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa", "day": "2026-03-01"}
    letters = {**right_sheet(programme), "c2": "", "c5": "", "person": who}
    faults = Faults(user.post("bai-giay/cham/", "bai-giay/", **chosen, **letters).text)
    assert faults.marked == ["c2", "c5"]
    assert faults.links == ["c2", "c5", "de-trong"]


def test_a_page_without_a_fault_says_none(signed_in: SignedIn) -> None:
    faults = Faults(signed_in("office", PROVINCE).get("lop/").text)
    assert not faults.links
    assert not faults.title.startswith("Lỗi")


def test_signing_in_wrongly_leads_to_the_name(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    user.browser.client.cookies.clear()
    faults = Faults(user.sign_in("ai đó", "không đúng đâu").text)
    assert faults.links == ["name"]
    assert faults.opens
    assert faults.title.startswith("Lỗi: ")


@in_browser_thread
def test_the_page_opens_on_what_is_wrong_without_scripts(signed_in: SignedIn, chromium: Chromium) -> None:
    answer = signed_in("office", PROVINCE).post("lop/", "lop/", minutes="0")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            status=200 if route.request.url.endswith("/lop/") else 204,
            content_type="text/html; charset=utf-8",
            body=answer.text if route.request.url.endswith("/lop/") else "",
        ),
    )
    page.goto("https://tap-huan.test/can-bo/lop/")
    assert page.locator(".faults:focus").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url("https://tap-huan.test/can-bo/lop/#course")
    context.close()
