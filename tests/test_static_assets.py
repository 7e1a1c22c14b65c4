"""Style sheets keep their weight limit, their pictures exist, and the error page needs no other file."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.education.budgets import FONT_KB

BASE = Path(settings.BASE_DIR)
STATIC = BASE / "static"
READER_CSS = ("tokens", "base", "education", "learning")
FORM_CSS = ("tokens", "base", "forms", "reporter")
READER_JS = ("quick_exit", "code", "guide", "open_now")


def zipped(kind: str, names: tuple[str, ...]) -> int:
    return sum(len(gzip.compress((STATIC / kind / f"{name}.{kind}").read_bytes())) for name in names)


def test_weight_of_what_readers_fetch():
    assert zipped("css", READER_CSS) <= 15_000
    assert zipped("css", FORM_CSS) <= 15_000
    assert zipped("js", READER_JS) <= 5_000
    assert (STATIC / "fonts/plus-jakarta-sans.woff2").stat().st_size <= FONT_KB * 1024


def test_every_icon_that_a_template_names_is_in_the_sprite():
    templates = "".join(path.read_text() for path in (BASE / "templates").rglob("*.html"))
    named = set(re.findall(r'_partials/icon\.html" with name="([\w-]+)"', templates))
    sprite = (STATIC / "img/icons.svg").read_text()
    assert named <= set(re.findall(r'<symbol id="([\w-]+)"', sprite))


@pytest.mark.parametrize("number", ["tel:110", "tel:112", "tel:119", "08111-129-129"])
def test_error_page_carries_each_number_in_both_languages(number):
    indonesian, english = render_to_string("500.html").split('lang="en"')
    assert number in indonesian
    assert number in english


@pytest.mark.safety("H9")
def test_style_sheets_do_not_style_visited_links():
    assert not any(":visited" in path.read_text() for path in (STATIC / "css").glob("*.css"))


def test_text_only_links_have_one_colour():
    text = (STATIC / "css/text.css").read_text()
    assert re.search(r":any-link \{\s*color: LinkText;", text)  # tests/journeys/reading/test_reading.py looks at it
