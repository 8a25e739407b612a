"""The trail as a page: who did what, when and why; of one's own units only, and no secret in it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from clocks import Clock
from fixtures_service import PAPER_101
from sqlalchemy import select, update
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, WrongCode, audit_trail, people, record, schema, staff_entries
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.access.lock_out import TEN_FAILURES
from taphuan.records.event_kinds import KINDS
from taphuan.records.events.ledger import Event
from taphuan.records.people import NewPerson
from taphuan.records.training import classes, corrections
from taphuan.records.training.classes import ClassSession
from taphuan.service.staff.words import (
    AUDITED_ACTIONS,
    EVENT_NAMES,
    FIXED_REASONS,
    STATED_ACTIONS,
    SYSTEM_ACTORS,
)

REPOSITORY = Path(__file__).parents[3]
LOCKS = ("account.locked", "account.totp-locked", "credential.locked")
LINE = re.compile(r"<li>\n<p><strong>([^<]+)</strong>(.*?)</p>\n<p class=\"small\">(.*?)</p>", re.DOTALL)


def lines(page: str) -> list[tuple[str, str, str]]:
    """What was done, about what, and when by whom and why."""
    return [(what, re.sub("<[^>]+>", "", about), said) for what, about, said in LINE.findall(page)]


def whole(user: StaffUser, path: str = "nhat-ky/") -> list[tuple[str, str, str]]:
    """Every page, from the newest to the oldest."""
    found = []
    while path:
        page = user.get(path).text
        found += lines(page)
        older = re.search(r'href="/can-bo/(nhat-ky/\?[^"]*)">Cũ hơn', page)
        path = older[1].replace("&amp;", "&") if older else ""
    return found


def proven(user: StaffUser) -> StaffUser:
    table = schema.session
    here = update(table).where(table.c.account == user.account).values(totp_at=user.store.now())
    user.store.write(lambda connection: connection.execute(here) and None)
    return user


def lived(store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock) -> None:
    """In each commune, day by day: a person corrected, a class, a plan, a completion voided."""
    for unit, whose in persons_by_unit.items():
        clock.forward(days=1)
        now, person = store.now(), whose.all[0]

        def settle(within, unit=unit, person=person, now=now):  # type: ignore[no-untyped-def]
            who = people.person(within, person)
            same = NewPerson(full_name=who.full_name or "", position="Văn thư", unit=unit)
            people.change_person(within, person, same, by=OPERATOR, now=now)
            staff_entries.enter(
                within,
                classes.ClassSession,
                anonymous=True,
                unit=unit,
                held_on=now.date(),
                minutes=60,
                course="nuoc-sach",
                headcount=12,
                by=OPERATOR,
                now=now,
            )
            staff_entries.enter(
                within,
                staff_entries.IssuedPlan,
                unit=unit,
                number=f"{unit[-1]}/KH-UBND",
                issued_on=now.date(),
                first_year=2026,
                last_year=2026,
                by=OPERATOR,
                now=now,
            )
            event, void = str(uuid4()), str(uuid4())
            said = {"document": "1/QĐ", "day": now.date(), "event_id": event, "by": OPERATOR, "now": now}
            corrections.record_document(within, person, "nuoc-sach", **said)
            corrections.void(within, event, event_id=void, by=OPERATOR, now=now)

        store.write(settle)


# --- what it says -------------------------------------------------------------------------------


def test_a_line_says_who_did_what_about_whom_when_and_why(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    clock.forward(minutes=5)
    user.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name="Lò Thị Hoà", unit=OURS, reason="sai dấu")
    what, about, said = lines(user.get("nhat-ky/").text)[0]
    assert (what, said) == ("Sửa hồ sơ", "08:05 ngày 02/3/2026, office 99 1: sai dấu.")
    assert about.startswith(": Lò Thị Hoà, ")


def test_a_void_says_of_which_entry(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, clock: Clock
) -> None:
    lived(store, persons_by_unit, clock)
    found = lines(signed_in("office", PROVINCE).get("nhat-ky/?viec=voided").text)
    assert [(what, about.partition(":")[0]) for what, about, _ in found] == [
        ("Hủy ghi nhận", " (ghi theo văn bản, số 3)"),
        ("Hủy ghi nhận", " (ghi theo văn bản, số 1)"),
    ]


def test_what_the_system_did_is_told_in_our_language(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, hashing: Hashing, clock: Clock
) -> None:
    learners, hoa = LearnerSignIn(store, hashing), persons_by_unit[OURS].ids["hoa"]
    code = learners.issue([hoa], by=OPERATOR)[hoa]
    wrong = replace(code, secret="0" * 9)
    for _ in range(10):
        with pytest.raises(WrongCode):
            learners.sign_in(wrong.text)
    user = signed_in("office", PROVINCE)
    (found,) = lines(user.get("nhat-ky/?viec=credential.locked").text)
    assert found[1].startswith(": Lò Thị Hoa")
    assert "hệ thống: sai mười lần trong một giờ." in found[2]
    assert code.selector not in "".join(found)


def test_every_action_that_is_written_has_a_name() -> None:
    assert set(STATED_ACTIONS) == set(EVENT_NAMES) == set(KINDS)
    entries = (*staff_entries.ENTRY_KINDS, ClassSession)
    written = {f"{kind.name}.{kind.act}" for kind in entries}
    written |= {f"{kind.name}.withdrawn" for kind in entries if "withdrawn_at" in kind.table.c}
    for path in (REPOSITORY / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_note = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "note"
            )
            if is_note and len(node.args) == 3:  # type: ignore[attr-defined]
                action = node.args[1]  # type: ignore[attr-defined]
                written |= {action.value} if isinstance(action, ast.Constant) else {"…"}
    assert written - {"…"} == set(AUDITED_ACTIONS) - set(LOCKS) - audit_trail.SIGN_IN_ACTIONS


def test_everything_that_the_service_says_itself_has_words() -> None:
    assert set(AUDITED_ACTIONS) >= audit_trail.SIGN_IN_ACTIONS
    assert set(SYSTEM_ACTORS) == {TEN_FAILURES.actor}
    assert set(FIXED_REASONS) == {
        *(audit_trail.BY_PASSWORD, audit_trail.CODE_TO_COME, audit_trail.BY_LINK, audit_trail.WRONG_PASSWORD),
        *(audit_trail.NO_SUCH_NAME, audit_trail.WHILE_LOCKED, audit_trail.SWITCHED_OFF),
        *(audit_trail.WRONG_DIGITS, audit_trail.ITSELF, TEN_FAILURES.reason),
    }


# --- narrowing and paging -----------------------------------------------------------------------


def test_it_is_narrowed_to_days_as_they_are_here_and_to_one_work(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, clock: Clock
) -> None:
    lived(store, persons_by_unit, clock)
    user = signed_in("office", PROVINCE)
    days = user.get("nhat-ky/?tu=03/3/2026&den=03/3/2026").text
    assert {said[:20] for _, _, said in lines(days)} == {"08:00 ngày 03/3/2026"}
    assert [what for what, _, _ in lines(user.get("nhat-ky/?viec=plan.entered").text)] == ["Ghi kế hoạch"] * 2
    assert lines(user.get("nhat-ky/?tu=2026-04-01").text) == []
    assert lines(user.get("nhat-ky/?viec=khong-co").text) == lines(user.get("nhat-ky/").text)


@pytest.mark.parametrize("day", ["hôm qua", "31/02/2026", "31/12/9999", "01/01/0001"])
def test_a_day_that_is_none_is_told(day: str, signed_in: SignedIn) -> None:
    for name in ("tu", "den"):
        answer = signed_in("office", PROVINCE).get(f"nhat-ky/?{name}={day}")
        assert answer.status_code == 422
        assert "Không đọc được ngày này." in answer.text


@pytest.mark.parametrize("mark", ["x", "20260302T010000000000~x", "~", "9" * 70])
def test_a_mark_that_is_none_leads_to_the_first_page(mark: str, signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    assert lines(user.get(f"nhat-ky/?sau={mark}").text) == lines(user.get("nhat-ky/").text)


def test_pages_follow_each_other_to_the_first_entry(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, now = signed_in("office", PROVINCE), store.now()

    def waive(within, number):  # type: ignore[no-untyped-def]
        event = Event(
            kind="waived",
            event_id=str(uuid4()),
            person=persons_by_unit[OURS].all[0],
            course="nuoc-sach",
            actor="ai đó",
            reason=f"lần {number}",
        )
        record(within, event, now)

    store.write(lambda within: [waive(within, number) for number in range(120)] and None)
    first = user.get("nhat-ky/").text
    assert len(lines(first)) == 50
    assert "Mới nhất" not in first
    found = [said for what, _, said in whole(user) if what == "Miễn khóa học"]
    assert len(found) == len(set(found)) == 120


# --- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["unit-head", "office"])
def test_of_other_units_nothing_is_seen(
    role: str, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, clock: Clock
) -> None:
    lived(store, persons_by_unit, clock)
    user = signed_in(role, OURS)  # type: ignore[arg-type]
    found = whole(user)
    assert {what for what, _, _ in found} == {
        *("Sửa hồ sơ", "Ghi lớp", "Ghi kế hoạch", "Ghi theo văn bản", "Hủy ghi nhận", "Ghi đơn vị")
    }
    page = user.get("nhat-ky/").text
    with store.read() as connection:
        names = connection.execute(select(schema.person.c.full_name).filter_by(unit=THEIRS)).scalars()
        other = people.units_by_id(connection)[THEIRS].name
        assert not [name for name in (*names, other) if name and name in page]


def test_a_trainer_does_not_read_it(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    assert user.get("nhat-ky/").status_code == 403
    assert "nhat-ky/" not in user.get("").text


def test_the_province_sees_accounts_rosters_and_every_unit(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, clock: Clock
) -> None:
    lived(store, persons_by_unit, clock)
    found = whole(signed_in("office", PROVINCE))
    assert {"Mời tài khoản", "Chốt danh sách", "Thêm người vào sổ"} <= {what for what, _, _ in found}
    assert any(about.startswith(": cấp xã, ngày ") for what, about, _ in found if what == "Chốt danh sách")
    about = " ".join(about for _, about, _ in found)
    assert "Lò Thị Hoa" in about
    assert "Lò Văn Sủa" in about


def test_who_was_erased_has_no_name_in_it(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, clock: Clock
) -> None:
    lived(store, persons_by_unit, clock)
    user, hoa = proven(signed_in("office", PROVINCE)), persons_by_unit[OURS].ids["hoa"]
    user.post(f"nguoi/{hoa}/xoa-ten/", "nguoi/", sure="yes", reason="theo yêu cầu")
    found = whole(user)
    assert [about for what, about, _ in found if what == "Xóa tên"] == [": (đã xóa tên)"]
    assert "Lò Thị Hoa" not in str(found)


def test_no_secret_no_code_and_nothing_that_was_answered_is_in_it(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    hashing: Hashing,
    programme: Programme,
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    code = LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)[hoa]
    user = signed_in("office", PROVINCE)
    paper = {"course": "nuoc-sach", "code": PAPER_101, "sown": "1", "person": hoa, "blank": "yes", "q1": "A"}
    user.post("bai-giay/cham/", "nguoi/", once=str(uuid4()), day="2026-03-01", name="hoa", **paper)
    with store.read() as connection:
        hidden = {code.text, code.selector}
        for table in (schema.account, schema.session, schema.invitation, schema.credential):
            for row in connection.execute(select(table)).mappings():
                secret = (row.get("hash"), row.get("totp"), row.get("token_sha256"))
                hidden |= {value for value in secret if value}
        hidden |= {row.payload for row in connection.execute(select(schema.event.c.payload))}
    page = user.get("nhat-ky/").text
    assert "Nhập bài làm trên giấy" in page
    assert "responses" not in page
    assert not [one for one in hidden if one in page]


def test_looking_changes_nothing(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("office", PROVINCE)
    count = len(whole(user))
    assert len(whole(user)) == count
    assert user.browser.post("/can-bo/nhat-ky/", data={}).status_code == 405


# --- what is alike ------------------------------------------------------------------------------


def test_entries_that_differ_in_their_subject_alone_are_folded(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    clock.forward(hours=2)
    units = [
        people.Unit(id=f"{number:05}", parent=PROVINCE, level="commune", name=f"Xã Mới {number}")
        for number in range(201, 241)
    ]
    store.write(lambda within: people.place_units(within, units, by=OPERATOR, now=store.now()))
    clock.forward(hours=2)
    page = signed_in("office", PROVINCE).get("nhat-ky/").text
    folds = re.findall(r"<summary>Ghi đơn vị: (\d+) mục giống nhau</summary>", page)
    assert folds[0] == "40"
    assert [what for what, _, _ in lines(page)].count("Ghi đơn vị") >= 40
