"""What an author mistypes in YAML is named for what it is, where it must be retyped, with the line put right.

In a text `«` marks where the finding must point; it is taken out before.
"""

from __future__ import annotations

import pytest

from taphuan.programme.loader.files import Source, source_from
from taphuan.programme.loader.findings import findings_of
from taphuan.programme.loader.validation import validate
from taphuan.programme.loader.yaml_tree import parse_yaml, split_front_matter
from taphuan.programme.model.campaign import Campaign
from taphuan.programme.model.course import Lesson
from taphuan.programme.model.question import Bank
from taphuan.programme.problems import Problem

#: The text, the finding, and the line as it must be written; nothing where no one line can be shown.
Row = tuple[str, str, str]

SIGNS: tuple[Row, ...] = (
    ("key_points:\n«\t- Nói rõ bạn là ai.", "yaml-tab", "- Nói rõ bạn là ai."),
    ("key_points:\n  - Một.\n«\t- Hai.\n  - Ba.", "yaml-tab", "- Hai."),
    ("trainer_notes: |\n«\tDừng ở bảng.\nminutes: 40", "yaml-tab", "Dừng ở bảng."),
    ("activities:\n  -«\ttitle: Một\n    minutes: 5", "yaml-tab", "- title: Một"),
    ("key_points:\n«\u00a0\u00a0- Một.\n  - Hai.", "unusual-blank", "- Một."),
    ("title:«\u00a0Bài một\nminutes: 40", "unusual-blank", "title: Bài một"),
    ("key_points:\n  -«\u00a0Nói.\n  - Hỏi.", "unusual-blank", "- Nói."),
    ("key_points:\n  - Một.\n  «• Hai.\n  - Ba.", "list-sign", "- Hai."),
    ("key_points:\n  - Một.\n  «– Hai.\n  - Ba.", "list-sign", "- Hai."),
    ("key_points:\n  - Một.\n  «— Hai.", "list-sign", "- Hai."),
    ("key_points:\n  «* Một.\n  * Hai.", "list-sign", "- Một."),
    ("key_points:\n  «+ Một.\n  - Hai.", "list-sign", "- Một."),
    ("key_points:\n  - Một.\n  «· Hai.", "list-sign", "- Hai."),
    ("key_points:\n  - Một.\n  «\uf0b7 Hai.", "list-sign", "- Hai."),
    ("key_points:\n  «•\tMột.\n  •\tHai.\nminutes: 4", "list-sign", "- Một."),
    ("key_points:\n  «1. Một.\n  2. Hai.", "list-sign", "- Một."),
    ("key_points:\n  «• Một.\n  • Hai.", "list-sign", "- Một."),
    ("key_points:\n  «-Một.\n  -Hai.", "dash-without-blank", "- Một."),
    ("key_points:\n  - Một.\n  «-Hai.\n  - Ba.", "dash-without-blank", "- Hai."),
    ("key_points:\n  - Một.\n    «-Hai.", "dash-without-blank", "- Hai."),
    ("key_points:\n  «-Một.", "dash-without-blank", "- Một."),
    ("key_points:\n  «• Nhớ: hỏi.", "list-sign", "- Nhớ: hỏi."),
)

COLONS: tuple[Row, ...] = (
    ("title: Bài 4«: Nói với chủ\nminutes: 4", "colon-in-text", 'title: "Bài 4: Nói với chủ"'),
    ("title: Bài 4«: Nói với “chủ”", "colon-in-text", 'title: "Bài 4: Nói với “chủ”"'),
    ('title: Bài "4"«: Nói', "colon-in-text", "title: 'Bài \"4\": Nói'"),
    ("key_points:\n  - hoi: Nhớ«: hỏi trước.\n  - Ba.", "colon-in-text", '- hoi: "Nhớ: hỏi trước."'),
    ("key_points:\n  - Nhớ«: hỏi: trước.\n  - Ba.", "colon-in-text", '- "Nhớ: hỏi: trước."'),
    ("review: {status: draft, by: Sở«: Y tế}", "colon-in-text", 'review: {status: draft, by: "Sở: Y tế"}'),
    ("summary: Câu một\n  hỏi«: câu hai", "colon-in-text", ""),
    ("title«:Bài 4\nminutes: 40", "colon-without-blank", "title: Bài 4"),
    ("minutes: 40\ntitle«:Bài 4\nsummary: A", "colon-without-blank", "title: Bài 4"),
    ("rest: {verb«:Gọi, rest: 111}", "colon-without-blank", "rest: {verb: Gọi, rest: 111}"),
    ("title«：Bài 4\nminutes: 40", "wide-colon", "title: Bài 4"),
    ("title«： Bài 4", "wide-colon", "title: Bài 4"),
    ("minutes: 40\ntitle« Bài 4\nsummary: A", "colon-missing", "title: Bài 4"),
)

