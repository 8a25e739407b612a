"""Classes, what staff confirm, certificates; the activities, plans and figures that are entered."""

from .certificates import Certificate, certificate, held, issue, replacement, revoke
from .confirmations import countersign, record_document, void, waive
from .entries import (
    CommunicationActivity,
    EnteredFigure,
    activities,
    activity,
    enter_activity,
    enter_figure,
    figures,
    withdraw_activity,
)
from .plans import IssuedPlan, document_number, enter_plan, plan, plans, withdraw_plan
from .sessions import (
    Attended,
    ClassSession,
    attend,
    attendances,
    held_class,
    hold,
    hold_anonymous,
    sessions,
    with_attendances,
    withdraw_session,
)

__all__ = [
    "Attended",
    "Certificate",
    "ClassSession",
    "CommunicationActivity",
    "EnteredFigure",
    "IssuedPlan",
    "activities",
    "activity",
    "attend",
    "attendances",
    "certificate",
    "countersign",
    "document_number",
    "enter_activity",
    "enter_figure",
    "enter_plan",
    "figures",
    "held",
    "held_class",
    "hold",
    "hold_anonymous",
    "issue",
    "plan",
    "plans",
    "record_document",
    "replacement",
    "revoke",
    "sessions",
    "void",
    "waive",
    "with_attendances",
    "withdraw_activity",
    "withdraw_plan",
    "withdraw_session",
]
