"""A real browser without a screen, for the page: Chromium, kept from the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

INSTALL = "install Chromium, on Debian `apt-get install chromium`"
NAMES = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """No browser can be started here; the message says what to install."""


@contextmanager
def started_browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NoBrowser(f"No {', '.join(NAMES)} on the path: {INSTALL}")
    # its sandbox does not run as root
    options = ["--disable-gpu", "--disable-background-networking"] + ["--no-sandbox"] * (os.geteuid() == 0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        try:
            yield browser
        finally:
            browser.close()


class Reader:
    """Somebody who looks at the page, and what the browser had to say about it.

    requests: what was asked for besides the file. complaints: what stood on the console.
    """

    def __init__(self, browser: Browser, file: Path, width: int = 1360, **options):
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, locale="en-GB", **options
        )
        self.page: Page = self.context.new_page()
        self.file = file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, **choice: str) -> "Reader":
        """The page with a choice in its address, drawn."""
        address = "&".join(f"{name}={value}" for name, value in choice.items())
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}#{address}")
        return self.drawn()

    def drawn(self) -> "Reader":
        self.page.wait_for_selector("html[data-drawn]", state="attached")
        return self

    def choose(self, **choice: str) -> "Reader":
        """Choose in the filters, by value, in this order."""
        for name, value in choice.items():
            self.page.select_option(f"#{name}", value)
            self.drawn()
        return self

    def text(self, selector: str) -> str:
        """What is shown there, with single blanks."""
        return " ".join(self.page.inner_text(selector).split())

    def table(self, selector: str) -> list[list[str]]:
        """The cells of a table's body, row by row."""
        return self.page.eval_on_selector(
            selector,
            "table => [...table.tBodies[0].rows].map(row => [...row.cells].map("
            " cell => cell.textContent.replace(/\\s+/g, ' ').trim()))",
        )

    def violations(self) -> list[str]:
        """What axe finds wrong for people who do not see, or do not use a mouse."""
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("axe.run()")
        return [
            f"{violation['id']}: {node['html'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
