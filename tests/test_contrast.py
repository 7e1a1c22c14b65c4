"""Colours keep their contrast in both schemes (WCAG 2.2: 4.5:1 for text, 3:1 for controls)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static/css"
TEXT = [
    ("ink", "melati melati-deep paper laut-mist kunyit-mist jambu-mist daun-mist nila-mist"),
    ("ink-soft", "melati melati-deep paper laut-mist kunyit-mist daun-mist"),
    ("laut", "melati melati-deep paper laut-mist"),
    ("jambu", "melati paper jambu-mist"),
    ("daun", "paper daun-mist"),
    ("nila", "paper nila-mist"),
    ("kunyit-ink", "kunyit-mist"),
    ("on-laut", "laut"),
    ("on-deep", "laut-deep"),
    ("on-kunyit", "kunyit"),
    ("paper", "jambu"),
    ("melati", "ink"),
]
CONTROLS = [
    ("ring", "kunyit"),  # the focus ring on its halo
    ("kunyit", "laut-deep"),  # the halo and the main button on the hero
    ("ink-soft", "melati melati-deep paper laut-mist"),  # borders of inputs
    ("laut", "melati paper laut-mist"),  # a chosen answer
    ("jambu", "paper melati"),
]


def declared(css: str, block: str) -> dict[str, str]:
    """The hex colours of the first ``block { … }`` in a style sheet, by name."""
    body = css[css.index(block) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[: body.index("}")]))


def schemes() -> dict[str, dict[str, str]]:
    css = (CSS / "tokens.css").read_text()
    light = declared(css, ":root {")
    return {"light": light, "dark": light | declared(css, ':root:not([data-theme="light"]) {')}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, glossary)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table) -> list[tuple[str, str]]:
    return [(front, ground) for front, grounds in table for ground in grounds.split()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), pairs(TEXT))
def test_text_can_be_read(scheme, front, ground):
    colours = schemes()[scheme]
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.safety("A1")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), pairs(CONTROLS))
def test_controls_can_be_seen(scheme, front, ground):
    colours = schemes()[scheme]
    assert contrast(colours[front], colours[ground]) >= 3


def test_dark_of_the_desk_is_the_dark_of_readers():
    tokens, desk, chosen = ((CSS / name).read_text() for name in ("tokens.css", "desk.css", "dark.css"))
    assert declared(chosen, ':root[data-theme="dark"] {') == declared(tokens, ':root:not([data-theme="light"]) {')
    assert declared(desk, ':root[data-theme="dark"] {') == declared(tokens, ':root:not([data-theme="light"]) {')
