"""Makes docs/screenshot.png: the chat page with the headline question answered from the digests.

Needs the `dev` extra and a Chromium on the path (Debian: `apt-get install chromium`).
"""

import shutil
import socket
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from assistant.engine import Assistant
from assistant.page import start
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What share of cases kept people safe?"
SIZE: ViewportSize = {"width": 1280, "height": 760}


def main(picture: Path = ROOT / "docs" / "screenshot.png") -> None:
    """Ingest the starter digests, serve the page, ask, and write `picture`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("There is no Chromium on the path; install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder) / "library", port=_free_port())
        with Library.open(settings) as library:
            ingest(library, [str(ROOT / "ingest" / "starter")], settings)
            page = start(Assistant(settings, library), settings)
            picture.parent.mkdir(parents=True, exist_ok=True)
            _photograph(f"http://{settings.host}:{settings.port}", chromium, picture)
            page.close(verbose=False)
    print(picture)


def _photograph(address: str, chromium: str, picture: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE, device_scale_factor=2, color_scheme="light")
        tab.goto(address)
        box = tab.get_by_label("Your question")
        box.fill(QUESTION)
        box.press("Enter")
        tab.locator("#turn-1[aria-busy=false]").wait_for(timeout=120_000)
        tab.locator("#turn-1 .citation").first.click()
        tab.locator("#source-1-1[aria-current]").wait_for()
        tab.mouse.move(0, 0)
        tab.wait_for_timeout(500)  # the source glides into view
        tab.screenshot(path=picture)
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
