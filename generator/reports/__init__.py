"""Reports as documents in Vietnamese: one value, and its writers for DOCX, XLSX and HTML."""

from .context import Letterhead, known_letterhead
from .docx import write_docx
from .html import printable_report, write_html
from .report import Report, build_report, report_rows
from .target_rows import Row
from .xlsx import write_xlsx

__all__ = [
    "Letterhead",
    "Report",
    "Row",
    "build_report",
    "known_letterhead",
    "printable_report",
    "report_rows",
    "write_docx",
    "write_html",
    "write_xlsx",
]
