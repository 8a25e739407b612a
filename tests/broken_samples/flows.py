"""Flows, and the lines of lessons that place them."""

from __future__ import annotations

from .cases import FLOW, PAGE, SECOND, TextFault

PLACED = "!!! flow thay-nuoc-ban"
#: The question of the sample and the step that both of its branches lead to.
QUESTION = """\
      then: de-lai-mau
    if_no: {then: de-lai-mau}
  de-lai-mau:
"""
CALLS = """\
      calls:
        to-cap-nuoc: khi có người đau bụng
"""
MORE_STEPS = "".join(f"  them-{number}: {{title: Việc thêm}}\n" for number in range(6))
ONE_STEP = """\
  co-nguoi-dau:
    title: Có ai đau bụng không?
    if_yes:
      title: Gọi ngay, ghi sau
      calls:
        to-cap-nuoc: khi có người đau bụng
      then: de-lai-mau
    if_no: {then: de-lai-mau}
  de-lai-mau:
    title: Để lại một chai nước
    text: Người của tổ sẽ lấy về xem.
  da-trong-lai:
    title: Nước đã trong lại chưa?
    if_yes: {title: Dùng lại, text: Đun sôi trước.}
    if_no: {title: Chờ tổ trực, text: Dùng nước của nhà bên.}
"""

