"""Lists of people in, as XLSX, DOCX or CSV; a proposal out, with all to put right by sheet and cell.

Nothing here stores or logs. Findings quote cells, names among them: they are for the one who uploaded the
file and for no log.
"""
