"""The rows of a period: what the screen shows, and what every document is made of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from document_readers import docx_text, html_text, xlsx_text
from fixtures_reports import PLAN, WHOLE, known_figures, make_report
from fixtures_targets import COURSE, DECISION, H1, activity, issued, session, units

from taphuan.programme.model.course import Course
from taphuan.records.people import Unit
from taphuan.records.training.progress import FirstDone
from taphuan.reports import Report, Row, write_docx, write_html, write_xlsx
from taphuan.reports.blocks import Table
from taphuan.targets import Regular


def row(report: Report, id: str) -> Row:
    (match,) = [row for row in report.rows if row.id == id]
    return match


def numbers(report: Report, *ids: str) -> list[str]:
    return [row(report, id).shown for id in ids]


def test_every_target_has_a_row_with_numerator_denominator_share_source_and_note() -> None:
    rows = [row for row in WHOLE.rows if row.group == "targets"]
    assert [(row.label, row.counted, row.shown, row.percent, row.outcome) for row in rows] == [
        ("Cán bộ xã được tập huấn", "người", "3/5", "60,0%", "Chưa đến hạn"),
        ("Cán bộ tỉnh được tập huấn", "người", "", "", "Chưa có số liệu"),
        ("Xã, phường truyền thông", "xã, phường", "2/3", "66,7%", "Chưa đạt"),
        ("Người được hỗ trợ", "người", "31/40", "77,5%", "Đạt"),
        ("Tin được xử lý", "tin", "0/0", "", "Không phát sinh"),
        ("Cơ sở được kiểm tra", "cơ sở", "", "", "Chưa có số liệu"),
        ("Có kế hoạch", "cơ quan, xã, phường", "", "", "Chưa có số liệu"),
    ]
    assert rows[0].evidence == {"A": 1, "B": 1, "C": 0, "D": 0, "E": 1}
    assert f"Danh sách ngày 01/9/2026, chốt ngày 01/9/2026, {DECISION}" in rows[0].note
    assert rows[3].source == "Công văn số 5/CV-SM"


def test_persons_of_a_course_that_no_target_counts_are_a_number_in_every_file() -> None:
    teachers = PLAN.courses[COURSE].model_copy(
        update={"id": "giao-vien", "title": "Khóa giáo viên", "counts_toward": None, "records": True}
    )
    plan = PLAN.having(Course, {**PLAN.courses, "giao-vien": teachers})
    first = (FirstDone("giao-vien", "00001", date(2026, 3, 2), 7),)
    report = make_report(plan=plan, first_done=first)
    counted = row(report, "training.course.giao-vien.completed")
    assert (counted.shown, counted.counted, counted.percent, counted.denominator) == ("7", "người", "", None)
    sentence = "Số người đã hoàn thành, không tính vào chỉ tiêu nào: Khóa giáo viên"
    workbook = " ".join(xlsx_text(write_xlsx(report)).values())
    for text in (docx_text(write_docx(report)), html_text(write_html(report)), workbook):
        assert sentence in text
    assert f"{sentence}: 7 người, đến hết ngày 31/12/2026." in html_text(write_html(report))
    nobody = make_report(plan=plan)
    assert row(nobody, "training.course.giao-vien.completed").shown == "Chưa ghi nhận"
    assert f"{sentence}: " not in html_text(write_html(nobody))


def test_what_the_office_has_to_say_is_a_blank() -> None:
    assert row(WHOLE, "target.inspected").is_blank
    assert row(WHOLE, "target.inspected").note == "Chưa có số liệu: đơn vị điền"
    assert not row(WHOLE, "target.handled").is_blank


def test_a_roster_that_shrank_is_told_beside_the_share_it_lifts() -> None:
    note = row(WHOLE, "target.trained").note
    assert "Danh sách giảm từ 6 xuống còn 5 người so với danh sách ngày 01/02/2026" in note
    assert "1 người đưa ra khỏi danh sách (1 người chưa được tập huấn), 0 người thêm vào" in note
    assert "tỷ lệ tính theo danh sách trước là 50,0%" in note
    assert numbers(WHOLE, "target.trained.left", "target.trained.roster-before") == ["1", "3/6"]


def test_a_roster_that_was_frozen_after_the_period_says_so_wherever_its_share_is() -> None:
    frozen_at = datetime(2027, 1, 3, 17, 0, tzinfo=UTC)
    late = tuple(
        replace(roster, roster=replace(roster.roster, frozen_at=frozen_at))
        for roster in known_figures().rosters[1:]
    )
    report = make_report(rosters=late)
    note = f"Danh sách ngày 01/9/2026, {DECISION}; danh sách chốt sau kỳ báo cáo, ngày 04/01/2027"
    assert row(report, "target.trained").note == note
    for text in (docx_text(write_docx(report)), html_text(write_html(report))):
        assert text.count("danh sách chốt sau kỳ báo cáo, ngày 04/01/2027") == 3
    assert note in xlsx_text(write_xlsx(report))["Số liệu"]
    assert "sau kỳ báo cáo" not in docx_text(write_docx(WHOLE))


def test_a_roster_that_stands_in_for_a_mistaken_one_says_so_wherever_its_share_is() -> None:
    rosters = tuple(
        replace(roster, roster=replace(roster.roster, instead_of=3)) for roster in known_figures().rosters[1:]
    )
    report = make_report(rosters=rosters)
    assert row(report, "target.trained").note.endswith("Thay cho danh sách số 3, đã chốt nhầm")
    for text in (docx_text(write_docx(report)), html_text(write_html(report))):
        assert text.lower().count("thay cho danh sách số 3") == 3
    assert "danh sách số" not in docx_text(write_docx(WHOLE))


def test_attendances_are_never_persons() -> None:
    heads = [row for row in WHOLE.rows if row.counted == "lượt người"]
    assert heads
    assert all("attendances" in head.id and head.note == "Lượt, không phải số người" for head in heads)
    assert numbers(WHOLE, "training.attendances", "target.trained") == ["37", "3/5"]


def test_sessions_without_names_are_counted_among_all_and_apart() -> None:
    ids = ("sessions", "attendances", "anonymous-sessions", "anonymous-attendances")
    assert numbers(WHOLE, *(f"training.{id}" for id in ids)) == ["2", "37", "1", "12"]


def test_only_what_happened_in_the_period_is_of_it() -> None:
    outside = (session(date(2025, 12, 31), 9), session(date(2027, 1, 1), 9), session(date(2026, 6, 30), 9))
    beyond = (activity("00001", date(2026, 7, 1)), activity("00001", date(2026, 6, 30)))
    report = make_report(H1, sessions=outside, activities=beyond)
    assert numbers(report, "training.sessions", "communication.activities") == ["1", "1"]


def test_communes_have_their_activities_by_half_year() -> None:
    ids = ("2026H1", "2026H2", "total", "attendances", "regular")
    assert numbers(WHOLE, *(f"communication.unit.00001.{id}" for id in ids)) == ["1", "1", "2", "2.468", "Có"]
    assert numbers(WHOLE, *(f"communication.unit.00003.{id}" for id in ids)) == ["Chưa ghi nhận"] * 5
    assert numbers(WHOLE, "communication.activities", "communication.commune-activities") == ["5", "4"]


def test_what_nobody_recorded_is_no_number_in_any_file() -> None:
    report = make_report(sessions=(), activities=())
    groups = [row for row in report.rows if row.group in ("classes", "communication")]
    assert groups
    assert {(group.shown, group.numerator, group.percent) for group in groups} == {
        ("Chưa ghi nhận", None, "")
    }
    assert not [group for group in groups if ".unit." in group.id]
    target = row(report, "target.communicating")
    assert (target.shown, target.percent, target.outcome) == ("", "", "Chưa có số liệu")
    assert target.note.startswith("Chưa ghi nhận hoạt động nào trong kỳ")
    assert report.appendices.keys().isdisjoint({"communes", "classes"})
    for text in (
        docx_text(write_docx(report)),
        html_text(write_html(report)),
        *xlsx_text(write_xlsx(report)).values(),
    ):
        assert not re.search(r"(?<![0-9])0/3|(?<![0-9,])0,0%|Không(?! phát sinh)\b", text)
    assert "Xã, phường truyền thông: [tử số, mẫu số, nguồn: đơn vị điền]" in docx_text(write_docx(report))


def test_of_a_kind_of_which_nothing_was_recorded_the_appendix_has_one_line() -> None:
    (table,) = make_report(sessions=()).appendices["classes"].blocks
    assert isinstance(table, Table)
    unknown = [cells[1] for cells in table.rows if cells[3] == "Chưa ghi nhận"]
    assert unknown == ["Số lớp tập huấn đã ghi nhận trong kỳ"]
    assert len(table.rows) > 1


def test_nobody_on_record_is_not_that_nobody_was_trained() -> None:
    report = make_report(done=())
    trained = row(report, "target.trained")
    assert (trained.percent, trained.outcome) == ("", "Chưa ghi nhận")
    assert report.appendices.keys().isdisjoint({"units", "half-years"})
    text = docx_text(write_docx(report))
    assert "chưa ghi nhận ai đã được tập huấn trong 5 người của danh sách ngày 01/9/2026" in text
    assert "0,0%" not in text


def test_what_only_the_province_did_is_told_without_zeros_of_the_communes() -> None:
    text = docx_text(
        write_docx(make_report(activities=(activity("so-mau", date(2026, 10, 2), 80),), issued=()))
    )
    assert "1 hoạt động truyền thông với 80 lượt người dự; chưa ghi nhận hoạt động nào ở xã, phường." in text
    agency = make_report(issued=(issued("so-mau", "9/KH-SM", date(2026, 2, 3)),))
    assert "của 1 kế hoạch; trong đó số xã, phường: chưa ghi nhận (" in docx_text(write_docx(agency))


def test_a_commune_of_which_nothing_is_recorded_has_no_share_to_fill_in() -> None:
    text = docx_text(write_docx(make_report(unit="00003")))
    assert "Trong kỳ chưa ghi nhận hoạt động truyền thông nào." in text
    assert "Xã, phường truyền thông: [tử số" not in text


def test_half_years_show_who_was_new() -> None:
    ids = ("new.2026H1", "total.2026H1", "new.2026H2", "total.2026H2")
    assert numbers(WHOLE, *(f"target.trained.{id}" for id in ids)) == ["1", "1/5", "2", "3/5"]


def test_what_regularly_means_stands_beside_the_share() -> None:
    note = row(make_report(), "target.communicating").note
    counted = "đếm theo hoạt động đã ghi nhận"
    assert note == f"“Thường xuyên” là có ít nhất 01 hoạt động trong mỗi 06 tháng của kỳ; {counted}"
    other = row(make_report(regular=Regular(times=2, every="period")), "target.communicating")
    assert (other.note.endswith(f"có ít nhất 02 hoạt động trong kỳ; {counted}"), other.shown) == (True, "2/3")


def test_persons_by_unit_are_not_for_everybody_and_communication_is() -> None:
    public = {row.id for row in WHOLE.rows if row.is_public}
    assert {"target.trained", "communication.unit.00001.total", "training.sessions"} <= public
    assert not [id for id in public if id.startswith("target.") and ".unit." in id]


def test_of_one_unit_only_its_communication_is_public() -> None:
    report = make_report(unit="00001")
    assert {row.group for row in report.rows if row.is_public} == {"communication", "plans"}
    assert row(report, "target.trained").shown == "1/2"


def test_every_plan_has_a_row_with_its_number_its_day_and_its_years() -> None:
    plans = [(row.id, row.shown, row.note) for row in WHOLE.rows if row.group == "plans"]
    assert plans == [
        ("plans.issued", "1", ""),
        ("plans.communes", "1/3", ""),
        ("plans.unit.00001.1", "11/KH-UBND, ngày 05/01/2026", "Cho năm 2026"),
    ]


def test_a_plan_of_an_agency_counts_among_no_communes() -> None:
    more = (
        issued("so-mau", "9/KH-SM", date(2026, 2, 3), (2026, 2030)),
        issued("00002", "1/KH-UBND", date(2026, 9, 9)),
    )
    report = make_report(H1, issued=more)
    assert numbers(report, "plans.issued", "plans.communes") == ["1", "Chưa ghi nhận"]
    assert row(report, "plans.unit.so-mau.1").note == "Cho các năm 2026–2030"


def test_every_row_has_an_id_of_its_own() -> None:
    ids = [row.id for row in WHOLE.rows]
    assert len(ids) == len(set(ids))


def test_evidence_adds_up_to_the_numerator() -> None:
    rows = [row for row in WHOLE.rows if row.evidence]
    assert len(rows) == 4
    assert all(sum(row.evidence.values()) == row.numerator for row in rows)


def test_how_far_it_is_stands_in_rows() -> None:
    ids = ("gap", "needed", "expected")
    assert numbers(WHOLE, *(f"target.trained.{id}" for id in ids)) == ["0", "0", "đã ở mức chỉ tiêu"]
    assert numbers(WHOLE, "target.communicating.gap", "target.served.gap") == ["1", "0"]


def test_too_few_periods_are_said_to_be_too_few() -> None:
    some = make_report(done=known_figures().done[1:2])
    assert numbers(some, "target.trained.gap", "target.trained.expected") == ["2", "chưa đủ số liệu"]


def test_units_stand_in_the_order_of_a_dictionary() -> None:
    order = ["Phường Đoàn Kết", "Phường Tân Phong", "Xã Bản Bo", "Xã Bình Lư", "Xã Bum Nưa", "Xã Bum Tở"]
    some = {
        f"{number:05}": Unit(id=f"{number:05}", parent="99", level="commune", name=name)
        for number, name in enumerate(sorted(order), 11)
    }
    report = make_report(units={**units(), **some})
    totals = [row.label for row in report.rows if re.fullmatch(r"communication[.]unit[.]\d+[.]total", row.id)]
    assert [name for label in totals for name in order if name in label] == order
    text = docx_text(write_docx(report))
    assert sorted(order, key=text.index) == order
