"""The page in a real browser: what somebody sees, types, clicks and hears read out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from linter.cli import main
from tests.browser import DESKTOP, PHONE, Browser, one_browser  # noqa: F401 - a fixture
from tests.conftest import LOOPBACK
from tests.serving import Serving, serving, serving_report
from tests.test_page import FLAG, TEAM

pytestmark = [pytest.mark.browser, LOOPBACK]

SECONDS = 20
MARKUP = """<script>document.title = "run"</script></textarea><img src=x onerror="document.title = 'run'"> <b>You idiot</b> &lt;&amp; <style>*{display:none}</style>

Isn't it <b>time</b> <img src=x onerror="document.title = 'run'"> for a change?"""
FOUR = f"{FLAG} You are an idiot!!! LABOUR ARE LIARS."


READ_OUT = """window.read = [];
const said = document.getElementById("said");
new MutationObserver(() => window.read.push(said.textContent)).observe(said, {childList: true})"""
"""Keeps in `window.read` what a screen reader would read out."""


class Page:
    """The page as it is open in the browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.open(DESKTOP)

    def open(self, width: int, dark: bool = False) -> None:
        """Open it anew, and wait until there is something to choose."""
        self.browser.open(self.address, width, dark=dark)
        WebDriverWait(self.browser.driver, SECONDS, 0.02).until(lambda _: len(self.all("#stage option")) > 1)

    def one(self, selector: str) -> WebElement:
        return self.browser.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.driver.find_elements(By.CSS_SELECTOR, selector)

    def button(self, words: str) -> WebElement:
        return next(one for one in self.all("button") if words in one.text)

    def settled(self) -> None:
        """Wait until the newest draft is answered."""
        WebDriverWait(self.browser.driver, SECONDS, 0.02).until(
            lambda _: self.one("#remarks").get_attribute("aria-busy") == "false"
        )

    def type(self, *keys: str) -> None:
        """Type keys wherever the focus is, as fast as the browser takes them."""
        self.browser.driver.switch_to.active_element.send_keys(*keys)

    def tab_to(self, words: str) -> list[str]:
        """Press Tab until something of these words has the focus; what had it on the way."""
        seen: list[str] = []
        while words not in self.focused:
            self.type(Keys.TAB)
            seen.append(self.focused)
            assert len(seen) < 30, seen
        return seen

    def paste(self, words: str) -> None:
        """Put words in at the caret all at once: the driver types no character beyond the first 65,536."""
        self.one("#text").click()
        self.browser.run("document.execCommand('insertText', false, arguments[0])", words)
        self.settled()

    def choose(self, key: str, value: str) -> None:
        self.browser.run(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('input'))",
            key,
            value,
        )
        self.settled()

    @property
    def text(self) -> str:
        return str(self.browser.run("return document.getElementById('text').value"))

    @property
    def said(self) -> str:
        return self.one("#said").text

    @property
    def focused(self) -> str:
        """The words or the name of what has the focus."""
        return str(
            self.browser.run(
                "const it = document.activeElement; return it === document.body ? '' : it.id || it.textContent.trim()"
            )
        )

    @property
    def selection(self) -> str:
        return str(
            self.browser.run(
                "const field = document.getElementById('text'); return field.value.slice(field.selectionStart, field.selectionEnd)"
            )
        )

    @property
    def caret(self) -> int:
        """Where the caret is, in UTF-16 units."""
        return int(self.browser.run("return document.getElementById('text').selectionStart"))

    def marked(self, kind: str) -> list[str]:
        """The words marked as something, in order; pieces that follow each other are one."""
        return list(
            self.browser.run(
                """const found = [];
                for (const node of document.getElementById('backdrop').childNodes) {
                    if (!node.classList?.contains(arguments[0])) found.push(null);
                    else if (found.at(-1)) found.push(found.pop() + node.textContent);
                    else found.push(node.textContent);
                }
                return found.filter(words => words)""",
                kind,
            )
        )

    @property
    def underlined(self) -> list[str]:
        return [words for level in ("error", "warning", "suggestion") for words in self.marked(level)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    team = tmp_path_factory.mktemp("team")
    (team / ".git").mkdir()
    (team / "drafts").mkdir()
    (team / ".postlint.yaml").write_text(TEAM.replace("exclamation-row: off", "{}"), "utf-8")
    with serving(team) as one:
        yield one


@pytest.fixture
def page(browser: Browser, server: Serving) -> Iterator[Page]:
    """The page just opened; at the end nothing may have been said on the console, nor anybody else asked."""
    page = Page(browser, server.address)
    yield page
    assert browser.console() == []
    assert [url for url in browser.requests() if not url.startswith(server.address)] == []


# ---- typing


def test_words_are_underlined_while_one_types(page: Page) -> None:
    page.one("#text").send_keys("Hello all. You are an idiot")
    page.settled()
    assert page.underlined == ["idiot"]
    assert page.said == "1 remark: 1 error."
    page.type("!!!")
    page.settled()
    assert (page.marked("error"), page.marked("suggestion")) == (["idiot"], ["!!!"])
    assert [one.text for one in page.all(".remark .message")] == [
        "This calls somebody a name. Would they, or their friends, hear anything after it?",
        "Several exclamation marks stand in a row. Would one be warm enough?",
    ]


def test_a_plain_post_is_left_alone(page: Page) -> None:
    page.paste("Lovely to meet you all. What would you change about the bus?")
    assert (page.underlined, page.all(".remark")) == ([], [])
    assert page.said.startswith("Nothing to remark on.")


def test_nothing_is_said_of_nothing(page: Page) -> None:
    assert page.said.startswith("Write or paste a draft")
    page.paste("You idiot")
    page.type(Keys.CONTROL, "a", Keys.NULL, Keys.DELETE)
    page.settled()
    assert page.said.startswith("Write or paste a draft")
    assert (page.all(".remark"), page.all(".score")) == ([], [])


def test_a_flag_before_the_words_moves_nothing(page: Page) -> None:
    page.paste(FOUR)
    assert page.underlined == ["idiot", "LIARS", "!!!", "LABOUR ARE LIARS"]


def test_underlines_go_with_the_words_while_the_answer_is_on_its_way(page: Page) -> None:
    page.paste("You are an idiot!!!")
    page.browser.run("window.fetch = () => new Promise(() => {})")
    page.type(Keys.HOME, f"Well, {FLAG} ")
    assert page.underlined == ["idiot", "!!!"]
    page.type(Keys.END, Keys.ARROW_LEFT, "?")  # in the middle of a row: what it says is in doubt
    assert page.underlined == ["idiot"]


def test_fast_typing_leaves_no_stale_answer(page: Page) -> None:
    words = "You are an idiot!!! Enough is enough. "
    for _ in range(4):
        page.one("#text").send_keys(words)
    page.type(*[Keys.BACKSPACE] * (4 * len(words)), "Good morning, what a lovely idiot")
    page.settled()
    assert page.text == "Good morning, what a lovely idiot"
    assert page.underlined == ["idiot"]
    assert len(page.all(".remark")) == 1


def test_an_answer_that_comes_late_is_thrown_away(page: Page) -> None:
    page.browser.run(READ_OUT)
    page.browser.run(
        """const real = window.fetch;
        let first = true;
        window.sent = 0;
        window.fetch = async (...asked) => {
            window.sent += 1;
            const answer = await real(...asked);
            if (first) { first = false; await new Promise(done => setTimeout(done, 900)); }
            return answer;
        }"""
    )
    page.one("#text").send_keys("You idiot.")
    WebDriverWait(page.browser.driver, SECONDS, 0.02).until(lambda _: page.browser.run("return window.sent"))
    page.type(Keys.CONTROL, "a", Keys.NULL, "Good morning to all of you.")
    page.settled()
    assert (page.underlined, page.said[:20]) == ([], "Nothing to remark on")
    assert page.browser.run("return [window.sent, window.read.length]") == [2, 1]


def test_one_question_is_open_at_a_time(page: Page) -> None:
    page.browser.run(
        """const real = window.fetch;
        window.open = window.most = 0;
        window.fetch = async (...asked) => {
            window.open += 1;
            window.most = Math.max(window.most, window.open);
            await new Promise(done => setTimeout(done, 500));
            const answer = await real(...asked);
            window.open -= 1;
            return answer;
        }"""
    )
    page.one("#text").send_keys("You")
    for word in (" are", " an", " idiot"):
        time.sleep(0.2)
        page.type(word)
    page.settled()
    assert (page.underlined, page.browser.run("return [window.open, window.most]")) == (["idiot"], [0, 1])


# ---- taking a wording


def test_a_wording_is_taken_with_the_mouse_and_undone(page: Page) -> None:
    page.paste(f"{FLAG} That is lovely!!! See you.")
    before = page.caret
    page.button("Keep one mark").click()
    page.settled()
    assert page.text == f"{FLAG} That is lovely! See you."
    assert (page.focused, page.caret, page.all(".remark")) == ("text", before - 2, [])
    page.type(Keys.CONTROL, "z", Keys.NULL)
    page.settled()
    assert page.text == f"{FLAG} That is lovely!!! See you."
    assert page.underlined == ["!!!"]


def test_the_caret_stays_where_the_writer_was(page: Page) -> None:
    page.paste("Lovely!!! Thanks to all of you!!!")
    page.type(Keys.HOME, *[Keys.ARROW_RIGHT] * 12)
    page.all(".fixes button")[1].click()
    assert (page.text, page.caret) == ("Lovely!!! Thanks to all of you!", 12)
    page.settled()
    page.all(".fixes button")[0].click()
    assert (page.text, page.caret) == ("Lovely! Thanks to all of you!", 10)
    page.settled()


def test_by_the_keyboard_alone(page: Page) -> None:
    assert page.tab_to("text")[:2] == ["room", "stage"]
    page.type(FOUR)
    page.settled()
    assert page.tab_to("Keep one mark")[0] == "take"
    page.type(Keys.ENTER)
    page.settled()
    assert page.text == FOUR.replace("!!!", "!")
    assert page.focused == "text"
    page.type(" Sorry.")
    page.settled()
    assert page.text.endswith("LIARS. Sorry.")


def test_from_the_caret_to_its_remark_and_back(page: Page) -> None:
    page.paste(FOUR)
    page.type(Keys.HOME, *[Keys.ARROW_RIGHT] * (len("x You are an idiot!!")))
    page.type(Keys.ALT, Keys.ENTER, Keys.NULL)
    assert page.focused == "Keep one mark: “!”"
    assert page.marked("pointed") == ["!!!"]
    caret = page.caret
    page.type(Keys.ESCAPE)
    assert (page.focused, page.caret, page.text) == ("text", caret, FOUR)


def test_on_a_phone_the_remark_at_the_caret_is_told_of_below_the_text(page: Page) -> None:
    page.open(PHONE)
    page.paste(FOUR)
    peek = page.one("#peek")
    assert not peek.is_displayed()
    page.type(Keys.CONTROL, Keys.HOME, Keys.NULL, *[Keys.ARROW_RIGHT] * (len("x You are an id")))
    assert peek.text == "This calls somebody a name. Would they, or their friends, hear anything after it?"
    peek.click()
    assert page.focused.endswith("“idiot”")
    page.browser.resize(DESKTOP)
    assert not peek.is_displayed()


def test_a_remark_shows_its_words(page: Page) -> None:
    page.paste(FOUR)
    page.button("“idiot”").click()
    assert (page.focused, page.selection) == ("text", "idiot")
    assert len(page.all(".remark.here")) == 1


def test_what_is_missing_is_said_of_the_whole_post(page: Page) -> None:
    page.choose("stage", "arrive")
    page.choose("room", "parents")
    page.paste("Good evening. I live on Mill Lane and I am standing for the council here.")
    whole = [one.text for one in page.all(".remark") if one.find_elements(By.CSS_SELECTOR, ".whole")]
    assert any("Could you thank people here" in words for words in whole)
    page.button("Add “Hello everybody").click()
    page.settled()
    assert page.text.startswith("Hello everybody, and thanks")
    assert page.caret == len(page.text)


# ---- scores


def test_the_parts_of_a_score_light_up(page: Page) -> None:
    page.paste(f"{FLAG} Enough is enough. What would you do about the bus? See you on Thursday.")
    assert page.marked("adds") == []
    score = page.button("Rhetoric density")
    score.click()
    assert page.marked("adds") == ["Enough is enough"]
    assert page.marked("lowers") != []
    assert score.get_attribute("aria-expanded") == "true"
    assert "slogan" in page.one(".score .parts:not([hidden])").text
    page.button("Questions asked").click()
    assert page.marked("adds") == ["What would you do about the bus?"]
    page.button("Questions asked").click()
    page.one("#text").click()
    assert (page.marked("adds"), page.all(".score .parts:not([hidden])")) == ([], [])


def test_they_do_so_for_whoever_comes_by_with_the_keyboard(page: Page) -> None:
    page.paste("Enough is enough. What would you do?")
    page.tab_to("Rhetoric")
    assert page.marked("adds") == ["Enough is enough"]
    page.type(Keys.TAB)
    assert page.marked("adds") == ["What would you do?"]


# ---- what is typed stays text


@pytest.mark.parametrize("where", ["text", "room"])
def test_markup_is_shown_as_text_and_nothing_runs(page: Page, where: str) -> None:
    title = page.browser.driver.title
    if where == "room":
        page.choose("room", MARKUP)
        page.paste("You idiot")
    else:
        page.paste(MARKUP)
        page.button("Rhetoric density").click()
        assert page.one("#backdrop").get_attribute("textContent") == f"{MARKUP}\u200b"
        assert page.marked("suggestion") == [MARKUP.partition("\n\n")[2]]
    assert page.marked("error") == ["idiot"]
    assert (page.browser.driver.title, page.all("main img, main script, main b, main style")) == (title, [])


def test_another_site_is_refused(browser: Browser, server: Serving, tmp_path: Path) -> None:
    """A page from the disk, whose origin is nobody's, tries what such pages try."""
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text(
        f"""<!doctype html><title>Elsewhere</title><iframe src="{server.address}"></iframe>
        <script>
        const json = {{method: "POST", headers: {{"Content-Type": "application/json"}}, body: '{{"text": "You idiot"}}'}};
        const plain = {{...json, headers: {{"Content-Type": "text/plain"}}}};
        Promise.allSettled([
            fetch("{server.address}check", json), fetch("{server.address}check", plain), fetch("{server.address}choices"),
            fetch("{server.address}check", {{...plain, mode: "no-cors"}}).then(answer => answer.text()),
        ]).then(all => document.title = JSON.stringify(all.map(one => one.value ?? one.status)))
        </script>""",
        "utf-8",
    )
    browser.open(elsewhere.as_uri())
    WebDriverWait(browser.driver, SECONDS).until(lambda driver: driver.title != "Elsewhere")
    assert set(json.loads(browser.driver.title)) <= {"rejected", ""}
    assert server.ask("POST", "/check", b'{"text": "Hello"}', content_type="application/json", origin="null").status == 403  # fmt: skip
    browser.driver.switch_to.frame(0)
    assert browser.driver.find_elements(By.ID, "text") == []
    browser.driver.switch_to.default_content()


