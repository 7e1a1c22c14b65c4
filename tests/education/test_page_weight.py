"""What the publish checks say that a first visit costs is what it costs, a little more at most."""

import zlib

import pytest
from django.conf import settings

from education import urls_for
from education.models import Audience, Guide, Lesson, News, Page, Platform, Quiz, State, Topic
from education.models.bilingual import LANGUAGES
from education.publishing import checks, workflow
from education.publishing.checks import pictures as weights
from education.rendering import pictures
from education.views import page_size

from . import factory, library

pytestmark = pytest.mark.django_db
FONTS = {f"fonts/{path.name}" for path in (settings.BASE_DIR / "static/fonts").glob("*.woff2")}


def kilobytes(page: str) -> float:
    """What a first visit with an empty cache costs, with every picture in its heaviest size."""
    files = sum(map(page_size._file, page_size._files(page) | FONTS))
    return (len(zlib.compress(page.encode())) + files + pictures.weight_of_page(page)) / 1024


def said(item, monkeypatch) -> dict[str, float]:
    """What the checks say of the main page of ``item``, by language."""
    monkeypatch.setattr(weights, "MAX_KILOBYTES", 0)
    found = weights.check_page_weight(workflow.candidate_for(item))
    return {one.field.rpartition("_")[2]: one.amount for one in found if not one.field.startswith("easy")}


MAKERS = ("guide", "news", "page", "lesson", "quiz", "platform", "topic", "audience")


@pytest.mark.parametrize("make", [getattr(factory, name) for name in MAKERS], ids=MAKERS)
def test_weight_before_publication_is_that_of_the_page(make, visit, monkeypatch):
    item = make()
    real = {"ind": kilobytes(visit(item).text), "en": kilobytes(visit(item, "en").text)}
    about = said(item, monkeypatch)
    assert {code: -1 < about[code] - real[code] < 12 for code in real} == {"ind": True, "en": True}, (about, real)


def test_sheet_to_print_costs_no_more_than_the_page_of_its_guide(client, visit):
    guide = factory.guide(**library.both(library.photographs()[0]))
    for code in LANGUAGES:
        sheet = client.get(urls_for.url_of_part("handout", guide, code)).text
        assert kilobytes(sheet) < kilobytes(visit(guide, code).text)


@pytest.mark.slow
@pytest.mark.parametrize("model", [Guide, News, Page, Lesson, Quiz, Platform, Topic, Audience])
def test_weight_of_the_shipped_texts_is_that_of_their_pages(starter, visit, monkeypatch, model):
    faults = {}
    for item in model.objects.all()[:60:6]:
        about, real = said(item, monkeypatch)["ind"], kilobytes(visit(item).text)
        if not -2 < about - real < 12:
            faults[str(item)] = (about, real)
    assert not faults


def test_page_above_the_limit_is_named_with_its_figure(monkeypatch):
    monkeypatch.setattr(weights, "MAX_KILOBYTES", 60)
    shown = "".join(f"<h2>Bagian {n}</h2>{library.figure(one)}" for n, one in enumerate(library.photographs()))
    guide = factory.guide(state=State.DRAFT, body_ind=shown)
    found = [one for one in checks.findings(workflow.candidate_for(guide)) if one.name == "heavy page"]
    assert [(one.level, one.field) for one in found] == [(checks.WARNING, "body_ind")]
    assert f"{found[0].amount:.0f} KB" in found[0].text