ROWS = (
    TextFault(
        when="a lesson shows a flow that is not there",
        code="unknown-flow",
        file=SECOND,
        old=PLACED,
        new="!!! flow «thay-nuoc-bann",
        says="“thay-nuoc-bann”",
        fix="có phải bạn muốn viết “thay-nuoc-ban”?",
    ),
    TextFault(
        when="a lesson does not name the flow that it shows",
        code="flow-unnamed",
        file=SECOND,
        old=PLACED,
        new=f"{PLACED}\n\nXem hình.\n\n«!!! flow",
        fix="sau chữ flow",
    ),
    TextFault(
        when="a lesson gives a flow a title besides its id",
        code="flow-unnamed",
        file=SECOND,
        old=PLACED,
        new='«!!! flow "thay-nuoc-ban" "Thấy nước bẩn"',
        says='!!! flow "thay-nuoc-ban" "Thấy nước bẩn"',
        fix="không thêm gì",
    ),
    TextFault(
        when="a comment stands before the line of a flow",
        code="flow-set-in",
        file=SECOND,
        old=PLACED,
        new=f"<!-- taphuan: allow lesson-length vì thử -->«{PLACED}",
        fix="sát lề",
    ),
    TextFault(
        when="a lesson shows a flow twice",
        code="flow-twice",
        file=SECOND,
        old=PLACED,
        new=f"{PLACED}\n\nXem lại.\n\n«{PLACED}",
    ),
    TextFault(
        when="a flow stands within a block, which is too narrow",
        code="flow-set-in",
        file=SECOND,
        old=PLACED,
        new=f'!!! law "Ở bản"\n    Xem hình.\n\n    «{PLACED}',
        fix="sát lề",
    ),
    TextFault(
        when="a page by hand shows a flow",
        code="flow-outside-lesson",
        file=PAGE,
        old="Trang này giúp",
        new=f"«{PLACED}\n\nTrang này giúp",
    ),
    TextFault(
        when="no lesson shows a flow",
        code="flow-nowhere",
        file=SECOND,
        old=f"\n{PLACED}\n",
        new="",
        seen=(FLOW, "«id: thay-nuoc-ban"),
        fix="!!! flow thay-nuoc-ban",
    ),
    TextFault(
        when="a flow has more than nine steps",
        code="too-many-steps",
        file=FLOW,
        old="steps:\n",
        new=f"«steps:\n{MORE_STEPS}",
        says="10 bước",
    ),
    TextFault(
        when="a flow has one step",
        code="too-few-steps",
        file=FLOW,
        old=ONE_STEP,
        new="calls: {to-cap-nuoc: khi nước đục}\n",
        seen=(FLOW, "«steps:"),
    ),
    TextFault(
        when="a yes is without a no",
        code="half-question",
        file=FLOW,
        old="    if_yes:\n      title: Gọi ngay, ghi sau\n" + CALLS + QUESTION,
        new="    «if_yes:\n      title: Gọi ngay, ghi sau\n"
        + CALLS
        + QUESTION.replace("    if_no: {then: de-lai-mau}\n", ""),
        says="chưa có nhánh if_no",
        fix="if_no: {then: ma-buoc-tiep}",
    ),
    TextFault(
        when="a branch says nothing and leads nowhere",
        code="dead-branch",
        file=FLOW,
        old="    if_no: {then: de-lai-mau}",
        new="    «if_no: {}",
        says="nhánh if_no của bước “co-nguoi-dau”",
    ),
    TextFault(
        when="a branch leads to a step that is not there",
        code="unknown-step",
        file=FLOW,
        old="    if_no: {then: de-lai-mau}",
        new="    if_no: {then: «de-lai-mauu}",
        fix="có phải bạn muốn viết “de-lai-mau”?",
    ),
    TextFault(
        when="a branch leads back, into a circle",
        code="branch-in-circle",
        file=FLOW,
        old="    if_no: {then: de-lai-mau}",
        new="    if_no: {then: «ngung-dung}",
        says="quay về “ngung-dung”",
    ),
    TextFault(
        when="both branches of a question are the same",
        code="same-branches",
        file=FLOW,
        old="    if_no: {title: Chờ tổ trực, text: Dùng nước của nhà bên.}",
        new="    «if_no: {title: Dùng lại, text: Đun sôi trước.}",
    ),
    TextFault(
        when="no step leads to a step",
        code="unreached-step",
        file=FLOW,
        old=QUESTION,
        new=QUESTION.replace("then: de-lai-mau", "then: da-trong-lai").replace("  de-lai", "  «de-lai"),
        fix="then: de-lai-mau",
    ),
    TextFault(
        when="the text of a step does not fit its box",
        code="text-outgrows-box",
        file=FLOW,
        old="text: Người của tổ sẽ lấy về xem.",
        new="text: «Người của tổ sẽ lấy về xem. " + "Nhớ ghi ngày và giờ lấy nước lên vỏ chai. " * 8,
        says="cần 6 dòng",
        fix="viết gọn lại",
    ),
    TextFault(
        when="the text of a branch does not fit its box",
        code="text-outgrows-box",
        file=FLOW,
        old="text: Dùng nước của nhà bên.}",
        new="text: «Dùng nước của nhà bên. " + "Nhớ mang theo can có nắp và trả can trong ngày. " * 5 + "}",
    ),
    TextFault(
        when="a flow calls a contact that is not there",
        code="unknown-contact",
        file=FLOW,
        old="        to-cap-nuoc: khi có",
        new="        «to-cap-nuok: khi có",
        fix="có phải bạn muốn viết “to-cap-nuoc”?",
    ),
    TextFault(
        when="a flow calls a number that may not be published",
        code="contact-not-publishable",
        file=FLOW,
        old="        to-cap-nuoc: khi có",
        new="        «so-noi-bo: khi có",
    ),
    TextFault(
        when="a job aid has no number to call",
        code="flow-without-calls",
        file=FLOW,
        old=CALLS,
        new="",
        seen=(FLOW, "«id: thay-nuoc-ban"),
    ),
    TextFault(
        when="a flow names a picture that is not there",
        code="unknown-picture",
        file=FLOW,
        old="lead: Dán cạnh bể nước.\n",
        new="lead: Dán cạnh bể nước.\npicture: «giot-nuocc\n",
        fix="có phải bạn muốn viết “giot-nuoc”?",
    ),
    TextFault(
        when="a flow cites a law that is not in the register",
        code="unknown-reference",
        file=FLOW,
        old="[@nd-moi:3]",
        new="«[@nd-moii:3]",
        fix="có phải bạn muốn viết “nd-moi”?",
    ),
)
