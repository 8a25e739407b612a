"""Banks of questions (ngân hàng câu hỏi), for self-checks or for tests."""

from __future__ import annotations

from ..model.question import Bank
from .base import DocumentKind

KIND = DocumentKind(
    name="bank",
    model=Bank,
    folder="content/questions",
    depth=9,
    words="ngân hàng câu hỏi",
    position=30,
    review=lambda programme, bank: programme.bank_review(bank),
    approved_with=lambda programme, bank: programme.documents_with(bank),
    how_approved="phê duyệt khóa học dùng nó: phê duyệt khóa gồm cả câu hỏi của khóa",
)
