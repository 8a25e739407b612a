"""What the pages show, read as HTML, is what the documents say, to the last digit."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from clocks import Clock
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store, staff_entries
from taphuan.records.training import corrections

sys.path.append(str(Path(__file__).parents[2] / "reports"))

from document_readers import docx_tables, docx_text, html_tables, plain, xlsx_tables

COURSE, TRAINED = "nuoc-sach", "can-bo-duoc-tap-huan"
PERIOD = "2026H2"
AUTUMN = datetime(2026, 10, 5, 3, tzinfo=UTC)


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, with targets of every kind."""
    trained = programme.charter.targets[TRAINED]
    others = {
        name: trained.model_copy(update={"title": title, "measure": measure, "every": "year", "level": None})
        for name, title, measure in (
            ("communes", "Xã truyền thông thường xuyên", "communication"),
            ("services", "Người được hỗ trợ", "services"),
            ("reports", "Tin được xử lý", "reports"),
            ("premises", "Cơ sở được kiểm tra", "premises"),
        )
    }
    targets = ReadOnly({TRAINED: trained, **others})
    return replace(programme, charter=programme.charter.model_copy(update={"targets": targets}))


@pytest.fixture
def year(store: Store, persons_by_unit: dict[str, UnitPersons], clock: Clock) -> None:
    """Some were trained in spring and some in autumn; a fair was held; the office knows one figure."""
    spring = store.now()
    known = {"by": OPERATOR}
    for who, when in (("hoa", spring), ("dua", AUTUMN), ("minh", AUTUMN)):
        clock.time = when
        store.write(
            lambda within, who=who, when=when: corrections.record_document(
                within,
                persons_by_unit[OURS].ids[who],
                COURSE,
                document="1/QĐ",
                day=when.date(),
                event_id=str(uuid4()),
                now=when,
                **known,
            )
        )
    store.write(
        lambda within: corrections.waive(
            within, persons_by_unit[THEIRS].ids["sua"], COURSE, event_id=str(uuid4()), now=AUTUMN, **known
        )
    )
    fair = {"unit": OURS, "held_on": AUTUMN.date(), "place_kind": "chợ phiên", "audience": "nguoi-dan"}
    store.write(
        lambda within: staff_entries.enter(
            within, staff_entries.CommunicationActivity, **fair, headcount=1_234, now=AUTUMN, **known
        )
    )  # type: ignore[arg-type]
    told = {"period": PERIOD, "source": "Báo cáo 5/BC"}
    for target, counts in (("services", (1_031, 1_404)), ("reports", (0, 0))):
        counted = {"target": target, "numerator": counts[0], "denominator": counts[1]}
        store.write(
            lambda within, counted=counted: staff_entries.enter(
                within,
                staff_entries.EnteredFigure,
                **told,
                **counted,
                now=AUTUMN,
                **known,  # type: ignore[arg-type]
            )
        )


class Documents:
    """The workbook and the letter that an account takes away."""

    def __init__(self, user: StaffUser) -> None:
        user.prove()
        asked = {"period": PERIOD}
        book = user.post("bao-cao/", "bao-cao/", kind="xlsx", **asked).content
        letter = user.post("bao-cao/", "bao-cao/", kind="docx", **asked).content
        (rows,) = xlsx_tables(book, "Số liệu")
        self.figures = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
        self.sheet = xlsx_tables(book, "Chỉ tiêu")[0]
        self.tables, self.words = docx_tables(letter), docx_text(letter)

    def share(self, id: str) -> tuple[str, str, str]:
        """Numerator, denominator and share of a row, as Excel shows them."""
        row = self.figures[id]
        return tuple(row[name] for name in list(row)[4:7])  # type: ignore[return-value]


def text(html: str) -> str:
    return plain(re.sub(r"<[^>]+>", " ", html))


def section(page: str, id: str) -> str:
    start = page.index(f'data-target="{id}"')
    return page[start : page.index("</section>", start)]


