"""Reads a file of Word or of a spreadsheet, in a process of its own which may be stopped without harm."""

from __future__ import annotations

import subprocess
import sys

from pydantic import TypeAdapter
from python_calamine import PasswordError

from . import docx_file, spreadsheet_file
from .file_kinds import MEGABYTE, office_kind, require_whole_parts
from .grid import Grid, ListTooLarge, Notice

#: The sheets of a file, and what is wrong with it.
Grids = tuple[tuple[Grid, ...], tuple[Notice, ...]]
GRIDS = TypeAdapter(Grids)
#: A list of 50,000 people takes some six seconds and 300 MB.
SECONDS, MOST_MEMORY = 30, 1024 * MEGABYTE
#: What the process ends with where a library stopped it.
BROKEN = 3


def read_in_own_process(content: bytes) -> Grids:
    """Returns what `read_office_file` does; a file that takes too much time or memory is refused.

    The service reads one list at a time, since memory is shared.
    """
    command = [sys.executable, "-m", __spec__.name, str(MOST_MEMORY)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return refused("file-too-heavy")
    if ended.returncode:
        return refused("broken-workbook" if ended.returncode == BROKEN else "file-too-heavy")
    return GRIDS.validate_json(ended.stdout)


def read_office_file(content: bytes) -> Grids:
    """Returns the sheets of a spreadsheet or the tables of a Word document. Raises MemoryError."""
    try:
        return _read(content)
    except ListTooLarge as error:
        return (), (error.notice,)
    except PasswordError:
        return refused("locked-workbook")
    except MemoryError:
        raise
    except Exception:  # the one entry: the libraries raise anything at all for a broken file
        return refused("broken-workbook")


def _read(content: bytes) -> Grids:
    kind = office_kind(content)
    if isinstance(kind, Notice):
        return (), (kind,)
    if kind[0] == "word":
        grids = docx_file.read_tables(content, kind[1])
        return (grids, ()) if any(grid.rows for grid in grids) else refused("no-table")
    grids, has_looks = _worksheets(content, is_xlsx=kind[0] == "xlsx")
    if not any(grid.rows for grid in grids):
        return refused("empty-file")
    return grids, () if has_looks else (Notice(code="looks-unknown"),)


def _worksheets(content: bytes, *, is_xlsx: bool) -> tuple[tuple[Grid, ...], bool]:
    """Returns the worksheets, and whether it is known how cells look.

    openpyxl gives up on settings it does not know, as of a page's margins; calamine does not look at them.
    """
    if is_xlsx:
        try:
            return spreadsheet_file.read_xlsx(content), True
        except (ListTooLarge, MemoryError):
            raise
        except Exception:  # as above
            require_whole_parts(content)
    return spreadsheet_file.read_other(content), False


def refused(code: str, **values: str) -> Grids:
    return (), (Notice(code=code, values=values),)


def main() -> None:
    """Reads a file from the standard input and writes its sheets as JSON, within the memory it is given."""
    _limit_memory(int(sys.argv[1]))
    content = sys.stdin.buffer.read()
    try:
        grids = read_office_file(content)
    except Exception:
        raise
    except BaseException:  # a library in Rust panics with what is no Exception
        sys.exit(BROKEN)
    sys.stdout.buffer.write(GRIDS.dump_json(grids))


def _limit_memory(most: int) -> None:
    """Holds the process to its memory; Windows has no such limit, there only the time is held."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
