"""The verbs of the records that know the programme: serve, invite, sample; with their address and key.

Those that know a ledger alone are in `records_maintenance`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import click

from ..errors import OperatorError
from ..records import By, NotAllowed, Unknown
from ..records.access.accounts import Role
from ..records.access.credentials import Hashing
from ..records.access.second_factor import SecondFactor, SeedKey, read_or_make_key
from ..records.access.staff_sign_in import StaffSignIn
from ..records.store import Store
from ..roster_import.template import synthetic_roster, synthetic_template
from ..service import Settings, create_app
from ..service.server import addresses, run
from ..service.staff import ROUTERS
from .atomic_files import explain_unwritten, write_new
from .commands import Verb
from .ledger import OPERATOR, clock_caution, open_ledger, place_units, programme_of
from .options import DEFAULT_KEY_FILE, banks_option, database_option, key_option, root_option

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?")


def settings_of(
    address: str,
    staff_address: str = "",
    *,
    is_secure: bool,
    trainers_by_password: bool = False,
    listening: tuple[str, ...] = (),
) -> Settings:
    """Returns the settings of the command line. Raises OperatorError for an address that is none."""
    for given in filter(None, (address, staff_address)):
        require_address(given)
    public, staff = map(_plain_address, (address, staff_address))
    if staff:
        _require_apart(public, staff)
    return Settings(
        is_secure=is_secure or public.startswith("https://"),
        address=public,
        staff_address=staff,
        listening=listening,
        trainers_by_password=trainers_by_password,
    )


def address_caution(settings: Settings) -> str:
    """Returns a warning for an operator who gave no name under which readers come; else ""."""
    if settings.address or not settings.is_secure:
        return ""
    return (
        "Lưu ý: chưa ghi --address nên dịch vụ chỉ trả lời ở địa chỉ IP và tên trong mạng nội bộ. Người đọc "
        "vào bằng tên khác, như tap-huan.example.vn, thì ghi thêm: --address https://tap-huan.example.vn"
    )


def require_address(written: str) -> None:
    if ADDRESS.fullmatch(written) is None:
        raise OperatorError(
            f"“{written}” không phải là địa chỉ của dịch vụ",
            fix="ghi như https://tap-huan.example.vn, không kèm tên trang",
        )


def _plain_address(written: str) -> str:
    """Returns an address as browsers write it: without a last slash, and without the port of its scheme."""
    bare = written.rstrip("/").lower()
    return bare.removesuffix(":443" if bare.startswith("https:") else ":80")


def _require_apart(public: str, staff: str) -> None:
    """Raises OperatorError where the staff's address has no host of its own, or another scheme."""
    if urlsplit(public).netloc in ("", urlsplit(staff).netloc):
        raise OperatorError(
            "trang của cán bộ cần một tên máy chủ riêng, khác với --address",
            fix="ghi cả hai, như --address https://tap-huan.example.vn "
            "--staff-address https://can-bo.example.vn",
        )
    if urlsplit(public).scheme != urlsplit(staff).scheme:
        raise OperatorError("hai địa chỉ phải cùng là https, hoặc cùng là http", fix="sửa một trong hai")


SQLITE = "sqlite:///"


def key_path(database: str, chosen: Path | None) -> Path:
    """Returns the file that was chosen; else the one beside the SQLite file, by the same name."""
    if chosen is not None:
        return chosen
    if database.startswith(SQLITE):
        return Path(database.removeprefix(SQLITE)).with_suffix(".key")
    return DEFAULT_KEY_FILE


def seed_key_of(database: str, chosen: Path | None) -> SeedKey:
    """Returns the key, made where there is none; tells the operator of that once."""
    path = key_path(database, chosen)
    is_new = not path.exists()
    key = read_or_make_key(path)
    if is_new:
        click.echo(
            f"Đã tạo tệp khóa {path}. Chép một bản cất riêng, không để chung với bản sao lưu sổ.", err=True
        )
    return key


def tell_unreadable(store: Store, key: SeedKey, path: Path) -> None:
    """Tells how many have to bind their authenticator anew, after records came back without their key."""
    if count := SecondFactor(store, key).count_unreadable():
        click.echo(
            f"{count} tài khoản gắn ứng dụng xác thực theo khóa khác với {path}. Có tệp khóa cũ thì "
            "dừng dịch vụ, đặt tệp ấy vào đúng chỗ rồi chạy lại. Không có thì những người ấy gắn lại ứng "
            "dụng ở lần đăng nhập tới; sổ và mật khẩu vẫn nguyên.",
            err=True,
        )


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
    with open_ledger(database, programme) as store:
        for caution in filter(None, (store.caution, address_caution(settings), clock_caution(store))):
            click.echo(caution, err=True)
        place_units(store, programme)
        key = seed_key_of(database, key_file)
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
    type=click.Choice(get_args(Role)),
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
        with open_ledger(database, programme) as store:
            place_units(store, programme)
            by = By(actor=OPERATOR, reason="mời từ dòng lệnh")
            staff = StaffSignIn(store, hashing, key=seed_key_of(database, key_file))
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
    written = synthetic_template(units, synthetic_roster(units, seed).entries)
    with explain_unwritten(target, fix="xem thư mục, đĩa còn chỗ và quyền ghi"):
        write_new(target, written)
    click.echo(f"Đã tạo {target}")
