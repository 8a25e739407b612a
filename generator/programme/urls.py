"""Where each thing stands on the site: paths from its root, ending in a slash."""

from __future__ import annotations

import re

HOME = ""
COURSES = "khoa-hoc/"
CAMPAIGNS = "truyen-thong/"
LAW = "phap-luat/"
GLOSSARY = "thuat-ngu/"
PLAN = "ke-hoach/"
HELP = "ho-tro/"
DOWNLOADS = "tai-lieu/"
PROGRESS = "tien-do/"
TEST = "kiem-tra"

#: On the plan's page: what the anchor of a decision begins with, and that of all that are open.
DECISION = "cau-hoi-"
OPEN_DECISIONS = "cau-hoi-con-mo"

INDEXES = (HOME, COURSES, CAMPAIGNS, LAW, GLOSSARY, PLAN, HELP, DOWNLOADS)


def course(id: str) -> str:
    return f"{COURSES}{id}/"


def lesson(id: str) -> str:
    """Of a lesson's full id, `course/lesson`."""
    return f"{COURSES}{id}/"


def campaign(id: str) -> str:
    return f"{CAMPAIGNS}{id}/"


def reference(id: str, locator: str = "") -> str:
    article = locator.split(".")[0]
    return f"{LAW}{id}/" + (f"#{article_anchor(article)}" if article else "")


def article_anchor(article: str) -> str:
    return f"dieu-{article}" if article[:1].isdigit() else article.lower()


def plan_point(point: str) -> str:
    return f"{PLAN}#{point_anchor(point)}"


def point_anchor(point: str) -> str:
    """`II.2.1.đ` is `muc-ii-2-1-dd`: đ and d are two points."""
    return "muc-" + point.lower().replace(".", "-").replace("đ", "dd")


def decision(id: str) -> str:
    return f"{PLAN}#{decision_anchor(id)}"


def decision_anchor(id: str) -> str:
    """Stays the same when the question is answered, so that lessons may lead to it."""
    return f"{DECISION}{id}"


def term(id: str) -> str:
    return f"{GLOSSARY}#{id}"


def contact(id: str) -> str:
    return f"{HELP}#{id}"


def page(source: str) -> str:
    """Of a page written by hand, by its file under `content/pages/`."""
    path = re.sub(r"^content/pages/", "", source).removesuffix(".md")
    return "" if path == "index" else path.removesuffix("/index") + "/"


def relative(target: str, start: str) -> str:
    """`target` as a link from the page at `start`, so that the site works in any folder."""
    path, mark, anchor = target.partition("#")
    start_folders, target_folders = start.split("/")[:-1], path.split("/")[:-1]
    common = 0
    while (
        common < min(len(start_folders), len(target_folders))
        and start_folders[common] == target_folders[common]
    ):
        common += 1
    steps = "../" * (len(start_folders) - common) + "".join(f"{part}/" for part in target_folders[common:])
    way = steps + path.split("/")[-1]
    return (way or ("" if mark else "./")) + mark + anchor
