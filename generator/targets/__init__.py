"""The plan's targets, and where each stands: pure, over values that the records give."""

from ..programme.model.plan import Regular
from ..records import EVIDENCE
from ..records.training.progress import Done, Waived
from .charts import commune_map, flag_words, goal_lines, share_bar, years_of
from .comparison import Candidate, Comparison, ShareDifference, UnitDifference, compare_rosters
from .figures import Figures, Listed
from .measure import (
    OTHER,
    CommuneOutreach,
    Communication,
    ReportedFigures,
    audience_titles,
    group_of,
    group_title,
    load_figures,
    load_for_period,
    load_roster,
    load_untrained,
    material_titles,
    measure_targets,
    outreach_by_commune,
)
from .public_counts import LEAST, is_small, joined_counts, may_show
from .shares import CountingAssumption, Measured, Missing, NotAPeriod, Outlook, Pace, Period, Share
from .training import (
    HalfYearShare,
    RosterChange,
    Trained,
    Training,
    UnitShare,
    Untrained,
    completed_apart,
    counting_rule,
)

__all__ = [
    "EVIDENCE",
    "LEAST",
    "OTHER",
    "Candidate",
    "CommuneOutreach",
    "Communication",
    "Comparison",
    "CountingAssumption",
    "Done",
    "Figures",
    "HalfYearShare",
    "Listed",
    "Measured",
    "Missing",
    "NotAPeriod",
    "Outlook",
    "Pace",
    "Period",
    "Regular",
    "ReportedFigures",
    "RosterChange",
    "Share",
    "ShareDifference",
    "Trained",
    "Training",
    "UnitDifference",
    "UnitShare",
    "Untrained",
    "Waived",
    "audience_titles",
    "commune_map",
    "compare_rosters",
    "completed_apart",
    "counting_rule",
    "flag_words",
    "goal_lines",
    "group_of",
    "group_title",
    "is_small",
    "joined_counts",
    "load_figures",
    "load_for_period",
    "load_roster",
    "load_untrained",
    "material_titles",
    "may_show",
    "measure_targets",
    "outreach_by_commune",
    "share_bar",
    "years_of",
]
