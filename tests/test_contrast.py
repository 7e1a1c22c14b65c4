"""Colours keep their contrast in both schemes (WCAG 2.2: 4.5:1 for text, 3:1 for controls)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static/css"
TEXT = [
    ("text", "bg bg-deep surface primary-mist accent-mist danger-mist success-mist info-mist"),
    ("text-soft", "bg bg-deep surface primary-mist accent-mist success-mist"),
    ("primary", "bg bg-deep surface primary-mist"),
    ("danger", "bg surface danger-mist"),
    ("success", "surface success-mist"),
    ("info", "surface info-mist"),
    ("accent-ink", "accent-mist"),
    ("on-primary", "primary"),
    ("on-primary-deep", "primary-deep"),
    ("on-accent", "accent"),
    ("surface", "danger"),
    ("bg", "text"),
]
CONTROLS = [
    ("focus", "accent"),  # the focus focus on its halo
    ("accent", "primary-deep"),  # the halo and the main button on the hero
    ("text-soft", "bg bg-deep surface primary-mist"),  # borders of inputs
    ("primary", "bg surface primary-mist"),  # a chosen answer
    ("danger", "surface bg"),
]


def schemes() -> dict[str, dict[str, str]]:
    """The colours of both schemes by name. A colour that differs is written as ``var(--light, …) var(--dark, …)``."""
    colour = r"--color-([\w-]+): (?:var\(--light, )?(#[0-9a-f]{6})(?:\) var\(--dark, (#[0-9a-f]{6})\))?;"
    found = re.findall(colour, (CSS / "tokens.css").read_text())
    return {
        "light": {name: light for name, light, _ in found},
        "dark": {name: dark or light for name, light, dark in found},
    }


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
@pytest.mark.sampled(3)
def test_text_can_be_read(scheme, front, ground):
    colours = schemes()[scheme]
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.safety("A1")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), pairs(CONTROLS))
def test_controls_can_be_seen(scheme, front, ground):
    colours = schemes()[scheme]
    assert contrast(colours[front], colours[ground]) >= 3


def test_each_colour_is_declared_once():
    declared = re.findall(r"(--color-[\w-]+):", "".join(path.read_text() for path in sorted(CSS.glob("*.css"))))
    assert len(declared) == len(set(declared)) >= 20
