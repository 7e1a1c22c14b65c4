"""Topics and audiences change like every text: nothing is public before a publisher publishes it."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from education.models import Guide, Revision, State, Topic
from education.publishing import checks, workflow
from education.publishing.checks import destinations
from education.search import find
from education.starter import files
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import act_page, change_page, send
from tests.launch_content import run_load_command

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def topic():
    return factory.topic("scams", title_ind="Penipuan", slug_ind="penipuan", title_en="Scams", slug_en="scams")


def errors(item) -> list[str]:
    """The fields with what blocks the publication of ``item``."""
    return [one.field for one in checks.findings(workflow.candidate_for(item)) if one.level == checks.ERROR]


def take_away(item, person: User):
    return workflow.perform(item, "archive", person, note="Tidak dipakai.")


def test_change_of_a_topic_is_seen_once_it_is_published(signed_in, client, topic, there):
    factory.guide(topic=topic).audiences.add(factory.audience())
    send(signed_in("author"), topic, title_ind="Penipuan uang", slug_ind="penipuan-uang")
    places = [there("education:topic", "penipuan"), there("education:home"), there("education:search")]
    assert all("Penipuan uang" not in client.get(place).text for place in places)
    signed_in("publisher").post(act_page(topic, "publish"), {"note": "Sudah dibaca."})
    assert client.get(places[0])["Location"] == there("education:topic", "penipuan-uang")
    assert all("Penipuan uang" in client.get(place).text for place in places[1:])


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_topic_and_audience_that_nobody_published_are_on_no_page(client, there, state):
    topic = factory.topic(title_ind="Rahasia", slug_ind="rahasia", order=77, state=state)
    factory.audience(slug_en="all")  # the search form offers topics beside audiences
    factory.audience("women", name_ind="Rahasia", slug_ind="rahasia", order=77, state=state)
    pages = [there(f"education:{name}") for name in ("home", "guides", "search", "helplines")]
    assert all("ahasia" not in client.get(page).text for page in [*pages, "/sitemap.xml"])
    numbered = there("education:topic_by_number", topic.pk)
    gone = [there("education:topic", "rahasia"), there("education:audience", "rahasia"), numbered]
    gone += [f"{pages[1]}?topic=77", f"{pages[1]}?audience=women", f"{pages[3]}?need=t77", f"{pages[3]}?need=a77"]
    assert [client.get(page).status_code for page in gone] == [404] * len(gone)
    assert destinations.is_dead(numbered)


def test_guides_are_found_by_the_new_name_of_their_topic(topic, publish):
    guide = factory.guide(topic=topic)
    publish(topic, title_ind="Kucinghutan")
    assert [found.title for found in find("kucinghutan", "id").results] == [guide.title]


def test_two_topics_with_one_place_are_refused_and_break_no_list(client, there, topic):
    topic.order = 70
    topic.save()
    other = factory.topic("other", order=70, state=State.DRAFT)
    assert errors(other) == ["order"]
    Topic.objects.update(state=State.PUBLISHED)
    assert client.get(f"{there('education:guides')}?topic=70").status_code == 200


def test_page_waits_for_its_topic_and_its_audience():
    guide = factory.guide(topic=factory.topic(state=State.DRAFT), state=State.DRAFT)
    guide.audiences.add(factory.audience(state=State.ARCHIVED))
    assert errors(guide) == ["topic", "audiences"]
    assert "topic" in errors(factory.lesson(topic=guide.topic, state=State.DRAFT))
    Topic.objects.update(state=State.PUBLISHED)
    assert errors(guide) == ["audiences"]


def test_topic_of_published_pages_is_not_unpublished(signed_in, topic):
    factory.guide(topic=topic)
    factory.quiz(topic=topic)
    browser = signed_in("publisher")
    page = browser.get(reverse("admin:education_topic_unpublish", args=[topic.pk])).text
    assert "2 halaman yang tayang" in page
    assert 'name="note"' not in page
    assert "2 halaman yang tayang" in browser.post(act_page(topic, "archive"), {"note": "Sudah."}, follow=True).text
    topic.refresh_from_db()
    assert topic.is_published()


def test_audience_that_no_published_page_has_is_unpublished(person):
    audience, guide, publisher = factory.audience(), factory.guide(), person("publisher")
    guide.audiences.add(audience)
    with pytest.raises(NotAllowed):
        take_away(audience, publisher)
    take_away(guide, publisher)
    assert take_away(audience, publisher).state == State.ARCHIVED


def test_unpublished_page_returns_only_to_a_published_topic(person, client, visit, topic):
    guide, publisher = factory.guide(topic=topic), person("publisher")
    take_away(guide, person("editor"))
    assert "Penipuan" in visit(guide).text
    take_away(topic, publisher)
    Topic.objects.update(title_ind="Kata baru")
    assert "Kata baru" not in visit(guide).text
    with pytest.raises(NotAllowed, match="Kata baru"):
        workflow.perform(guide, "restore", publisher)


def test_sensitive_counts_from_its_publication_by_a_second_person(signed_in, person, client, topic, there):
    browser = signed_in("publisher")
    send(browser, topic, sensitive="on")
    assert 'class="quick-exit"' not in client.get(there("education:topic", "penipuan")).text
    browser.post(act_page(topic, "publish"), {"note": "Sudah dibaca."})
    assert 'class="quick-exit"' not in client.get(there("education:topic", "penipuan")).text
    workflow.perform(topic, "publish", person("publisher", "lain"), note="Sudah dibaca.")
    assert 'class="quick-exit"' in client.get(there("education:topic", "penipuan")).text


def test_topic_that_is_no_longer_sensitive_needs_a_tick(person, topic):
    Topic.objects.update(sensitive=True)
    topic.refresh_from_db()
    workflow.save_proposal(topic, person("editor"), workflow.pending_or_live(topic) | {"sensitive": False})
    with pytest.raises(NotAllowed, match="Halaman ini tidak akan sensitif"):
        workflow.perform(topic, "publish", person("publisher"), note="Sudah dibaca.")


def test_key_of_a_published_topic_stays(signed_in, topic):
    browser = signed_in("publisher")
    assert 'name="key"' not in browser.get(change_page(topic)).text
    send(browser, topic, key="other", title_ind="Penipuan uang")
    assert Revision.objects.waiting_proposal(topic).data["key"] == "scams"
    assert 'name="key"' in browser.get(change_page(factory.topic(state=State.DRAFT))).text


def test_topic_has_no_end_time(signed_in, topic):
    page = signed_in("publisher").get(change_page(topic)).text
    assert ('name="publish_at_0"' in page, 'name="archive_at_0"' in page) == (True, False)


def test_guide_of_a_release_waits_while_its_topic_is_unpublished_here(starter, monkeypatch, person):
    topic = Topic.objects.get(key="scams")
    for kind in (Guide, *(field.related_model for field in Topic._meta.related_objects if field.name != "helplines")):
        kind.objects.filter(topic=topic).update(state=State.ARCHIVED)
    take_away(topic, person("publisher"))
    new = next(guide for guide in files.items("guides") if guide["topic"] == "scams") | {"number": 998}
    new |= {code: new[code] | {"slug": "baru-sekali"} for code in ("id", "en")}
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: [*original(kind), new] if kind == "guides" else original(kind))
    run_load_command()
    assert Guide.objects.get(number=998).state == State.DRAFT