QUOTES: tuple[Row, ...] = (
    ("title: «“Nói với chủ: cơ sở”", "curly-quotes", 'title: "Nói với chủ: cơ sở"'),
    ("a: {title: «“Nói, rồi hỏi”, minutes: 4}", "curly-quotes", 'a: {title: "Nói, rồi hỏi", minutes: 4}'),
    ('title: «"Bài một\nminutes: 40\nsummary: B', "quote-not-closed", 'title: "Bài một"'),
    ("title: «'Bài một\nminutes: 40", "quote-not-closed", "title: 'Bài một'"),
    ("a: {title: «'Bài một}\nminutes: 40", "quote-not-closed", "a: {title: 'Bài một'}"),
    ('title: «"Bài một”\nminutes: 40', "quote-not-closed", 'title: "Bài một"'),
    ('title: "Bài 1"« mở đầu', "text-after-quote", "title: '\"Bài 1\" mở đầu'"),
    ('title: "Bài «"một" mở đầu"', "quote-in-quotes", "title: 'Bài \"một\" mở đầu'"),
    ("title: 'Bài «'một' mở đầu'", "quote-in-quotes", "title: \"Bài 'một' mở đầu\""),
    ('file: "D:«\\Bài giảng"', "backslash-in-quotes", "file: 'D:\\Bài giảng'"),
    ('file: "D:«\\tài liệu"', "backslash-in-quotes", "file: 'D:\\tài liệu'"),
)

BRACKETS: tuple[Row, ...] = (
    ("objectives: «[phan-biet\nminutes: 40\ntitle: A", "bracket-not-closed", "objectives: [phan-biet]"),
    ("a: {b: «[c, d}\ne: f", "bracket-not-closed", "a: {b: [c, d]}"),
    ("review: «{status: draft\ntitle: A", "bracket-not-closed", "review: {status: draft}"),
    (
        "options:\n  a: «{text: Có, correct: true\n  b: {text: Không}",
        "bracket-not-closed",
        "a: {text: Có, correct: true}",
    ),
    ("objectives: [a, b«}\nminutes: 40", "bracket-mismatch", "objectives: [a, b]"),
    ("objectives: [a]«]\nminutes: 40", "bracket-mismatch", "objectives: [a]"),
    (
        "a: {claim: Số 111, source: «[@nd-162-2025:4]}",
        "sign-at-start",
        'a: {claim: Số 111, source: "[@nd-162-2025:4]"}',
    ),
    (
        "a: {text: Theo luật «[@nd-1:3] thì gọi.}",
        "bracket-in-text",
        'a: {text: "Theo luật [@nd-1:3] thì gọi."}',
    ),
    ("a: {text: Hỏi trước«, nhắc sau}", "comma-in-text", 'a: {text: "Hỏi trước, nhắc sau"}'),
    (
        "a: {text: Hỏi«, nghe, nhắc, feedback: Đúng.}",
        "comma-in-text",
        'a: {text: "Hỏi, nghe, nhắc", feedback: Đúng.}',
    ),
    (
        "a: {text: Hỏi«, nhớ: nhắc sau, feedback: Đúng.}",
        "comma-in-text",
        'a: {text: "Hỏi, nhớ: nhắc sau", feedback: Đúng.}',
    ),
    (
        "supporting: [Hỏi trước«, nhắc sau., Gọi ngay.]",
        "comma-in-text",
        'supporting: ["Hỏi trước, nhắc sau.", Gọi ngay.]',
    ),
    ("activities:\n  - {title: Một« minutes: 15}", "comma-missing", "- {title: Một, minutes: 15}"),
)

