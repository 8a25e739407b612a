"""The sample, and a folder where commands about a ledger are typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from computed_once import computed_once
from ledger_commands import LedgerFolder
from programmes import SAMPLES

from taphuan.cli.ledger import programme_of
from taphuan.programme.model.programme import Programme


@pytest.fixture(scope="session", autouse=True)
def _computed_once() -> Iterator[None]:
    with computed_once():
        yield


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_of(SAMPLES / "good")


@pytest.fixture
def ledger_folder(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    programme: Programme,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> LedgerFolder:
    """The programme is the sample, its site is empty, and nothing listens."""
    monkeypatch.chdir(tmp_path)
    ledger_folder = LedgerFolder(folder=tmp_path, root=tmp_path_factory.mktemp("root"), screen=capsys)
    (ledger_folder.root / "site").mkdir()
    for verbs in ("records_serve", "report"):
        monkeypatch.setattr(f"taphuan.cli.{verbs}.programme_of", lambda root, banks=None: programme)
    monkeypatch.setenv("TAPHUAN_DATABASE_URL", ledger_folder.url)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("taphuan.cli.records_serve.run", lambda app, **_: None)
    return ledger_folder
