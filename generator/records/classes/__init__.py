"""Classes, what staff confirm, certificates, and the activities and figures that the office enters."""

from .certificates import Certificate, certificate, issue, revoke
from .confirmations import countersign, record_document, void, waive
from .entries import Activity, Figure, activities, enter_activity, enter_figure, figures, withdraw_activity
from .sessions import Attended, ClassSession, attend, hold, hold_anonymous, sessions, withdraw_session

__all__ = [
    "Activity",
    "Attended",
    "Certificate",
    "ClassSession",
    "Figure",
    "activities",
    "attend",
    "certificate",
    "countersign",
    "enter_activity",
    "enter_figure",
    "figures",
    "hold",
    "hold_anonymous",
    "issue",
    "record_document",
    "revoke",
    "sessions",
    "void",
    "waive",
    "withdraw_activity",
    "withdraw_session",
]
