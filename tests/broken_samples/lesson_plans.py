"""Lesson plans: minutes, ages, activities, and what no class is asked."""

from __future__ import annotations

from .cases import PLAN, TextFault

ROWS = (
    TextFault(
        when="the steps of a lesson plan take less than the whole",
        code="steps-not-whole",
        file=PLAN,
        old="minutes: 45",
        new="minutes: «50",
        says="cộng lại là 45 phút, mà cả buổi là 50 phút",
        fix="minutes thành 45",
    ),
    TextFault(
        when="a lesson plan is for the older and not for the younger",
        code="ages-reversed",
        file=PLAN,
        old="ages: {from: 11, to: 14}",
        new="ages: {from: 11, to: «10}",
    ),
    TextFault(
        when="a lesson plan is for the higher classes and not for the lower",
        code="classes-reversed",
        file=PLAN,
        old="grades: lớp 6",
        new="classes: {from: 6, to: «5}\ngrades: lớp 6",
    ),
    TextFault(
        when="a period has another number of activities than schools write down",
        code="activities-not-four",
        file=PLAN,
        old="activities:\n",
        new="«activities:\n  - {title: Chơi, aim: Vui., content: Một trò., product: Cười., steps: []}\n",
        says="5 hoạt động; nhà trường viết 4",
    ),
    TextFault(
        when="a lesson plan has a sheet of cards and no card",
        code="no-cards",
        file=PLAN,
        old='cards:\n  answer: "Em làm gì:"\n  choices: [Dùng, Ngừng]\n'
        "  items: [{kicker: Ở khe, text: Nước trong.}, {text: Nước đục.}]\n",
        new="«cards: {items: []}\n",
        fix="xóa cả phần cards",
    ),
    TextFault(
        when="a class is asked who has been through it",
        code="asks-for-story",
        file=PLAN,
        old="asks: [Cốc nào trong hơn?]",
        new='asks: ["«Em nào đã từng uống nước bẩn?"]',
        fix="ghi vào never",
    ),
    TextFault(
        when="a lesson plan has no way out",
        code="missing-key",
        file=PLAN,
        old="exit: Em nào thấy khó chịu thì ra ngoài, có cô chờ.\n",
        new="",
        says="“exit”",
        seen=(PLAN, "«id: mot-gio-ve-nuoc"),
    ),
    TextFault(
        when="a lesson plan names a contact that may not be published",
        code="contact-not-publishable",
        file=PLAN,
        old="contacts: [to-cap-nuoc]",
        new="contacts: [«so-noi-bo]",
    ),
    TextFault(
        when="a lesson plan serves a point that the plan has not",
        code="unknown-point",
        file=PLAN,
        old="serves: [II.1.1.đ]",
        new="serves: [«II.9.1.a]",
    ),
)
