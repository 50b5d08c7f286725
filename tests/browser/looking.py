"""What axe finds wrong with a page, and whether anything runs off its side.

axe is dear, so it looks once: at the width of a phone, where everything that folds is folded, and with every fold-out
open. What it finds does not hang on the width, but for what is shown at one width only; nothing of ours is.
"""

from axe_playwright_python.sync_playwright import Axe

DESK, PHONE = WIDTHS = (1280, 375)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page):
    """What axe finds: the address, the rule, and where; nothing at the width of a desk."""
    if page.viewport_size["width"] != PHONE:
        return []
    found = Axe().run(page, options=RULES).response["violations"]
    return [(page.url, fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


def looked_at(page):
    """What axe finds, and whether anything runs off the side."""
    page.wait_for_load_state()
    return faults(page) + ([(page.url, "runs off the side")] if page.evaluate(WIDER) else [])


def looked_at_both(page):
    """The same at both widths, for a page that opened on a phone; every fold-out is open."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = looked_at(page)
    page.set_viewport_size({"width": DESK, "height": 900})
    return found + ([(page.url, "runs off the side of a desk")] if page.evaluate(WIDER) else [])
