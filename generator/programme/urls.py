"""Addresses of pages: paths from the site's root, ending in a slash."""

from __future__ import annotations

import re

HOME = ""
COURSES = "khoa-hoc/"
CAMPAIGNS = "truyen-thong/"
LAW = "phap-luat/"
GLOSSARY = "thuat-ngu/"
LOOK_UP = "tra-nhanh/"
PLAN = "ke-hoach/"
HELP = "ho-tro/"
DOWNLOADS = "tai-lieu/"
FORMS = "to-mau/"
LESSON_PLANS = "giao-an/"
TRAINER = "tap-huan-vien/"
PROGRESS = "tien-do/"
TEST = "kiem-tra"

#: On the plan's page: the prefix of a decision's anchor, and the anchor of the list of open ones.
DECISION = "cau-hoi-"
OPEN_DECISIONS = "cau-hoi-con-mo"

INDEXES = (
    *(HOME, COURSES, CAMPAIGNS, LOOK_UP, LAW, GLOSSARY),
    *(PLAN, HELP, DOWNLOADS, FORMS, LESSON_PLANS, TRAINER),
)


def course(id: str) -> str:
    return f"{COURSES}{id}/"


def lesson(id: str) -> str:
    """Returns the path of a lesson by its full id, `course/lesson`."""
    return f"{COURSES}{id}/"


def campaign(id: str) -> str:
    return f"{CAMPAIGNS}{id}/"


def form(id: str) -> str:
    return f"{FORMS}{id}/"


def lesson_plan(id: str) -> str:
    return f"{LESSON_PLANS}{id}/"


def reference(id: str, locator: str = "") -> str:
    article = locator.split(".")[0]
    return f"{LAW}{id}/" + (f"#{article_anchor(article)}" if article else "")


def article_anchor(article: str) -> str:
    return f"dieu-{article}" if article[:1].isdigit() else article.lower()


def act(id: str) -> str:
    """Returns the address of an act, or of a sign of a crime, on the look-up page."""
    return f"{LOOK_UP}#{id}"


def plan_point(point: str) -> str:
    return f"{PLAN}#{point_anchor(point)}"


def point_anchor(point: str) -> str:
    """Returns `muc-ii-2-1-dd` for `II.2.1.đ`: đ and d are two points."""
    return "muc-" + point.lower().replace(".", "-").replace("đ", "dd")


def decision(id: str) -> str:
    return f"{PLAN}#{decision_anchor(id)}"


def decision_anchor(id: str) -> str:
    """Returns a decision's anchor, which an answer does not change, so that lessons may link to it."""
    return f"{DECISION}{id}"


def term(id: str) -> str:
    return f"{GLOSSARY}#{id}"


def contact(id: str) -> str:
    return f"{HELP}#{id}"


def page(source: str) -> str:
    """Returns the path of a page written by hand, by its file under `content/pages/`."""
    path = re.sub(r"^content/pages/", "", source).removesuffix(".md")
    return "" if path == "index" else path.removesuffix("/index") + "/"


def relative(target: str, start: str) -> str:
    """Returns `target` as a link from the page at `start`, so that the site works in any folder."""
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
