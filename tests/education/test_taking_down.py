"""Taking a text down: the editor sees what leads to it, the reader who comes back is led on."""

import pytest
from django.urls import reverse

from education.models import Guide, State

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return factory.guide(number=9912, slug_ind="satu", slug_en="one")


def confirmation(client, item):
    return client.get(reverse(f"admin:education_{item._meta.model_name}_take_down", args=[item.pk]))


@pytest.mark.parametrize("address", ["/id/panduan/satu/", "/en/guides/one/", "/id/p/9912/", "/en/guides/satu/#s2"])
@pytest.mark.parametrize("field", ["body_ind", "checklist_en", "easy_ind", "short_answer_en"])
def test_a_guide_that_links_to_it_by_any_address_is_named(signed_in, guide, address, field):
    other = factory.guide(**{field: f'<p>Baca <a href="{address}">ini</a>.</p>'})
    factory.guide()
    leading = confirmation(signed_in("publisher"), guide).context["leading"]
    assert [one.name for one in leading] == [str(other)]
    assert leading[0].address == reverse("admin:education_guide_change", args=[other.pk])


def test_pages_quizzes_lessons_and_helplines_are_named_too(signed_in, guide):
    link = '<a href="/id/p/9912/">ini</a>'
    page, line = factory.page("about", body_ind=f"<p>{link}</p>"), factory.helpline("x", "1", note_ind=link)
    quiz, lesson = factory.quiz(), factory.lesson()
    quiz.scenarios.update(guide=guide)
    lesson.guides.add(guide)
    names = {one.name for one in confirmation(signed_in("publisher"), guide).context["leading"]}
    assert names == {str(one) for one in (page, line, quiz, lesson)}


def test_an_address_of_before_counts_and_what_is_put_away_does_not(signed_in, guide):
    guide.slug_ind = "dua"
    guide.save()
    other = factory.guide(body_ind='<p><a href="/id/panduan/satu/">ini</a></p>')
    client = signed_in("publisher")
    assert len(confirmation(client, guide).context["leading"]) == 1
    Guide.objects.filter(pk=other.pk).update(state=State.ARCHIVED)
    assert confirmation(client, guide).context["leading"] == []


def test_the_button_leads_to_the_confirmation_and_only_that_takes_down(signed_in, guide):
    client = signed_in("publisher")
    form = client.get(reverse("admin:education_guide_change", args=[guide.pk])).text
    act = reverse("admin:education_guide_act", args=[guide.pk, "archive"])
    assert act not in form
    assert reverse("admin:education_guide_take_down", args=[guide.pk]) in form
    assert act in confirmation(client, guide).text
    client.post(act)
    guide.refresh_from_db()
    assert guide.state == State.ARCHIVED


def test_who_may_not_take_down_does_not_see_the_confirmation(signed_in, guide):
    assert confirmation(signed_in("editor"), guide).status_code == 403


@pytest.mark.parametrize("address", ["/id/panduan/satu/", "/en/guides/one/", "/id/p/9912/", "/id/panduan/lama/"])
def test_a_reader_who_comes_back_finds_its_topic_search_and_helplines(client, guide, address):
    guide.slug_ind = "lama"
    guide.save()
    guide.slug_ind = "satu"
    guide.save()
    Guide.objects.update(state=State.ARCHIVED)
    answer = client.get(address)
    topic = guide.topic.slug_ind if address.startswith("/id") else guide.topic.slug_en
    assert answer.status_code == 404
    assert all(way in answer.text for way in (f"/{topic}/", 'role="search"', "tel:110"))


def test_the_topic_of_a_text_that_nobody_has_seen_is_not_told(client, guide):
    Guide.objects.update(state=State.DRAFT)
    assert f"/{guide.topic.slug_ind}/" not in client.get("/id/panduan/satu/").text
