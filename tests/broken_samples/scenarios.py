"""Branching scenarios that end nowhere, have nothing to choose or follow, and lines that place none."""

from __future__ import annotations

from .cases import LESSON, SCENARIO, SECOND, TextFault

END = "nước đạt chuẩn].\n    end: true\n"
ONE = """      - text: Cùng gọi tổ cấp nước.
        consequence: Bác cầm máy gọi luôn.
        next: to-den
"""
OTHER = """      - text: Về nhà nghĩ thêm.
        consequence: Bạn lại đứng trước vòi.
        next: sang-som
"""
MANY = "".join(ONE.replace("gọi", f"gọi lần {nth}") for nth in range(4))
#: The last two are alike, and no letter is left for either.
ALPHABET = "".join(ONE.replace("gọi", f"gọi lần {nth}") for nth in range(26)) + ONE + ONE
LONG_TALE = (ONE + OTHER).replace("sang-som", "canh-1") + "".join(
    f"  canh-{nth}:\n    title: Cảnh {nth}.\n    text: Chuyện còn dài.\n    choices:\n{ONE}"
    + OTHER.replace("sang-som", "sang-som" if nth == 7 else f"canh-{nth + 1}")
    for nth in range(1, 8)
)
ROWS = (
    TextFault(
        when="a scene has no choice and is no end",
        code="dead-end",
        file=SCENARIO,
        old=END,
        new="nước đạt chuẩn].\n",
        says="cảnh “to-den” là ngõ cụt",
        fix="end: true",
        seen=(SCENARIO, "  «to-den:"),
    ),
    TextFault(
        when="an end has choices",
        code="end-with-choices",
        file=SCENARIO,
        old=END,
        new=f"nước đạt chuẩn].\n    «end: true\n    choices:\n{ONE}{OTHER}",
        says="cảnh “to-den” là cảnh kết mà vẫn còn lựa chọn",
    ),
    TextFault(
        when="no choice leads to a scene",
        code="unreachable-scene",
        file=SCENARIO,
        old="        next: nha-ben\n",
        new="        next: to-den\n",
        says="không lựa chọn nào dẫn tới cảnh “nha-ben”",
        seen=(SCENARIO, "  «nha-ben:"),
    ),
    TextFault(
        when="a scene leads to itself whatever is chosen",
        code="endless-loop",
        file=SCENARIO,
        old=ONE + OTHER,
        new=(ONE + OTHER).replace("to-den", "nha-ben").replace("sang-som", "nha-ben"),
        says="các cảnh đi vòng mãi: nha-ben",
        seen=(SCENARIO, "  «nha-ben:"),
    ),
    TextFault(
        when="a choice leads to a scene that is not there",
        code="unknown-scene",
        file=SCENARIO,
        old="        next: nha-ben\n",
        new="        next: «nha-bem\n",
        fix="“nha-ben”",
    ),
    TextFault(
        when="nothing follows from a choice",
        code="missing-key",
        file=SCENARIO,
        old="        consequence: Nhà bên cũng vừa mở vòi.\n",
        new="",
        says="“consequence”",
        seen=(SCENARIO, "      - «text: Hỏi nhà bên."),
    ),
    TextFault(
        when="the same follows from two choices",
        code="same-consequences",
        file=SCENARIO,
        old="consequence: Bạn lại đứng trước vòi.",
        new="consequence: «bác cầm máy gọi luôn",
        says="lựa chọn B chưa có hệ quả của riêng nó: chữ giống lựa chọn A",
    ),
    TextFault(
        when="two choices are one",
        code="same-choices",
        file=SCENARIO,
        old="text: Về nhà nghĩ thêm.",
        new="text: «cùng gọi tổ cấp nước",
        says="lựa chọn A và B nói cùng một việc",
    ),
    TextFault(
        when="there is one thing to choose",
        code="choice-count",
        file=SCENARIO,
        old=f"    choices:\n{ONE}{OTHER}",
        new=f"    «choices:\n{ONE}",
        says="cảnh “nha-ben” có 1 lựa chọn; cần từ 2 đến 4",
    ),
    TextFault(
        when="there are too many things to choose",
        code="choice-count",
        file=SCENARIO,
        old=f"    choices:\n{ONE}{OTHER}",
        new=f"    «choices:\n{MANY}{OTHER}",
        says="cảnh “nha-ben” có 5 lựa chọn",
    ),
    TextFault(
        when="there are more things to choose than letters",
        code="choice-count",
        file=SCENARIO,
        old=f"    choices:\n{ONE}{OTHER}",
        new=f"    «choices:\n{ALPHABET}{OTHER}",
        says="cảnh “nha-ben” có 29 lựa chọn",
    ),
    TextFault(
        when="there are too many scenes",
        code="scene-count",
        file=SCENARIO,
        old=f"{ONE}{OTHER}",
        new=LONG_TALE,
        says="tình huống có 10 cảnh; cần từ 2 đến 9",
        seen=(SCENARIO, "«scenes:"),
    ),
    TextFault(
        when="a scenario shows a picture that is not there",
        code="unknown-picture",
        file=SCENARIO,
        old="picture: giot-nuoc",
        new="picture: «giot-nuoi",
        fix="“giot-nuoc”",
    ),
    TextFault(
        when="no lesson places a scenario",
        code="scenario-nowhere",
        file=SECOND,
        old="\n!!! scenario nuoc-duc\n",
        new="",
        says="“nuoc-duc” chưa nằm trong bài nào",
        fix="!!! scenario nuoc-duc",
        seen=(SCENARIO, "id: «nuoc-duc"),
    ),
    TextFault(
        when="a lesson places a scenario that is not there",
        code="unknown-scenario",
        file=SECOND,
        old="!!! scenario nuoc-duc",
        new="!!! scenario «nuoc-dut",
        fix="“nuoc-duc”",
    ),
    TextFault(
        when="a lesson places a scenario twice",
        code="scenario-twice",
        file=SECOND,
        old="!!! scenario nuoc-duc",
        new="!!! scenario nuoc-duc\n\n!!! scenario «nuoc-duc",
    ),
    TextFault(
        when="a scenario is placed by its title",
        code="scenario-without-id",
        file=LESSON,
        old="## Việc của bản",
        new='«!!! scenario "Nước đục sau mưa"\n\n## Việc của bản',
        fix="!!! scenario ma-tinh-huong",
    ),
    TextFault(
        when="a scenario is placed within a block",
        code="misplaced-scenario",
        file=LESSON,
        old="    Một nhà rửa bình phun ở khe. Bạn làm gì?\n",
        new="    Một nhà rửa bình phun ở khe. Bạn làm gì?\n\n    «!!! scenario nuoc-duc\n",
        says="sát lề: !!! scenario nuoc-duc",
    ),
    TextFault(
        when="a note for the trainer places a scenario",
        code="misplaced-scenario",
        file=LESSON,
        old="  Nhắc mang ủng.\n",
        new="  «!!! scenario nuoc-duc\n",
    ),
    TextFault(
        when="a block has the Vietnamese name of a scenario",
        code="unknown-block",
        file=LESSON,
        old="## Việc của bản",
        new='!!! «rẽ nhánh "Nước đục"\n    Chuyện.\n\n## Việc của bản',
        fix="“scenario”",
    ),
    TextFault(
        when="a choice holds a pointer, which would be a link within a button",
        code="signs-in-plain-text",
        file=SCENARIO,
        old="text: Cùng gọi tổ cấp nước.",
        new='text: "Cùng gọi «[contact:to-cap-nuoc]."',
    ),
    TextFault(
        when="a consequence has a phrase to avoid",
        code="avoided-phrase",
        file=SCENARIO,
        old="Bác cầm máy gọi luôn.",
        new="«Kẻ dùng nước gọi luôn.",
    ),
    TextFault(
        when="a scene cites law that is not in the register",
        code="unknown-reference",
        file=SCENARIO,
        old="Nước uống phải sạch [@nd-moi:3].",
        new="Nước uống phải sạch «[@nd-moii:3].",
    ),
)
