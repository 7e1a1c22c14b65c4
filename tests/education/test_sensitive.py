"""The "sensitive" option protects the reader in the tab, in the history, when leaving and sharing (H9, K19)."""

import re

import pytest

from education.models import Topic

from . import factory

pytestmark = pytest.mark.django_db
TITLE = re.compile(r"<title>(.*?)</title>")


@pytest.fixture
def heavy():
    return factory.guide(sensitive=True, title_ind="Diancam pakai foto", slug_ind="sekstorsi", number=9906)


@pytest.mark.safety("H9")
def test_sensitive_page_title_is_neutral(visit, heavy):
    for language in ("id", "en"):
        title = TITLE.search(visit(heavy, language).text)[1]
        assert title.split(" – ")[0] in {"Panduan", "Guides"}


def test_neutral_url_names_the_readable_one_as_canonical(visit, heavy, there):
    text = visit(heavy).text
    assert "Diancam pakai foto" in text
    assert f'{there("education:guide", "sekstorsi")}">' in re.search(r'<link rel="canonical".*?>', text)[0]
    assert "noindex" not in text


@pytest.mark.safety("H9")
def test_links_inside_the_site_use_the_number(client, there, heavy):
    audience = factory.audience()
    heavy.audiences.add(audience)
    paths = [there("education:guides"), there("education:topic", heavy.topic.slug_ind)]
    for path in [*paths, there("education:audience", "remaja")]:
        text = client.get(path).text
        assert there("education:guide_by_number", 9906) in text
        assert "sekstorsi/" not in text


def test_language_switch_stays_on_the_neutral_address(visit, heavy, there):
    assert f'href="{there("education:guide_by_number", 9906, language="en")}" hreflang="en"' in visit(heavy).text


def test_there_is_a_quick_exit_and_nothing_to_share(visit, heavy):
    text = visit(heavy).text
    assert 'class="quick-exit"' in text
    assert "wa.me/?text" not in text
    assert text.index('class="quick-exit"') < text.index("<header")


def test_plain_guide_can_be_shared_and_has_no_quick_exit(visit):
    text = visit(factory.guide()).text
    assert "https://wa.me/?text=" in text
    assert 'class="quick-exit"' not in text


@pytest.mark.safety("K19")
def test_home_lists_no_sensitive_guide(client, there, heavy):
    heavy.often_needed = True
    heavy.save()
    assert "Diancam pakai foto" not in client.get(there("education:home")).text


@pytest.mark.safety("H10")
def test_what_stays_on_the_phone_is_said_under_calls_and_chats(visit, heavy):
    factory.emergency_set()
    assert 'class="trace"' in visit(heavy).text
    assert 'class="trace"' not in visit(factory.guide()).text


@pytest.mark.parametrize("kind", ["topic", "page"])
def test_sensitive_topics_and_pages_are_guarded_too(client, there, kind):
    if kind == "topic":
        path = there("education:topic", factory.topic(sensitive=True, title_ind="Kata berat", slug_ind="x").slug_ind)
    else:
        path = there("education:traces")
        factory.page("traces", sensitive=True, title_ind="Kata berat")
    text = client.get(path).text
    assert "Kata berat" not in TITLE.search(text)[1]
    assert 'class="quick-exit"' in text


@pytest.mark.safety("H26")
def test_printing_names_the_neutral_address(visit, heavy, there):
    printed = visit(heavy).text.split('class="on-paper')[1].split("</div>")[0]
    assert f"{there('education:guide_by_number', 9906)}</p>" in printed
    assert "sekstorsi" not in printed


@pytest.mark.safety("H26")
def test_there_is_no_text_and_no_link_to_copy(visit, heavy):
    text = visit(heavy).text
    assert "data-copy" not in text
    assert "guide.js" not in text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("part", ["handout", "easy"])
def test_its_sheet_and_its_easy_version_stand_under_the_number(client, there, heavy, part):
    heavy.easy_ind = "<p>Berhenti membalas.</p>"
    heavy.save()
    text = client.get(there(f"education:{part}_by_number", 9906)).text
    assert TITLE.search(text)[1].startswith("Panduan")
    assert 'class="quick-exit"' in text
    assert "sekstorsi/" not in text.replace(re.search(r'<link rel="canonical".*?>', text)[0], "")


@pytest.mark.slow
def test_topic_is_linked_by_its_number_too(client, visit, there, heavy):
    Topic.objects.update(sensitive=True)
    path = there("education:topic_by_number", heavy.topic.pk)
    for text in (client.get(there("education:home")).text, visit(heavy).text):
        assert f'href="{path}"' in text
        assert f'href="{there("education:topic", heavy.topic.slug_ind)}"' not in text
    shown = client.get(path).text
    assert there("education:guide_by_number", 9906) in shown
    assert f'{there("education:topic", heavy.topic.slug_ind)}">' in re.search(r'<link rel="canonical".*?>', shown)[0]


def test_number_of_a_plain_topic_moves_to_its_name(client, there):
    topic = factory.topic()
    answer = client.get(there("education:topic_by_number", topic.pk))
    assert (answer.status_code, answer["Location"]) == (301, there("education:topic", topic.slug_ind))


def test_no_place_in_the_glossary_is_named_after_a_harm(client, there):
    term = factory.term(key="sextortion")
    text = client.get(there("education:glossary")).text
    assert f'id="n{term.pk}"' in text
    assert 'id="sextortion"' not in text
    found = client.post(there("education:search"), {"q": "sekstorsi"}).text
    assert f'{there("education:glossary")}#n{term.pk}"' in found
