"""HTML files printed by WeasyPrint in two processes; run by the interpreter of a venv that has it.

Prints the seconds from the first file to the last, start and imports left out, and how many were printed: one
that the program gives up on counts as none.
"""

from __future__ import annotations

import importlib
import sys
import time
from multiprocessing import Pool
from pathlib import Path

weasyprint = importlib.import_module("weasyprint")


def write(path: Path) -> bool:
    """Prints one file; False where the program gives up on it."""
    try:
        weasyprint.HTML(filename=str(path)).write_pdf(str(path.with_suffix(".weasyprint.pdf")), pdf_tags=True)
    except Exception as error:
        print(f"{path.name}: {error!r}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).glob("*.html"))[: int(sys.argv[2])]
    with Pool(2) as pool:
        started = time.perf_counter()
        printed = sum(pool.map(write, files, chunksize=1))
        print(time.perf_counter() - started, printed)
