"""Staff write no faster than people do, and have little printed at a time."""

from __future__ import annotations

import pytest
from asgi_browser import ORIGIN
from clocks import Stopwatch
from staff_users import OURS, PROVINCE, SignedIn

from taphuan.service import Settings
from taphuan.service.http.settings import Rate
from taphuan.service.staff import ROUTERS
from taphuan.service.staff.base import WAYS_IN

BURST = 12
WRITES = sorted(
    {route.path for router in ROUTERS for route in router.routes if "POST" in route.methods} - set(WAYS_IN)  # type: ignore[attr-defined]
)


@pytest.fixture
def settings() -> Settings:
    """Few writes in a minute, and fewer papers."""
    return Settings(address=ORIGIN, writes=Rate(burst=BURST, seconds=60), papers=Rate(burst=2, seconds=60))


@pytest.mark.parametrize("path", WRITES)
def test_every_write_of_staff_is_paced(path: str, signed_in: SignedIn, stopwatch: Stopwatch) -> None:
    """Before anything is read of the form, or of who sends it."""
    user = signed_in("office", PROVINCE)
    assert user.get("").status_code == 200, "from here on it is known whose session it is"
    place = path
    for name in ("id", "event", "serial", "course", "other"):
        place = place.replace(f"{{{name}}}", "x")
    for _ in range(BURST):
        user.browser.post(place)
    answer = user.browser.post(place)
    assert answer.status_code == 429
    assert 5 <= int(answer.headers["retry-after"]) <= 60
    assert "Máy này gửi yêu cầu quá nhanh" in answer.text
    assert 'href="/can-bo/"' in answer.text
    assert user.get("").status_code == 200
    stopwatch.seconds += 60
    assert user.browser.post(place).status_code != 429


def test_papers_are_paced_by_themselves(signed_in: SignedIn, stopwatch: Stopwatch) -> None:
    user = signed_in("trainer", OURS)
    wrong = {"course": "không có", "unit": OURS}
    statuses = [user.post("lop/phieu-ky/", "lop/", **wrong).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert user.post("nguoi/", "nguoi/", name="hoa").status_code == 200
    assert user.get("phieu-xac-nhan/x.pdf").status_code == 429
    stopwatch.seconds += 60
    assert user.get("phieu-xac-nhan/x.pdf").status_code == 404


def test_a_pasted_list_counts_as_a_paper(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    statuses = [user.post("lop/x/dan/", "lop/", names="Lò Thị Hoa").status_code for _ in range(3)]
    assert statuses == [404, 404, 429]
    assert user.post("lop/x/tim/", "lop/", name="hoa").status_code != 429
