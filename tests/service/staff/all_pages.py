"""Every page there is, once everything has been done once: of staff, of a learner, of everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from asgi_browser import Browser, right_responses, stored_form
from class_pages import ONCE, enter, hold, right_sheet
from fixtures_service import PAPER_101
from httpx import Response
from staff_operations import OBSERVED, RUBRIC
from staff_users import OPERATOR, OURS, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.training.certificates import issue
from taphuan.service.staff import ROUTERS

COURSE = "nuoc-sach"


@dataclass(frozen=True, kw_only=True)
class AllPages:
    """Who walks, and where: `office` has proved itself, `learner` is nobody yet."""

    office: StaffUser
    learner: Browser
    store: Store
    programme: Programme
    hashing: Hashing
    persons_by_unit: dict[str, UnitPersons]

    def pages(self) -> Iterator[tuple[str, Response]]:
        """Each page by what it is."""
        yield from self._staff()
        yield from self._learner()
        yield from self._public()

    # --- staff --------------------------------------------------------------------------------

    def _staff(self) -> Iterator[tuple[str, Response]]:
        office, ids = self.office, self.persons_by_unit[OURS].ids
        office.prove()
        page = hold(office, headcount="4")
        once = ONCE.findall(office.get(page).text)[0]
        yield "attendance", office.post(f"{page}co-mat/", page, once=once, person=ids["hoa"])
        yield "a class", office.get(page)
        observed = f"{page}quan-sat/{OBSERVED}/"
        yield "ten boxes", office.get(f"{observed}{ids['hoa']}/")
        yield "ten lines of yesterday", office.post(f"{observed}{ids['hoa']}/", page, seen="1", rubric="-")
        rubric = RUBRIC.findall(office.get(f"{observed}{ids['hoa']}/").text)
        office.post(f"{observed}{ids['hoa']}/", page, seen=("1", "2"), rubric=rubric)
        yield "ten boxes that were ticked", office.get(f"{observed}{ids['hoa']}/")
        yield "an observed task", office.get(observed)
        yield "a search in class", office.post(f"{page}tim/", page, name="giang")
        yield "a pasted list", office.post(f"{page}dan/", page, names="Lò Thị Hoa\nGiàng Thị Đua")
        untold = hold(office, sheet_ref="", headcount="4")
        once = ONCE.findall(office.get(untold).text)[0]
        office.post(f"{untold}co-mat/", untold, once=once, person=ids["minh"])
        chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa"}
        yield "boxes for letters", office.post("bai-giay/", "bai-giay/", **chosen)
        yield "a paper's result", enter(office, ids["hoa"], right_sheet(self.programme))
        yield "found people", office.post("nguoi/", "nguoi/", name="thi")
        yield "a code again", office.post(f"nguoi/{ids['hoa']}/ma/", "nguoi/")
        yield "slips of codes", office.post("ma/phieu.pdf", "ma/", unit=OURS, everybody="yes")
        yield "slips of units", office.post("ma/don-vi/", "ma/", which="all", everybody="yes")
        yield "a sheet to sign", office.post("lop/phieu-ky/", "lop/", course=COURSE, unit=OURS)
        given = office.post(f"nguoi/{ids['hoa']}/phieu/{COURSE}/", "nguoi/")
        yield "a slip", office.browser.get(given.headers["location"])
        yield "merging: others", office.post(f"nguoi/{ids['hoa']}/gop/", "nguoi/", name="thi")
        places = {"id": ids["hoa"], "other": ids["dua"], "serial": "0" * 24, "roster": self.roster}
        for path in sorted(_looked_at()):
            yield path, office.browser.get(re.sub(r"{(\w+)}", lambda found: places[found[1]], path))

    @property
    def roster(self) -> str:
        with self.store.read() as connection:
            return people.all_rosters(connection)[-1].id

    # --- a learner ----------------------------------------------------------------------------

    def _learner(self) -> Iterator[tuple[str, Response]]:
        who, browser = self.persons_by_unit[OURS].ids["dua"], self.learner
        code = LearnerSignIn(self.store, self.hashing).issue([who], by=OPERATOR)[who]
        browser.sign_in(code.text)
        yield "courses", browser.get("/hoc-vien/")
        yield "before a test", browser.get(f"/hoc-vien/kiem-tra/{COURSE}/")
        attempt, form = browser.begin()
        yield "a test", browser.get(f"/hoc-vien/kiem-tra/{COURSE}/lam-bai/")
        browser.hand_in(attempt, form, right_responses(*stored_form(self.store, form)))
        yield "a result", browser.get(f"/hoc-vien/ket-qua/{attempt}/")
        yield "a confirmation", browser.get(f"/hoc-vien/phieu/{COURSE}/")

    # --- everybody ----------------------------------------------------------------------------

    def _public(self) -> Iterator[tuple[str, Response]]:
        who, browser = self.persons_by_unit[OURS].ids["dua"], self.learner
        browser.client.cookies.clear()
        serial = self.store.write(lambda within: issue(within, who, COURSE, now=self.store.now())).serial
        yield "a public confirmation", browser.get(f"/xac-nhan/{serial}")
        yield "progress", browser.get("/tien-do/")


def _looked_at() -> set[str]:
    """The addresses of staff's pages; files to take away are not among them."""
    routes = (route for router in ROUTERS for route in router.routes)
    paths = {route.path for route in routes if "GET" in route.methods}  # type: ignore[attr-defined]
    return {path for path in paths if path.endswith("/") and not path.startswith("/can-bo/lop/{")}
