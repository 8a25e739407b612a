"""Imports lists of people as XLSX, DOCX or CSV; proposes changes, with findings by sheet and cell.

Nothing here stores or logs. Findings quote cells, names among them: they are for the one who uploaded the
file and for no log.
"""