# ---- the draft as a file


def test_the_file_taken_away_is_what_check_reads(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.browser.tell("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.choose("platform", "facebook")
    page.choose("room", "parents")
    page.choose("stage", "arrive")
    page.choose("date", "2026-03-14")
    page.paste(f"{FOUR}\n\n  What would you change?\n")
    page.one("#take").click()
    file = tmp_path / "post.txt"
    WebDriverWait(page.browser.driver, SECONDS).until(lambda _: file.exists() and file.stat().st_size)
    assert file.read_bytes().decode() == (
        f"---\nplatform: facebook\nroom: parents\nstage: arrive\ndate: '2026-03-14'\n---\n{FOUR}\n\n  What would you change?\n"
    )
    assert page.one("#taken").text == "post.txt is among your downloads."
    (tmp_path / ".git").mkdir()
    (tmp_path / ".postlint.yaml").write_text(TEAM.replace("exclamation-row: off", "{}"), "utf-8")
    (tmp_path / "drafts").mkdir()
    file.rename(tmp_path / "drafts" / "post.txt")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "drafts/post.txt", "--format", "jsonl"])
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) > 4
    assert [one["message"] for one in found] == [one.text for one in page.all(".remark .message")]


def test_words_that_are_nowhere_else_are_not_lost_unasked(page: Page, tmp_path: Path) -> None:
    leave = "const leaving = new Event('beforeunload', {cancelable: true}); dispatchEvent(leaving); return leaving.defaultPrevented"
    page.browser.tell("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    assert not page.browser.run(leave)
    page.paste("Good morning")
    assert page.browser.run(leave)
    page.one("#take").click()
    WebDriverWait(page.browser.driver, SECONDS).until(lambda _: page.one("#taken").text)
    assert not page.browser.run(leave)
    page.one("#text").send_keys(" all")
    page.settled()
    assert page.browser.run(leave)


def test_the_rooms_of_the_team_are_offered(page: Page) -> None:
    offered = [(one.get_attribute("value"), one.get_attribute("label")) for one in page.all("#rooms option")]
    page.choose("room", "parents")
    assert page.one("#room_kind").text.partition("\n")[0] == "A community (set)"
    page.choose("room", "elsewhere")
    assert page.one("#room_kind").text.partition("\n")[0] == "Not said"
    assert offered == [("parents", "Facebook, A community"), ("stand", "X (Twitter)")]


# ---- whoever reads it, however


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing_serious(page: Page, width: int, dark: bool) -> None:
    page.open(width, dark)
    assert page.browser.violations() == []
    page.choose("stage", "arrive")
    page.paste(f"{FOUR} Enough is enough.")
    page.button("Rhetoric density").click()
    page.button("“idiot”").click()
    for details in page.all("details"):
        page.browser.run("arguments[0].open = true", details)
    assert page.browser.violations() == []
    assert page.browser.run("return matchMedia('(prefers-color-scheme: dark)').matches") is dark


def test_axe_would_find_something(page: Page) -> None:
    page.browser.run(
        "document.querySelector('label[for=room]').remove(); document.getElementById('room').removeAttribute('placeholder')"
    )
    assert [one.partition(":")[0] for one in page.browser.violations()] == ["label"]  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, 768, 1600])
