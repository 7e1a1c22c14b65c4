"""Publishing one language, publishing at a time, and who may: through the pages that editors use."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education import scheduled_changes
from education.models import Guide, Revision, State, Status
from education.publishing import due, workflow
from safetycenter.page_cache import cache_version
from tests.education.admin_pages import a_guide, act, change_page, send

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
IN_TWO_DAYS = timedelta(days=2)


@pytest.fixture
def desk(client, person):
    """``desk("editor")``: the browser of the one person with that role, also when others signed in meanwhile."""
    people = {}

    def sign_in(role):
        people[role] = people.get(role) or person(role)
        client.force_login(people[role])
        return client

    return sign_in


def live(guide: Guide) -> Guide:
    return Guide.objects.get(pk=guide.pk)


class TestOneLanguage:
    """An urgent correction in one language takes no half-finished translation along."""

    @pytest.fixture
    def guide(self, desk):
        """A live guide, of which a translator and then an editor changed one language each."""
        guide = a_guide(body_ind="<p>Lama.</p>", body_en="<p>Old.</p>")
        send(desk("translator"), guide, body_en="<p>Half fin</p>")
        send(desk("editor"), guide, body_ind="<p>Penting.</p>")
        return guide

    @pytest.mark.slow
    def test_publishing_one_language_keeps_the_other(self, desk, guide):
        act(desk("publisher"), guide, "publish", only="id")
        assert (live(guide).body_ind, live(guide).body_en) == ("<p>Penting.</p>", "<p>Old.</p>")

    @pytest.mark.slow
    def test_unpublished_language_stays_an_open_proposal(self, desk, guide):
        publisher = desk("publisher")
        act(publisher, guide, "publish", only="id")
        assert Revision.objects.waiting_proposal(guide).data["body_en"] == "<p>Half fin</p>"
        act(publisher, guide, "publish")
        assert live(guide).body_en == "<p>Half fin</p>"
        assert Revision.objects.open_proposal(guide) is None

    @pytest.mark.slow
    def test_unpublished_language_is_outdated_until_published(self, desk, guide):
        publisher = desk("publisher")
        act(publisher, guide, "publish", only="id")
        assert "body_en" in live(guide).outdated_fields
        act(publisher, guide, "publish")
        assert live(guide).outdated_fields == {}

    @pytest.mark.slow
    def test_address_can_ask_for_one_language(self, desk, guide):
        page = desk("publisher").get(reverse("admin:education_guide_proposal", args=[guide.pk]) + "?only=en")
        assert page.context["choice"].languages == ["en"]
        assert 'id="choice-2" name="only" value="en" checked' in page.text

    @pytest.mark.slow
    def test_draft_goes_out_in_one_language_and_keeps_the_other(self, desk):
        guide = a_guide(state=State.DRAFT, body_en="<p>Half fin</p>")
        act(desk("publisher"), guide, "publish", only="id")
        assert live(guide).languages() == ["id"]
        assert Revision.objects.waiting_proposal(guide).data["body_en"] == "<p>Half fin</p>"

    @pytest.mark.sampled(3)
    @pytest.mark.parametrize("steps", [["withdraw"], ["withdraw", "archive"], ["archive", "withdraw"]])
    def test_withdrawn_language_stays_in_the_form(self, desk, steps):
        guide = a_guide(state=State.DRAFT, body_en="<p>Half fin</p>")
        publisher = desk("publisher")
        for step in ["publish", *steps]:
            act(publisher, guide, step, only="id")
        form = publisher.get(reverse("admin:education_guide_change", args=[guide.pk]))
        assert form.context["adminform"].form["body_en"].value() == "<p>Half fin</p>"
        assert "masih ada di formulir ini" in form.text
        send(publisher, guide, title_ind="Judul baru")
        assert workflow.pending_or_live(live(guide))["body_en"] == "<p>Half fin</p>"

    def test_withdrawn_language_is_not_shown_to_readers(self, client, desk, visit):
        guide = a_guide(state=State.DRAFT, body_en="<p>Half fin</p>")
        publisher = desk("publisher")
        act(publisher, guide, "publish", only="id")
        act(publisher, guide, "withdraw")
        assert live(guide).languages() == ["id"]
        assert "Half fin" not in visit(live(guide), "en").text

    @pytest.mark.slow
    def test_shared_fields_need_both_languages(self, desk, guide):
        send(desk("editor"), guide, often_needed="on")
        act(desk("publisher"), guide, "publish", only="id")
        assert live(guide).often_needed is False
        assert Revision.objects.waiting_proposal(guide).data["often_needed"] is True


class TestSecondPerson:
    """Nobody publishes their own text in a sensitive guide, also when another person saved last."""

    @pytest.fixture
    def guide(self, person):
        guide = a_guide(sensitive=True)
        factory.fits(guide, factory.helpline("sapa-129", "129"))
        Revision.objects.record(guide, None)
        return guide

    @pytest.mark.slow
    def test_minor_edit_of_another_person_makes_no_author(self, desk, guide):
        send(desk("publisher"), guide, short_answer_ind="Kata penerbit saja.")
        send(desk("translator"), guide, title_en="A title with a full stop.")
        act(desk("publisher"), guide, "publish")
        assert live(guide).short_answer_ind != "Kata penerbit saja."

    @pytest.mark.slow
    def test_author_may_publish_the_language_not_written(self, desk, guide):
        send(desk("publisher"), guide, short_answer_ind="Kata penerbit saja.")
        send(desk("translator"), guide, title_en="A title with a full stop.")
        page = desk("publisher").get(reverse("admin:education_guide_proposal", args=[guide.pk]))
        assert [(one.code, bool(one.closed)) for one in page.context["ways"]] == [
            ("", True),
            ("id", True),
            ("en", False),
        ]
        act(desk("publisher"), guide, "publish", only="en")
        assert live(guide).title_en == "A title with a full stop."
        assert live(guide).short_answer_ind != "Kata penerbit saja."

    @pytest.mark.slow
    def test_unpublished_words_still_count_for_authorship(self, desk, guide, person):
        send(desk("publisher"), guide, short_answer_en="Words of the publisher.")
        send(desk("editor"), guide, title_ind="Judul baru")
        workflow.perform(guide, "publish", person("publisher", "second"), note="Read.", languages=["id"])
        act(desk("publisher"), guide, "publish")
        assert live(guide).short_answer_en != "Words of the publisher."

    @pytest.mark.slow
    def test_publication_resets_authorship(self, desk, guide, person):
        send(desk("publisher"), guide, short_answer_ind="Kata penerbit.")
        workflow.perform(guide, "publish", person("publisher", "second"), note="Read.")
        send(desk("editor"), guide, title_ind="Judul baru")
        act(desk("publisher"), guide, "publish")
        assert live(guide).title_ind == "Judul baru"


class TestAtItsTime:
    """An approved change of a live page waits for its time; until then readers see the page as it is."""

    @pytest.fixture
    def moment(self):
        return timezone.now().replace(microsecond=0, second=0) + IN_TWO_DAYS

    @pytest.fixture
    def guide(self, desk, moment):
        """A live guide with an approved change for ``moment``."""
        guide = a_guide(title_ind="Judul tayang", slug_ind="tayang")
        local = timezone.localtime(moment)
        times = {"publish_at_0": local.date().isoformat(), "publish_at_1": local.time().isoformat()}
        publisher = desk("publisher")
        send(publisher, guide, title_ind="Judul nanti", **times)
        act(publisher, guide, "schedule")
        assert Revision.objects.open_proposal(guide).status == Status.SCHEDULED
        return guide

    @pytest.fixture
    def clock(self, monkeypatch):
        """``clock(moment)``: it is that time everywhere."""
        return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)

    def test_readers_see_the_present_page_until_then(self, guide, visit):
        assert "Judul tayang" in visit(live(guide)).text

    @pytest.mark.slow
    def test_no_button_publishes_it_at_once(self, desk, moment):
        guide = a_guide(title_ind="Judul tayang")
        publisher = desk("publisher")
        send(publisher, guide, title_ind="Nanti", publish_at_0=moment.date().isoformat(), publish_at_1="09:00")
        act(publisher, guide, "publish")
        assert live(guide).title_ind == "Judul tayang"

    @pytest.mark.slow
    def test_stored_page_changes_at_that_time_by_reading_alone(self, guide, moment, reader, clock):
        assert b"Judul tayang" in reader.get("/id/panduan/tayang/").body
        assert scheduled_changes.next_change() == moment
        clock(moment - timedelta(seconds=2))
        assert b"Judul tayang" in reader.get("/id/panduan/tayang/").body
        clock(moment + timedelta(seconds=2))
        assert b"Judul nanti" in reader.get("/id/panduan/tayang/").body

    @pytest.mark.slow
    def test_scheduled_publication_is_recorded_under_approver(self, guide, moment, clock):
        clock(moment)
        assert due.publish_due() == 1
        assert due.publish_due() == 0
        record = Revision.objects.for_item(guide).filter(action="publish").get()
        assert record.author == Revision.objects.for_item(guide).get(action="schedule").author
        assert Revision.objects.open_proposal(guide) is None

    @pytest.mark.slow
    def test_scheduled_text_can_be_withdrawn(self, guide, moment, desk, clock):
        act(desk("publisher"), guide, "withdraw")
        clock(moment)
        cache_version.current()
        assert live(guide).title_ind == "Judul tayang"

    def test_new_text_has_to_be_approved_again(self, guide, moment, desk, clock):
        send(desk("editor"), guide, title_ind="Judul lain")
        clock(moment)
        cache_version.current()
        assert live(guide).title_ind == "Judul tayang"
        assert Revision.objects.waiting_proposal(guide).data["title_ind"] == "Judul lain"

    @pytest.mark.slow
    def test_one_language_can_be_scheduled(self, desk, moment, clock):
        guide = a_guide(title_ind="Judul tayang", title_en="Live title")
        publisher = desk("publisher")
        times = {"publish_at_0": timezone.localdate(moment).isoformat(), "publish_at_1": "23:59"}
        send(publisher, guide, title_ind="Judul nanti", title_en="Half fin", **times)
        act(publisher, guide, "schedule", only="id")
        clock(moment + timedelta(days=1))
        due.publish_due()
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul nanti", "Live title")
        assert live(guide).is_published()

    def test_text_scheduled_before_its_kind_had_a_topic_goes_live(self, guide, moment, clock):
        proposal = Revision.objects.open_proposal(guide)
        del proposal.data["topic"]
        proposal.save()
        clock(moment)
        assert due.publish_due() == 1
        assert (live(guide).title_ind, live(guide).topic) == ("Judul nanti", guide.topic)

    @pytest.mark.slow
    def test_scheduled_text_with_errors_returns_to_editors(self, guide, moment, clock):
        Guide.objects.filter(pk=guide.pk).update(slug_en="mine")
        proposal = Revision.objects.open_proposal(guide)
        proposal.data["slug_en"] = factory.guide().slug_en
        proposal.save()
        clock(moment)
        assert due.publish_due() == 0
        assert Revision.objects.open_proposal(guide).status == Status.RETURNED
        assert live(guide).title_ind == "Judul tayang"

    @pytest.mark.slow
    def test_text_approved_over_another_one_is_sent_back(self, guide, desk, moment, clock):
        publisher = desk("publisher")
        audience = guide.audiences.get()
        guide.audiences.add(factory.audience("second", slug_ind="kedua", slug_en="second"))
        act(publisher, guide, "withdraw")
        local = timezone.localtime(moment)
        times = {"publish_at_0": local.date().isoformat(), "publish_at_1": local.time().isoformat()}
        send(publisher, guide, title_ind="Judul nanti", **times)
        act(publisher, guide, "schedule")
        guide.audiences.remove(audience)
        clock(moment)
        assert due.publish_due() == 0
        assert live(guide).title_ind == "Judul tayang"
        assert "dilihat pembaca sudah berubah" in self.returned_page(guide, desk("publisher"))

    @pytest.mark.slow
    def test_scheduled_text_over_changed_row_returns_to_editors(self, guide, desk, moment, clock):
        Guide.objects.filter(pk=guide.pk).update(title_ind="Judul orang lain")
        clock(moment)
        assert due.publish_due() == 0
        assert live(guide).title_ind == "Judul orang lain"
        assert "dilihat pembaca sudah berubah" in self.returned_page(guide, desk("editor"))

    @pytest.mark.logs_errors
    def test_failed_scheduled_publication_is_reported(self, guide, desk, moment, clock, monkeypatch):
        monkeypatch.setattr(due, "publish_open_text", lambda *_args: 1 / 0)
        clock(moment)
        assert due.publish_due() == 0
        assert "Terjadi kesalahan" in self.returned_page(guide, desk("editor"))

    def returned_page(self, guide, client) -> str:
        assert Revision.objects.open_proposal(guide).status == Status.RETURNED
        return client.get(change_page(guide)).text

    @pytest.mark.slow
    def test_editors_are_shown_until_when_it_waits(self, guide, moment, desk):
        client = desk("editor")
        page = client.get(reverse("admin:education_guide_change", args=[guide.pk]))
        assert page.context["waits_until"] == moment
        assert any(str(Status.SCHEDULED.value) in row["address"] for row in _work(client))


def _work(client) -> list[dict]:
    panels = client.get(reverse("admin:index")).context["panels"]
    return [row for panel in panels for row in panel.get("rows", [])]
