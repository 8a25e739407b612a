"""Where each target of the plan stands: pure, over values that the records give."""

from ..programme.model.plan import Regular
from .communication import CommuneOutreach, Communication, outreach
from .comparing import Candidate, Comparison, ShareDifference, UnitDifference, compare
from .figures import Done, Figures, Listed, Waived
from .gathering import gather, gather_for, gather_roster, gather_untrained
from .grouping import OTHER, audiences, grouped, materials, titled
from .measured import CountingAssumption, Measured, Missing
from .measuring import measure
from .pace import Outlook, Pace
from .periods import NotAPeriod, Period
from .persons import Trained
from .share import Share
from .told import ReportedFigures
from .training import EVIDENCE, HalfYearShare, RosterChange, Training, UnitShare, counting
from .untrained import Untrained

__all__ = [
    "EVIDENCE",
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
    "audiences",
    "compare",
    "counting",
    "gather",
    "gather_for",
    "gather_roster",
    "gather_untrained",
    "grouped",
    "materials",
    "measure",
    "outreach",
    "titled",
]
