"""The report in a real browser: opened offline from a file, wide and narrow, light and dark, printed, and kept fresh by the page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from linter.cli import main
from tests.browser import DESKTOP, PHONE, Browser, one_browser  # noqa: F401 - a fixture
from tests.conftest import LOOPBACK, ROOT
from tests.serving import COMMAND, serving
from tests.test_report import HOSTILE

pytestmark = [pytest.mark.browser, LOOPBACK]

MILLBECK = ROOT / "corpora" / "history" / "millbeck"
SECONDS = 60


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a year."""
    return reported(MILLBECK, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on posts that would rather be something else."""
    folder = tmp_path_factory.mktemp("hostile")
    posts = [
        {"id": f"{at}", "text": f"You idiot! {words} Thanks, who needs a lift?", "room": words, "author": words, "platform": "facebook",
         "url": "javascript:document.title='run'", "date": f"2025-0{1 + at % 9}-01T18:00"}
        for at, words in enumerate(HOSTILE * 12)
    ]  # fmt: skip
    (folder / "posts.jsonl").write_text("".join(f"{json.dumps(post)}\n" for post in posts))
    return reported(folder, folder / "report.html")


def reported(folder: Path, file: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["review", "posts.jsonl", "--jobs", "1", "--report", str(file)])
    assert result.exit_code == 0, result.output
    return file


VIEWS = [(DESKTOP, False), (DESKTOP, True), (PHONE, False)]


@pytest.mark.parametrize(("width", "dark"), VIEWS)
def test_it_opens_quietly_fits_and_everybody_can_read_it(
    browser: Browser, report: Path, width: int, dark: bool
) -> None:
    browser.open(report.as_uri(), width, dark=dark)
    assert browser.console() == []
    assert browser.requests() == [report.as_uri()]
    assert browser.overflow() == 0
    for details in browser.driver.find_elements(By.TAG_NAME, "summary")[:3]:
        details.click()
    assert browser.violations() == []


def test_charts_take_the_colours_of_the_page(browser: Browser, report: Path) -> None:
    colour = "return getComputedStyle(document.querySelector('[fill=\"#0a0a04\"]')).fill"
    browser.open(report.as_uri(), dark=False)
    light = browser.run(colour)
    browser.open(report.as_uri(), dark=True)
    assert light == "rgb(11, 107, 112)"
    assert browser.run(colour) == "rgb(92, 196, 196)"


def test_the_story_leads_to_what_it_is_about(browser: Browser, report: Path) -> None:
    browser.open(report.as_uri())
    links = browser.driver.find_elements(By.CSS_SELECTOR, ".story a, nav a")
    assert len(links) > 12
    for link in links:
        link.click()
        place = browser.driver.current_url.partition("#")[2]
        target = browser.driver.find_element(By.ID, place)
        top, limit = browser.run("return [arguments[0].getBoundingClientRect().top, innerHeight]", target)
        assert top < limit, place


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_words_that_would_be_markup_are_words(browser: Browser, hostile: Path, width: int) -> None:
    browser.open(hostile.as_uri(), width)
    assert browser.console() == []
    assert browser.requests() == [hostile.as_uri()]
    assert browser.driver.title != "run"
    assert browser.overflow() == 0
    body = browser.driver.find_element(By.TAG_NAME, "body").text
    assert "<script>alert(1)</script>" in body
    assert "{{ 7 * 7 }}" in body
    assert (
        browser.run("return document.querySelectorAll('script, img, main h1, [onload], [onerror]').length")
        == 0
    )
    assert browser.driver.find_elements(By.CSS_SELECTOR, "a:not([href^='#'])") == []
    assert browser.violations() == []


def test_it_prints(browser: Browser, report: Path, tmp_path: Path) -> None:
    browser.open(report.as_uri())
    browser.pdf(tmp_path / "report.pdf")
    printed = (tmp_path / "report.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert 4 <= printed.count(b"/Type /Page\n") <= 20
    browser.tell("Emulation.setEmulatedMedia", media="print")
    shown = browser.run(
        "return ['nav', 'details', '.story a'].map(one => document.querySelector(one).checkVisibility())"
    )
    browser.tell("Emulation.setEmulatedMedia", media="")
    assert shown == [False, False, False]


def test_the_page_shows_the_report_and_draws_it_anew(browser: Browser, tmp_path: Path) -> None:
    shutil.copy(MILLBECK / ".postlint.yaml", tmp_path)
    posts = tmp_path / "posts.jsonl"
    posts.write_text("".join((MILLBECK / "posts.jsonl").read_text().splitlines(keepends=True)[:40]))
    with serving(tmp_path, (*COMMAND, "posts.jsonl")) as server:
        browser.open(server.address)
        wait = WebDriverWait(browser.driver, SECONDS, 0.2)
        read = "return document.getElementById('report').contentDocument.querySelector('header')?.innerText ?? ''"
        wait.until(lambda _: "26 posts" in browser.run(read))
        browser.run("document.getElementById('report').contentWindow.scrollTo(0, 700)")
        with posts.open("a") as stream:
            stream.write(
                '{"id": "new", "author": "millbeck-greens", "text": "Thanks all!", "date": "2025-12-31"}\n'
            )
        wait.until(lambda _: "27 posts" in browser.run(read))
        wait.until(lambda _: browser.run("return document.getElementById('said').textContent") == "")
        assert browser.run("return document.getElementById('report').contentWindow.scrollY") == 700
        assert browser.violations() == []
        assert browser.console() == []
        assert {url.split("/", 3)[2] for url in browser.requests()} == {server.host}
