"""A page loaded once, shown on a phone and a desk, light and dark; and what axe finds wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SCREENS = ((360, "light"), (360, "dark"), (1280, "dark"), (1280, "light"))
#: Each width once and each scheme once, for every run; `make soak` looks at all four. Most of axe's time
#: goes into contrast, which a width hardly changes.
EACH_ONCE = SCREENS[::2]
HEIGHT = 800
#: What a page is loaded on.
FIRST: Any = {"width": SCREENS[0][0], "height": HEIGHT}
#: What passed is not asked for: handing it over takes twice as long as looking for what is wrong.
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
RUN = f"axe.run({json.dumps(OPTIONS)}).then((found) => found.violations)"
#: A target below a bar that stays at an edge is small until its reader scrolls, so it is tried in the middle.
IN_THE_MIDDLE = """async ([target]) => {
    const element = document.querySelector(target);
    const { scrollX, scrollY } = window;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { violations } = await axe.run(element, { runOnly: { type: "rule", values: ["target-size"] } });
    window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
    return violations.some((rule) => rule.nodes.some((node) => node.target[0] === target));
}"""
#: Scripts hear of another width in a later frame, and colours may change one after the other: it has settled
#: when nothing moved for three frames. What moves is put at its end, as each frame on the way there would be
#: drawn. What is folded away never moves on.
SETTLED = """async () => {
    for (let calm = 0; calm < 3;) {
        await new Promise((done) => requestAnimationFrame(done));
        const isShown = (one) => one instanceof CSSTransition && one.effect?.target?.checkVisibility();
        const moving = document.getAnimations().filter(isShown);
        moving.forEach((one) => one.finish());
        calm = moving.length ? 0 : calm + 1;
    }
}"""

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
#: Of a long list, what is made of the same elements says nothing new on another screen.
MOST_ALIKE = 10
HIDE_MORE_ALIKE = f"""() => {{
    for (const parent of document.querySelectorAll("main *")) {{
        const counts = new Map();
        for (const child of parent.children) {{
            const elements = [child, ...child.querySelectorAll("*")];
            const kinds = elements.map((each) => `${{each.tagName}} ${{each.getAttribute("class")}}`);
            const kind = [...new Set(kinds)].join();
            counts.set(kind, (counts.get(kind) ?? 0) + 1);
            if (counts.get(kind) > {MOST_ALIKE}) child.style.display = "none";
        }}
    }}
}}"""
#: What is styled alike: the styles of the page and the elements down to one, with what a style asks of them;
#: a number for each, since thousands are handed over.
KINDS = """
    const kinds = new Map();
    const numbered = (text, start) =>
        [...text].reduce((number, letter) => (number * 31 + letter.codePointAt(0)) % 281474976710597, start);
    const unstyled = new Set(["id", "href", "for", "name", "value", "src", "d", "x", "y"]);
    const own = (element) => [...element.attributes]
        .map(({ name, value }) => (unstyled.has(name) ? name : `${name}=${value}`))
        .join();
    const kindOf = (element) => {
        if (element === document.documentElement) return styles;
        if (!kinds.has(element)) {
            const above = kindOf(element.parentElement);
            kinds.set(element, numbered(`${element.tagName} ${own(element)}`, above));
        }
        return kinds.get(element);
    };
    const links = document.querySelectorAll("link[rel=stylesheet], style");
    const styles = numbered([...links].map((link) => link.href ?? link.textContent).join(), 1);
    const elements = [...document.body.querySelectorAll("*")];
