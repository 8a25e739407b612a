"""The verbs that keep a ledger: verify, rebuild, backup, restore; and what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy import Connection

from ..records import Malformed, Store, backup, restore
from ..records.audit_trail import utc_now
from ..records.database_integrity import DAMAGE, Check, check_integrity
from ..records.events.ledger import LedgerFault, ProblemKind
from ..records.events.projections import COMPUTED
from ..records.events.row_digests import Head, parse_head, still_holds
from ..records.ledger_verification import Verification, is_table, verify_ledger
from ..records.store import locate, read_ledger
from .commands import Verb
from .ledger import clock_remarks, tell_notices
from .options import database_option
from .usage import WrongUsage

#: Tables of figures, as an operator of a ledger calls them.
FIGURE_TABLES = {
    "attempt": "bài kiểm tra",
    "attendance": "lượt dự lớp",
    "completion": "lượt hoàn thành",
    "pending": "lượt chờ xác nhận",
    "waiver": "lượt miễn học",
    "tally": "số người đã hoàn thành",
    "expected": "số người cần học",
}
#: Tables whose rows are as somebody wrote them, in the operator's words.
VOUCHED_TABLES = {
    "unit": "đơn vị",
    "former_name": "tên cũ của đơn vị",
    "person": "một người",
    "roster": "danh sách đã chốt",
    "superseded_roster": "danh sách đã bị thay",
    "course_version": "quy định của khóa học",
    "form": "đề kiểm tra",
    "class_session": "lớp tập huấn",
    "planned_class": "lớp sắp mở",
    "activity": "hoạt động truyền thông",
    "issued_plan": "kế hoạch của đơn vị",
    "observation": "phiếu quan sát ở lớp",
    "certificate": "phiếu xác nhận",
    "figure": "số liệu cơ quan chủ trì nhập",
    "audit": "nhật ký",
}
SENTENCES: dict[ProblemKind, str] = {
    "gone": "Sổ (bảng event): mất {1} dòng ngay trước dòng {0}.",
    "payload": "Sổ (bảng event), dòng {0}: nội dung đã bị sửa sau khi ghi.",
    "chain": "Sổ (bảng event), dòng {0}: không nối được với dòng trước; một trong hai đã bị sửa hoặc mất.",
    "unreadable": "Sổ (bảng event): có dòng không đọc được nội dung, nên chưa đối chiếu được số liệu.",
    "merged": "Người mã {0} (bảng person): {here}, nhưng theo sổ thì {there}.",
    "differs": "Số liệu về {about} (bảng {where}), dòng {what}: khác với khi tính lại từ sổ.",
    "nobody": "Số liệu về {about} (bảng {where}), dòng {what}: của một người không có trong sổ.",
    "digests-gone": "Chuỗi dấu kiểm (bảng row_digest): mất {1} dòng ngay trước dòng {0}.",
    "digests-chain": "Chuỗi dấu kiểm (bảng row_digest), dòng {0}: không nối được với dòng trước; một "
    "trong hai đã bị sửa hoặc mất.",
    "changed": "Hồ sơ về {about} (bảng {where}), dòng {what}: đã bị sửa mà không qua phần mềm này.",
    "removed": "Hồ sơ về {about} (bảng {where}), dòng {what}: đã bị xóa mà không qua phần mềm này.",
    "added": "Hồ sơ về {about} (bảng {where}), dòng {what}: bị thêm vào mà không qua phần mềm này.",
    "members": "Danh sách số {0} (bảng roster_member, mã {what}): hiện có {1} người, không còn đúng "
    "như lúc chốt; có người đã bị thêm, bớt hoặc đổi đơn vị mà không qua phần mềm này.",
    "damaged": "{place}: có chỗ hỏng, không đọc được hết.",
    "index": "{place}: chỉ mục {0} (bảng tra để tìm nhanh) không khớp với bảng.",
    "counted": "{place}: số dòng theo chỉ mục (bảng tra để tìm nhanh) không khớp với bảng.",
    "constraint": "{place}: có giá trị trái với quy tắc của bảng.",
    "rule": "Bảng {where}, dòng {0}: trái với quy tắc {1} của bảng.",
    "value": "Bảng {where}, dòng {0}: giá trị ở cột {1} {fault}.",
    "orphan": "Bảng {where}, dòng {0}: cột {1} trỏ tới một dòng không có trong bảng {2}.",
    "unread": "Chưa đối chiếu được {part}, vì có giá trị không đọc được.",
}
#: Faults of a value.
VALUE_FAULTS = {
    "missing": "trống, mà phải có",
    "number": "không phải là số",
    "text": "không phải là chữ",
    "bytes": "không phải là dãy byte",
    "flag": "không phải là 0 hoặc 1",
    "moment": "không phải là một thời điểm",
    "day": "không phải là một ngày",
    "utf8": "có chỗ không phải là chữ UTF-8",
    "nul": "có ký tự rỗng (byte 0) giữa chữ",
}
PARTS = {
    "chain": "dấu kiểm của các dòng sổ",
    "rows": "danh sách và hồ sơ với lúc ghi",
    "figures": "số liệu với sổ",
    "values": "từng giá trị",
    "references": "những dòng trỏ tới nhau",
}
#: Checks made besides those of the chain and the figures.
CHECK_WORDS: Mapping[Check, str] = {
    "pages": "mọi trang và chỉ mục của tệp",
    "tables": "mọi bảng trên máy chủ, đọc hết",
    "amcheck": "mọi chỉ mục, bằng amcheck",
    "indexes": "số dòng theo chỉ mục (máy chủ không có amcheck để kiểm kỹ hơn)",
    "values": "từng giá trị",
    "references": "những dòng trỏ tới nhau",
}
#: Kinds of faults in written values, which are never computed again.
WRITTEN = frozenset(
    {"gone", "payload", "chain", "unreadable", "digests-gone", "digests-chain"}
    | {"changed", "removed", "added", "members"}
    | {"constraint", "rule", "value", "orphan", "unread"}
)
FROM_BACKUP = (
    "Dừng dịch vụ, giữ nguyên sổ này, đừng ghi thêm. Kiểm từng bản sao lưu bằng taphuan records verify "
    "--database sqlite:///tệp-sao-lưu, rồi khôi phục từ bản mới nhất còn đúng bằng taphuan records restore; "
    "với PostgreSQL thì khôi phục bằng pg_restore."
)
KEEP = (
    "Cách xử lý: sổ đã bị sửa hoặc mất dòng, không lệnh nào chữa được, kể cả taphuan records rebuild. "
    f"{FROM_BACKUP}"
)
DAMAGED = (
    "Cách xử lý: cơ sở dữ liệu (nơi giữ sổ) bị hỏng, nên các dòng sổ và số liệu chưa được kiểm. Xem ổ "
    f"đĩa hoặc thẻ nhớ còn tốt không. {FROM_BACKUP}"
)
HEAD_GONE = (
    "Cách xử lý: xem mã đối chiếu đã chép đúng chưa, và --database có phải là sổ ấy không. Đúng cả hai "
    f"thì sổ đã mất dòng. {FROM_BACKUP}"
)
REBUILD = "Cách xử lý: sổ còn nguyên, chỉ số liệu tính từ sổ bị sai. Tính lại bằng taphuan records rebuild."


def problem_sentence(problem: LedgerFault) -> str:
    """Returns one problem as a sentence."""
    words = {
        "about": (FIGURE_TABLES | VOUCHED_TABLES).get(problem.where, "mục do cán bộ ghi"),
        "where": problem.where,
        "what": problem.what,
        "here": "",
        "there": "",
        "place": f"Bảng {problem.where}" if is_table(problem.where) else "Tệp của sổ",
        "fault": VALUE_FAULTS.get(problem.values[-1], "") if problem.values else "",
        "part": PARTS.get(problem.values[0], "") if problem.values else "",
    }
    if problem.kind == "merged":
        person, here, there = problem.values
        words |= {"here": _merged(person, here, "đang"), "there": _merged(person, there, "đã")}
    return SENTENCES[problem.kind].format(*problem.values, **words)


def explain_problems(problems: Iterable[LedgerFault]) -> Iterator[str]:
    """Yields each problem as a sentence, and last what to do; empty without problems."""
    problems = list(problems)
    yield from dict.fromkeys(map(problem_sentence, problems))
    if any(problem.kind in DAMAGE for problem in problems):
        yield DAMAGED
    elif problems:
        yield KEEP if _is_beyond_figures(problems) else REBUILD


def _is_beyond_figures(problems: Iterable[LedgerFault]) -> bool:
    """Returns whether something is wrong that computing figures again does not mend."""
    causes = [problem for problem in problems if problem.kind != "unread"]
    return not causes or any(problem.kind in WRITTEN and problem.where not in COMPUTED for problem in causes)


def checks_done(verification: Verification) -> str:
    """Returns the checks made on the database itself, in words."""
    return "; ".join(CHECK_WORDS[check] for check in verification.checks)


def _merged(person: str, into: str, when: str) -> str:
    if into == person:
        return "chưa nhập vào ai"
    return f"{when} nhập vào {into or 'chính mình'}"


EXIT_FAULTY = 1


def read_heads(context: click.Context, option: click.Parameter, given: Sequence[str]) -> tuple[Head, ...]:
    try:
        return tuple(map(parse_head, given))
    except Malformed:
        raise WrongUsage(
            f"--since: {' '.join(f'“{text}”' for text in given)} không phải là mã đối chiếu của sổ",
            fix="ghi như 1204+380:5f0c2f2e6f4e4a51, chép nguyên như verify, backup hay báo cáo đã in ra",
        ) from None


@click.command(
    cls=Verb,
    example="taphuan records verify --since 1204+380:5f0c2f2e6f4e4a51",
)
@database_option
@click.option(
    "--since",
    "noted",
    multiple=True,
    callback=read_heads,
    metavar="MÃ",
    help="Mã đối chiếu đã in ra lần trước: kiểm sổ còn đủ và đúng đến đó.",
)
def verify(database: str, noted: tuple[Head, ...]) -> int:
    """Đọc lại toàn bộ sổ: cơ sở dữ liệu (nơi giữ sổ) có hỏng không, các dòng sổ, danh sách và hồ sơ có đủ và
    đúng như lúc ghi không, số liệu có khớp với sổ không. In mã đối chiếu của sổ.

    Chỉ đọc, nên kiểm được cả bản sao lưu ở nơi không ghi được. Nếu những dòng cuối bị cắt bỏ thì phần còn
    lại trông vẫn đúng: hãy giữ mã đối chiếu ở nơi khác, lần sau kiểm bằng --since.
    """
    verification, kept, remarks = read_ledger(database, lambda within: _verified_with_heads(within, noted))
    _tell_problems(verification)
    for remark in remarks:
        click.echo(remark, err=True)
    for head, is_kept in zip(noted, kept, strict=True):
        _tell_head(head, is_kept)
    if verification.is_sound and False in kept:
        click.echo(HEAD_GONE)
    if not verification.is_damaged:
        click.echo(f"Mốc cuối sổ: {verification.head}")
    click.echo(f"Đã kiểm {locate(database).place}: {verified_counts(verification)}.", err=True)
    click.echo(f"Trong cơ sở dữ liệu đã xem: {checks_done(verification)}.", err=True)
    if not verification.is_sound or False in kept:
        click.echo("Sổ có chỗ sai.", err=True)
        return EXIT_FAULTY
    if verification.events or verification.persons:
        click.echo("Sổ nguyên vẹn, số liệu khớp.", err=True)
    return 0


def _verified_with_heads(
    connection: Connection, noted: Sequence[Head]
) -> tuple[Verification, list[bool | None], list[str]]:
    """Returns what verifying came to, which heads are kept, and what the rows say of the clock.

    A head is None where that cannot be read; the problems say so.
    """
    verification = verify_ledger(connection)
    if verification.is_damaged or any(
        problem.kind in {"value", "unread"} for problem in verification.problems
    ):
        return verification, [None] * len(noted), []
    kept: list[bool | None] = [still_holds(connection, head) for head in noted]
    return verification, kept, list(clock_remarks(connection, utc_now()))


def _tell_head(noted: Head, is_kept: bool | None) -> None:
    if is_kept is None:
        click.echo(f"Chưa kiểm được mã đối chiếu {noted}, vì sổ có chỗ hỏng như trên.")
        return
    if not is_kept:
        click.echo(f"Mốc {noted} không có trong sổ: sổ đã mất dòng, hoặc đây là sổ khác.")
    if noted.digests is None:
        click.echo(
            f"Mốc {noted} do phần mềm cũ in: chỉ kiểm được các dòng sổ, không kiểm được danh sách.", err=True
        )


@click.command(cls=Verb, example="taphuan records rebuild")
@database_option
def rebuild(database: str) -> int:
    """Bỏ số liệu đã tính, tính lại từ sổ rồi kiểm. Sổ không đổi."""
    checked = read_ledger(database, check_integrity)
    if checked.is_damaged or any(problem.where not in COMPUTED for problem in checked.problems):
        for line in explain_problems(checked.problems):
            click.echo(line)
        click.echo("Chưa tính lại: sổ có chỗ hỏng như trên. Số liệu cũ vẫn giữ nguyên.", err=True)
        return EXIT_FAULTY
    with tell_notices(Store.open(database)) as store:
        store.rebuild()
    verification = read_ledger(database, verify_ledger)
    _tell_problems(verification)
    if not verification.is_sound:
        click.echo("Đã tính lại, nhưng sổ có chỗ sai như trên: số liệu chưa tin được.", err=True)
        return EXIT_FAULTY
    click.echo(f"Đã tính lại và kiểm {locate(database).place}: {verified_counts(verification)}.")
    return 0


@click.command(
    "backup",
    cls=Verb,
    example="taphuan records backup sao-luu.sqlite3",
)
@database_option
@click.argument("target", type=click.Path(path_type=Path), metavar="TỆP", help="Tệp sao lưu sẽ tạo, chưa có.")
def backup_verb(database: str, target: Path) -> int:
    """Chép sổ ra một tệp mới rồi mở tệp ấy ra kiểm, cả khi dịch vụ đang chạy. Không ghi đè tệp đã có."""
    verification = backup(database, target)
    _tell_problems(verification)
    if not verification.is_sound:
        click.echo(
            f"Chưa sao lưu: sổ {locate(database).place} có chỗ sai như trên, nên không để lại {target}. Giữ "
            "nguyên các bản sao lưu cũ; xử lý như trên, rồi sao lưu lại.",
            err=True,
        )
        return EXIT_FAULTY
    click.echo(f"Đã sao lưu và kiểm {target}: {verified_counts(verification)}.")
    click.echo(f"Mốc cuối của bản sao: {verification.head}")
    return 0


@click.command(
    "restore",
    cls=Verb,
    example="taphuan records restore sao-luu.sqlite3 --database sqlite:///moi.sqlite3",
)
@database_option
@click.argument(
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TỆP",
    help="Tệp sao lưu, do records backup viết ra.",
)
def restore_verb(database: str, source: Path) -> int:
    """Dựng lại sổ từ bản sao lưu vào một tệp chưa có, rồi kiểm. Mọi người phải đăng nhập lại."""
    restored = restore(source, database)
    click.echo(f"Đã tạo sổ mới: {locate(database).place}")
    if restored.before == "older":
        click.echo("Bản sao do phần mềm cũ hơn ghi; sổ mới đã được nâng lên bản phần mềm này.")
    _tell_problems(restored.verification)
    click.echo(f"Mã sổ mới: {restored.identity}")
    if not restored.verification.is_sound:
        click.echo("Đã chép từ bản sao, nhưng bản sao có chỗ sai như trên: nên tìm bản sao khác.", err=True)
        return EXIT_FAULTY
    click.echo(f"Đã khôi phục và kiểm: {verified_counts(restored.verification)}.")
    return 0


def verified_counts(verification: Verification) -> str:
    """Returns how much was read again, in words; or that there was nothing."""
    if verification.is_damaged:
        return "cơ sở dữ liệu (nơi giữ sổ) bị hỏng, chưa đọc lại được sổ"
    vouched = f"{_number(verification.vouched)} dòng danh sách và hồ sơ"
    compared = f"{_number(verification.figures)} dòng số liệu của {_number(verification.persons)} người"
    if verification.events:
        return f"{_number(verification.events)} dòng sổ, {vouched}, {compared}"
    if verification.persons or verification.figures:
        return f"chưa ai được ghi là đã học; {vouched}, {compared}"
    if verification.vouched:
        return f"sổ chưa có người nào; {vouched}"
    return "sổ trống, chưa có gì để kiểm"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _tell_problems(verification: Verification) -> None:
    for line in explain_problems(verification.problems):
        click.echo(line)
