"""Draw the link preview pictures of ``static/img/cards/`` again: one for each drawing of a topic or audience.

    .venv/bin/python -m tools.draw_cards [KEY …]

Needed after a change of a drawing in ``templates/_partials/art/`` or of a colour in ``static/css/tokens.css``. Takes
screenshots with Chromium. The pictures hold no words, so that they fit both languages and name nothing.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, NAMES

ROOT = Path(__file__).parent.parent
ART, CARDS, TOKENS = ROOT / "templates/_partials/art", ROOT / "static/img/cards", ROOT / "static/css/tokens.css"
SIZE = (1200, 630)
PAGE = """<!doctype html><style>{tokens}
  body {{ margin: 0; block-size: 100vh; display: grid; place-items: center; background: var(--color-primary-deep); }}
  body::before {{ content: ""; position: fixed; inset: 0; background: var(--kawung); opacity: 0.14; }}
  svg {{ box-sizing: border-box; inline-size: 460px; block-size: 460px; padding: 40px; border-radius: 40px; z-index: 1;
    background: var(--color-primary-mist); color: var(--color-primary); }}
  .sun {{ color: var(--color-accent); fill: var(--color-accent); }}
  .mist {{ fill: var(--color-bg); }}
  .pit {{ color: var(--color-on-accent); }}
  .pit:not([fill="none"]) {{ fill: currentcolor; }}
  .soft {{ opacity: 0.35; }}
</style>{art}"""


def main(keys: list[str]) -> None:
    """Draw the pictures of ``keys``, or of every drawing."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *sandbox])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light")
        for key in keys or sorted(path.stem for path in ART.glob("*.svg")):
            page.set_content(PAGE.format(tokens=TOKENS.read_text(), art=(ART / f"{key}.svg").read_text()))
            _save(page.screenshot(), CARDS / f"{key}.png")
        browser.close()


def _save(picture: bytes, file: Path) -> None:
    """Save with 64 colours, because readers pay for every byte."""
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    image.save(file, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