"""
#: What a style alone decides, and three quarters of axe's time; a target's size depends on its neighbours.
BY_STYLE = ["color-contrast"]
RUN_ON_NEW = f"""async (seen) => {{
    {KINDS}
    const counts = new Map(seen.split(" ").map((kind) => [Number(kind), Infinity]));
    const isFresh = (element) => {{
        const kind = kindOf(element);
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return counts.get(kind) <= {MOST_ALIKE};
    }};
    const fresh = new Set(elements.filter(isFresh));
    const isEdge = (element) => fresh.has(element) !== fresh.has(element.parentElement);
    const include = elements.filter((element) => fresh.has(element) && isEdge(element));
    const exclude = elements.filter((element) => !fresh.has(element) && isEdge(element));
    const byStyle = {json.dumps(BY_STYLE)};
    const without = Object.fromEntries(byStyle.map((rule) => [rule, {{ enabled: false }}]));
    const options = {json.dumps(OPTIONS)};
    const whole = await axe.run({{ ...options, rules: without }});
    const some = {{ ...options, runOnly: {{ type: "rule", values: byStyle }} }};
    const part = include.length ? await axe.run({{ include, exclude }}, some) : {{ violations: [] }};
    return [[...fresh].map(kindOf).join(" "), [...whole.violations, ...part.violations]];
}}"""


#: Each text that is read, held against WCAG 1.4.3: its colour and its ground as the elements around it
#: have them, one over the other. axe passes over placeholders, and where it sees no ground. The ground of a
#: gradient is the colour that it ends with, where text stands; of a number drawn, the shape before it.
PALE = r"""() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const mixed = (css) => {
        if (!known.has(css)) {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = css;
            pen.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
            known.set(css, [...[red, green, blue].map((part) => (part / 255) * (alpha / 255)), alpha / 255]);
        }
        return known.get(css);
    };
    const over = (front, back) => front.map((part, nth) => part + back[nth] * (1 - front[3]));
    const light = (colour) => {
        const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        const [red, green, blue] = over(colour, [1, 1, 1, 1]).map(linear);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (element, colour) => {
        const shape = element.matches("text") && element.parentElement.querySelector("rect, circle");
        let parts = [mixed(colour), shape ? mixed(getComputedStyle(shape).fill) : [0, 0, 0, 0]];
        for (let each = element; each; each = each.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
            const image = backgroundImage.slice(0, backgroundImage.search(/\)(?:, [a-z-]+gradient|$)/));
            const end = image.match(/(?:rgba?|color)\([^()]*\)/g)?.at(-1) ?? "transparent";
            const ground = over(mixed(end), mixed(backgroundColor));
            parts = parts.map((part) => over(part, ground).map((value) => value * opacity));
        }
        const [most, least] = parts.map(light).sort((one, other) => other - one);
        return (most + 0.05) / (least + 0.05);
    };
    const isRead = (element, { width, height }) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        width > 1 && height > 1 && getComputedStyle(element).clipPath === "none" &&
        !element.closest(":disabled, [aria-disabled=true]");
    const found = [];
    const look = (element, place, style, words) => {
        if (!words.trim() || !isRead(element, place.getBoundingClientRect())) return;
        const size = Number.parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        const ratio = contrast(element, element.matches("svg *") ? style.fill : style.color);
        if (ratio < least) found.push(`${ratio.toFixed(2)}: ${words.trim()}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const place = document.createRange();
        place.selectNode(texts.currentNode);
        look(element, place, getComputedStyle(element), texts.currentNode.data);
    }
    for (const field of document.querySelectorAll("[placeholder]"))
        look(field, field, getComputedStyle(field, "::placeholder"), field.placeholder);
    return found;
}"""


class SeenStyles:
    """What pages were made of on each screen, so that axe is asked about styles only where one is new.

    Labels, roles and the order of headings are a page's own: all of it is looked at for these. Colours
    are alike where elements are styled alike, all the way down from the page; of more than ten such elements
    the first ten are asked about.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[int, str], set[str]] = {}

    def faults(self, page: Page, screen: tuple[int, str]) -> list[object]:
        """Returns the faults of the page as it is shown on `screen`, and whether it scrolls sideways."""
        seen = self._seen.setdefault(screen, set())
        _load_axe(page)
        # As a text: numbers are handed over one by one.
        fresh, violated = page.evaluate(RUN_ON_NEW, " ".join(seen))
        seen.update(fresh.split())
        return _places(page, violated) + wider_than_screen(page)


def on_screens(
    page: Page, screens: Sequence[tuple[int, str]] = EACH_ONCE, *, are_alike_hidden: bool = False
) -> Iterator[tuple[int, str]]:
    """Shows the page on each screen in turn, and leaves it on the first, as the next is to be loaded.

    With `are_alike_hidden`, all of it is there on the first screen, and the first ten of what is alike on the
    others: how long a list of the programme grows is not how long a test takes.
    """
    for width, scheme in screens:
        _show(page, width, scheme)
        page.evaluate(SETTLED)
        yield width, scheme
        if are_alike_hidden:
            page.evaluate(HIDE_MORE_ALIKE)
    _show(page, *SCREENS[0])


def _show(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


def violations(page: Page) -> list[dict[str, Any]]:
    """Every rule of WCAG 2.2 AA that axe finds violated on the page as it is shown."""
    _load_axe(page)
    return list(page.evaluate(RUN))


def _load_axe(page: Page) -> None:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)


def faults(page: Page) -> list[object]:
    """Returns what axe finds, with the first places of each, and whether the page scrolls sideways."""
    return _places(page, violations(page)) + wider_than_screen(page)


def _places(page: Page, violated: list[dict[str, Any]]) -> list[object]:
    targets = {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in violated}
    wrong = {id: [target for target in named if _is_wrong(page, id, target)] for id, named in targets.items()}
    return [(id, named[:3]) for id, named in wrong.items() if named]


def _is_wrong(page: Page, rule: str, target: list[str]) -> bool:
    """Tells whether a target that axe names is wrong wherever on the screen it stands."""
    return rule != "target-size" or bool(page.evaluate(IN_THE_MIDDLE, target))


def pale_texts(page: Page) -> list[str]:
    """Returns each text on the page, with its contrast, that stands out too little from what is behind it."""
    return list(page.evaluate(PALE))


def wider_than_screen(page: Page) -> list[object]:
    return ["wider than the screen"] if page.evaluate(WIDER) else []