INDENTATION: tuple[Row, ...] = (
    ("trainer_notes: |\n«Dừng ở bảng.\nreview: {status: draft}", "text-not-indented", "Dừng ở bảng."),
    ("trainer_notes: |\n«Dừng: ở bảng.\nreview: {status: draft}", "text-not-indented", "Dừng: ở bảng."),
    ("trainer_notes: |\n    Dừng.\n«Hỏi: ai?\nminutes: 4", "text-not-indented", "Hỏi: ai?"),
    ("trainer_notes: |\n    Dừng.\n  «Hỏi.\nminutes: 4", "text-not-indented", "Hỏi."),
    ("trainer_notes: |\n  Dừng.\n«Hỏi.\nminutes: 4", "text-not-indented", "Hỏi."),
    ("summary: Câu một\n«câu hai.\nminutes: 4", "text-not-indented", "câu hai."),
    ("trainer_notes: «| Dừng ở bảng.\nminutes: 4", "text-beside-bar", "trainer_notes: Dừng ở bảng."),
    ("title: A\n «minutes: 40", "uneven-indent", "minutes: 40"),
    ("title: A\n «minutes: 40\nsummary: B", "uneven-indent", "minutes: 40"),
    (" «title: A\nminutes: 40\nsummary: B", "uneven-indent", "title: A"),
    ("key_points:\n  - Một.\n «- Hai.\n  - Ba.", "uneven-indent", "- Hai."),
    ("key_points:\n  - Một.\n   «- Hai.\n  - Ba.", "uneven-indent", "- Hai."),
    ("activities:\n  - title: Một\n     «minutes: 5", "uneven-indent", "minutes: 5"),
    ("lessons: [a, b]\n  «- bai-thu\ntitle: A", "item-outside-brackets", "lessons: [a, b, bai-thu]"),
    ("lessons: [a, b]\n«- bai-thu", "item-outside-brackets", "lessons: [a, b, bai-thu]"),
    ("key_points: Một\n  «- Hai\n  - Ba", "item-under-text", ""),
)

STARTS: tuple[Row, ...] = (
    ("summary: «[@nd-282-2025:32] nói gì", "sign-at-start", 'summary: "[@nd-282-2025:32] nói gì"'),
    ("key_points:\n  - «*Gọi 111* ngay.\n  - Hai.", "sign-at-start", '- "*Gọi 111* ngay."'),
    ("key_points:\n  - «**Gọi** ngay.", "sign-at-start", '- "**Gọi** ngay."'),
    ("key_points:\n  - «*Goi 111* ngay.\n  - Hai.", "sign-at-start", '- "*Goi 111* ngay."'),
    ("title: «! Chú ý", "yaml-tag", 'title: "! Chú ý"'),
    ("title: «&co Bài", "yaml-anchor", 'title: "&co Bài"'),
    ("title: «!Chú ý", "sign-at-start", 'title: "!Chú ý"'),
    ("title: «& Co", "sign-at-start", 'title: "& Co"'),
    ("modules:\n  - id: a\n    title: «@Việc\n    lessons: [b]", "sign-at-start", 'title: "@Việc"'),
    ("title: «@nhóm trưởng", "sign-at-start", 'title: "@nhóm trưởng"'),
    ("title: «% cán bộ", "sign-at-start", 'title: "% cán bộ"'),
    ("title: «`bai` mới", "sign-at-start", 'title: "`bai` mới"'),
    ("title: «> 50% cán bộ", "sign-at-start", 'title: "> 50% cán bộ"'),
    ("title: «- Bài một", "sign-at-start", 'title: "- Bài một"'),
    ("title: «{Tên} bài", "sign-at-start", 'title: "{Tên} bài"'),
    ("title: Bài số «#3 mở đầu", "hash-in-text", 'title: "Bài số #3 mở đầu"'),
    ("key_points:\n  - Bài «#3: mở đầu", "hash-in-text", '- "Bài #3: mở đầu"'),
    ("title: «#3 mở đầu", "hash-in-text", 'title: "#3 mở đầu"'),
    ("a: {text: Bài «#3, feedback: Đúng.}", "hash-in-text", 'a: {text: "Bài #3", feedback: Đúng.}'),
    ("summary: Gọi số «# 111 ngay khi thấy.", "hash-in-text", 'summary: "Gọi số # 111 ngay khi thấy."'),
)
MISTAKES = (*SIGNS, *COLONS, *QUOTES, *BRACKETS, *INDENTATION, *STARTS)

