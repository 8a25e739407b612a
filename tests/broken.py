"""Every way in which the good sample is broken, and what must be found then.

In the new text `«` marks where the finding must point; it is taken out before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COURSE = "curricula/nuoc-sach.yml"
LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
SECOND = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
BANK = "content/questions/nuoc-sach-tu-kiem-tra.yml"
TESTS = "content/questions/nuoc-sach-kiem-tra.yml"
CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"
CHARTER = "content/programme/programme.yml"
UNITS = "content/programme/units.yml"
AUDIENCES = "content/programme/audiences.yml"
LAW = "content/programme/references.yml"
TERMS = "content/programme/terms.yml"
CONTACTS = "content/programme/contacts.yml"
PICTURES = "content/pictures/pictures.yml"
PAGE = "content/pages/gioi-thieu.md"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """`says` and `fix` are parts of the sentences.

    `seen` is the file, and the text in it, that the finding points at where that is not the change.
    """

    when: str
    code: str
    file: str
    old: str
    new: str
    says: str = ""
    fix: str = ""
    seen: tuple[str, str] | None = None


BROKEN = (
    # --- YAML ---------------------------------------------------------------------------
    Broken(
        when="a colon in the middle of an unquoted text breaks the YAML",
        code="yaml-syntax",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ",
        new="summary: Giúp mỗi nhà«: giữ",
        fix="đặt trong ngoặc kép",
    ),
    Broken(
        when="a tab indents a line",
        code="yaml-syntax",
        file=CAMPAIGN,
        old="  - Nước đục có thể",
        new="«\t- Nước đục có thể",
    ),
    Broken(
        when="a key is written twice",
        code="duplicate-key",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary: Giúp mỗi nhà giữ nước sạch.\n«summary: Giúp cả bản.",
        says='khóa "summary" xuất hiện hai lần',
        fix="giữ lại một khóa",
    ),
    Broken(
        when="a key is written twice on one line",
        code="duplicate-key",
        file=CAMPAIGN,
        old="{verb: Gọi, rest: 0900 khi nước đục}",
        new="{verb: Gọi, rest: 0900 verb khi nước đục, «verb: Gọi}",
        says='"verb"',
    ),
    Broken(
        when="an anchor names a value",
        code="yaml-anchor",
        file=CAMPAIGN,
        old="title: Giữ từng giọt nước\n",
        new="title: «&ten Giữ từng giọt nước\n",
        fix="đặt trong ngoặc kép",
    ),
    Broken(
        when="an alias stands for a value",
        code="yaml-anchor",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary: «*ten",
    ),
    Broken(
        when="a tag gives a value a type",
        code="yaml-tag",
        file=CAMPAIGN,
        old="title: Giữ từng giọt nước\n",
        new="title: «!!str Giữ từng giọt nước\n",
    ),
    Broken(
        when="a second document follows in the file",
        code="two-documents",
        file=CAMPAIGN,
        old="    contacts: [to-cap-nuoc]\n",
        new="    contacts: [to-cap-nuoc]\n«---\nid: hai\n",
    ),
    Broken(
        when="values are nested deeper than anybody writes",
        code="too-deep",
        file=CAMPAIGN,
        old="supporting:\n  - Nước đục có thể gây bệnh.",
        new="supporting: " + "[" * 20 + "«x" + "]" * 20,
    ),
    # --- keys and values ----------------------------------------------------------------
    Broken(
        when="a list stands where one text belongs",
        code="wrong-type",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary: «[Giúp mỗi nhà]",
        says='"summary" cần là một đoạn chữ',
    ),
    Broken(
        when="a text stands where a list belongs",
        code="wrong-type",
        file=CAMPAIGN,
        old="audiences: [nguoi-dan]",
        new="audiences: «nguoi-dan",
        says='"audiences" cần là một danh sách',
    ),
    Broken(
        when="a text stands where keys belong",
        code="wrong-type",
        file=CAMPAIGN,
        old="call_to_action: {verb: Gọi, rest: 0900 khi nước đục}",
        new="call_to_action: «Gọi 0900",
        says='"call_to_action" cần là các khóa và giá trị',
    ),
    Broken(
        when="a key has no value",
        code="empty-value",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary:«",
        fix="bỏ hẳn khóa này nếu không bắt buộc",
    ),
    Broken(
        when="a key's value is YAML's own word for nothing",
        code="empty-value",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary: «~",
    ),
    Broken(
        when="a key is mistyped",
        code="unknown-key",
        file=CAMPAIGN,
        old="do_no_harm:\n",
        new="do_no_harm: [Không nêu tên.]\n«suporting:\n",
        says='không có khóa nào tên là "suporting"',
        fix='có phải "supporting"?',
    ),
    Broken(
        when="a key deep inside a union is mistyped",
        code="unknown-key",
        file=BANK,
        old="khe-suoi: {text: Nước vừa múc ở khe, feedback: ",
        new="khe-suoi: {text: Nước vừa múc ở khe, «fedback: ",
        fix='có phải "feedback"?',
    ),
    Broken(
        when="a key of an article is mistyped",
        code="unknown-key",
        file=LAW,
        old='"4": {title: Giữ giếng,',
        new='"4": {«titel: Giữ giếng,',
        fix='có phải "title"?',
    ),
    Broken(
        when="a key is like none that is known",
        code="unknown-key",
        file=CAMPAIGN,
        old="summary:",
        new="«zzz: 1\nsummary:",
        fix="bỏ khóa này",
    ),
    Broken(
        when="an author writes a key that only the loader gives",
        code="unknown-key",
        file=CAMPAIGN,
        old="summary:",
        new="«source: ở đây\nsummary:",
        says='"source"',
    ),
    Broken(
        when="an author writes the name of a field that is no key",
        code="unknown-key",
        file=CAMPAIGN,
        old="summary:",
        new="«given: [id]\nsummary:",
        says='"given"',
    ),
    Broken(
        when="a lesson's id is written in its front matter",
        code="unknown-key",
        file=LESSON,
        old="minutes: 20",
        new="«id: khac\nminutes: 20",
        says='"id"',
    ),
    Broken(
        when="a required key is left out",
        code="missing-key",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.\n",
        new="",
        says='thiếu khóa bắt buộc "summary"',
        fix='thêm "summary: …"',
        seen=(CAMPAIGN, "«id:"),
    ),
    Broken(
        when="a required key is left out of something inside",
        code="missing-key",
        file=CAMPAIGN,
        old="call_to_action: {verb: Gọi, rest: 0900 khi nước đục}",
        new="«call_to_action: {verb: Gọi}",
        says='"rest"',
    ),
    Broken(
        when="a question does not say its kind",
        code="missing-key",
        file=BANK,
        old="  giu-la-viec-chung:\n    kind: true-false\n",
        new="  «giu-la-viec-chung:\n",
        says='"kind"',
    ),
    Broken(
        when="a value is none of the few, but near one",
        code="unknown-value",
        file=CAMPAIGN,
        old="review: {status: draft}",
        new="review: {status: «drafts}",
        says='"drafts" không phải một giá trị',
        fix='có phải "draft"?',
    ),
    Broken(
        when="a value is near the last of the few",
        code="unknown-value",
        file=TESTS,
        old="use: test",
        new="use: «tests",
        fix='có phải "test"?',
    ),
    Broken(
        when="a value is near none of the few",
        code="unknown-value",
        file=CHARTER,
        old="every: period",
        new="every: «tuần",
        fix="chọn một trong: year, period",
    ),
    Broken(
        when="a question is of a kind that is not there",
        code="unknown-value",
        file=BANK,
        old="kind: ordering",
        new="kind: «ordring",
        says='"ordring"',
        fix='có phải "ordering"?',
    ),
    Broken(
        when="a campaign has four supporting messages",
        code="too-many",
        file=CAMPAIGN,
        old="supporting:\n  - Nước đục có thể gây bệnh.",
        new="supporting: «[Một, Hai, Ba, Bốn]",
        fix="tối đa 3 mục",
    ),
    Broken(
        when="an id has capital letters and marks",
        code="not-a-slug",
        file=CAMPAIGN,
        old="id: giu-giot-nuoc",
        new="id: «Giữ-giọt",
        says='"Giữ-giọt"',
    ),
    Broken(
        when="a key that is an id has marks",
        code="not-a-slug",
        file=COURSE,
        old="  bao-tin: Báo tin khi nước bẩn",
        new="  bao-tin: Báo tin khi nước bẩn\n  «báo-tin: Báo tin",
        says='"báo-tin"',
    ),
    Broken(
        when="a point of the plan is written with a slash",
        code="not-a-point",
        file=COURSE,
        old="serves: [II.1.1.a]",
        new="serves: [«II/1/1/a]",
        fix="II.2.1.c",
    ),
    Broken(
        when="a day is not in the calendar",
        code="not-a-day",
        file=LAW,
        old="effective_until: 30/06/2025",
        new="effective_until: «31/06/2025",
        says='"31/06/2025"',
    ),
    Broken(
        when="a share is written without its sign",
        code="not-a-percent",
        file=COURSE,
        old="pass: 80%",
        new="pass: «80",
        fix="80%",
    ),
    Broken(
        when="a share is more than all",
        code="not-a-percent",
        file=COURSE,
        old="pass: 80%",
        new="pass: «101%",
    ),
    Broken(
        when="minutes are written in words",
        code="not-a-number",
        file=LESSON,
        old="minutes: 20",
        new="minutes: «hai mươi",
        says='"hai mươi"',
    ),
    Broken(
        when="a flag is written as yes",
        code="not-a-flag",
        file=BANK,
        old="answer: true",
        new="answer: «yes",
        says='"yes"',
    ),
    Broken(
        when="an address of a site lacks its scheme",
        code="not-an-address",
        file=CHARTER,
        old="exit_url: https://example.org/",
        new="exit_url: «example.org",
        fix="https://",
    ),
    Broken(
        when="an address has a bracket that nothing closes",
        code="not-an-address",
        file=CHARTER,
        old="exit_url: https://example.org/",
        new='exit_url: «"https://[::1"',
    ),
    Broken(
        when="an escape in quotes hides a control character",
        code="unseen-character",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new='summary: «"Giúp mỗi nhà\\x07"',
    ),
    Broken(
        when="two modules share an id",
        code="duplicate-id",
        file=COURSE,
        old="    lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="    lessons: [giu-nguon-nuoc]\n  - {id: «nguon-nuoc, title: Báo tin, lessons: [bao-nuoc-ban]}",
        says="curricula/nuoc-sach.yml",
    ),
    Broken(
        when="two banks share the id of a question",
        code="duplicate-id",
        file=TESTS,
        old="  kt-goi-ai:",
        new="  giu-la-viec-chung:",
        says=f'"giu-la-viec-chung" đã được dùng ở {TESTS}',
        seen=(BANK, "  «giu-la-viec-chung:"),
    ),
    # --- courses and lessons --------------------------------------------------------------
    Broken(
        when="a course lists a lesson under a mistyped name",
        code="missing-lesson",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «bao-nuoc-bann]",
        says='không có bài học nào là "bao-nuoc-bann"',
        fix='có phải "bao-nuoc-ban"?',
    ),
    Broken(
        when="a course lists a lesson that nobody has written",
        code="missing-lesson",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «zzz]",
        fix="content/lessons/nuoc-sach/zzz.md",
    ),
    Broken(
        when="a course lists a lesson twice",
        code="lesson-twice",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «nuoc-sach/giu-nguon-nuoc]",
    ),
    Broken(
        when="no course lists a lesson",
        code="lesson-nowhere",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc]",
        fix='"nuoc-sach/bao-nuoc-ban"',
        seen=(SECOND, "«title:"),
    ),
    Broken(
        when="a course is for an audience that is not there",
        code="unknown-audience",
        file=COURSE,
        old="audience: can-bo-xa",
        new="audience: «can-bo-xaa",
        fix='có phải "can-bo-xa"?',
    ),
    Broken(
        when="a campaign is for an audience like no other",
        code="unknown-audience",
        file=CAMPAIGN,
        old="audiences: [nguoi-dan]",
        new="audiences: [nguoi-dan, «zzz]",
        fix="content/programme/audiences.yml",
    ),
    Broken(
        when="a course counts toward a target that is not there",
        code="unknown-target",
        file=COURSE,
        old="counts_toward: can-bo-duoc-tap-huan",
        new="counts_toward: «can-bo-da-tap-huan",
        fix='có phải "can-bo-duoc-tap-huan"?',
    ),
    Broken(
        when="a lesson has an objective that its course has not",
        code="unknown-objective",
        file=LESSON,
        old="objectives: [giu-nguon]",
        new="objectives: [giu-nguon, «giu-ngon]",
        fix='có phải "giu-nguon"?',
    ),
    Broken(
        when="a question serves an objective of no course",
        code="unknown-objective",
        file=TESTS,
        old="    objective: bao-tin",
        new="    objective: «zzz",
        fix="thêm mục tiêu",
    ),
    Broken(
        when="a test draws for an objective that its course has not",
        code="unknown-objective",
        file=COURSE,
        old="objective: giu-nguon, take: 1}",
        new="objective: «giu-ngon, take: 1}",
        fix='có phải "giu-nguon"?',
    ),
    Broken(
        when="a lesson asks a question under a mistyped id",
        code="unknown-question",
        file=LESSON,
        old="self_check: [nuoc-nao-sach,",
        new="self_check: [«nuoc-nao-sac,",
        says='không có câu hỏi "nuoc-nao-sac"',
        fix='có phải "nuoc-nao-sach"?',
    ),
    Broken(
        when="a lesson asks a question of a test",
        code="test-question-in-lesson",
        file=LESSON,
        old="self_check: [nuoc-nao-sach,",
        new="self_check: [«kt-giu-gieng,",
        says='"kt-giu-gieng"',
    ),
    Broken(
        when="a lesson asks a question twice",
        code="question-twice",
        file=LESSON,
        old="self_check: [nuoc-nao-sach,",
        new="self_check: [nuoc-nao-sach, «nuoc-nao-sach,",
    ),
    Broken(
        when="a lesson asks too few questions",
        code="self-check-size",
        file=SECOND,
        old="self_check: [giu-la-viec-chung, noi-viec-voi-nguoi, thu-tu-bao-tin]",
        new="self_check: «[giu-la-viec-chung, thu-tu-bao-tin]",
        says="bài có 2 câu",
    ),
    Broken(
        when="the activities take longer than the lesson",
        code="activities-too-long",
        file=LESSON,
        old="minutes: 20",
        new="minutes: «9",
        says="cần 10 phút nhưng cả bài chỉ có 9 phút",
    ),
    Broken(
        when="a test draws from a bank that is not there",
        code="unknown-bank",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-kiem-traa, take: 1}",
        fix='có phải "nuoc-sach-kiem-tra"?',
    ),
    Broken(
        when="a test draws from a bank for self-checks",
        code="bank-not-for-tests",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-tu-kiem-tra, take: 1}",
        fix="use: test",
    ),
    Broken(
        when="a test draws more questions for an objective than the bank has",
        code="bank-too-small",
        file=COURSE,
        old="{bank: nuoc-sach-kiem-tra, objective: giu-nguon, take: 1}\n"
        "    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="{bank: «nuoc-sach-kiem-tra, objective: giu-nguon, take: 2}",
        says='đề cần 2 câu nhưng ngân hàng "nuoc-sach-kiem-tra" chỉ có 1 câu',
    ),
    Broken(
        when="a test's draws together need more questions than the bank has",
        code="bank-too-small",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-kiem-tra, take: 2}",
        says="đề cần 3 câu",
    ),
    # --- approval ---------------------------------------------------------------------------
    Broken(
        when="an approval does not say who, by what and when",
        code="approval-without-proof",
        file=CAMPAIGN,
        old="review: {status: draft}",
        new="review: «{status: approved, by: Sở Mẫu}",
        says="thiếu decision, approved",
    ),
    # --- questions --------------------------------------------------------------------------
    Broken(
        when="a single choice has two right answers",
        code="not-one-correct",
        file=BANK,
        old="nuoc-nao-sach:\n    kind: single-choice\n    stem: Nước nào dùng để uống được?\n    options:\n"
        "      dun-soi: {text: Nước đã đun sôi, correct: true,",
        new="nuoc-nao-sach:\n    kind: single-choice\n    stem: Nước nào dùng để uống được?\n    «options:\n"
        "      da-loc: {text: Nước đã lọc, correct: true, feedback: Lọc rồi mới uống.}\n"
        "      dun-soi: {text: Nước đã đun sôi, correct: true,",
        says="có 2 phương án đúng trong 3",
    ),
    Broken(
        when="a multiple choice has no right answer",
        code="not-some-correct",
        file=BANK,
        old="    options:\n      rao: {text: Rào quanh nguồn, correct: true,",
        new="    «options:\n      rao: {text: Rào quanh nguồn,",
        says="có 0 phương án đúng trong 2",
    ),
    Broken(
        when="a matching has one pair",
        code="too-few-parts",
        file=BANK,
        old="    pairs:\n      sua-ong: {left: Sửa ống vỡ, right: Tổ cấp nước, feedback: Tổ có dụng cụ.}\n",
        new="    «pairs:\n",
    ),
    Broken(
        when="an option of a self-check has no reason",
        code="missing-reason",
        file=BANK,
        old="      khe-suoi: {text: Nước vừa múc ở khe, feedback: Nước khe có thể có mầm bệnh.}",
        new="      «khe-suoi: {text: Nước vừa múc ở khe}",
        says='câu "nuoc-nao-sach": "khe-suoi" chưa có lời giải thích',
    ),
    Broken(
        when="one answer of a true-false has no reason",
        code="missing-reason",
        file=BANK,
        old="    feedback: {true: Đúng vậy., false: Chưa đúng. Ai cũng dùng thì ai cũng giữ.}",
        new="    «feedback: {true: Đúng vậy.}",
        says='"false"',
    ),
    # --- campaigns --------------------------------------------------------------------------
    Broken(
        when="the message cannot be said in one breath",
        code="message-too-long",
        file=CAMPAIGN,
        old="message: Thấy nước đục, bạn ngừng dùng và gọi ngay.",
        new="message: «" + " ".join(["nước"] * 21),
        says="dài 21 tiếng, nhiều nhất 20",
    ),
    Broken(
        when="the call does not start with a verb of the list",
        code="unknown-verb",
        file=CAMPAIGN,
        old="{verb: Gọi,",
        new="{verb: «Goi,",
        fix='có phải "Gọi"?',
    ),
    Broken(
        when="a poster shows a picture that is not listed",
        code="unknown-picture",
        file=CAMPAIGN,
        old="    picture: giot-nuoc\n    contacts",
        new="    picture: «giot-nuocs\n    contacts",
        fix='có phải "giot-nuoc"?',
    ),
    Broken(
        when="a panel shows a picture that is not listed",
        code="unknown-picture",
        file=CAMPAIGN,
        old="title: Giữ từng giọt, picture: giot-nuoc}",
        new="title: Giữ từng giọt, picture: «zzz}",
        fix="content/pictures/pictures.yml",
    ),
    Broken(
        when="the home page shows a picture that is not listed",
        code="unknown-picture",
        file=CHARTER,
        old="picture: giot-nuoc",
        new="picture: «giot-nuocs",
    ),
    Broken(
        when="a door shows a picture that is not listed",
        code="unknown-picture",
        file=AUDIENCES,
        old="picture: giot-nuoc",
        new="picture: «giot-nuocs",
    ),
    Broken(
        when="a picture's drawing is not there",
        code="missing-drawing",
        file=PICTURES,
        old="{file: giot-nuoc.svg,",
        new="{file: «giot.svg,",
        says='"giot.svg"',
    ),
    # --- pointers ---------------------------------------------------------------------------
    Broken(
        when="a pointer has a space too many",
        code="malformed-pointer",
        file=LESSON,
        old="Ai cũng dùng, ai cũng giữ [@nd-moi:3].",
        new="Ai cũng dùng, ai cũng giữ «[@nd-moi: 3].",
        says="[@nd-moi: 3]",
    ),
    Broken(
        when="a law is not in the register",
        code="unknown-reference",
        file=LESSON,
        old="ai cũng giữ [@nd-moi:3]",
        new="ai cũng giữ «[@nd-mi:3]",
        fix='có phải "nd-moi"?',
    ),
    Broken(
        when="the plan is said to be a law that is not in the register",
        code="unknown-reference",
        file=CHARTER,
        old="reference: ke-hoach-mau",
        new="reference: «ke-hoach-mauu",
        fix='có phải "ke-hoach-mau"?',
    ),
    Broken(
        when="an article is not in the register",
        code="unknown-article",
        file=LESSON,
        old="ai cũng giữ [@nd-moi:3]",
        new="ai cũng giữ «[@nd-moi:33]",
        says="không có Điều 33 của 2/2025/NĐ-MẪU",
        fix="có phải Điều 3?",
    ),
    Broken(
        when="a clause is not in the register",
        code="unknown-clause",
        file=LESSON,
        old="theo [@nd-moi:8.2]",
        new="theo «[@nd-moi:8.7]",
        says="khoản, điểm 7 của Điều 8, 2/2025/NĐ-MẪU",
    ),
    Broken(
        when="a law that has ended is cited as if in force",
        code="law-not-in-force",
        file=LESSON,
        old="[@nd-cu:4|cũ]",
        new="«[@nd-cu:4]",
        says="1/2020/NĐ-MẪU (hoặc điều, khoản được dẫn) không có hiệu lực vào ngày 15/01/2026",
        fix="viết [@nd-cu:4|cũ]",
    ),
    Broken(
        when="a clause that has yet to take effect is cited as if in force",
        code="law-not-in-force",
        file=LESSON,
        old="theo [@nd-moi:8.2]",
        new="theo «[@nd-moi:8.5]",
    ),
    Broken(
        when="a law in force is cited as a former one",
        code="law-still-in-force",
        file=LESSON,
        old="ai cũng giữ [@nd-moi:3]",
        new="ai cũng giữ «[@nd-moi:3|cũ]",
        says="vẫn có hiệu lực vào ngày 15/01/2026",
    ),
    Broken(
        when="a point cited is not in the plan",
        code="unknown-point",
        file=SECOND,
        old="[@ke-hoach-mau:II.1.1.đ]",
        new="«[@ke-hoach-mau:II.1.1.c]",
        says='"II.1.1.c"',
    ),
    Broken(
        when="a point served is not in the plan",
        code="unknown-point",
        file=COURSE,
        old="serves: [II.1.1.a]",
        new="serves: [II.1.1.a, «II.1.1.b]",
        fix='có phải "II.1.1.',
    ),
    Broken(
        when="a unit leads a point that is not in the plan",
        code="unknown-point",
        file=CHARTER,
        old="leads: [II.1.1.a]",
        new="leads: [II.1.1.a, «II.1.2.a]",
    ),
    Broken(
        when="a target stands at a point that is not in the plan",
        code="unknown-point",
        file=CHARTER,
        old="point: I.3.b",
        new="point: «I.3.c",
    ),
    Broken(
        when="an agency stands at a point that is not in the plan",
        code="unknown-point",
        file=UNITS,
        old="point: IV.1,",
        new="point: «IV.2,",
    ),
    Broken(
        when="a duty is of a unit that is not there",
        code="unknown-unit",
        file=CHARTER,
        old="unit: so-mau",
        new="unit: «so-mauu",
        fix='có phải "so-mau"?',
    ),
    Broken(
        when="the coordinator is no agency",
        code="unknown-unit",
        file=CHARTER,
        old="coordinator: so-mau",
        new="coordinator: «zzz",
        fix="content/programme/units.yml",
    ),
    Broken(
        when="numbers are kept for a commune that is not there",
        code="unknown-unit",
        file=CONTACTS,
        old='  "00101":\n',
        new='  «"00103":\n',
        fix="có phải",
    ),
    Broken(
        when="a law ends before it starts",
        code="ends-before-it-starts",
        file=LAW,
        old="effective_until: 30/06/2025",
        new="effective_until: «30/06/2019",
        says='"nd-cu"',
    ),
    Broken(
        when="a law is said to be replaced without a last day",
        code="ended-without-day",
        file=LAW,
        old="    status: in-force\n    articles:",
        new="    status: «expired\n    articles:",
        says='"nd-moi"',
        fix="effective_until",
    ),
    Broken(
        when="a text names a contact that is not there",
        code="unknown-contact",
        file=LESSON,
        old="[contact:to-cap-nuoc]",
        new="«[contact:to-cap-nuocs]",
        fix='có phải "to-cap-nuoc"?',
    ),
    Broken(
        when="a panel names a contact that is not there",
        code="unknown-contact",
        file=CAMPAIGN,
        old="back: {title: Gọi ai?, contacts: [to-cap-nuoc]}",
        new="back: {title: Gọi ai?, contacts: [«zzz]}",
        fix="content/programme/contacts.yml",
    ),
    Broken(
        when="a text names a contact that may not be published",
        code="contact-not-publishable",
        file=LESSON,
        old="[contact:to-cap-nuoc]",
        new="«[contact:so-noi-bo]",
        says='"so-noi-bo"',
    ),
    Broken(
        when="a poster names a contact that may not be published",
        code="contact-not-publishable",
        file=CAMPAIGN,
        old="    contacts: [to-cap-nuoc]\n",
        new="    contacts: [«so-noi-bo]\n",
    ),
    Broken(
        when="a term is not in the glossary",
        code="unknown-term",
        file=SECOND,
        old="[term:nuoc-sach|nước đạt chuẩn]",
        new="«[term:nuoc-sac|nước đạt chuẩn]",
        fix='có phải "nuoc-sach"?',
    ),
    Broken(
        when="a text names a target that is not there",
        code="unknown-target",
        file=SECOND,
        old="[target:can-bo-duoc-tap-huan]",
        new="«[target:zzz]",
        fix="content/programme/programme.yml",
    ),
    # --- markup -----------------------------------------------------------------------------
    Broken(
        when="a lesson holds HTML",
        code="raw-html",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="Nước từ «<b>khe chảy về bản.",
        says="<b>",
    ),
    Broken(
        when="a lesson holds an expression of a template",
        code="template-expression",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="Nước từ «{{ khe }} chảy về bản.",
        says="{{ khe }}",
    ),
    Broken(
        when="a heading carries attributes",
        code="attribute-list",
        file=LESSON,
        old="## Việc của bản",
        new="## Việc của bản «{#viec}",
        says="{#viec}",
    ),
    Broken(
        when="a link runs a script",
        code="unsafe-link",
        file=LESSON,
        old="[báo tin](bao-nuoc-ban.md#goi-ai)",
        new="[báo tin](«javascript:alert)",
        says="javascript:alert",
    ),
    Broken(
        when="an image has no words",
        code="image-without-words",
        file=LESSON,
        old="![Một giọt nước](",
        new="«![](",
    ),
    Broken(
        when="a body has a heading of the first level",
        code="title-in-body",
        file=LESSON,
        old="## Việc của bản",
        new="«# Việc của bản",
        says="# Việc của bản",
    ),
    Broken(
        when="a link leads to a lesson under a mistyped name",
        code="dead-link",
        file=LESSON,
        old="(bao-nuoc-ban.md#goi-ai)",
        new="(«bao-nuoc.md)",
        says='"bao-nuoc.md"',
        fix='có phải "bao-nuoc-ban.md"?',
    ),
    Broken(
        when="a link leads to a heading that is not there",
        code="dead-link",
        file=LESSON,
        old="(bao-nuoc-ban.md#goi-ai)",
        new="(«bao-nuoc-ban.md#goi-a)",
        fix='có phải "bao-nuoc-ban.md#goi-ai"?',
    ),
    Broken(
        when="a link leads to a page that the site has not",
        code="dead-link",
        file=PAGE,
        old="](/khoa-hoc/)",
        new="](«/khoa-hocc/)",
        fix='có phải "/khoa-hoc/"?',
    ),
    Broken(
        when="an image is not there",
        code="dead-link",
        file=LESSON,
        old="(../../pictures/giot-nuoc.svg)",
        new="(«../../pictures/giot.svg)",
        fix='có phải "../../pictures/giot-nuoc.svg"?',
    ),
    Broken(
        when="a link leads to the answers of a test",
        code="dead-link",
        file=LESSON,
        old="(bao-nuoc-ban.md#goi-ai)",
        new="(«../../questions/nuoc-sach-kiem-tra.yml)",
    ),
    Broken(
        when="a link leads out of the programme",
        code="dead-link",
        file=LESSON,
        old="(../../pictures/giot-nuoc.svg)",
        new="(«../../../../../../../../etc/passwd)",
    ),
    Broken(
        when="a door opens on a page that the site has not",
        code="dead-link",
        file=AUDIENCES,
        old="opens: /ho-tro/",
        new="opens: «/ho-troo/",
        fix='có phải "/ho-tro/"?',
    ),
    # --- words ------------------------------------------------------------------------------
    Broken(
        when="a text uses a phrase to avoid",
        code="avoided-phrase",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="Nước từ khe cho «kẻ dùng nước ở bản.",
        says='nên tránh "kẻ dùng nước": Cách gọi kia coi thường người khác.',
        fix='viết "người dùng nước"',
    ),
    Broken(
        when="a sentence is too long to be read once",
        code="long-sentence",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="Nước từ khe. «" + " ".join(["Nước", *["chảy"] * 35]) + ".",
        says="câu dài 36 tiếng (nhiều nhất 35): “Nước chảy chảy chảy chảy chảy…”",
    ),
    Broken(
        when="a silence gives no reason",
        code="silence-without-reason",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="<!-- «taphuan: allow avoided-phrase -->\nNước từ khe chảy về bản.",
        fix="vì <lý do>",
    ),
    Broken(
        when="a silence names a code under a mistyped name",
        code="unknown-silence",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="<!-- «taphuan: allow avoid-phrase vì trích tên -->\nNước từ khe chảy về bản.",
        fix='có phải "avoided-phrase"?',
    ),
    Broken(
        when="a silence is of something that may not be silenced",
        code="unknown-silence",
        file=LESSON,
        old="Nước từ khe chảy về bản.",
        new="<!-- «taphuan: allow raw-html vì cần -->\nNước từ khe chảy về bản.",
        fix="avoided-phrase và long-sentence",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What no change of text can bring about: `make` is done to the root."""

    when: str
    code: str
    file: str
    make: Callable[[Path], object]
    at: tuple[int, int] = (1, 1)
    says: str = ""
    fix: str = ""


