"""The verbs that keep a ledger: verify, rebuild, backup, restore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import Connection

from ..records import Malformed, Store, backup, heads, restore
from ..records.attribution import now
from ..records.heads import Head
from ..records.integrity import look
from ..records.schema.projections import COMPUTED
from ..records.store import located, see
from ..records.verification import Verification, verified
from .clock_remarks import remarks
from .ledgers import database_option, told
from .misuse import Misused
from .soundness import HEAD_GONE, explained, looked_at
from .vietnamese import Verb

FAULTY = 1


def noted_heads(context: click.Context, option: click.Parameter, given: Sequence[str]) -> tuple[Head, ...]:
    try:
        return tuple(map(heads.written, given))
    except Malformed:
        raise Misused(
            f"--since: {' '.join(f'“{one}”' for one in given)} không phải là mã đối chiếu của sổ",
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
    callback=noted_heads,
    metavar="MÃ",
    help="Mã đối chiếu đã in ra lần trước: kiểm sổ còn đủ và đúng đến đó.",
)
def verify(database: str, noted: tuple[Head, ...]) -> int:
    """Đọc lại toàn bộ sổ: cơ sở dữ liệu (nơi giữ sổ) có hỏng không, các dòng sổ, danh sách và hồ sơ có đủ và
    đúng như lúc ghi không, số liệu có khớp với sổ không. In mã đối chiếu của sổ.

    Chỉ đọc, nên kiểm được cả bản sao lưu ở nơi không ghi được. Nếu những dòng cuối bị cắt bỏ thì phần còn
    lại trông vẫn đúng: hãy giữ mã đối chiếu ở nơi khác, lần sau kiểm bằng --since.
    """
    verification, kept, said = see(database, lambda within: _looked(within, noted))
    _tell_problems(verification)
    for remark in said:
        click.echo(remark, err=True)
    for one, is_kept in zip(noted, kept, strict=True):
        _tell_head(one, is_kept)
    if verification.is_sound and False in kept:
        click.echo(HEAD_GONE)
    if not verification.is_damaged:
        click.echo(f"Mốc cuối sổ: {verification.head}")
    click.echo(f"Đã kiểm {located(database).place}: {counted(verification)}.", err=True)
    click.echo(f"Trong cơ sở dữ liệu đã xem: {looked_at(verification)}.", err=True)
    if not verification.is_sound or False in kept:
        click.echo("Sổ có chỗ sai.", err=True)
        return FAULTY
    if verification.events or verification.persons:
        click.echo("Sổ nguyên vẹn, số liệu khớp.", err=True)
    return 0


def _looked(
    connection: Connection, noted: Sequence[Head]
) -> tuple[Verification, list[bool | None], list[str]]:
    """Returns what verifying came to, which heads are kept, and what the rows say of the clock.

    Where they cannot be read, nobody can say; that is among the problems.
    """
    verification = verified(connection)
    if verification.is_damaged or any(one.kind in {"value", "unread"} for one in verification.problems):
        return verification, [None] * len(noted), []
    kept: list[bool | None] = [heads.is_kept(connection, one) for one in noted]
    return verification, kept, list(remarks(connection, now()))


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
    found = see(database, look)
    if found.is_damaged or any(one.where not in COMPUTED for one in found.problems):
        for line in explained(found.problems):
            click.echo(line)
        click.echo("Chưa tính lại: sổ có chỗ hỏng như trên. Số liệu cũ vẫn giữ nguyên.", err=True)
        return FAULTY
    with told(Store.open(database)) as store:
        store.rebuild()
    verification = see(database, verified)
    _tell_problems(verification)
    if not verification.is_sound:
        click.echo("Đã tính lại, nhưng sổ có chỗ sai như trên: số liệu chưa tin được.", err=True)
        return FAULTY
    click.echo(f"Đã tính lại và kiểm {located(database).place}: {counted(verification)}.")
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
            f"Chưa sao lưu: sổ {located(database).place} có chỗ sai như trên, nên không để lại {target}. Giữ "
            "nguyên các bản sao lưu cũ; xử lý như trên, rồi sao lưu lại.",
            err=True,
        )
        return FAULTY
    click.echo(f"Đã sao lưu và kiểm {target}: {counted(verification)}.")
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
    click.echo(f"Đã tạo sổ mới: {located(database).place}")
    if restored.before == "older":
        click.echo("Bản sao do phần mềm cũ hơn ghi; sổ mới đã được nâng lên bản phần mềm này.")
    _tell_problems(restored.verification)
    click.echo(f"Mã sổ mới: {restored.identity}")
    if not restored.verification.is_sound:
        click.echo("Đã chép từ bản sao, nhưng bản sao có chỗ sai như trên: nên tìm bản sao khác.", err=True)
        return FAULTY
    click.echo(f"Đã khôi phục và kiểm: {counted(restored.verification)}.")
    return 0


def counted(verification: Verification) -> str:
    """Returns how much was read again, in words; that there was nothing, where there was none."""
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
    for line in explained(verification.problems):
        click.echo(line)
