"""The province's programme, as it stands in this repository, keeps its own promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

import markdown
import programme_texts
import pytest
from programmes import REPOSITORY

from taphuan.programme.checks.passages import all_passages
from taphuan.programme.kinds.blank_form import BlankForm
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.kinds.pocket_text import PocketText
from taphuan.programme.loader import load
from taphuan.programme.loader.yaml_edit import replace_value
from taphuan.programme.markdown_repair import repair_markdown
from taphuan.programme.model.campaign import Leaflet
from taphuan.programme.model.pointer import POINTER
from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import sentences, syllables
from taphuan.render.text.tree import EXTENSION_CONFIGS, EXTENSIONS

#: Part of the plan's tasks, and the letters of its points.
TASKS = {
    "II.1.1": "abc",
    "II.1.2": "ab",
    "II.2.1": "abcd",
    "II.2.2": "ab",
    "II.3.1": "abc",
    "II.3.2": "abcdđ",
    "II.3.3": "ab",
    "II.4.1": "abc",
    "II.4.2": "abc",
    "II.4.3": "ab",
    "II.5.1": "ab",
    "II.5.2": "ab",
    "II.5.3": "ab",
}
TARGETS = {100, 90, 70, 95, 80, 60}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def test_nothing_has_to_be_put_right() -> None:
    findings = programme_texts.loading().findings
    assert [(finding.code, finding.file, finding.line, finding.message) for finding in findings] == []


# --- the plan and the province -----------------------------------------------------------------


def test_the_province_has_thirty_six_communes_and_two_wards(programme: Programme) -> None:
    communes = programme.units.communes
    assert sorted(commune.kind for commune in communes.values()) == ["phường"] * 2 + ["xã"] * 36
    assert all(re.fullmatch(r"0\d{4}", code) for code in communes)
    assert len({commune.name for commune in communes.values()}) == 38
    assert len({commune.name for commune in communes.values()}) == 38
    assert all(commune.name.lower().startswith(commune.kind) for commune in communes.values())


def test_every_point_of_the_plans_tasks_is_there_with_its_words(programme: Programme) -> None:
    plan = programme.charter.plan
    parts = {part.point: "".join(part.points) for group in plan.tasks for part in group.parts}
    assert parts == TASKS
    assert all(len(words.split()) >= 8 for _, words in plan.task_points())
    assert all(part.point.startswith(f"{group.point}.") for group in plan.tasks for part in group.parts)


def test_every_duty_is_there_with_its_unit_and_its_words(programme: Programme) -> None:
    duties = programme.charter.plan.duties
    assert [duty.point for duty in duties] == [f"IV.{number}" for number in range(1, 15)]
    assert len({duty.unit for duty in duties}) == 14
    assert all(bool(duty.text) or bool(duty.points) for duty in duties)
    assert all(not set(duty.leads) & set(duty.supports) for duty in duties)
    for duty in duties:
        assert programme.units.agencies[duty.unit].point == duty.point
        assert programme.units.agencies[duty.unit].requested == duty.requested


def test_the_targets_are_the_plans(programme: Programme) -> None:
    targets = programme.charter.targets
    assert {target.share for target in targets.values()} == TARGETS
    assert targets["province-officials-trained"].share == 80
    assert targets["commune-officials-trained"].share == 60
    assert all(f"{target.share}%" in target.text for target in targets.values())


def test_what_regularly_means_is_written_down_once(programme: Programme) -> None:
    """The plan does not say; 35 communes a year are counted by this."""
    assert (programme.charter.regular.times, programme.charter.regular.every) == (1, "half-year")


def test_every_target_names_the_questions_that_its_counting_rests_on(programme: Programme) -> None:
    """A roster carries the number of the paper that froze it, so who is on it is no assumption of ours."""
    assumed = {id: set(programme.assumed(id)) for id in programme.charter.targets}
    assert all(assumed.values())
    assert assumed["communes-communicating"] == {"thuong-xuyen"}
    assert "danh-sach-tap-huan" not in assumed["commune-officials-trained"]


def test_whether_to_report_who_tells_of_selling_sex_is_a_question_to_three_offices(
    programme: Programme,
) -> None:
    asked = programme.decisions["tu-ke-ban-dam"]
    assert programme.deciders(asked) == ("Sở Y tế", "Công an tỉnh", "Sở Tư pháp")
    assert not re.search(
        r"không phải báo|phải báo (?!không|ngay)", " ".join((asked.question, asked.until_then))
    )
    assert set(asked.courses) == {
        "can-bo-cap-xa",
        "can-bo-cap-tinh",
        "dong-dang-vien",
        "chu-co-so",
        "tuyen-truyen-vien",
        "nhan-vien-dich-vu",
    }


# --- what nobody has yet approved --------------------------------------------------------------


def reviewed(programme: Programme) -> Iterator[tuple[str, object]]:
    for group in (
        programme.courses,
        programme.lessons,
        programme.campaigns,
        programme.of(BlankForm),
        programme.of(LessonPlan),
        programme.of(PocketText),
    ):
        yield from group.items()
    yield from ((page.source, page) for page in programme.pages.values())


def test_no_draft_claims_to_be_approved(programme: Programme) -> None:
    for id, document in reviewed(programme):
        review = document.review  # type: ignore[attr-defined]
        given = (review.by, review.decision, review.approved)
        assert all(given) if review.status == "approved" else not any(given), id


@pytest.mark.slow
def test_what_is_not_approved_is_named_when_it_is_asked_for(programme: Programme) -> None:
    drafts = sum(document.review.is_draft for _, document in reviewed(programme))  # type: ignore[attr-defined]
    codes = [finding.code for finding in load(REPOSITORY, require_review=True).findings]
    assert codes.count("not-approved") == drafts


def test_no_number_stands_in_a_slot_that_nobody_has_confirmed(programme: Programme) -> None:
    contacts = programme.contacts
    slots = [
        *contacts.local.values(),
        *(s for place in contacts.local_by_commune.values() for s in place.values()),
    ]
    assert set(contacts.local_by_commune) == set(programme.units.communes)
    assert all(slot.is_filled or not (slot.number or slot.confirmed_by) for slot in slots)


def test_a_number_is_written_once_and_told_by_its_id(programme: Programme) -> None:
    """A number typed by hand would outlive its correction."""
    numbers = {
        contact.number
        for contact in programme.contacts.contacts.values()
        if contact.number and len(contact.number) > 3
    }
    for lesson in programme.lessons.values():
        bare = re.sub(r"\D", "", POINTER.sub("|", lesson.body))
        assert not [number for number in numbers if re.sub(r"\D", "", number) in bare], lesson.id


# --- law ---------------------------------------------------------------------------------------


def test_the_register_says_of_every_law_how_it_is_known(programme: Programme) -> None:
    for id, law in programme.register.documents.items():
        assert law.checked <= programme.charter.as_of, id
        assert law.sources or law.confidence == "low" or law.status == "unverified", id
    assert programme.register.checked_until <= programme.charter.as_of


def test_the_decree_of_2021_ended_the_day_before_the_one_of_2025_began(programme: Programme) -> None:
    old, new = (programme.register.documents[id] for id in ("nd-144-2021", "nd-282-2025"))
    assert old.effective_until
    assert new.effective_from
    assert (new.effective_from - old.effective_until).days == 1


# --- campaigns ---------------------------------------------------------------------------------


def test_a_campaign_says_one_thing_and_proves_it(programme: Programme) -> None:
    for id, campaign in programme.campaigns.items():
        assert syllables(campaign.message) <= 20, id
        assert campaign.evidence, id
        assert campaign.do_no_harm, id
        assert {"leaflet", "poster"} <= {material.kind for material in campaign.materials.values()}, id
        assert all(programme.contacts.contacts[contact].is_ready for contact in campaign.contacts), id


def test_nobody_is_promised_more_secrecy_than_will_be_kept(programme: Programme) -> None:
    """An adult who has heard of a child in danger must report it, so a child is told so beforehand."""
    campaigns = (text for campaign in programme.campaigns.values() for _, text in campaign.texts)
    offers = (
        text for audience in programme.audiences.values() for text in (audience.gets, audience.effort or "")
    )
    notes = (contact.note or "" for contact in programme.contacts.contacts.values())
    promised = re.compile(r"(xin|được|sẽ) giữ (kín|bí mật)|mới (được )?biết chuyện|không ai biết")
    assert [text for text in (*campaigns, *offers, *notes) if promised.search(text)] == []


def test_the_leaflet_for_parents_says_that_they_must_report_and_what_if_it_is_at_home(
    programme: Programme,
) -> None:
    leaflet = programme.campaigns["nha-truong-va-cha-me"].materials["to-gap"]
    assert isinstance(leaflet, Leaflet)
    panel = programme.in_words(leaflet.panels.inside_middle.text or "")
    assert re.search(r"phải báo, cha mẹ cũng vậy|cha mẹ cũng phải báo", panel)
    assert "[@luat-tre-em-102-2016:51]" in panel
    assert "Người gây hại ở trong nhà" in panel


def test_a_campaigns_sentences_are_shorter_than_a_lessons(programme: Programme) -> None:
    for id, campaign in programme.campaigns.items():
        texts = [text for path, text in campaign.texts if path[0] == "materials" and path[-1] == "text"]
        counts = [syllables(sentence) for text in texts for sentence in sentences(POINTER.sub("", text))]
        assert sum(counts) / len(counts) <= 20, id


def test_every_picture_has_words_and_a_drawing_without_script(programme: Programme) -> None:
    for id, picture in programme.pictures.items():
        assert programme.drawing(id) is not None, id
        assert len(picture.alt.split()) >= 3, id
    # Ornaments of the theme are among the drawings; they say nothing and need no words.
    for path, drawing in programme.drawings.items():
        assert not re.search(
            r"<script|\son\w+\s*=|javascript:|https?://(?!www\.w3\.org/)|<foreignObject", drawing
        ), path


@pytest.mark.slow
def test_its_pages_and_sheets_are_what_they_were_before_texts_were_tidied(programme: Programme) -> None:
    texts = [passage.text for passage in all_passages(programme) if passage.is_markdown]
    assert len(texts) > 500
    assert [text for text in texts if repair_markdown(text) != text] == []
    listing = [text for text in texts if re.search(r"^\s*(?:[-*+]|\d+\.) ", text, re.MULTILINE)]
    assert listing
    configs = {name: dict(options) for name, options in EXTENSION_CONFIGS.items() if name in EXTENSIONS}
    converter, without_marks = (
        markdown.Markdown(extensions=extensions, extension_configs=configs)
        for extensions in (list(EXTENSIONS), [name for name in EXTENSIONS if "listmarks" not in name])
    )
    for text in listing:
        assert converter.reset().convert(text) == without_marks.reset().convert(text)


@pytest.mark.slow
def test_it_can_be_approved_whole_without_another_byte_changed(programme: Programme) -> None:
    draft = "review: {status: draft}"
    approval = {
        "status": "approved",
        "by": "Sở Y tế tỉnh Mẫu",
        "decision": "12/QĐ-SYT",
        "approved": "01/12/2026",
    }
    review = f"review: {{{', '.join(f'{key}: {text}' for key, text in approval.items())}}}"
    assert programme.reviewed
    for text in programme.reviewed:
        raw = (REPOSITORY / text.source).read_bytes()
        assert draft.encode() in raw
        assert replace_value(raw, text.source, "review", approval) == raw.replace(
            draft.encode(), review.encode()
        )


def test_every_commune_has_a_tile_of_its_own_on_eight_rows_and_ten_columns(programme: Programme) -> None:
    communes = programme.units.communes.values()
    places = {(commune.row, commune.column) for commune in communes}
    assert len(places) == len(communes) == 38
    assert {row for row, _ in places} == set(range(1, 9))
    assert {column for _, column in places} == set(range(1, 11))
