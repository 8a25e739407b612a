"""The verbs of the records that know the programme: serve, invite, sample; with their address and key.

Those that know a ledger alone are in `records_maintenance`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import click

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
from .commands import verb
from .ledger import OPERATOR, clock_caution, open_ledger, place_units, programme_of
from .options import DEFAULT_KEY_FILE, banks_option, database_option, key_option, root_option
from .words import refusal, words

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
    return words("serve.no-address")


def require_address(written: str) -> None:
    if ADDRESS.fullmatch(written) is None:
        raise refusal("serve.address", written=written)


def _plain_address(written: str) -> str:
    """Returns an address as browsers write it: without a last slash, and without the port of its scheme."""
    bare = written.rstrip("/").lower()
    return bare.removesuffix(":443" if bare.startswith("https:") else ":80")


def _require_apart(public: str, staff: str) -> None:
    """Raises OperatorError where the staff's address has no host of its own, or another scheme."""
    if urlsplit(public).netloc in ("", urlsplit(staff).netloc):
        raise refusal("serve.same-host")
    if urlsplit(public).scheme != urlsplit(staff).scheme:
        raise refusal("serve.schemes")


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
        click.echo(words("serve.new-key", path=path), err=True)
    return key


def tell_unreadable(store: Store, key: SeedKey, path: Path) -> None:
    """Tells how many have to bind their authenticator anew, after records came back without their key."""
    if count := SecondFactor(store, key).count_unreadable():
        click.echo(words("serve.other-key", count=count, path=path), err=True)


@verb("records serve")
@root_option
@database_option
@key_option
@banks_option
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(1, 65535), default=8080)
@click.option("--https", is_flag=True)
@click.option("--address", envvar="TAPHUAN_ADDRESS", default="")
@click.option("--staff-address", envvar="TAPHUAN_STAFF_ADDRESS", default="")
@click.option("--trainers-by-password", is_flag=True, envvar="TAPHUAN_TRAINERS_BY_PASSWORD")
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
        raise refusal("serve.no-site")
    with open_ledger(database, programme) as store:
        for caution in filter(None, (store.caution, address_caution(settings), clock_caution(store))):
            click.echo(caution, err=True)
        place_units(store, programme)
        key = seed_key_of(database, key_file)
        tell_unreadable(store, key, key_path(database, key_file))
        app = create_app(programme, store, site=site, settings=settings, key=key, routers=ROUTERS)
        run(app, host=host, port=port, say=lambda line: click.echo(line, err=True))


@verb("records invite")
@root_option
@database_option
@key_option
@click.argument("name")
@click.option("--role", type=click.Choice(get_args(Role)), default="office")
@click.option("--unit")
@click.option("--origin", default="http://127.0.0.1:8080")
def invite(
    root: Path, database: str, key_file: Path | None, name: str, role: Any, unit: str | None, origin: str
) -> None:
    require_address(origin)
    programme = programme_of(root)
    hashing = Hashing()
    try:
        with open_ledger(database, programme) as store:
            place_units(store, programme)
            by = By(actor=OPERATOR, reason=words("invite.reason"))
            staff = StaffSignIn(store, hashing, key=seed_key_of(database, key_file))
            token = staff.invite(name, role, unit or programme.units.province.code, by=by)
    except NotAllowed:
        raise refusal("invite.taken", name=name) from None
    except Unknown:
        raise refusal("invite.no-unit", unit=unit) from None
    finally:
        hashing.close()
    click.echo(f"{origin.rstrip('/')}/can-bo/loi-moi/#ma={token}")
    click.echo(words("invite.once"), err=True)


@verb("records sample")
@root_option
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(0), default=1)
def sample(root: Path, target: Path, seed: int) -> None:
    if target.exists():
        raise refusal("sample.taken", path=target)
    units = programme_of(root).units
    written = synthetic_template(units, synthetic_roster(units, seed).entries)
    with explain_unwritten(target, fix=words("sample.elsewhere")):
        write_new(target, written)
    click.echo(words("sample.made", path=target))