@pytest.mark.parametrize("unit", [PROVINCE, OURS, THEIRS])
def test_the_page_of_targets_says_what_the_documents_say(unit: str, year: None, signed_in: SignedIn) -> None:
    user = signed_in("office", unit)
    page, documents = user.get(f"chi-tieu/?ky={PERIOD}").text, Documents(user)
    trained = section(page, TRAINED)
    said = text(trained)
    done, listed, percent = documents.share(f"target.{TRAINED}")
    whole = f"{percent} {done} /" if percent else "Chưa ghi nhận ai đã tập huấn trong số "
    assert f"{whole}{listed} người của danh sách" in said
    assert any(row[3:6] == [done, listed, percent or "–"] for table in documents.tables for row in table)
    if not percent:
        assert unit == THEIRS
        assert not re.search(r"người nữa|0,0%", said)
        return
    gap = documents.figures[f"target.{TRAINED}.gap"]
    missing = list(gap.values())[4]
    assert f"Còn {missing} người nữa" in said or missing == "0"
    assert not re.search(r"(?i)đạt\b", said)
    evidence = {row[0].strip(): row[2] for row in html_tables(trained)[0][1:]}
    assert sum(map(int, evidence.values())) == int(done)
    assert evidence["E"] == done
    for row in (row for table in html_tables(trained)[1:] for row in table[1:] if row[0].startswith("6 th")):
        half = "2026H1" if "đầu" in row[0] else "2026H2"
        assert row[1] == documents.share(f"target.{TRAINED}.new.{half}")[0]
        total = documents.share(f"target.{TRAINED}.total.{half}")
        assert row[2] == f"{total[0]} ({total[2]})"
    tiles = re.findall(r'tile-map__name">([^<]+)</span> [^/]*<b>(\d+)</b></?[^/]*/(\d+)', trained)
    assert len(tiles) == (2 if unit == PROVINCE else 0)
    for name, part, size in tiles:
        ours = [row for id, row in documents.figures.items() if id.startswith(f"target.{TRAINED}.unit.")]
        (row,) = (list(one.values()) for one in ours if one[list(one)[2]].endswith(name))
        assert [part, size] == row[4:6]


def test_the_other_targets_agree_too(year: None, signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    page, documents = user.get(f"chi-tieu/?ky={PERIOD}").text, Documents(user)
    said = text(page)
    active, communes, percent = documents.share("target.communes")
    assert f"{active}/{communes} xã, phường ({percent})" in said
    served, asked, share = documents.share("target.services")
    assert (served, asked) == ("1.031", "1.404")
    assert f"{served}/{asked} ({share}) . Nguồn: Báo cáo 5/BC" in said
    assert "Trong kỳ không phát sinh." in said
    assert "cơ quan chủ trì chưa nhập số liệu" in said
    assert documents.share("target.premises") == ("", "", "")


@pytest.mark.parametrize("unit", [PROVINCE, OURS])
def test_the_page_of_reports_shows_the_table_of_the_documents(
    unit: str, year: None, signed_in: SignedIn
) -> None:
    user = signed_in("office", unit)
    (table,) = html_tables(user.get(f"bao-cao/?ky={PERIOD}").text)
    documents = Documents(user)
    assert table in documents.tables
    assert table == documents.sheet
    assert len(table) == 6


def test_the_public_page_agrees_with_the_documents_of_the_province(year: None, signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    documents, said = Documents(user), text(user.browser.get("/tien-do/").text)
    done, listed, percent = documents.share(f"target.{TRAINED}")
    assert 0 < int(done) < 5
    assert f"Dưới 5 trên {listed} người của danh sách" in said
    assert f"{percent} {done} " not in said
    served, asked, share = documents.share("target.services")
    assert f"Người được hỗ trợ {served}/{asked} ({share})" in said
    active, communes, percent = documents.share("target.communes")
    assert f"{active}/{communes} xã, phường ({percent})" in said


def test_more_than_there_is_and_what_is_no_number_are_told_each_at_its_field(
    signed_in: SignedIn, store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    fields = {"target": "services", "period": "2026H1", "source": "Báo cáo 5/BC"}
    more = user.post("so-lieu/", "so-lieu/", **fields, numerator="9", denominator="5")
    unread = user.post("so-lieu/", "so-lieu/", **fields, numerator="9", denominator="x")
    assert (more.status_code, unread.status_code) == (422, 422)
    assert "Số đã thực hiện không thể lớn hơn tổng số." in more.text
    assert "Số đã thực hiện không thể lớn hơn tổng số." not in unread.text
    assert "Ghi tổng số." in unread.text
    assert more.text.count('aria-invalid="true"') == unread.text.count('aria-invalid="true"') == 1
