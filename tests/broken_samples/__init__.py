"""Every way in which the good sample is broken, and what must be found then.

In the new text `«` marks where the finding must point; it is taken out before.
"""

from . import (
    campaigns,
    courses,
    decisions,
    files,
    keys,
    last_days,
    links,
    lists_and_tables,
    markup,
    objectives,
    pointers,
    scenarios,
    wording,
    yaml_mistakes,
)
from .cases import (
    AUDIENCES,
    BANK,
    CAMPAIGN,
    CHARTER,
    CONTACTS,
    COURSE,
    DECISIONS,
    DRAWING,
    LAW,
    LESSON,
    PAGE,
    PICTURES,
    SCENARIO,
    SECOND,
    TERMS,
    TESTS,
    UNITS,
    FileFault,
    TextFault,
)

TEXT_FAULTS = (
    *yaml_mistakes.ROWS,
    *keys.ROWS,
    *courses.ROWS,
    *objectives.ROWS,
    *scenarios.ROWS,
    *campaigns.ROWS,
    *pointers.ROWS,
    *decisions.ROWS,
    *markup.ROWS,
    *links.ROWS,
    *lists_and_tables.ROWS,
    *wording.ROWS,
    *last_days.ROWS,
)
FILE_FAULTS = (*files.ROWS, *objectives.MADE, *last_days.MADE)

__all__ = [
    "AUDIENCES",
    "BANK",
    "CAMPAIGN",
    "CHARTER",
    "CONTACTS",
    "COURSE",
    "DECISIONS",
    "DRAWING",
    "FILE_FAULTS",
    "LAW",
    "LESSON",
    "PAGE",
    "PICTURES",
    "SCENARIO",
    "SECOND",
    "TERMS",
    "TESTS",
    "TEXT_FAULTS",
    "UNITS",
    "FileFault",
    "TextFault",
]
