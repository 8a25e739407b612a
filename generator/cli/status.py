"""`taphuan check` and `taphuan status`: what to put right, and how the programme stands.

They need no more than the content, and begin at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ..errors import AuthorError, Finding
from ..programme import status as programme_status
from ..programme.loader import load_kept
from ..programme.status import Overview
from ..programme.status.question_figures import FEWEST_WEIGHED, QuestionFigures, Repeat, question_figures
from ..programme.vietnamese import written_day
from .commands import Verb
from .options import no_cache_option, programme_options, read_day
from .status_sections import (
    approvals,
    campaigns,
    content_age,
    courses,
    decisions,
    last_days,
    law,
    pages,
    plan,
)
from .terminal import (
    FAILED,
    FINDING_FORMATS,
    figure_table,
    finding_counts,
    labelled_rows,
    list_items,
    wants_colour,
    wrapped_text,
)


@click.command(cls=Verb, example="taphuan check --format text")
@programme_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FINDING_FORMATS)),
    default="text",
    metavar="CÁCH",
    help="Cách in kết quả: cho người đọc, cho chương trình, hoặc cho GitHub.",
)
@click.option("--strict", is_flag=True, help="Lưu ý cũng tính là lỗi.")
@click.option("--require-review", is_flag=True, help="Đòi mọi nội dung đã được phê duyệt.")
@no_cache_option
def check(
    root: Path, banks: Path | None, form: str, strict: bool, require_review: bool, no_cache: bool
) -> int:
    """Kiểm tra mọi tệp nội dung và in ra từng chỗ cần sửa: ở đâu, sai gì, sửa thế nào."""
    loading = load_kept(root, banks=banks, require_review=require_review, anew=no_cache)
    click.echo(FINDING_FORMATS[form](loading.findings), nl=False, color=wants_colour())
    click.echo(f"Đã kiểm: {finding_counts(loading.findings)}.", err=True)
    return FAILED if loading.has_errors or (strict and loading.findings) else 0


#: Days that an office plans ahead, and the most that may be asked for: ten years.
DEFAULT_DAYS, MOST_DAYS = 90, 3_650


def today() -> date:
    return date.today()


@click.command("status", cls=Verb, example="taphuan status --date 01/01/2027 --within 180")
@programme_options
@click.option(
    "--date",
    "asked",
    callback=read_day,
    metavar="NGÀY",
    show_default="hôm nay",
    help="Xem tình hình tính đến ngày nào, như 01/12/2026.",
)
@click.option(
    "--within",
    type=click.IntRange(1, MOST_DAYS),
    default=DEFAULT_DAYS,
    metavar="SỐ_NGÀY",
    help="Nêu những gì hết hạn trong bao nhiêu ngày tới.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="CÁCH",
    help="Cách in: cho người đọc, hoặc cho chương trình.",
)
@click.option(
    "--questions",
    is_flag=True,
    help="Chỉ xem câu hỏi kiểm tra: câu chữ có để lộ đáp án không, câu nào lặp lại lời đã có.",
)
def status(
    root: Path, banks: Path | None, asked: date | None, within: int, form: str, questions: bool
) -> int:
    """In tình hình chương trình cho người điều phối: nội dung nào đã phê duyệt, khóa học có những gì, câu hỏi
    nào còn mở, văn bản nào cần kiểm lại, nhiệm vụ nào chưa có tài liệu, nội dung nào sắp hết hạn.

    Nội dung còn lỗi thì lệnh vẫn in những gì đọc được và kết thúc với mã 1, như taphuan check.
    """
    loading = load_kept(root, banks=banks)
    if loading.programme is None:
        raise AuthorError(loading.findings)
    day = asked or today()
    if questions:
        figures = question_figures(loading.programme, day)
        click.echo(questions_json(figures) if form == "json" else questions_text(figures, day))
        return FAILED if loading.has_errors else 0
    overview = programme_status.overview(loading.programme, day, within)
    write = _overview_json if form == "json" else _overview_text
    click.echo(write(overview, loading.findings))
    return FAILED if loading.has_errors else 0


def _overview_json(overview: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the values by the names of their fields; a day is written as 2026-12-01."""
    errors = sum(finding.is_error for finding in findings)
    counts = {"errors": errors, "warnings": len(findings) - errors}
    return json.dumps(
        {"findings": counts, **asdict(overview)}, default=date.isoformat, ensure_ascii=False, indent=1
    )


# --- the page ------------------------------------------------------------------------------------


