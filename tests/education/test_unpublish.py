"""Unpublishing: editors see the links to a page, and readers who return get help to go on."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from education.helplines import emergency
from education.models import Guide, Helpline, Revision, State, Status
from education.publishing import due, workflow
from safetycenter.transitions import NotAllowed
from tests.database import at_once, on_postgresql

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def guide():
    return factory.guide(number=9912, slug_ind="satu", slug_en="one")


def confirmation(client, item):
    return client.get(reverse(f"admin:education_{item._meta.model_name}_unpublish", args=[item.pk]))


@pytest.mark.sampled(11)
@pytest.mark.parametrize("address", ["/id/panduan/satu/", "/en/guides/one/", "/id/p/9912/", "/en/guides/satu/#s2"])
@pytest.mark.parametrize("field", ["body_ind", "checklist_en", "easy_ind", "short_answer_en"])
def test_guide_that_links_to_it_by_any_address_is_named(signed_in, guide, address, field):
    other = factory.guide(**{field: f'<p>Baca <a href="{address}">ini</a>.</p>'})
    factory.guide()
    leading = confirmation(signed_in("publisher"), guide).context["incoming_links"]
    assert [one.name for one in leading] == [str(other)]
    assert leading[0].url == reverse("admin:education_guide_change", args=[other.pk])


@pytest.mark.slow
def test_pages_quizzes_lessons_and_helplines_are_named_too(signed_in, guide):
    link = '<a href="/id/p/9912/">ini</a>'
    page, line = factory.page("about", body_ind=f"<p>{link}</p>"), factory.helpline("x", "1", note_ind=link)
    quiz, lesson = factory.quiz(), factory.lesson()
    quiz.scenarios.update(guide=guide)
    lesson.guides.add(guide)
    names = {one.name for one in confirmation(signed_in("publisher"), guide).context["incoming_links"]}
    assert names == {str(one) for one in (page, line, quiz, lesson)}


@pytest.mark.slow
def test_incoming_links_include_former_slugs_but_not_archived(signed_in, person, guide):
    guide.slug_ind = "dua"
    guide.save()
    other = factory.guide(body_ind='<p><a href="/id/panduan/satu/">ini</a></p>')
    client = signed_in("publisher")
    assert len(confirmation(client, guide).context["incoming_links"]) == 1
    workflow.perform(other, "archive", person("editor"), note="Old.")
    assert confirmation(client, guide).context["incoming_links"] == []


def test_unpublish_happens_only_on_the_confirmation_page(signed_in, guide):
    client = signed_in("publisher")
    form = client.get(reverse("admin:education_guide_change", args=[guide.pk])).text
    act = reverse("admin:education_guide_act", args=[guide.pk, "archive"])
    assert act not in form
    assert reverse("admin:education_guide_unpublish", args=[guide.pk]) in form
    assert act in confirmation(client, guide).text
    client.post(act, {"note": "An agency asks."})
    guide.refresh_from_db()
    assert guide.state == State.ARCHIVED


@pytest.mark.parametrize("role", ["translator", "moderator"])
def test_who_may_not_take_down_does_not_see_the_confirmation(signed_in, guide, role):
    assert confirmation(signed_in(role), guide).status_code == 403


@pytest.mark.sampled(3)
@pytest.mark.parametrize("address", ["/id/panduan/satu/", "/en/guides/one/", "/id/p/9912/", "/id/panduan/lama/"])
def test_unpublished_page_offers_topic_search_and_helplines(client, person, guide, address):
    guide.slug_ind = "lama"
    guide.save()
    guide.slug_ind = "satu"
    guide.save()
    workflow.perform(guide, "archive", person("editor"), note="Old.")
    answer = client.get(address)
    topic = guide.topic.slug_ind if address.startswith("/id") else guide.topic.slug_en
    assert answer.status_code == 404
    assert all(way in answer.text for way in (f"/{topic}/", 'role="search"', "tel:110"))


@pytest.mark.slow
def test_topic_of_a_text_that_nobody_has_seen_is_not_told(client):
    guide = factory.guide(slug_ind="satu", state=State.DRAFT)
    assert f"/{guide.topic.slug_ind}/" not in client.get("/id/panduan/satu/").text


REFUSED = {"author": "sos line page", "editor": "sos", "reviewer": "sos", "publisher": ""}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("role", REFUSED)
def test_taking_down_needs_the_right_to_change_that_kind(signed_in, role):
    things = {
        "sos": factory.helpline("polri-110", "110", emergency=True),
        "page": factory.page("privacy"),
        "guide": factory.guide(),
        "line": factory.helpline("garis", "021"),
    }
    client = signed_in(role)
    for item in things.values():
        client.post(reverse(f"admin:education_{item._meta.model_name}_act", args=[item.pk, "archive"]), {"note": "No."})
        item.refresh_from_db()
    kept = {name for name, item in things.items() if item.state == State.PUBLISHED}
    assert kept == set(REFUSED[role].split())


def test_editor_reads_why_an_emergency_number_stays(person):
    line = factory.helpline("polri-110", "110", emergency=True)
    with pytest.raises(NotAllowed, match=r"emergency number|nomor darurat"):
        workflow.perform(line, "archive", person("editor"), note="No.")


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["polri-110", "sapa-129", "darurat-112"])
def test_bar_helpline_warns_that_the_bar_keeps_it(signed_in, slug):
    factory.emergency_set()
    line, client = Helpline.objects.get(slug=slug), signed_in("publisher")
    page = confirmation(client, line)
    assert "Pembaca tetap menemukan nomor ini" in page.text
    assert "terbitkan nomor yang benar" in page.text
    assert "Pembaca tidak akan menemukannya" not in page.text
    client.post(page.context["act_address"], {"note": "Wrong."})
    assert Helpline.objects.get(slug=slug).state == State.ARCHIVED
    assert slug in [line.slug for _role, line, _channel in emergency.emergency_bar()]


def test_emergency_helpline_warns_that_it_disappears(signed_in):
    page = confirmation(signed_in("publisher"), factory.helpline("ambulans-119", "119", emergency=True))
    assert "Pembaca tidak akan menemukannya" in page.text
    assert "Pembaca tetap menemukan" not in page.text


def test_guides_and_lessons_that_name_a_helpline_are_found(signed_in):
    line, guide, lesson = factory.helpline("garis", "021"), factory.guide(), factory.lesson()
    guide.helplines.add(line)
    lesson.helplines.add(line)
    names = {one.name for one in confirmation(signed_in("publisher"), line).context["incoming_links"]}
    assert names == {str(guide), str(lesson)}


class TestEmergency:
    """One editor takes a page down at once, from what its address says; a second person decides afterwards."""

    @pytest.fixture
    def taken(self, client, person, guide):
        """The guide after an editor took it down from My work."""
        client.force_login(person("editor"))
        page = client.get(reverse("admin:education_unpublish"), {"what": "p/9912"}, follow=True)
        client.post(page.context["act_address"], {"note": "The number is wrong."})
        return Guide.objects.get(pk=guide.pk)

    @pytest.mark.sampled(6)
    @pytest.mark.parametrize(
        "what",
        [
            "9912",
            "p/9912",
            "/id/p/9912/",
            "en/p/9912",
            "/id/panduan/satu/",
            "https://x.example/en/guides/one/?look=dark",
        ],
    )
    def test_number_or_address_leads_to_the_page_that_names_it(self, signed_in, guide, what):
        page = signed_in("editor").get(reverse("admin:education_unpublish"), {"what": what}, follow=True)
        assert page.context["item"] == guide
        assert guide.short_answer_ind in page.text

    @pytest.mark.sampled(6)
    @pytest.mark.parametrize("what", ["", "9999", "p/x", "//", "https://x.example", "/admin/"])
    def test_what_readers_do_not_have_is_said_and_nothing_happens(self, signed_in, guide, what):
        answer = signed_in("editor").get(reverse("admin:education_unpublish"), {"what": what}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("admin:index")
        assert len(answer.context["messages"]) == 1

    def test_unpublish_search_box_needs_the_permission(self, signed_in):
        address = reverse("admin:education_unpublish")
        assert address in signed_in("editor").get(reverse("admin:index")).text
        assert address not in signed_in("translator").get(reverse("admin:index")).text

    def test_stored_page_is_gone_at_once(self, reader, person, guide):
        assert reader.get("/id/panduan/satu/").status == 200
        workflow.perform(guide, "archive", person("editor"), note="The number is wrong.")
        assert reader.get("/id/panduan/satu/").status == 404

    def test_unpublish_needs_a_reason(self, signed_in, guide):
        signed_in("editor").post(reverse("admin:education_guide_act", args=[guide.pk, "archive"]), {"note": " "})
        assert Guide.objects.get(pk=guide.pk).state == State.PUBLISHED

    def test_unpublish_is_on_dashboard_until_confirmed(self, client, person, taken):
        listed = reverse("admin:education_revision_changelist") + "?status=to_confirm"
        client.force_login(person("author", "second"))
        assert listed in client.get(reverse("admin:index")).text.replace("&amp;", "&")
        client.post(reverse("admin:education_guide_act", args=[taken.pk, "confirm_unpublish"]))
        assert listed not in client.get(reverse("admin:index")).text.replace("&amp;", "&")
        assert Guide.objects.get(pk=taken.pk).state == State.ARCHIVED

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("action", ["confirm_unpublish", "restore"])
    def test_unpublishing_person_cannot_confirm_it(self, taken, action):
        author = Revision.objects.for_item(taken).get(action="archive").author
        with pytest.raises(NotAllowed):
            workflow.perform(taken, action, author)

    @pytest.mark.slow
    def test_publisher_republishes_unchanged_text(self, client, person, taken, visit):
        client.force_login(person("publisher"))
        client.post(reverse("admin:education_guide_act", args=[taken.pk, "restore"]))
        assert visit(Guide.objects.get(pk=taken.pk)).status_code == 200
        assert not Revision.objects.filter(status=Status.TO_CONFIRM).exists()

    @pytest.mark.slow
    def test_text_changed_since_is_not_put_back_unchecked(self, person, taken):
        taken.title_ind = "Lain"
        taken.save()
        with pytest.raises(NotAllowed):
            workflow.perform(taken, "restore", person("publisher"))

    def test_publisher_needs_nobody_for_what_is_not_sensitive(self, person, guide):
        workflow.perform(guide, "archive", person("publisher"), note="Old.")
        assert not Revision.objects.filter(status=Status.TO_CONFIRM).exists()

    @pytest.mark.slow
    def test_approval_for_a_later_time_ends(self, clock, person, guide):
        text = {"title_ind": "Nanti", "publish_at": timezone.now() + timedelta(days=2)}
        workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | text)
        workflow.perform(guide, "schedule", person("publisher"), note="Read.")
        workflow.perform(guide, "archive", person("editor"), note="Wrong.")
        clock(days=2)
        assert due.publish_due() == 0
        assert Guide.objects.get(pk=guide.pk).state == State.ARCHIVED


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", ["publish", "restore"])
@pytest.mark.parametrize("group", ["topic", "audience"])
def test_page_appears_and_its_group_goes_never_in_the_same_moment(guide, person, group, action):
    guide.audiences.set([factory.audience("parents")])
    workflow.perform(guide, "archive", person("editor"), note="Old.")
    publisher, both = person("publisher"), Barrier(2)

    def decide(step):
        with suppress(NotAllowed), transaction.atomic():
            workflow.perform(*step, publisher, note="Now.")
            with suppress(BrokenBarrierError):
                both.wait(1)  # for somebody who does not have to wait for us
            return True

    group = guide.topic if group == "topic" else guide.audiences.get()
    assert at_once(decide, (guide, action), (group, "archive")).count(True) == 1
    assert guide.__class__.objects.published().exists() == group.__class__.objects.published().exists()