def test_no_width_scrolls_sideways(page: Page, width: int) -> None:
    page.open(width)
    page.paste(f"{FOUR} {'long' * 100} See https://example.org/{'a' * 200}")
    page.button("Aggressiveness").click()
    page.choose("room", "a room with quite a long name, and then some more of it")
    assert page.browser.overflow() == 0
    assert page.one("#text").size["width"] <= width


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_underlines_lie_under_their_words(page: Page, width: int) -> None:
    """The field and the layer behind it break their lines alike: both are as high."""
    page.open(width)
    page.paste(f"{FOUR} {'AVAVA To you. ' * 40}\n\n{'long' * 60} fi ffi You idiot!!!\n")
    script = "const it = document.getElementById(arguments[0]); return [it.scrollHeight, it.clientHeight, it.clientWidth]"
    field, layer = page.browser.run(script, "text"), page.browser.run(script, "backdrop")
    assert field == layer
    assert field[0] == field[1]


def test_the_number_of_remarks_is_read_out_and_only_when_it_changes(page: Page) -> None:
    page.browser.run(READ_OUT)
    page.paste("You idiot. ")
    page.type("Good ")
    page.settled()
    page.type("morning.")
    page.settled()
    assert page.browser.run("return window.read") == ["1 remark: 1 error."]
    assert page.one("#said").get_attribute("role") == "status"