def _overview_text(overview: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the whole in a few lines, then one heading after another."""
    sections = (
        ("Phê duyệt", approvals(overview)),
        ("Khóa học", courses(overview)),
        ("Chiến dịch", campaigns(overview)),
        ("Trang viết tay", pages(overview)),
        ("Câu hỏi còn mở", decisions(overview)),
        ("Văn bản pháp luật cần kiểm lại", law(overview.law, overview.day)),
        ("Nội dung cũ hơn văn bản được dẫn", content_age(overview.age, overview.day)),
        ("Nhiệm vụ của kế hoạch chưa có tài liệu", plan(overview.plan)),
        (f"Hết hạn đến hết ngày {written_day(overview.until)}", last_days(overview)),
    )
    lines = [*_head(overview), "", *labelled_rows(list(_summary(overview, findings)))]
    for number, (heading, body) in enumerate(sections, 1):
        lines += ["", f"{number}. {heading.upper()}", *body]
    return "\n".join(lines)


def _head(overview: Overview) -> Iterator[str]:
    yield f"TÌNH HÌNH CHƯƠNG TRÌNH, TÍNH ĐẾN NGÀY {written_day(overview.day)}"
    yield wrapped_text(overview.title, 0)
    yield wrapped_text(f"Cơ quan chủ trì: {overview.coordinator}", 0)


def _summary(overview: Overview, findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    yield "Kiểm tra nội dung", _soundness(findings)
    yield "Phê duyệt", _approved(overview)
    yield "Câu hỏi còn mở", _open(overview)
    checked = written_day(overview.law.checked_until)
    yield "Pháp luật", f"hiệu lực kiểm tới ngày {checked}; {_doubtful(overview)}"
    yield "Nội dung cũ", _outdated(overview)
    yield "Kế hoạch", _unserved(overview)
    yield "Hết hạn", _last_days(overview)


def _soundness(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "không có lỗi nào, xét theo ngày của từng nội dung"
    summary = f"{finding_counts(findings)}; xem từng chỗ cần sửa bằng lệnh taphuan check"
    is_short = any(finding.is_error for finding in findings)
    return summary + ("; tệp có lỗi có thể chưa được tính trong các số dưới đây" if is_short else "")


def _approved(overview: Overview) -> str:
    counts = overview.approvals.counts.values()
    whole = sum(sum(states.values()) for states in counts)
    approved = sum(states["approved"] for states in counts)
    return f"{approved} trong {whole} nội dung đã phê duyệt và còn hạn" if whole else "chưa có nội dung nào"


def _open(overview: Overview) -> str:
    if not overview.decisions:
        return "không ghi câu hỏi nào"
    waiting = {target for decision in overview.decisions for target in decision.targets}
    count = f"{len(overview.decisions)} câu hỏi"
    if not waiting:
        return count
    return f"{count}; {len(waiting)} trong {overview.targets} chỉ tiêu vì thế chưa kết luận được đạt hay chưa"


def _doubtful(overview: Overview) -> str:
    count = len(overview.law.doubtful)
    return f"{count} văn bản, điều khoản chưa chắc chắn" if count else "không ghi văn bản nào chưa chắc chắn"


def _outdated(overview: Overview) -> str:
    age = overview.age
    if not age.citing:
        return "chưa nội dung nào dẫn văn bản pháp luật"
    if not age.outdated:
        return f"chưa thấy, trong {age.citing} nội dung có dẫn văn bản pháp luật"
    return f"{len(age.outdated)} trong {age.citing} nội dung có dẫn văn bản cần đọc lại"


def _unserved(overview: Overview) -> str:
    if not overview.plan.points:
        return "chưa ghi nhiệm vụ nào của kế hoạch"
    return f"{len(overview.plan.unserved)} trong {overview.plan.points} nhiệm vụ ở mục II chưa có tài liệu"


def _last_days(overview: Overview) -> str:
    until = written_day(overview.until)
    if not overview.last_days.coming:
        return f"không có gì ghi là hết hạn đến hết ngày {until}"
    over = sum(ending.last_day < overview.day for ending in overview.last_days.coming)
    coming = len(overview.last_days.coming) - over
    parts = [f"{over} đã hết hạn"] * bool(over) + [f"{coming} sẽ hết hạn đến hết ngày {until}"] * bool(coming)
    return ", ".join(parts)


# --- questions --------------------------------------------------------------------------------


HABIT_WORDS = {
    "longest": "Dài nhất, một mình",
    "shortest": "Ngắn nhất, một mình",
    "reason": "Có “vì”",
    "negation": "Có lời phủ định",
    "semicolon": "Có dấu chấm phẩy",
    "agreeing": "Mở đầu bằng lời nhận làm",
}
#: From what share of right answers the wording alone gives too much away; guessing gives 25%.
TOO_MUCH = 0.32


def questions_json(figures: QuestionFigures) -> str:
    return json.dumps(asdict(figures), ensure_ascii=False, indent=1)


def questions_text(figures: QuestionFigures, day: date) -> str:
    """Returns the page: what is asked, where the right options stand, how they look, what is said again."""
    lines = [f"CÂU HỎI KIỂM TRA, TÍNH ĐẾN NGÀY {written_day(day)}"]
    if not figures.questions:
        return "\n".join([*lines, "", "  Chưa có câu hỏi nào."])
    lines += ["", *labelled_rows(list(_counts(figures)))]
    for number, (heading, body) in enumerate(
        (("Phương án đúng trông thế nào", _looks(figures)), ("Câu lặp lại lời đã có", _repeats(figures))), 1
    ):
        lines += ["", f"{number}. {heading.upper()}", *body]
    return "\n".join(lines)


def _counts(figures: QuestionFigures) -> Iterator[tuple[str, str]]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in figures.kinds.items())
    yield "Câu hỏi", f"{figures.questions}: {kinds}"
    statements = figures.true_statements + figures.false_statements
    if statements:
        yield "Câu đúng hay sai", f"{figures.true_statements} câu đúng, {figures.false_statements} câu sai"
    yield "Hỏi điều “không”", f"{figures.negative_stems} câu có chữ **không** in đậm"


def _looks(figures: QuestionFigures) -> Iterator[str]:
    yield wrapped_text(f"Xét {figures.weighed} câu chọn một trong bốn phương án.")
    if not figures.weighed:
        return
    places = ", ".join(f"{letter} {count}" for letter, count in zip("ABCD", figures.positions, strict=True))
    yield wrapped_text(f"Vị trí của phương án đúng trong tệp: {places}. Đề thi xáo lại thứ tự.")
    heads = ("Đúng", "Sai")
    yield from figure_table(
        heads,
        [
            (HABIT_WORDS[name], (_share(habit.right, habit.rights), _share(habit.wrong, habit.wrongs)))
            for name, habit in figures.habits.items()
        ],
    )
    yield from _scores(figures)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"


def _scores(figures: QuestionFigures) -> Iterator[str]:
    scores = figures.scores
    if scores is None:
        yield wrapped_text(f"Chưa đủ {FEWEST_WEIGHED} câu để tính người chỉ nhìn câu chữ đoán đúng mấy phần.")
        return
    yield wrapped_text("Người không học gì, chỉ nhìn câu chữ, đoán đúng (đoán bừa là 25%):")
    readers = (
        ("theo dáng phương án (dài ngắn, dấu câu), học từ đề của khóa khác", scores.by_looks),
        ("theo chữ trong phương án, học từ đề của khóa khác", scores.by_words),
        ("theo chữ trong phương án, học từ câu tự kiểm tra ai cũng đọc được", scores.by_self_checks),
    )
    yield from list_items((_score(how, share) for how, share in readers), 4)
    if figures.exposed and any(share and share > TOO_MUCH for _, share in readers):
        yield wrapped_text(f"Nên viết lại trước {len(figures.exposed)} câu mà ai theo chữ cũng đoán đúng:")
        yield wrapped_text(", ".join(figures.exposed), 4)
        yield wrapped_text(
            "Chữ lệch nhất: "
            + ", ".join(f"{word.word} {word.right}/{word.options}" for word in figures.words)
            + " (số phương án đúng trong số phương án có chữ ấy)."
        )


def _score(how: str, share: float | None) -> str:
    if share is None:
        return f"{how}: chưa đủ {FEWEST_WEIGHED} câu"
    return f"{how}: {share:.0%}" + (f"; cần xuống tới {TOO_MUCH:.0%}" if share > TOO_MUCH else "")


def _repeats(figures: QuestionFigures) -> Iterator[str]:
    if not figures.repeats:
        yield "  Không có câu nào lặp lại nhiều lời của bài học hay của câu khác."
        return
    yield wrapped_text("Phần cụm bốn chữ của câu hỏi và đáp án đã có ở bài học hay câu khác:")
    yield from list_items((_repeat(repeat) for repeat in figures.repeats), 4)


def _repeat(repeat: Repeat) -> str:
    where = {"lesson": "bài", "question": "câu"}[repeat.kind]
    return f"{repeat.question}: {repeat.share:.0%}, ở {where} {repeat.source}"
