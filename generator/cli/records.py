"""The verbs of the records that know the programme: serve, invite, sample. Others are in `upkeep`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import OperatorError
from ..records import By, NotAllowed, Unknown
from ..records.access import Hashing, Staff
from ..records.schema import ROLES
from ..rosters.synthetic import synthetic
from ..rosters.template import synthetic_template
from ..service import create_app
from ..service.serving import addresses, run
from ..service.staff import ROUTERS
from .clock_remarks import caution_of_clock
from .ledgers import OPERATOR, database_option, opened, programme_of, settle
from .output_files import put, told_unwritten
from .programme_options import banks_option, root_option
from .seed_keys import key_of, key_option, key_path, tell_unreadable
from .service_address import caution_of, require_address, settings_of
from .vietnamese import Verb


@click.command(
    cls=Verb,
    example="taphuan records serve --host 0.0.0.0    (lớp học dùng chung điểm phát sóng)",
)
@root_option
@database_option
@key_option
@banks_option
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ĐỊA_CHỈ",
    help="Địa chỉ của máy này; 0.0.0.0 để máy khác trong mạng vào được.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8080, metavar="SỐ", help="Cổng.")
@click.option("--https", is_flag=True, help="Người đọc vào qua https của một máy chủ đứng trước.")
@click.option(
    "--address",
    envvar="TAPHUAN_ADDRESS",
    default="",
    metavar="ĐỊA_CHỈ",
    show_default="không có, phiếu không in mã QR",
    help="Địa chỉ lâu dài của dịch vụ, in thành mã QR trên phiếu xác nhận. Cần ghi nếu người đọc vào bằng "
    "tên miền, như https://tap-huan.example.vn.",
)
@click.option(
    "--staff-address",
    envvar="TAPHUAN_STAFF_ADDRESS",
    default="",
    metavar="ĐỊA_CHỈ",
    show_default="cùng một địa chỉ với học viên",
    help="Địa chỉ riêng cho trang của cán bộ, khác --address.",
)
@click.option(
    "--trainers-by-password",
    is_flag=True,
    envvar="TAPHUAN_TRAINERS_BY_PASSWORD",
    help="Tập huấn viên đăng nhập chỉ bằng mật khẩu, như trên máy xách tay ở lớp; nhật ký có ghi. Phụ trách "
    "đơn vị, cơ quan chủ trì vẫn phải xác minh hai bước.",
)
def serve(
    root: Path,
    database: str,
    key_file: Path | None,
    banks: Path | None,
    host: str,
    port: int,
    https: bool,
    address: str,
    staff_address: str,
    trainers_by_password: bool,
) -> None:
    """Chạy dịch vụ ghi nhận: học viên đăng nhập, làm bài; cán bộ nhập danh sách, mở lớp, xem tiến độ."""
    settings = settings_of(
        address,
        staff_address,
        is_secure=https,
        trainers_by_password=trainers_by_password,
        listening=addresses(host, port, "http"),
    )
    programme = programme_of(root, banks)
    site = root / "site"
    if not site.is_dir():
        raise OperatorError("chưa có trang web trong site/", fix="chạy: taphuan build")
    with opened(database, programme) as store:
        for caution in filter(None, (store.caution, caution_of(settings), caution_of_clock(store))):
            click.echo(caution, err=True)
        settle(store, programme)
        key = key_of(database, key_file)
        tell_unreadable(store, key, key_path(database, key_file))
        app = create_app(programme, store, site=site, settings=settings, key=key, routers=ROUTERS)
        run(app, host=host, port=port, say=lambda words: click.echo(words, err=True))


@click.command(
    cls=Verb,
    example='taphuan records invite "Văn phòng chương trình" --role office',
)
@root_option
@database_option
@key_option
@click.argument("name", metavar="TÊN", help="Tên đăng nhập của cán bộ; có dấu cách thì đặt trong ngoặc kép.")
@click.option(
    "--role",
    type=click.Choice(list(ROLES)),
    default="office",
    metavar="VAI_TRÒ",
    help="Tập huấn viên, phụ trách đơn vị hoặc cơ quan chủ trì.",
)
@click.option(
    "--unit",
    metavar="MÃ",
    show_default="cả tỉnh",
    help="Mã đơn vị phụ trách, theo content/programme/units.yml.",
)
@click.option(
    "--origin",
    default="http://127.0.0.1:8080",
    metavar="ĐỊA_CHỈ",
    help="Địa chỉ của dịch vụ, để ghi vào liên kết.",
)
def invite(
    root: Path, database: str, key_file: Path | None, name: str, role: Any, unit: str | None, origin: str
) -> None:
    """Tạo tài khoản chưa có mật khẩu và in liên kết dùng một lần, hạn bảy ngày. Không ai có sẵn tài khoản."""
    require_address(origin)
    programme = programme_of(root)
    hashing = Hashing()
    try:
        with opened(database, programme) as store:
            settle(store, programme)
            by = By(actor=OPERATOR, reason="mời từ dòng lệnh")
            staff = Staff(store, hashing, key=key_of(database, key_file))
            token = staff.invite(name, role, unit or programme.units.province.code, by=by)
    except NotAllowed:
        raise OperatorError(f"đã có tài khoản tên “{name}”", fix="chọn tên khác") from None
    except Unknown:
        raise OperatorError(
            f"không có đơn vị nào mã “{unit}”", fix="xem content/programme/units.yml"
        ) from None
    finally:
        hashing.close()
    click.echo(f"{origin.rstrip('/')}/can-bo/loi-moi/#ma={token}")
    click.echo(
        "Liên kết dùng được một lần, trong bảy ngày. Đưa tận tay, không gửi qua nhóm.",
        err=True,
    )


@click.command(
    cls=Verb,
    example="taphuan records sample danh-sach-mau.xlsx --seed 1",
)
@root_option
@click.argument("target", type=click.Path(path_type=Path), metavar="TỆP", help="Tệp XLSX sẽ tạo, chưa có.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    metavar="SỐ",
    help="Số của bản mẫu: cùng số thì cùng danh sách.",
)
def sample(root: Path, target: Path, seed: int) -> None:
    """Ghi một danh sách XLSX sinh ngẫu nhiên để trình diễn; mọi nơi hiện ra đều ghi rõ là số liệu mẫu."""
    if target.exists():
        raise OperatorError(f"đã có tệp {target}", fix="chọn tên khác; tệp cũ không bị đụng tới")
    units = programme_of(root).units
    written = synthetic_template(units, synthetic(units, seed).entries)
    with told_unwritten(target, fix="xem thư mục, đĩa còn chỗ và quyền ghi"):
        put(target, written)
    click.echo(f"Đã tạo {target}")
