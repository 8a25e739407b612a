"""Handing in a test: taken once, marked, answered with a result; odd clocks and shapes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import (
    ORIGIN,
    TEST,
    Browser,
    right_fields,
    right_responses,
    serve,
    stored_form,
)
from attempt_rows import right
from clocks import Clock, Stopwatch
from fixtures_service import OPERATOR, TwoLearners

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.events.ledger import event_by_id
from taphuan.records.training.corrections import void
from taphuan.records.training.course_versions import PaperSource
from taphuan.service import Settings, create_app
from taphuan.service.attempts import Attempts, HandedIn, TypedPaper
from taphuan.service.http.settings import Rate


def rows(store: Store) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM event").scalar() or 0)


# --- handing in ---------------------------------------------------------------------------------


def test_right_answers_pass_and_are_on_disk_when_they_are_acknowledged(
    learner: Browser, store: Store, two_learners: TwoLearners
) -> None:
    attempt, form = learner.begin()
    answer = learner.hand_in(attempt, form, right(store, form))
    told = answer.json()
    assert answer.status_code == 201
    assert (told["right"], told["asked"], told["passed"], told["reread"]) == (6, 6, True, [])
    with store.read() as connection:
        found = event_by_id(connection, attempt)
    assert found is not None
    assert (found.event.person, found.event.evidence, found.event.payload["right"]) == (
        two_learners.an,
        "A",
        6,
    )
    assert found.event.payload["form"] == form


def test_the_same_again_gives_the_same_result_and_no_new_row(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    first = learner.hand_in(attempt, form, right(store, form, "1"))
    before = rows(store)
    again = learner.hand_in(attempt, form, right(store, form, "1"), client_time="2026-03-02T09:00:00+07:00")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert rows(store) == before


def test_answers_typed_from_paper_are_recorded_like_those_handed_in(
    learner: Browser, store: Store, programme: Programme, two_learners: TwoLearners
) -> None:
    attempt, id = learner.begin()
    learner.hand_in(attempt, id, right(store, id))
    form, key = stored_form(store, id)
    paper = TypedPaper(
        event_id=str(uuid4()),
        person=two_learners.binh,
        form=form,
        key=key,
        responses={id: answer.right for id, answer in key.items()},
        source=PaperSource(day=date(2026, 3, 1), sheet=None, by=OPERATOR),
        is_another=False,
    )
    mark = store.write(lambda within: Attempts(programme).enter_paper(within, paper, store.now()))
    with store.read() as connection:
        sent, typed = (event_by_id(connection, event) for event in (attempt, paper.event_id))
    assert sent is not None
    assert typed is not None
    assert mark.is_passed
    assert typed.event.payload == {**sent.event.payload, "day": "2026-03-01"}


def test_a_fill_in_is_right_only_where_every_blank_is(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    drawn, key = stored_form(store, form)
    number = next(str(nth) for nth, asked in enumerate(drawn.asked, 1) if key[asked.id].kind == "fill-in")
    page = learner.get(TEST + "lam-bai/").text
    assert "thì gọi (1) …… rồi (2) ……." in page
    assert re.findall(rf'<select [^>]*name="(q{number}-\d)"', page) == [f"q{number}-1", f"q{number}-2"]
    answers = right_responses(drawn, key)
    second = {"2=1": "2=2", "2=2": "2=1"}[answers[number][1]]
    told = learner.hand_in(attempt, form, {**answers, number: [answers[number][0], second]}).json()
    assert (told["right"], told["asked"]) == (5, 6)
    assert [(entry["right"], entry["asked"]) for entry in told["objectives"]] == [(3, 3), (2, 3)]
    attempt, form = learner.begin()
    told = learner.hand_in(attempt, form, right_responses(*stored_form(store, form))).json()
    assert (told["right"], told["passed"]) == (6, True)


def test_an_option_of_another_blank_is_not_understood(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    drawn, key = stored_form(store, form)
    number = next(str(nth) for nth, asked in enumerate(drawn.asked, 1) if key[asked.id].kind == "fill-in")
    refused = learner.hand_in(attempt, form, {number: ["2=3"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "not-understood")


def test_other_answers_under_the_same_id_are_refused(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    first = learner.hand_in(attempt, form, right(store, form, "1"))
    before = rows(store)
    other = learner.hand_in(attempt, form, right(store, form, "2"))
    assert (other.status_code, other.json()["code"]) == (409, "other-attempt")
    assert rows(store) == before
    assert learner.get(f"/api/attempts/{attempt}").json() == first.json()


def test_an_id_of_the_clients_own_is_taken_in_any_spelling(learner: Browser, store: Store) -> None:
    _, form = learner.begin()
    mine = uuid4()
    assert learner.hand_in(str(mine).upper(), form, right(store, form, "1")).status_code == 201
    assert learner.hand_in(str(mine), form, right(store, form, "1")).status_code == 200


def test_a_form_is_answered_once(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right(store, form, "1"))
    again = learner.hand_in(str(uuid4()), form, right(store, form, "1"))
    assert (again.status_code, again.json()["code"]) == (409, "form-not-open")


def test_many_at_once_with_the_same_form_are_one_attempt(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    ids = [attempt, attempt, *(str(uuid4()) for _ in range(6))]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda id: learner.hand_in(id, form, right(store, form, "1")), ids))
    assert sum(answer.status_code == 201 for answer in answers) == 1
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert rows(store) == 1


def test_of_one_learner_in_one_group_the_second_sees_the_first(
    learner: Browser, two_learners: TwoLearners, store: Store, programme: Programme
) -> None:
    attempt, form = learner.begin()
    attempts, token = Attempts(programme), learner.client.cookies["__Host-sid"]
    ids = (attempt, str(uuid4()), attempt)
    sent = [HandedIn(token=token, attempt=id, form=form, wire=right(store, form)) for id in ids]
    stranger = HandedIn(token="", attempt=attempt, form=form, wire={})
    outcomes = store.write(lambda within: attempts.hand_in(within, [stranger, *sent, stranger], store.now()))
    told = [getattr(outcome, "code", None) or outcome[1].is_new for outcome in outcomes]  # type: ignore[index]
    assert told == ["signed-out", True, "form-not-open", False, "signed-out"]
    assert rows(store) == 1


def test_the_form_of_another_learner_is_not_mine_to_answer(
    learner: Browser, two_learners: TwoLearners
) -> None:
    _, others = learner.begin()
    learner.sign_in(two_learners.other_code)
    answer = learner.hand_in(str(uuid4()), others, {})
    assert (answer.status_code, answer.json()["code"]) == (409, "form-not-open")


def test_an_attempt_of_another_learner_is_not_mine_to_see_or_to_change(
    learner: Browser, two_learners: TwoLearners, store: Store
) -> None:
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right(store, form, "1"))
    learner.sign_in(two_learners.other_code)
    assert learner.get(f"/api/attempts/{attempt}").status_code == 404
    assert learner.get(f"/hoc-vien/ket-qua/{attempt}/").status_code == 404
    assert learner.hand_in(attempt, form, right(store, form, "1")).status_code == 409


def test_nobody_hands_in_under_the_id_that_was_made_for_another_learner(
    learner: Browser, two_learners: TwoLearners, store: Store
) -> None:
    others, form_of_an = learner.begin()
    learner.sign_in(two_learners.other_code)
    _, mine = learner.begin()
    taken = learner.hand_in(others, mine, right(store, mine, "1"))
    assert (taken.status_code, taken.json()["code"]) == (409, "foreign-attempt")
    assert rows(store) == 0
    learner.sign_in(two_learners.code)
    assert learner.hand_in(others, form_of_an, right(store, form_of_an)).status_code == 201


def test_the_id_of_another_is_answered_alike_before_and_after_it_was_handed_in(
    learner: Browser, two_learners: TwoLearners, store: Store
) -> None:
    others, form_of_an = learner.begin()
    learner.sign_in(two_learners.other_code)
    _, mine = learner.begin()
    before = learner.hand_in(others, mine, right(store, mine, "1"))
    learner.sign_in(two_learners.code)
    learner.hand_in(others, form_of_an, right(store, form_of_an))
    learner.sign_in(two_learners.other_code)
    after = learner.hand_in(others, mine, right(store, mine, "1"))
    assert (before.status_code, before.json()) == (after.status_code, after.json())


def test_an_id_that_follows_from_something_else_is_nobodys_to_take(learner: Browser, store: Store) -> None:
    """Ids of version 5 name classes and papers too; those of the first attempt do not fit the second."""
    first, form = learner.begin()
    learner.hand_in(first, form, right(store, form, "1"))
    _, second = learner.begin()
    for taken in (str(uuid5(NAMESPACE_OID, "x")), str(uuid5(NAMESPACE_OID, f"{form}/1"))):
        answer = learner.hand_in(taken, second, right(store, second, "1"))
        assert (answer.status_code, answer.json()["code"]) == (409, "foreign-attempt")


def test_the_course_allows_three_attempts(learner: Browser, store: Store) -> None:
    for left in (2, 1, 0):
        attempt, form = learner.begin()
        assert learner.hand_in(attempt, form, right(store, form, "1")).status_code == 201
        assert learner.get("/api/courses").json()[0]["left"] == left
    refused = learner.post("/api/courses/nuoc-sach/form")
    assert (refused.status_code, refused.json()["code"]) == (409, "no-attempt-left")
    assert learner.get("/hoc-vien/kiem-tra/nuoc-sach/").status_code == 409


def test_an_attempt_that_was_voided_can_be_made_again(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right(store, form, "1"))
    store.write(lambda within: void(within, attempt, event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    assert learner.get("/api/courses").json()[0]["left"] == 3
    assert learner.begin()[1] != form
    assert "đã hủy ghi nhận" in learner.get(f"/hoc-vien/ket-qua/{attempt}/").text


def test_a_completion_stays_when_a_later_attempt_fails(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right(store, form))
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right(store, form, "1"))
    assert learner.get("/api/courses").json()[0]["completed_on"] == "2026-03-02"


# --- results ------------------------------------------------------------------------------------


def test_a_result_says_the_score_by_objective_and_what_to_reread_and_no_more(
    learner: Browser, store: Store, programme: Programme
) -> None:
    attempt, form_id = learner.begin()
    form, key = stored_form(store, form_id)
    wire = {
        number: chosen
        for number, chosen in right_responses(form, key).items()
        if key[form.asked[int(number) - 1].id].objective == "giu-nguon"
    }
    told = learner.hand_in(attempt, form_id, wire).json()
    told.pop("received_at")
    told["objectives"].sort(key=lambda objective: objective["title"])
    assert told == {
        "attempt": attempt,
        "course": "nuoc-sach",
        "right": 3,
        "asked": 6,
        "pass_share": 80,
        "passed": False,
        "clock_off": False,
        "objectives": [
            {"title": "Báo tin khi nước bẩn", "right": 0, "asked": 3},
            {"title": "Giữ được nguồn nước của bản", "right": 3, "asked": 3},
        ],
        "reread": [{"title": "Báo khi nước bẩn", "address": "/khoa-hoc/nuoc-sach/bao-nuoc-ban/"}],
    }


# --- clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-365)])
def test_a_clock_a_year_off_is_accepted_and_flagged(
    learner: Browser, clock: Clock, store: Store, off: timedelta
) -> None:
    attempt, form = learner.begin()
    answer = learner.hand_in(
        attempt, form, right(store, form, "1"), client_time=(clock.time + off).isoformat()
    )
    assert (answer.status_code, answer.json()["clock_off"]) == (201, True)
    assert answer.json()["received_at"] == "2026-03-02T01:00:00Z"
    assert "lệch nhiều" in learner.get(f"/hoc-vien/ket-qua/{attempt}/").text


def test_a_clock_that_is_right_is_not_flagged(learner: Browser, clock: Clock, store: Store) -> None:
    attempt, form = learner.begin()
    answer = learner.hand_in(
        attempt, form, right(store, form, "1"), client_time=(clock.time - timedelta(hours=1)).isoformat()
    )
    assert answer.json()["clock_off"] is False


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_no_clock_is_too_odd(learner: Browser, moment: str, store: Store) -> None:
    attempt, form = learner.begin()
    assert learner.hand_in(attempt, form, right(store, form, "1"), client_time=moment).status_code == 201


# --- what is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"form": "x", "responses": {}},
        {"form": 7, "responses": {}},
        {"form": "f" * 24, "responses": []},
        {"form": "f" * 24, "responses": {"1": "1"}},
        {"form": "f" * 24, "responses": {"1": [1]}},
        {"form": "f" * 24, "responses": {"one": ["1"]}},
        {"form": "f" * 24, "responses": {"1": ["cho-cao-rao"]}},
        {"form": "f" * 24, "responses": {"1": ["Một câu tự viết"]}},
        {"form": "f" * 24, "responses": {}, "client_time": 1735689600},
        {"form": "f" * 24, "responses": {}, "client_time": "2026-03-02T09:00:00"},
        {"form": "f" * 24, "responses": {}, "score": 100},
        [],
        "text",
        None,
    ],
)
def test_what_has_the_wrong_shape_is_told_in_vietnamese_with_the_place(learner: Browser, sent: Any) -> None:
    answer = learner.put(f"/api/attempts/{uuid4()}", json=sent)
    told = answer.json()
    assert (answer.status_code, sorted(told)) == (422, ["code", "fix", "message"])
    assert re.match(r"Nội dung gửi lên chưa đúng: .+", told["message"])
    assert "cho-cao-rao" not in answer.text
    assert "tự viết" not in answer.text


def test_broken_json_is_told_too(learner: Browser) -> None:
    answer = learner.put(
        f"/api/attempts/{uuid4()}", content=b'{"form": ', headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "not-understood")


def test_a_number_that_the_sheet_has_not_is_told(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    answer = learner.hand_in(attempt, form, {"99": ["1"]})
    assert (answer.status_code, "đề không có câu 99" in answer.json()["message"]) == (422, True)
    assert rows(store) == 0


# --- sent in vain -------------------------------------------------------------------------------


def test_without_scripts_what_was_answered_stands_in_the_page_that_says_to_wait(
    programme: Programme,
    store: Store,
    hashing: Hashing,
    portal: BlockingPortal,
    two_learners: TwoLearners,
    stopwatch: Stopwatch,
) -> None:
    """One press of its button hands in, once the learner may write again."""
    settings = Settings(address=ORIGIN, writes=Rate(burst=1, seconds=60))
    app = create_app(programme, store, settings=settings, hashing=hashing, stopwatch=stopwatch)
    with serve(app, portal) as learner:
        learner.sign_in(two_learners.code)
        _, form = learner.begin()
        sent = {"form": form, "anyway": "yes", **right_fields(*stored_form(store, form))}
        refused = learner.send(f"{TEST}lam-bai/", **sent)
        assert refused.status_code == 429
        assert re.findall("[Cc]hờ [^<.]*", refused.text) == ["chờ 60 giây rồi bấm “Gửi lại”"]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', refused.text)
        fields: dict[str, list[str]] = {}
        for name, value in found:
            fields.setdefault(name, []).append(value)
        assert {name: fields[name] for name in sent if name.startswith("q")} == {
            name: list(value) for name, value in sent.items() if name.startswith("q")
        }
        assert rows(store) == 0
        stopwatch.seconds += 60
        answer = learner.post(f"{TEST}lam-bai/", data=fields)
        assert answer.headers["location"].startswith("/hoc-vien/ket-qua/")
        assert rows(store) == 1
