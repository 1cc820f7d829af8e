"""The pictures in docs/pictures: `python -m tests.pictures` takes them anew, with the real server and browser."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import PHONE, Browser, browsing
from tests.conftest import ROOT
from tests.serving import serving
from tests.test_page_browser import Page
from tests.test_report_browser import MILLBECK, reported

PICTURES = ROOT / "docs" / "pictures"
_A4 = (794, 1123)
"""A sheet in CSS pixels."""
TEAM = """\
party: {names: [Green Party, Greens], rivals: [Labour, Conservatives]}
rooms:
  Mill Lane neighbours: {platform: facebook, kind: community}
"""
DRAFT = """\
Hello! I'm Ceri from Mill Lane, and I am standing for the Greens.

LABOUR ARE LIARS and their leader is an idiot!!! Enough is enough: it's time to take back our streets. \
Vote Green on Thursday.

What would you change about the number 12 bus?"""


def page_in(browser: Browser, address: str, width: int, height: int, dark: bool) -> Page:
    """The page with a draft on it, in a window of a size."""
    page = Page(browser, address)
    page.open(width, dark)
    browser.resize(width, height)
    page.choose("room", "Mill Lane neighbours")
    page.choose("stage", "arrive")
    page.choose("date", "2026-04-04")
    page.paste(DRAFT)
    return page


def of_report(browser: Browser, folder: Path) -> None:
    """The top of a report on a year, and one further part of it, on a screen, on a phone and on paper."""
    report = reported(MILLBECK, folder / "report.html").as_uri()
    for name, width, height, media in (
        ("desktop", 1200, 1500, "screen"), ("phone", PHONE, 1800, "screen"), ("print", _A4[0], _A4[1], "print"),
    ):  # fmt: skip
        browser.open(report, width)
        browser.tell("Emulation.setEmulatedMedia", media=media)
        browser.picture(PICTURES / f"report-{name}.png", height)
    browser.open(report + "#good", 1200)
    browser.run(
        "document.querySelectorAll('header, main > section:not(#good):not(#amiss)').forEach(one => one.remove())"
    )
    browser.picture(PICTURES / "report-posts.png", 1100)


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as settings, TemporaryDirectory() as team:
        Path(team, ".postlint.yaml").write_text(TEAM, "utf-8")
        with browsing(Path(settings)) as browser, serving(Path(team)) as server:
            for name, width, height, dark in (
                ("desktop", 1200, 700, False), ("phone", PHONE, 1490, False), ("dark", 1200, 700, True),
            ):  # fmt: skip
                page = page_in(browser, server.address, width, height, dark)
                if name != "desktop":
                    page.button("Rhetoric density").click()
                time.sleep(0.5)
                browser.picture(PICTURES / f"page-{name}.png", height)
            of_report(browser, Path(team))


if __name__ == "__main__":
    main()
