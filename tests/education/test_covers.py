"""The cover of a guide: what readers and chats get of it, with which words, and on which guides."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from education.library import uses
from education.models import Guide, Revision
from education.publishing import checks, workflow

from . import factory, library
from .admin_pages import a_guide, change_page, filled, send

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta property="([\w:]+)" content="([^"]*)">')
ALTS = {"cover_alt_ind": "Kunci kuning", "cover_alt_en": "A yellow key"}


@pytest.fixture
def covered():
    """A published guide with a cover."""
    return factory.guide(cover=library.picture(), **ALTS)


def test_page_and_chat_show_the_cover(covered, visit, client):
    html = visit(covered, "en").text
    image = re.search(r'<img src="/pictures/\w+\.jpg"[^>]*>', html)[0]
    assert 'alt="A yellow key"' in image
    assert "Redaksi, CC BY 4.0" in html
    found = dict(META.findall(html))
    assert found["og:image"].startswith(f"{settings.PUBLIC_URL}/pictures/")
    assert (found["og:image:type"], found["og:image:width"]) == ("image/jpeg", "960")
    assert found["og:image:alt"] == "A yellow key"
    assert client.get(found["og:image"].removeprefix(settings.PUBLIC_URL)).status_code == 200


def test_lists_of_guides_show_the_smallest_cover(covered, client, there):
    smallest = covered.cover.files.first().name.rpartition(".")[0]
    for name in ("home", "guides"):
        html = client.get(there(f"education:{name}")).text
        (image,) = re.findall(r'<img src="/pictures/[^>]*>', html)
        assert smallest in html
        assert 'loading="lazy"' in image
    assert "/pictures/" not in client.get(there("education:guides") + "?text=1").text


@pytest.mark.safety("H26")
@pytest.mark.parametrize("place", ["guide", "topic"])
def test_sensitive_guide_never_shows_a_cover(covered, visit, client, place):
    Guide.objects.filter(pk=covered.pk).update(sensitive=place == "guide")
    if place == "topic":
        covered.topic.sensitive = True
        covered.topic.save()
    assert "/pictures/" not in visit(Guide.objects.get(pk=covered.pk)).text
    assert "/pictures/" not in visit(covered.topic).text
    assert client.get(reverse("plain:picture", args=[covered.cover.files.first().name])).status_code != 200


def test_form_takes_the_alt_text_from_the_library(signed_in):
    guide, picture = a_guide(), library.picture()
    send(signed_in("editor"), guide, cover=picture.pk)
    data = Revision.objects.waiting_proposal(guide).data
    assert (data["cover"], data["cover_alt_ind"], data["cover_alt_en"]) == (picture.pk, *ALTS.values())
    assert Guide.objects.get(pk=guide.pk).cover is None
    assert [use.state for use in uses.uses(picture)] == ["draft"]


def test_form_shows_each_picture_with_its_words_and_size(signed_in):
    guide = a_guide(cover=library.picture(), **ALTS)
    library.picture("gembok", alt_en="")
    whole = signed_in("editor").get(change_page(guide)).text
    page = whole.partition('class="cover-choice"')[2].partition("</noscript>")[0]
    assert page.count('type="radio"') == 3
    assert page.count('class="library-thumbnail"') == 2
    assert re.search(rf'value="{guide.cover_id}"[^>]* checked>', page)
    assert re.search(r"\d+ KB", page)
    assert "A yellow key" in page
    assert "Belum ada teks alternatif: English" in page


@pytest.mark.parametrize(("fields", "words"), [({"sensitive": True}, "sampul"), ({}, "teks alternatif")])
def test_form_refuses_a_cover_in_words(signed_in, fields, words):
    guide, picture = a_guide(**fields), library.picture(alt_en="")
    client = signed_in("editor")
    page = client.post(change_page(guide), filled(client, guide) | {"cover": picture.pk})
    assert page.status_code == 200
    assert any(words in error for name, errors in page.context["adminform"].form.errors.items() for error in errors)


def test_publication_checks_the_cover_too(person, covered):
    data = workflow.pending_or_live(covered) | {"cover_alt_en": ""}
    workflow.save_proposal(covered, person("editor"), data)
    found = checks.findings(workflow.candidate_for(covered))
    assert [one.field for one in found if one.level == checks.ERROR] == ["cover_alt_en"]


def test_weight_of_the_page_and_of_a_copy_counts_the_cover(covered, visit):
    sizes = [re.findall(r"\(?(\d+) KB", visit(one).text) for one in (covered, factory.guide())]
    shown, bare = ([int(size) for size in found] for found in sizes)
    assert shown[0] > bare[0]
    assert shown[-1] > bare[-1]


def test_cover_of_a_guide_is_used_and_kept(covered):
    (use,) = uses.uses(covered.cover)
    assert (use.item, use.state, use.languages) == (covered, "live", ("id", "en"))
