"""A real browser for tests: Debian's Chromium, without a window, driven over loopback.

POSTLINT_NPM names the folder whose node_modules holds axe-core, which looks for what people who cannot see or point would miss.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tests.conftest import ROOT

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
AXE = Path(os.environ.get("POSTLINT_NPM", ROOT)) / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars"
).split()
DESKTOP, PHONE = 1280, 360
_HEIGHT = 800
_GRAVE = ("serious", "critical")


class Browser:
    """One browser, with the page that was opened last."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str, width: int = DESKTOP, *, dark: bool = False, still: bool = True) -> None:
        """Open a page at a width in CSS pixels, light or dark, `still` where the reader wants no motion; earlier messages and requests are forgotten."""
        self.driver.get("about:blank")
        self.resize(width)
        wanted = {
            "prefers-color-scheme": "dark" if dark else "light",
            "prefers-reduced-motion": "reduce" if still else "no-preference",
        }
        features = [{"name": name, "value": value} for name, value in wanted.items()]
        self.tell("Emulation.setEmulatedMedia", features=features)
        self.console()
        self.requests()
        self.driver.get(address)

    def resize(self, width: int, height: int = _HEIGHT) -> None:
        """Make the page this wide and high, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.tell("Emulation.setDeviceMetricsOverride", **size)

    def tell(self, command: str, **parameters: Any) -> dict[str, Any]:
        """Give the browser a command of its own protocol (CDP)."""
        answer: dict[str, Any] = self.driver.execute_cdp_cmd(command, parameters)
        return answer

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns that runs in the page."""
        return self.driver.execute_script(script, *arguments)

    def console(self) -> list[str]:
        """What the console was told since this was last asked, what the browser itself refused among it."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """The address of every request made since this was last asked, but for `data:` and `blob:`, which go nowhere."""
        entries = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        events = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [
            one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in sent if not url.startswith(("data:", "blob:", "about:"))]

    def violations(self) -> list[str]:
        """What axe finds serious or critical in the page as it is: the rule, and where."""
        if not AXE.exists():
            pytest.skip("axe-core is not there: npm install it, and say where in POSTLINT_NPM")
        self.run(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "axe.run().then(arguments[0], error => arguments[0](String(error)))"
        )
        assert isinstance(found, dict), found
        return [
            f"{one['id']}: {one['help']} ({', '.join(str(node['target']) for node in one['nodes'])})"
            for one in found["violations"]
            if one["impact"] in _GRAVE
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window: more than 0, and it scrolls sideways."""
        root = "document.documentElement"
        return int(self.run(f"return {root}.scrollWidth - {root}.clientWidth"))

    def picture(self, path: Path, height: int | None = None) -> None:
        """The whole page as a PNG, or its uppermost pixels."""
        shot = self.tell(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=self._clip(height)
        )
        path.write_bytes(base64.b64decode(shot["data"]))

    def _clip(self, height: int | None) -> dict[str, float]:
        size = self.tell("Page.getLayoutMetrics")["cssContentSize"]
        return {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"], "scale": 1}

    def pdf(self, path: Path) -> None:
        """The page as it would be printed on A4, backgrounds left out as browsers do."""
        paper = {"paperWidth": 8.27, "paperHeight": 11.69}
        path.write_bytes(base64.b64decode(self.tell("Page.printToPDF", **paper)["data"]))


@contextmanager
def browsing(settings: Path) -> Iterator[Browser]:
    """A browser whose settings lie in a folder, empty at the start."""
    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={settings}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, Service(DRIVER, env=os.environ | {"HOME": str(settings)}))
    try:
        driver.set_script_timeout(30)
        yield Browser(driver)
    finally:
        driver.quit()


@pytest.fixture(scope="session", name="browser")
def one_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """`browser`: one for a whole run. A module of tests imports this under its own name, so that nothing is named twice."""
    for program in (CHROMIUM, DRIVER):
        if not shutil.which(program):
            pytest.skip(f"{program} is not there: apt-get install chromium chromium-driver")
    with browsing(tmp_path_factory.mktemp("chromium")) as one:
        yield one