def test_nothing_is_kept_in_the_browser(page: Page) -> None:
    page.paste(FOUR)
    kept = "return [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    assert page.browser.run(f"return (async () => {{{kept}}})()") == ["", 0, 0, 0, 0]


def test_a_server_that_is_gone_is_told_of(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as one:
        page = Page(browser, one.address)
        page.paste("You idiot")
        assert page.underlined == ["idiot"]
    page.type(" again")
    page.settled()
    assert page.said.startswith("postlint does not answer.")
    assert (page.underlined, page.text) == ([], "You idiot again")


# ---- a report


def test_a_report_is_drawn_anew_at_the_same_place(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "report.html"
    html = "<!doctype html><html lang=en><title>R</title><h1>{}</h1><a href=https://example.org/>Out</a><div style='height: 4000px'></div><script>document.title = 'run'</script>"
    source.write_text(html.format("One"), "utf-8")

    def shown() -> str:
        return str(
            browser.run(
                "return document.getElementById('report').contentDocument.querySelector('h1')?.textContent"
            )
        )

    def wait_for(words: str) -> None:
        WebDriverWait(browser.driver, SECONDS, 0.1).until(lambda _: shown() == words)

    with serving_report(source) as server:
        browser.open(server.address, PHONE)
        wait_for("One")
        assert browser.run("return document.getElementById('report').contentDocument.title") == "R"
        assert (
            browser.run("return document.getElementById('report').contentDocument.links[0].target")
            == "_blank"
        )
        browser.run("document.getElementById('report').contentWindow.scrollTo(0, 1234)")
        source.write_text(html.format("Two"), "utf-8")
        wait_for("Two")
        WebDriverWait(browser.driver, SECONDS, 0.1).until(
            lambda _: browser.run("return document.getElementById('report').contentWindow.scrollY") == 1234
        )
        assert (browser.overflow(), browser.violations()) == (0, [])
        source.write_text("broken", "utf-8")
        wait_for("The report cannot be drawn")
        source.write_text(html.format("Three"), "utf-8")
        wait_for("Three")
        assert [url for url in browser.requests() if not url.startswith(server.address)] == []