MADE = (
    Made(
        when="a folder has the name of a file",
        code="unreadable-file",
        file="content/campaigns/thu-muc.yml",
        make=lambda root: (root / "content/campaigns/thu-muc.yml").mkdir(),
        fix="quyền đọc",
    ),
    Made(
        when="a file is larger than a person writes",
        code="file-too-big",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text("#" * 1_000_001),
        says="1 MB",
    ),
    Made(
        when="a file was saved in the bytes of another alphabet",
        code="not-utf-8",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_bytes(b"id: x\ntitle: Gi\xfd n\xfdc\n"),
        at=(2, 1),
        fix="UTF-8",
    ),
    Made(
        when="a file is empty",
        code="empty-file",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text(" \n\n"),
    ),
    Made(
        when="a file holds comments alone",
        code="empty-file",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text("# còn trống\n"),
    ),
    Made(
        when="a file's marks are typed apart from their letters",
        code="not-nfc",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text(
            "---\ntitle: Mot\nsummary: Nu\u031bo\u031b\u0301c\n---\nMot.\n", encoding="utf-8"
        ),
        at=(3, 1),
    ),
    Made(
        when="a file of the programme is missing",
        code="missing-file",
        file=UNITS,
        make=lambda root: (root / UNITS).unlink(),
        fix="docs/authoring.md",
    ),
    Made(
        when="a control character was pasted into a body",
        code="unseen-character",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("---\ntitle: Một\n---\nHai\0ba.\n", encoding="utf-8"),
        at=(4, 4),
    ),
    Made(
        when="a Markdown file starts with its body",
        code="no-front-matter",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("Chỉ có nội dung.\n", encoding="utf-8"),
        says="chưa có phần đầu",
    ),
    Made(
        when="front matter is opened and never closed",
        code="unclosed-front-matter",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("---\ntitle: Một\n\nNội dung.\n", encoding="utf-8"),
        fix="trước nội dung",
    ),
    Made(
        when="a lesson lies outside of any course's folder",
        code="misplaced-lesson",
        file="content/lessons/lac.md",
        make=lambda root: (root / "content/lessons/lac.md").write_text("---\n---\n"),
    ),
    Made(
        when="a lesson's name has marks",
        code="misplaced-lesson",
        file="content/lessons/nuoc-sach/Bài-ba.md",
        make=lambda root: (root / "content/lessons/nuoc-sach/Bài-ba.md").write_text("---\n---\n"),
        fix="không dấu",
    ),
    Made(
        when="a lesson has the name of the test's address",
        code="reserved-name",
        file="content/lessons/nuoc-sach/kiem-tra.md",
        make=lambda root: _second_lesson_again(root, "kiem-tra"),
        at=(2, 1),
        says='"kiem-tra"',
    ),
    Made(
        when="a lesson has no body",
        code="empty-lesson",
        file=SECOND,
        make=lambda root: _without_body(root / SECOND),
        at=(2, 1),
    ),
)


def _second_lesson_again(root: Path, name: str) -> None:
    (root / SECOND).with_stem(name).write_text((root / SECOND).read_text(encoding="utf-8"), encoding="utf-8")
    course = (root / COURSE).read_text(encoding="utf-8")
    (root / COURSE).write_text(course.replace("bao-nuoc-ban]", f"bao-nuoc-ban, {name}]"), encoding="utf-8")


def _without_body(path: Path) -> None:
    lesson = path.read_text(encoding="utf-8")
    path.write_text(lesson[: lesson.index("---\n", 4) + 4], encoding="utf-8")
    page = path.parent / "giu-nguon-nuoc.md"
    page.write_text(page.read_text(encoding="utf-8").replace("#goi-ai", ""), encoding="utf-8")
