"""Questions that somebody has to decide, and what rests on them."""

from __future__ import annotations

from .cases import CHARTER, DECISIONS, SECOND, TextFault

TARGET = """\
regular: {times: 1, every: half-year, assumes: [thuong-xuyen]}
targets:
  can-bo-duoc-tap-huan:
    point: I.3.b
    title: Cán bộ xã được tập huấn
    text: Ít nhất 70% cán bộ xã được tập huấn.
    share: 70%
    every: period
    year: 2030
    level: commune
    measure: training
"""

ROWS = (
    TextFault(
        when="a way of counting rests on a question that is not there",
        code="unknown-decision",
        file=CHARTER,
        old="assumes: [thuong-xuyen]",
        new="assumes: [«thuong-xuyn]",
        fix="có phải bạn muốn viết “thuong-xuyen”?",
    ),
    TextFault(
        when="a target rests on a question that is not there",
        code="unknown-decision",
        file=CHARTER,
        old="    measure: training\n",
        new="    measure: training\n    assumes: [«zzz]\n",
        says="“zzz”",
        fix="decisions.yml",
    ),
    TextFault(
        when="communication is to be regular and nobody says what that is",
        code="regular-left-out",
        file=CHARTER,
        old=TARGET,
        new=TARGET.partition("\n")[2]
        .replace("measure: training", "measure: communication")
        .replace("  can-bo", "  «can-bo"),
        says="“can-bo-duoc-tap-huan”",
        fix="regular: {times: 1, every: half-year}",
    ),
    TextFault(
        when="what is regular is said by half",
        code="missing-key",
        file=CHARTER,
        old="regular: {times: 1, every: half-year,",
        new="«regular: {times: 1,",
        says="every",
    ),
    TextFault(
        when="a question is for an agency that is not there",
        code="unknown-unit",
        file=DECISIONS,
        old="  who: [so-mau]\n  since: 2026-01-10\n  until_then: Đếm mọi",
        new="  who: [«so-mua]\n  since: 2026-01-10\n  until_then: Đếm mọi",
        fix="có phải bạn muốn viết “so-mau”?",
    ),
    TextFault(
        when="a question is for nobody",
        code="no-one-decides",
        file=DECISIONS,
        old="  who: [so-mau]\n  since: 2026-01-10\n  until_then: Đếm mọi",
        new="  who: «[]\n  since: 2026-01-10\n  until_then: Đếm mọi",
        says="“gieng-nao-duoc-dem”",
    ),
    TextFault(
        when="a question comes up in a course that is not there",
        code="unknown-course",
        file=DECISIONS,
        old="  until_then: Đếm mọi",
        new="  courses: [«nuoc-sac]\n  until_then: Đếm mọi",
        fix="có phải bạn muốn viết “nuoc-sach”?",
    ),
    TextFault(
        when="a link leads to a question that nobody asks",
        code="dead-link",
        file=SECOND,
        old="Nước có mùi lạ",
        new="Đọc [câu hỏi](«/ke-hoach/#cau-hoi-thuong-xuyn). Nước có mùi lạ",
        fix="/ke-hoach/#cau-hoi-thuong-xuyen",
    ),
    TextFault(
        when="an answer has no paper",
        code="missing-key",
        file=DECISIONS,
        old="decided: {document: 7/HD-SM, issued",
        new="«decided: {issued",
        says="document",
    ),
    TextFault(
        when="a question cites a law that is not in the register",
        code="unknown-reference",
        file=DECISIONS,
        old="[@nd-moi:3]",
        new="«[@nd-mi:3]",
        fix="có phải bạn muốn viết “nd-moi”?",
    ),
)
