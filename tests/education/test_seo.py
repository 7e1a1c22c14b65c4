"""How a page looks in a chat and to search engines; a sensitive one shows nothing of its matter."""

import json
import re
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from education.models import State
from education.seo import cards, drawing, structured
from tests.css import declared

from . import factory

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.CARDS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def heavy():
    topic = factory.topic("private-images", title_ind="Foto pribadi disebar", sensitive=True)
    return factory.guide(sensitive=True, title_ind="Diancam pakai foto", slug_ind="sekstorsi", topic=topic)


def facts(answer) -> dict[str, str]:
    return dict(META.findall(answer.text))


def graph(answer) -> dict[str, dict]:
    return {thing["@type"]: thing for block in BLOCK.findall(answer.text) for thing in json.loads(block)["@graph"]}


def picture_path(answer) -> str:
    return facts(answer)["og:image"].removeprefix(settings.PUBLIC_URL)


def fetch(client, path: str) -> bytes:
    return b"".join(client.get(path).streaming_content)


def test_a_guide_is_previewed_by_its_title_and_a_picture(visit, client):
    found = facts(page := visit(factory.guide(title_ind="Akun dibajak")))
    assert (found["og:title"], found["og:locale"], found["og:locale:alternate"]) == ("Akun dibajak", "id_ID", "en_US")
    assert found["twitter:card"] == "summary_large_image"
    assert Image.open(BytesIO(fetch(client, picture_path(page)))).size == (1200, 630)


@pytest.mark.parametrize("art", [path.stem for path in drawing.ART.glob("*.svg")])
def test_every_drawing_makes_a_light_picture(art):
    picture = drawing.draw("Kalau foto pribadimu disebar atau dipakai untuk mengancam " * 2, "Topik " * 40, art, "Nama")
    assert len(picture) <= 60_000


def test_colours_of_the_pictures_are_those_of_the_site():
    tokens = declared((settings.BASE_DIR / "static/css/tokens.css").read_text(), ":root {")
    assert drawing.PALETTE.items() <= tokens.items()


@pytest.mark.safety("H26")
def test_a_sensitive_guide_shows_neither_matter_nor_picture_of_its_own(visit, heavy, there):
    found = facts(visit(heavy))
    told = " ".join(value for name, value in found.items() if name.startswith(("og:", "twitter:")))
    assert found["og:title"] == "Panduan"
    assert found["og:url"].endswith(there("education:guide_by_number", heavy.number))
    assert "/card/site/site." in found["og:image"]
    assert not any(word in told for word in ("Diancam", "sekstorsi", "Jawaban", "Foto"))


@pytest.mark.parametrize("kind", ["guide", "topic"])
def test_nobody_gets_a_picture_of_a_sensitive_thing_by_guessing(client, heavy, kind):
    key = heavy.number if kind == "guide" else heavy.topic.key
    assert client.get(f"/id/card/{kind}/{key}.0123456789ab.png").status_code == 404


def test_an_old_picture_leads_to_the_new_one_and_is_removed(visit, client, folder):
    guide = factory.guide(title_ind="Lama")
    old = picture_path(visit(guide))
    fetch(client, old)
    guide.title_ind = "Baru"
    guide.save()
    fetch(client, client.get(old)["Location"])
    assert len(list(folder.iterdir())) == 1


def test_what_was_taken_down_has_no_picture(visit, client):
    guide = factory.guide()
    path = picture_path(visit(guide))
    guide.state = State.ARCHIVED
    guide.save()
    assert client.get(path).status_code == 404


def test_an_invented_address_draws_nothing(client, folder):
    guide = factory.guide()
    answer = client.get(f"/id/card/guide/{guide.number}.abc.png")
    assert answer.status_code == 302
    assert client.get("/id/card/other/1.abc.png").status_code == 404
    assert list(folder.iterdir()) == []


def test_pictures_may_be_kept_for_a_year(visit, client):
    answer = client.get(picture_path(visit(factory.guide())))
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies


def test_search_engines_are_told_what_a_guide_is_and_where_it_stands(visit):
    guide = factory.guide(title_en="A stolen account")
    found = graph(visit(guide, "en"))
    assert found["Article"]["headline"] == "A stolen account"
    trail = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Guides", guide.topic.title_en, "A stolen account"]


def test_search_engines_are_told_nothing_of_a_sensitive_thing(visit, heavy):
    assert not graph(visit(heavy))
    assert not graph(visit(heavy.topic))


def test_an_untranslated_page_describes_itself_in_its_own_language_only(visit):
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    assert not graph(page := visit(guide, "en"))
    assert facts(page)["og:locale"] == "id_ID"


def test_the_front_page_names_the_site_and_no_way_to_put_a_search_into_an_address(client):
    found = graph(client.get("/id/"))
    assert found["WebSite"]["inLanguage"] == "id"
    assert "potentialAction" not in found["WebSite"]


def test_no_title_can_end_the_data_block():
    text = structured.as_script({"name": "</script><script>alert(1)</script>&<!--"})
    assert text.count("<") == 2
    assert json.loads(BLOCK.search(text)[1])["@graph"][0]["name"].startswith("</script>")


def test_a_topic_without_a_drawing_has_a_card_too():
    assert cards.of_item(factory.topic("brand-new")).art == "everyone"
