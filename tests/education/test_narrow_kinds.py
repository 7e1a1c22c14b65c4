"""What a publication touches besides the pages of its item: links with its title, lists of its kind, explained words.

And what is taken down without making every page again is on none after it.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import public_pages, urls_for
from education.models import Guide, Helpline, Lesson, Organisation, Page, Platform, Quiz, State, Term
from education.publishing import workflow
from safetycenter.page_cache import cache_version
from tests.education import factory
from tests.education.reading_node import LISTS, node_that_keeps, own, small_site
from tools.bench.following import with_card_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    """A guide of a small site."""
    return small_site()


@pytest.fixture
def node(new_reader, guide):
    """A node that keeps every page."""
    return node_that_keeps(new_reader)


def named(name: str) -> set[str]:
    """The paths of the page with this URL name."""
    return set(urls_for.urls_of_name(f"education:{name}").values())


def test_new_title_of_a_guide_makes_the_pages_that_link_to_it(node, guide, publish):
    other = Guide.objects.exclude(pk=guide.pk).get()
    publish(other, title_ind="Judul lain", title_en="Another title")
    made = node()
    assert own(other, other.topic, *Quiz.objects.all()) | LISTS <= made
    assert not made & own(guide, *Lesson.objects.all(), *Page.objects.all())


@pytest.mark.parametrize("model", [Quiz, Lesson], ids=["quiz", "lesson"])
def test_new_title_of_a_quiz_or_lesson_leaves_guides(node, publish, model):
    item = model.objects.get()
    publish(item, title_ind="Judul lain", title_en="Another title")
    made = node()
    assert own(item) | LISTS <= made
    assert not made & own(*Guide.objects.all())


KINDS = {
    "fixed page": (Page, {"title_ind": "Judul lain", "body_ind": "<p>Baru.</p>"}, ()),
    "app": (Platform, {"short_answer_ind": "Lain.", "tried_on": "2026-01-05"}, ("platforms", "compare_platforms")),
}


@pytest.mark.parametrize(("model", "changes", "lists"), KINDS.values(), ids=KINDS)
def test_change_of_a_fixed_page_or_an_app_leaves_guides(node, publish, model, changes, lists):
    item = model.objects.get()
    publish(item, **changes)
    made = node()
    assert own(item).union(LISTS, *map(named, lists)) <= made
    assert not made & own(*Guide.objects.all(), *Quiz.objects.all(), *Lesson.objects.all())


def test_new_meaning_of_a_word_makes_the_pages_that_explain_it(node, guide, publish):
    word = Term.objects.get()
    publish(guide, body_ind=f"<p>{word.term_ind}.</p>")
    node()
    publish(word, definition_ind="Arti lain.")
    made = node()
    assert named("glossary") | {urls_for.url_of(guide, "id")} <= made
    assert not made & own(*Guide.objects.exclude(pk=guide.pk))


@pytest.mark.safety("K2")
@pytest.mark.parametrize("changes", [{"term_ind": "kata lain"}, {"explained": "no"}], ids=["spelling", "not explained"])
def test_new_spelling_of_a_word_makes_every_page_again(node, publish, changes):
    publish(Term.objects.get(), **changes)
    assert node() == set(public_pages.paths())


def tried(client, person, line: Helpline) -> None:
    """Somebody marks ``line`` as checked today."""
    client.force_login(person("publisher"))
    data = {"action": "mark_reached_today", "_selected_action": [line.pk]}
    client.post(reverse("admin:education_helpline_changelist"), data)


@pytest.mark.safety("K2")
def test_new_day_of_a_check_makes_the_pages_that_show_the_card(node, guide, client, person):
    line = Helpline.objects.get(slug="pertama")
    Helpline.objects.update(verified_on=timezone.localdate() - timedelta(days=100))
    cache_version.bump()
    node()
    tried(client, person, line)
    made = node()
    assert named("helplines") | {urls_for.url_of(guide, "id"), urls_for.url_of(guide, "en")} <= made
    assert not made & own(*Guide.objects.exclude(pk=guide.pk), *Page.objects.all())


def texts() -> dict[str, bytes]:
    """Every page as readers get it."""
    return {path: Client().get(path).content for path in public_pages.paths()}


@pytest.mark.safety("K2")
def test_new_day_of_a_check_makes_no_page_without_that_day(node, publish, client, person):
    Helpline.objects.update(verified_on=timezone.localdate() - timedelta(days=100))
    cache_version.bump()
    node()
    page = Page.objects.get()
    publish(page, body_ind="<p>Baru.</p>")
    always = node() - own(page)  # every publication touches them
    before, line = texts(), Helpline.objects.get(slug="pertama")
    expected = with_card_of({line.name_ind, line.name_en}, before)
    assert len(expected) < len(before) / 2
    tried(client, person, line)
    made, after = node(), texts()
    assert made - always == {path for path in after if after[path] != before[path]} - always == expected - always


@pytest.mark.safety("K2", "K3")
def test_first_check_of_a_helpline_makes_every_page_again(node, client, person):
    tried(client, person, Helpline.objects.get(slug="pertama"))
    assert node() == set(public_pages.paths())


def test_fixed_page_that_appears_leaves_guides(node, publish):
    item = factory.page("traces", state=State.DRAFT)
    node()
    publish(item)
    made = node()
    assert own(item) <= made
    assert not made & own(*Guide.objects.all())


def organisation(word: str) -> Organisation:
    """A published organisation with this name."""
    return Organisation.objects.create(key="badan", name_ind=word, name_en=word, state=State.PUBLISHED)


ALONE = {
    "news": lambda word: factory.news(title_ind=word, title_en=word),
    "fixed page": lambda word: factory.page("traces", title_ind=word, title_en=word),
    "organisation": organisation,
}


@pytest.mark.safety("K2")
@pytest.mark.parametrize("make", ALONE.values(), ids=ALONE)
def test_take_down_of_what_nothing_links_to_leaves_its_words_nowhere(node, person, make):
    item = make("Bekasjudul")
    node()
    assert sum(b"Bekasjudul" in Client().get(path).content for path in public_pages.paths()) > 1
    workflow.perform(item, "archive", person("publisher"), note="Salah.")
    made, paths = node(), [*public_pages.paths(), "/sitemap.xml", "/feed/id/"]
    assert made >= LISTS
    assert not made & own(*Guide.objects.all())
    assert not [path for path in paths if b"Bekasjudul" in Client().get(path).content]
