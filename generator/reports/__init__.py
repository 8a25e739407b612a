"""What an office reports of a period: rows, and the same rows as DOCX, XLSX and HTML for a PDF."""

from .letterhead import Letterhead, letterhead
from .paper import html, sheet
from .report import Report, report, rows
from .row import Row
from .word import docx
from .workbook import xlsx

__all__ = ["Letterhead", "Report", "Row", "docx", "html", "letterhead", "report", "rows", "sheet", "xlsx"]
