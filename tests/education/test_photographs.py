"""Photographs, heavier than drawings: each file has a limit, so that a page with three of them stays light."""

import re
import zlib

import pytest
from django.conf import settings
from playwright.sync_api import expect

from education.library import renditions
from education.models import Guide, Picture, PictureFile
from education.publishing import checks, workflow
from education.rendering import pictures
from education.views import page_size

from . import factory, library

MOST = 100 * 1024  # bytes of a first visit with three pictures
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 3}


@pytest.fixture
def guide(db) -> Guide:
    """A published guide with three photographs."""
    shown = "".join(f"<h2>Bagian {n}</h2>{library.figure(one)}" for n, one in enumerate(library.photographs()))
    return factory.guide(slug_ind="berfoto", body_ind=shown, body_en=shown)


def static_files(page: str) -> set[str]:
    """The names of the static files that a browser asks for with ``page``, with the fonts of its styles."""
    return page_size._files(page) | {
        f"fonts/{path.name}" for path in (settings.BASE_DIR / "static/fonts").glob("*.woff2")
    }


def test_three_photographs_keep_a_first_visit_within_its_weight(guide, visit):
    """The heaviest file of each picture counts, although they are loaded only when the reader comes near."""
    page = visit(guide).text
    images = re.findall(r"<figure>.*?<img [^>]*>", page)
    assert [image.count('loading="lazy"') for image in images] == [1, 1, 1]
    files = sum(map(page_size._file, static_files(page)))
    assert files > 20 * 1024
    assert len(zlib.compress(page.encode())) + files + pictures.weight_of_page(page) <= MOST
    assert not any("KB" in found.text for found in checks.findings(workflow.candidate_for(guide)))


@pytest.mark.slow
def test_no_file_of_a_photograph_is_above_the_limit(guide):
    for picture in Picture.objects.all():
        files = list(picture.files.all())
        assert max(file.size for file in files) <= renditions.MAX_BYTES
        assert max(file.width for file in files) >= 400
        assert all(abs(file.height - file.width * 3 / 4) <= 1 for file in files)


@pytest.mark.slow
def test_phone_loads_light_files_of_photographs(guide, visits):
    page, asked = visits.page(**PHONE), []
    page.on("response", lambda answer: asked.append(answer.url.rsplit("/", 1)[1]))
    page.goto("/id/panduan/berfoto/")
    for image in page.locator("figure img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        assert image.evaluate("image => image.naturalWidth") > 0
    loaded = [file.size for file in PictureFile.objects.filter(name__in=asked)]
    assert len(loaded) == 3
    assert sum(loaded) <= 3 * renditions.MAX_BYTES