RIGHT = (
    "minutes: 40                     # the whole lesson",
    "use: self-check                  # or: test. Never both",
    "objectives: [phan-biet]         # ids from the course",
    "minutes: 40 # phút",
    "# title: Bài #3\ntitle: A",
    "  # - Một\nkey_points:\n  - Một.\n  #- Hai.",
    "# taphuan: allow avoided-phrase vì trích\ntitle: A",
    "title: A #taphuan: allow avoided-phrase vì trích",
    "exit_url: https://a.vn/b#c",
    "exit_url: https://a.vn/b?c=d:e",
    "hours: 14:30",
    "hours: 7:30–11:30, 13:30–17:00",
    "title: “a, b”",
    'title: "Bài 1: Mở đầu"',
    "title: 'Bài #1: “Mở đầu”'",
    'title: "“a: b”"',
    "summary: Theo luật [@nd-282-2025:32] thì hỏi, rồi gọi.",
    "summary: Nhóm {A} và [B]",
    "title: 50% cán bộ",
    "title: Bài 1 - Mở đầu",
    "title: C# và số 3#",
    "title: Ai? Ở đâu? – Hỏi!",
    "answer: yes\nb: no\nc: 24/11/2026\nd: -5",
    "code: [-5, -6]",
    'trainer_notes: |\n  - Một\n  -Hai: ba\n  • Bốn\n  [a\n  "b\n  \ttab\n   # năm\n    số #3: x',
    "trainer_notes: |                # a remark\n  Dừng.",
    "trainer_notes: |\n  Dừng.\ntiêu đề: A",
    "summary: >-\n  Giúp mỗi nhà: hỏi.\n  -Đừng gọi #3.",
    "summary: Câu một\n  câu hai",
    "summary: “Một\n  hai”",
    'summary: "Một\n  - hai\n  #3: x"',
    "key_points:\n- Một.\n- Hai.\nminutes: 4",
    "key_points:\n  - Một\n    rồi hai.\n  - Ba.",
    "key_points:\n  - Số 111 – trực suốt ngày.\n  - 1–2 người.",
    'communes:\n  "03388": {kind: phường, name: Phường Đoàn Kết}',
    "avoid: [gái mại dâm, gái bán hoa]\naction_verbs: [Gọi, Hỏi, Nói]",
    "a: {b: {c: [d, {e: f}]}, g: h}",
    "a: [\n  một,\n  hai\n]",
    "a: {text: Có, correct: true, feedback: Đúng. Vậy thì hỏi.}",
    "a: {text: \"Hỏi trước, nhắc sau\", feedback: 'x: y'}",
    "goals: {a: Một, đ: Hai}",
    "feedback: {true: Chưa đúng., false: Đúng vậy.}",
    "a: {verb: Gọi, rest: }",
    "file: 'D:\\tài liệu'",
    'title: "Một \\"hai\\" ba \\\\ bốn"',
    "title: Một   \n\nminutes: 4  ",
    "a:\n    b: 1\nc:\n  d: 2",
)


