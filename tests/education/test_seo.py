"""Previews for chats and search engines; a sensitive page does not reveal its subject."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from education.seo import structured

from . import factory

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def heavy():
    topic = factory.topic("private-images", title_ind="Foto pribadi disebar", sensitive=True)
    return factory.guide(sensitive=True, title_ind="Diancam pakai foto", slug_ind="sekstorsi", topic=topic)


def facts(answer) -> dict[str, str]:
    return dict(META.findall(answer.text))


def graph(answer) -> dict[str, dict]:
    return {thing["@type"]: thing for block in BLOCK.findall(answer.text) for thing in json.loads(block)["@graph"]}


def picture(answer) -> str:
    """The static file that the page names as its picture."""
    return facts(answer)["og:image"].removeprefix(f"{settings.PUBLIC_URL}{settings.STATIC_URL}")


def test_guide_preview_has_title_and_topic_drawing(visit):
    found = facts(page := visit(factory.guide(title_ind="Akun dibajak", topic=factory.topic("scams"))))
    assert (found["og:title"], found["og:locale"], found["og:locale:alternate"]) == ("Akun dibajak", "id_ID", "en_US")
    assert found["twitter:card"] == "summary_large_image"
    assert picture(page) == "img/cards/scams.png"


@pytest.mark.parametrize("file", sorted((settings.BASE_DIR / "static/img/cards").iterdir()), ids=lambda file: file.stem)
def test_pictures_have_the_stated_size_and_are_light(file):
    assert Image.open(file).size == (1200, 630)
    assert file.stat().st_size <= 40_000


@pytest.mark.safety("H26")
def test_sensitive_guide_has_a_neutral_preview(visit, heavy, there):
    found = facts(visit(heavy))
    told = " ".join(value for name, value in found.items() if name.startswith(("og:", "twitter:")))
    assert found["og:title"] == "Panduan"
    assert found["og:url"].endswith(there("education:guide_by_number", heavy.number))
    assert found["og:image"].endswith("/img/cards/everyone.png")
    assert not any(word in told for word in ("Diancam", "sekstorsi", "Jawaban", "Foto"))


@pytest.mark.safety("H26")
def test_guide_in_a_sensitive_topic_has_the_neutral_picture(visit):
    topic = factory.topic("private-images", sensitive=True)
    assert picture(visit(factory.guide(topic=topic))) == "img/cards/everyone.png"


@pytest.mark.slow
def test_every_kind_of_page_has_a_picture_that_exists(visit, client):
    topic = factory.topic("brand-new")
    pages = [client.get("/id/"), visit(topic), visit(factory.guide(topic=topic)), visit(factory.audience())]
    pages += [visit(factory.news()), visit(factory.lesson()), visit(factory.quiz())]
    assert all(finders.find(picture(page)) for page in pages)


def test_guide_has_article_and_breadcrumb_data(visit):
    guide = factory.guide(title_en="A stolen account")
    found = graph(visit(guide, "en"))
    assert found["Article"]["headline"] == "A stolen account"
    trail = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Guides", guide.topic.title_en, "A stolen account"]


@pytest.mark.safety("H26")
def test_guide_data_leaves_a_sensitive_topic_out(visit):
    topic = factory.topic("private-images", title_ind="Foto pribadi disebar", slug_ind="foto-disebar", sensitive=True)
    page = visit(factory.guide(title_ind="Akun dibajak", topic=topic))
    trail = [step["name"] for step in graph(page)["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Panduan", "Akun dibajak"]
    assert not any(word in block for block in BLOCK.findall(page.text) for word in (topic.title_ind, topic.slug_ind))


def test_search_engines_are_told_nothing_of_a_sensitive_thing(visit, heavy):
    assert not graph(visit(heavy))
    assert not graph(visit(heavy.topic))


def test_untranslated_page_has_structured_data_in_one_language(visit):
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    assert not graph(page := visit(guide, "en"))
    assert facts(page)["og:locale"] == "id_ID"


def test_front_page_data_names_site_without_search_action(client):
    found = graph(client.get("/id/"))
    assert found["WebSite"]["inLanguage"] == "id"
    assert "potentialAction" not in found["WebSite"]


def test_no_title_can_end_the_data_block():
    text = structured.as_script({"name": "</script><script>alert(1)</script>&<!--"})
    assert text.count("<") == 2
    assert json.loads(BLOCK.search(text)[1])["@graph"][0]["name"].startswith("</script>")