def at(text: str) -> tuple[str, int, int]:
    before = text[: text.index("«")]
    return text.replace("«", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


def found_in(text: str) -> Problem:
    (problem,) = parse_yaml(text, "x.yml").problems
    return problem


@pytest.mark.parametrize(("marked", "code", "written"), MISTAKES)
def test_a_slip_is_named_where_it_is_with_the_line_put_right(marked: str, code: str, written: str) -> None:
    text, line, column = at(marked)
    problem = found_in(text)
    place = problem.place
    assert (problem.code, place.line, place.column) == (code, line, column)
    assert problem.suggestion.strip() == written


#: Slips whose finding also says how many blanks belong before the line.
MOVED = {"yaml-tab", "unusual-blank", "text-not-indented", "uneven-indent"}


def retyped(text: str, problem: Problem) -> str:
    """The text once its author has typed the line as the finding shows it, and nothing else."""
    lines, number = text.split("\n"), (problem.place.line or 1) - 1
    if problem.code == "item-outside-brackets":
        return "\n".join([*lines[: number - 1], problem.suggestion, *lines[number + 1 :]])
    shown = problem.suggestion.lstrip(" ")
    blanks = lines[number] if problem.code not in MOVED else problem.suggestion
    lines[number] = " " * (len(blanks) - len(blanks.lstrip(" "))) + shown
    return "\n".join(lines)


@pytest.mark.parametrize("marked", [row[0] for row in MISTAKES if row[2]])
def test_an_author_who_types_what_each_finding_shows_ends_with_a_file_that_is_read(marked: str) -> None:
    text = at(marked)[0]
    for _ in range(5):
        tree = parse_yaml(text, "x.yml")
        if not tree.problems:
            break
        text = retyped(text, tree.problems[0])
    assert tree.problems == []
    assert isinstance(tree.data, dict)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_let_be(text: str) -> None:
    assert parse_yaml(text, "x.yml").problems == []


# --- what YAML reads rightly, but is not what is wanted ----------------------------------------

LESSON: tuple[Row, ...] = (
    ("key_points:\n  - Nhớ«: hỏi trước.", "colon-in-text", '- "Nhớ: hỏi trước."'),
    ("key_points:\n  - Một.\n  - Ghi nhớ«:", "colon-in-text", '- "Ghi nhớ:"'),
    ("key_points: [Nhớ«: hỏi trước., Hai.]", "colon-in-text", 'key_points: ["Nhớ: hỏi trước.", Hai.]'),
    ("summary: «[Giúp bạn]", "wrong-type", "summary: Giúp bạn"),
    ("summary: «[Giúp bạn, giúp xã]", "wrong-type", "summary: Giúp bạn, giúp xã"),
    ("summary:\n  - Giúp bạn", "wrong-type", ""),
    ("objectives: «phan-biet", "list-wanted", "objectives: [phan-biet]"),
    ("objectives: «phan-biet, chuyen-gui", "list-wanted", "objectives: [phan-biet, chuyen-gui]"),
    ("objectives: «phan-biet; chuyen-gui", "list-wanted", "objectives: [phan-biet, chuyen-gui]"),
    ("objectives: «phan-biet]", "list-wanted", "objectives: [phan-biet]"),
    ("objectives: «{phan-biet, chuyen-gui}", "list-wanted", "objectives: [phan-biet, chuyen-gui]"),
    ("key_points: «Hỏi trước.", "list-wanted", "key_points: [Hỏi trước.]"),
    ("key_points: «Hỏi trước, nhắc sau.", "list-wanted", 'key_points: ["Hỏi trước, nhắc sau."]'),
    (
        "activities: «{title: Một, minutes: 5, form: nhóm}",
        "list-wanted",
        "activities: [{title: Một, minutes: 5, form: nhóm}]",
    ),
    ("activities:\n  - «Đóng vai", "keys-wanted", "- {title: …, minutes: …}"),
    ("review: «bản thảo", "keys-wanted", "review: {status: draft}"),
    (
        "review: «đã duyệt",
        "keys-wanted",
        "review: {status: approved, by: …, decision: …, approved: …}",
    ),
    ("«Title: Một", "unknown-key", "title"),
    ("«tiêu đề: Một", "unknown-key", "title"),
    ("«TÓM TẮT: Một", "unknown-key", "summary"),
    ("«Key-points: [Một.]", "unknown-key", "key_points"),
    ("«thời lượng: 40", "unknown-key", "minutes"),
    ("«“title”: Một", "unknown-key", "title"),
    ("«mục tiêu: [a]", "unknown-key", "objectives"),
)
REST = {
    "title": "title: Một",
    "summary": "summary: Hai",
    "minutes": "minutes: 40",
    "objectives": "objectives: [a]",
    "key_points": "key_points: [Ba.]",
}


def wrong_in(kind: type, text: str, **given: object) -> Problem:
    tree = parse_yaml(text, "x.yml")
    (problem,) = validate(kind, tree, "x.yml", **given)[1]
    return problem


@pytest.mark.parametrize(("marked", "code", "shown"), LESSON)
def test_what_is_of_another_shape_is_shown_in_the_one_that_is_wanted(
    marked: str, code: str, shown: str
) -> None:
    written = marked.replace("«", "")
    key = shown if code == "unknown-key" else written.partition(":")[0]
    text = "\n".join([written, *(line for name, line in REST.items() if name != key)])
    tree = parse_yaml(text, "x.yml")
    (problem,) = validate(Lesson, tree, "x.yml", id="a/b", body="", body_line=1)[1]
    (finding,) = findings_of([problem], {"x.yml": (Source("x.yml", text), tree)})
    assert (problem.code, problem.suggestion.strip()) == (code, shown)
    if "«" in marked:
        assert (finding.line, finding.column) == at(marked)[1:]


def test_a_lesson_is_read_once_its_author_types_the_line_shown() -> None:
    for marked, code, shown in LESSON:
        if not shown or "…" in shown or code == "unknown-key":
            continue
        text, line, _ = at(marked)
        lines = text.split("\n")
        lines[line - 1] = lines[line - 1][: -len(lines[line - 1].lstrip())] + shown
        key = text.partition(":")[0]
        text = "\n".join([*lines, *(line for name, line in REST.items() if name != key)])
        assert validate(Lesson, parse_yaml(text, "x.yml"), "x.yml", id="a/b", body="", body_line=1)[1] == []


def test_a_question_whose_kind_is_in_capitals_is_told_the_name_of_the_key() -> None:
    text = "id: a\ntitle: B\nuse: test\nquestions:\n  c:\n    Kind: ordering\n    stem: Đ?\n"
    problem = wrong_in(Bank, text)
    assert (problem.code, problem.place.path[-1], problem.suggestion) == ("unknown-key", "Kind", "kind")


def test_a_call_to_action_written_as_a_text_is_shown_with_its_keys() -> None:
    tree = parse_yaml("call_to_action: Gọi 111", "x.yml")
    problems = [problem for problem in validate(Campaign, tree, "x.yml")[1] if problem.code == "keys-wanted"]
    assert [problem.suggestion for problem in problems] == ["call_to_action: {verb: …, rest: …}"]


def test_keys_that_differ_in_how_their_marks_are_typed_are_one_key() -> None:
    source, _ = source_from("tiếu: 1\ntie\u0302\u0301u: 2".encode(), "x.yml")
    (problem,) = parse_yaml(source.text, "x.yml").problems
    assert (problem.code, problem.place.line) == ("duplicate-key", 2)


# --- front matter ------------------------------------------------------------------------------

FRONT = (
    ("«—-\ntitle: A\n---\nThân.", "front-matter-fence"),
    ("«----\ntitle: A\n---\nThân.", "front-matter-fence"),
    ("« ---\ntitle: A\n---\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n«***\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n«—--\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n«–––\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n«--\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n« ---\nThân.", "front-matter-fence"),
    ("---\ntitle: A\n«***\nThân.\n\n---\n\nCuối.", "front-matter-fence"),
    ("---\ntitle: A\n\n«Thân bài.", "unclosed-front-matter"),
    ("---\ntitle: A\nkey_points:\n  - Một.\n«## Đề mục\n\nThân.", "unclosed-front-matter"),
    ("---\ntitle: A\n\n«Thân bài.\n\n---\n\nCuối.", "unclosed-front-matter"),
    ("«title: A\nsummary: B\n---\nThân.", "front-matter-not-opened"),
    ("\n«---\ntitle: A\n---\nThân.", "front-matter-not-first"),
    ("Bài một\n«---\ntitle: A\n---\nThân.", "front-matter-not-first"),
    ("«Chỉ có thân.", "no-front-matter"),
)


@pytest.mark.parametrize(("marked", "code"), FRONT)
def test_front_matter_that_is_not_found_is_told_by_what_stands_there(marked: str, code: str) -> None:
    text, line, _ = at(marked)
    (problem,) = split_front_matter(Source("x.md", text)).tree.problems
    assert (problem.code, problem.place.line) == (code, line)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\ntrainer_notes: |\n  Một\n  ---\n  ***\n---\nThân.\n\n***\n",
        "---  \ntitle: A\n---\n\n----\n\nThân: hai.",
        "---\n# lời ghi\ntitle: A\n\nkey_points:\n- Một.\n---\nThân.",
    ],
)
def test_front_matter_that_is_right_is_let_be(text: str) -> None:
    assert split_front_matter(Source("x.md", text)).tree.problems == []
