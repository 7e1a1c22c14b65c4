"""The publish page: languages, time, checks, marks and the sentence for readers, as a browser sends the form."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.admin import preview
from education.models import Guide, Revision, State, Status
from education.publishing import decision, due, told_changes, workflow
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import a_guide, act_page, proposal_page, send

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def guide(person):
    """A live guide with a waiting change in both languages."""
    guide = a_guide(title_ind="Judul tayang", title_en="Live title")
    Revision.objects.record(guide, None)
    propose(guide, person("editor", "penulis"), title_ind="Judul usulan", title_en="Proposed title")
    return guide


@pytest.fixture
def sensitive(guide, person):
    """The same guide, sensitive, with a helpline."""
    line = factory.helpline("sapa-129", "129")
    factory.fits(guide, line)
    Guide.objects.update(sensitive=True)
    rows = [{"helpline": line.pk, "position": 0}]
    propose(guide, person("editor", "perapi"), sensitive=True, guidehelpline_set=rows)
    return guide


def propose(guide, by, minor=False, **words):
    return workflow.save_proposal(guide, by, workflow.pending_or_live(guide) | words, minor=minor)


def live(guide) -> Guide:
    return Guide.objects.get(pk=guide.pk)


def sent(client, guide, **changes) -> dict:
    """What the browser sends from the page if nothing is chosen but ``changes``."""
    context = client.get(proposal_page(guide)).context
    form = context["form"]
    first = {"version": form["version"].value(), "when": form["when"].value(), "note": "Dibaca."}
    first |= {"only": context["choice"].code}
    return first | changes


def closed(page) -> list[tuple[str, bool]]:
    """Each choice of the page, and whether it is closed."""
    return [(one.code, bool(one.closed)) for one in page.context["ways"]]


def put_back(client, revision):
    """Put the English of a version back, and publish only that."""
    address = reverse("admin:education_revision_restore", args=[revision.pk])
    return client.post(address, {"language": "en", "publish": "1", "note": "Salah."})


def decide(client, guide, **changes):
    return client.post(act_page(guide, "publish"), sent(client, guide, **changes))


def send_all(client, guide, **changes):
    """Publish with every loss confirmed."""
    losses = client.get(proposal_page(guide)).context["losses"]
    return decide(client, guide, agreed=[one.finding.name for one in losses], **changes)


def moment(**ahead) -> dict:
    at = timezone.localtime(timezone.now() + timedelta(**ahead))
    return {"when": "later", "day": at.date().isoformat(), "time": at.strftime("%H:%M")}


class TestLanguages:
    """What goes live, and what stays as it is."""

    def test_everything_that_is_ready_is_chosen(self, signed_in, guide):
        client = signed_in("publisher")
        assert client.get(proposal_page(guide)).context["choice"].code == ""
        decide(client, guide)
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Proposed title")

    def test_one_language_goes_live_alone(self, signed_in, guide, visit):
        decide(signed_in("publisher"), guide, only="id")
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Live title")
        assert "Proposed title" not in visit(live(guide), "en").text
        assert Revision.objects.waiting_proposal(guide).data["title_en"] == "Proposed title"

    def test_language_that_is_not_ready_closes_only_itself(self, signed_in, guide):
        signed_in("translator").post(act_page(guide, "not_ready"), {"only": "en"})
        client = signed_in("publisher")
        page = client.get(proposal_page(guide))
        assert closed(page) == [
            ("", True),
            ("id", False),
            ("en", True),
        ]
        assert page.context["choice"].code == "id"
        for only in ("", "en"):
            assert "ditandai belum siap" in decide(client, guide, only=only).text
        assert live(guide).title_ind == "Judul tayang"
        decide(client, guide)
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Live title")

    def test_mark_is_taken_back_and_says_who_made_it(self, signed_in, guide):
        client = signed_in("translator")
        client.post(act_page(guide, "not_ready"), {"only": "en"})
        assert "Mark as ready" in client.get(proposal_page(guide), headers={"Accept-Language": "en"}).text
        assert live(guide).not_ready.keys() == {"en"}
        client.post(act_page(guide, "ready"), {"only": "en"})
        assert live(guide).not_ready == {}

    def test_translator_marks_no_original(self, signed_in, guide):
        signed_in("translator").post(act_page(guide, "not_ready"), {"only": "id"})
        assert live(guide).not_ready == {}

    def test_mark_ends_with_the_text(self, signed_in, guide):
        client = signed_in("publisher")
        client.post(act_page(guide, "not_ready"), {"only": "en"})
        client.post(act_page(guide, "withdraw"), {"note": "Salah."})
        assert live(guide).not_ready == {}

    def test_approved_language_gets_no_mark(self, signed_in, guide):
        client = signed_in("publisher")
        decide(client, guide, only="en", **moment(days=2))
        client.post(act_page(guide, "not_ready"), {"only": "en"})
        assert live(guide).not_ready == {}
        states = client.get(proposal_page(guide)).context["languages"]
        assert {one.code: one.step for one in states} == {"id": "not_ready", "en": ""}

    def test_error_in_one_language_leaves_the_other(self, signed_in, guide, person):
        propose(guide, person("editor", "b"), slug_en=factory.guide(slug_en="taken").slug_en)
        client = signed_in("publisher")
        page = client.get(proposal_page(guide))
        assert closed(page) == [
            ("", True),
            ("id", False),
            ("en", True),
        ]
        answer = decide(client, guide, only="en")
        assert "“taken”" in answer.text
        assert live(guide).title_en == "Live title"

    def test_first_language_takes_shared_facts_and_their_author(self, client, person):
        line = factory.helpline("baru", "021-1", state=State.DRAFT, name_en="New line")
        author, other = person("publisher"), person("publisher", "b")
        client.force_login(other)
        send(client, line)
        client.force_login(author)
        send(client, line, **{"channels-0-value": "021-666"})
        client.post(act_page(line, "publish"), {"only": "id", "when": "now", "note": "Dibaca."})
        assert type(line).objects.get(pk=line.pk).state == State.DRAFT
        client.force_login(person("publisher", "c"))
        assert "ikut terbit" in client.get(proposal_page(line)).text
        decide(client, line, only="id")
        assert type(line).objects.get(pk=line.pk).state == State.PUBLISHED

    def test_preview_shows_what_is_chosen(self, signed_in, guide, client):
        page = signed_in("publisher").get(proposal_page(guide))
        addresses = {way.code: {code: url for code, _name, url in pages} for way, pages in page.context["previews"]}
        assert "Proposed title" in client.get(addresses[""]["en"]).text
        as_today = client.get(addresses["id"]["en"]).text
        assert "Live title" in as_today
        assert "Proposed title" not in as_today

    def test_token_for_one_language_does_not_open_another_choice(self, client, guide):
        token = preview.preview_url(guide, "en", ["id"]).split("/")[-2]
        forged = token.replace(".id:", ":", 1)
        assert forged != token
        assert client.get(reverse("admin:education_revision_preview", args=["en", forged])).status_code == 404


class TestTime:
    """The time belongs to the text, not to the page that readers see."""

    def test_chosen_time_waits_and_readers_keep_the_page(self, signed_in, guide, visit, monkeypatch):
        decide(signed_in("publisher"), guide, only="id", **moment(days=2))
        assert Revision.objects.open_proposal(guide).status == Status.SCHEDULED
        assert "Judul tayang" in visit(live(guide)).text
        later = timezone.now() + timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert due.publish_due() == 1
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Live title")
        assert live(guide).is_published()

    @pytest.mark.parametrize(
        ("typed", "field"), [(moment(hours=-2), "time"), ({"when": "later", "day": "", "time": ""}, "day")]
    )
    def test_wrong_time_is_said_beside_it_and_loses_nothing(self, signed_in, guide, typed, field):
        page = decide(signed_in("publisher"), guide, only="id", note="Alasan saya", **typed)
        assert page.context["form"].errors.keys() >= {field}
        assert f'id="id_{field}_error"' in page.text
        assert 'value="Alasan saya"' in page.text
        assert page.context["choice"].code == "id"
        assert live(guide).title_ind == "Judul tayang"

    def test_time_of_the_writer_is_filled_in(self, signed_in, guide, person):
        at = timezone.now().replace(microsecond=0) + timedelta(days=2)
        propose(guide, person("publisher", "b"), publish_at=at)
        page = signed_in("publisher").get(proposal_page(guide))
        assert page.context["is_later"]
        assert f'value="{timezone.localtime(at).date().isoformat()}"' in page.text

    def test_publish_now_passes_over_the_time_of_the_writer(self, signed_in, guide, person):
        propose(guide, person("publisher", "b"), publish_at=timezone.now() + timedelta(days=2))
        decide(signed_in("publisher"), guide, when="now")
        assert live(guide).is_published()
        assert live(guide).title_ind == "Judul usulan"
        assert Revision.objects.open_proposal(guide) is None

    def test_earlier_time_than_the_text_asked_for_hides_nothing(self, signed_in, guide, person, monkeypatch):
        propose(guide, person("publisher", "b"), publish_at=timezone.now() + timedelta(days=9))
        decide(signed_in("publisher"), guide, **moment(days=2))
        later = timezone.now() + timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert due.publish_due() == 1
        assert live(guide).is_published()

    def test_time_that_passed_unapproved_changes_nothing_and_is_said(self, signed_in, guide, person, monkeypatch):
        propose(guide, person("publisher", "b"), publish_at=timezone.now() + timedelta(days=2))
        later = timezone.now() + timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert due.publish_due() == 0
        assert live(guide).title_ind == "Judul tayang"
        client = signed_in("editor")
        assert client.get(proposal_page(guide)).context["missed"]
        rows = [row for panel in client.get(reverse("admin:index")).context["panels"] for row in panel.get("rows", [])]
        assert [row["count"] for row in rows if "sebelum ada yang menyetujuinya" in str(row["label"])] == [1]

    def test_one_language_moves_no_time_of_the_other(self, signed_in):
        draft, client = a_guide(state=State.DRAFT, title_en="English"), signed_in("publisher")
        decide(client, draft, only="id", **moment(days=2))
        begins = live(draft).publish_at
        for at in ({"when": "now"}, moment(days=1)):
            assert "untuk semua bahasa" in decide(client, draft, **at).text
        assert live(draft).publish_at == begins > timezone.now()
        assert live(draft).title_en == ""
        page = client.get(proposal_page(draft))
        assert page.context["is_later"]
        local = timezone.localtime(begins)
        decide(client, draft, when="later", day=local.date().isoformat(), time=local.strftime("%H:%M"))
        assert (live(draft).publish_at, live(draft).title_en) == (begins, "English")

    def test_draft_change_moves_the_time_of_a_waiting_page(self, signed_in, person):
        draft, client = a_guide(state=State.DRAFT), signed_in("publisher")
        decide(client, draft, **moment(days=2))
        sooner = timezone.now().replace(microsecond=0) + timedelta(days=1)
        propose(live(draft), person("editor"), publish_at=sooner)
        decide(client, draft, **moment(days=1))
        assert timezone.now() < live(draft).publish_at <= sooner

    def test_time_of_a_page_that_came_out_meanwhile_publishes_nothing(self, guide, person):
        at = timezone.now() + timedelta(days=2)
        with pytest.raises(NotAllowed):
            workflow.perform(guide, "publish", person("publisher"), "Dibaca.", chosen=decision.Decision(at=at))
        assert live(guide).title_ind == "Judul tayang"

    def test_draft_is_published_with_its_time(self, signed_in):
        draft = a_guide(state=State.DRAFT)
        decide(signed_in("publisher"), draft, **moment(days=2))
        assert live(draft).state == State.PUBLISHED
        assert not live(draft).is_published()


class TestChecks:
    """Only what this change caused asks for anything."""

    LONG = "<p>" + "kata " * 25 + ".</p>"

    def test_known_warning_asks_nothing_and_is_folded(self, signed_in, person):
        guide = factory.sourced(a_guide(body_ind=self.LONG))
        propose(guide, person("editor"), title_ind="Judul usulan")
        client = signed_in("publisher")
        context = client.get(proposal_page(guide)).context
        assert [one.finding.field for one in context["known"]] == ["body_ind"]
        assert "body_ind" not in {one.finding.field for one in context["news"]}
        assert decide(client, guide).status_code == 302
        assert live(guide).title_ind == "Judul usulan"

    def test_warning_of_this_change_needs_a_note(self, signed_in, guide, person):
        long = "kata " * 25 + "."
        propose(guide, person("editor", "b"), short_answer_ind=long, short_answer_en="New.")
        client = signed_in("publisher")
        page = decide(client, guide, note=" ")
        assert page.context["form"].errors.keys() == {"note"}
        assert live(guide).title_ind == "Judul tayang"
        assert decide(client, guide, note="Kutipan undang-undang.").status_code == 302

    def test_loss_needs_its_tick_beside_it(self, signed_in, guide, person):
        text = "<p>" + "Isi. " * 20 + "</p>"
        guide.body_ind = text
        guide.save()
        propose(guide, person("editor", "b"), body_ind="<p>Isi.</p>")
        client = signed_in("publisher")
        page = decide(client, guide)
        (loss,) = page.context["losses"]
        assert f'value="{loss.finding.name}" aria-invalid="true"' in page.text
        assert live(guide).title_ind == "Judul tayang"
        assert decide(client, guide, agreed=loss.finding.name).status_code == 302

    def test_every_finding_leads_to_its_field(self, signed_in, guide, person):
        propose(guide, person("editor", "b"), body_ind=self.LONG)
        text = signed_in("publisher").get(proposal_page(guide)).text
        assert re.search(r'href="[^"]+/change/#id_body_ind"', text)


class TestPeople:
    """Who wrote, who approves, and who looked at an old page."""

    def test_stale_page_publishes_nothing_and_shows_the_new_words(self, signed_in, guide, person):
        client = signed_in("publisher")
        seen = sent(client, guide, note="Alasan saya")
        propose(guide, person("editor", "b"), title_ind="Judul terbaru")
        page = client.post(act_page(guide, "publish"), seen)
        assert live(guide).title_ind == "Judul tayang"
        assert [difference.field for difference in page.context["moved"]] == ["title_ind"]
        assert 'value="Alasan saya"' in page.text
        again = seen | {"version": page.context["form"]["version"].value()}
        assert client.post(act_page(guide, "publish"), again).status_code == 302
        assert live(guide).title_ind == "Judul terbaru"

    def test_own_words_on_a_sensitive_guide_stay_unpublished(self, signed_in, guide, person, django_user_model):
        factory.fits(guide, factory.helpline("sapa-129", "129"))
        Guide.objects.update(sensitive=True)
        client = signed_in("publisher")
        propose(live(guide), django_user_model.objects.get(groups__name="publisher"), title_ind="Kata penerbit")
        page = client.get(proposal_page(guide))
        assert closed(page) == [
            ("", True),
            ("id", True),
            ("en", False),
        ]
        assert "Bahasa Indonesia" in page.context["rule"]
        for only in ("", "id"):
            decide(client, guide, only=only)
        assert live(guide).title_ind == "Judul tayang"

    def test_words_after_a_sign_in_a_plain_field_count(self, signed_in, guide, django_user_model):
        factory.fits(guide, factory.helpline("sapa-129", "129"))
        Guide.objects.update(sensitive=True)
        client = signed_in("publisher")
        mine = django_user_model.objects.get(groups__name="publisher")
        propose(live(guide), mine, title_ind="Judul usulan <WA 0812>")
        assert closed(client.get(proposal_page(guide)))[:2] == [("", True), ("id", True)]

    def test_page_names_who_wrote_what(self, signed_in, guide, person):
        propose(guide, person("translator", "penerjemah"), title_en="Another title")
        found = signed_in("publisher").get(proposal_page(guide)).context["writings"]
        assert [(one["author"], one["fields"]) for one in found] == [
            ("penulis", "Judul"),
            ("penulis", "Judul"),
            ("penerjemah", "Judul"),
        ]

    def test_reviewer_approves_and_the_publisher_sees_it(self, client, guide, person):
        publisher = person("publisher")
        client.force_login(person("reviewer"))
        page = client.get(proposal_page(guide))
        assert act_page(guide, "publish") not in page.text
        client.post(act_page(guide, "approve"), {"version": page.context["form"]["version"].value(), "note": "Benar."})
        assert live(guide).title_ind == "Judul tayang"
        client.force_login(publisher)
        assert "Benar." in client.get(proposal_page(guide)).text
        propose(guide, person("editor", "b"), title_ind="Lain lagi")
        assert client.get(proposal_page(guide)).context["approval"] is None

    def test_nobody_approves_their_own_words(self, signed_in, guide, django_user_model):
        client = signed_in("reviewer")
        propose(guide, django_user_model.objects.get(groups__name="reviewer"), title_ind="Kata peninjau")
        client.post(act_page(guide, "approve"))
        assert not Revision.objects.filter(action="approve").exists()


DEAD = '<p>Baca <a href="/id/panduan/tidak-ada/">panduan</a>.</p>'


class TestKnownErrors:
    """An error that readers see already stops only a change that touches it, or makes it worse."""

    @pytest.fixture
    def broken(self, guide):
        """The guide with a dead link in its Indonesian text, which readers have."""
        row, proposal = live(guide), Revision.objects.open_proposal(guide)
        row.body_ind = DEAD
        row.save()  # saving cleans the text
        proposal.data |= {"body_ind": live(guide).body_ind}
        proposal.save()
        return live(guide)

    def test_untouched_error_is_shown_as_known_and_stops_nothing(self, signed_in, broken):
        client = signed_in("publisher")
        page = client.get(proposal_page(broken))
        known = [one.finding for one in page.context["known"] if one.finding.field == "body_ind"]
        assert [one.was for one in known] == ["error"]
        assert "Kesalahan yang dilihat pembaca" in page.text
        decide(client, broken)
        assert live(broken).title_ind == "Judul usulan"

    @pytest.mark.parametrize("added", ["<p>Lagi.</p>", '<p><a href="/id/panduan/juga-tidak/">Lain</a></p>'])
    def test_error_in_a_changed_text_stops_it(self, signed_in, broken, person, added):
        propose(broken, person("editor", "b"), body_ind=DEAD + added)
        page = decide(signed_in("publisher"), broken, only="")
        assert any(one.finding.level == "error" for one in page.context["news"])
        assert live(broken).title_ind == "Judul tayang"

    def test_other_language_goes_live_beside_it(self, signed_in, broken, person):
        propose(broken, person("editor", "b"), body_ind=DEAD + "<p>Lagi.</p>")
        decide(signed_in("publisher"), broken, only="en")
        assert live(broken).title_en == "Proposed title"

    def test_error_of_a_page_that_was_taken_down_stops_its_return(self, signed_in, broken, person):
        workflow.perform(broken, "archive", person("publisher", "kedua"), note="Keliru.")
        client = signed_in("publisher")
        assert all(is_closed for _code, is_closed in closed(client.get(proposal_page(broken))))
        client.post(act_page(broken, "publish"), {"when": "now", "note": "Dibaca."})
        assert live(broken).state == State.ARCHIVED

    @pytest.mark.safety("J2")
    def test_safety_error_stops_each_change_in_its_language(self, signed_in, guide, person):
        factory.fits(guide, factory.helpline("sapa-129", "129"))
        Guide.objects.update(sensitive=True, body_en="<p>Try mediation.</p>")
        propose(live(guide), person("editor", "b"), sensitive=True, body_en="<p>Try mediation.</p>")
        client = signed_in("publisher")
        assert closed(client.get(proposal_page(guide))) == [("", True), ("id", False), ("en", True)]
        decide(client, guide, only="id")
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Live title")

    def test_approved_text_with_a_known_error_goes_live_at_its_time(self, signed_in, broken, monkeypatch):
        decide(signed_in("publisher"), broken, **moment(days=2))
        later = timezone.now() + timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        due.publish_due()
        assert live(broken).title_ind == "Judul usulan"


class TestWhatReadersAreTold:
    """One sentence about the change, on the page."""

    def test_sentence_is_on_the_page_in_the_published_language(self, signed_in, guide, visit):
        told = {"told_id": "Langkah baru: <b>verifikasi</b>.", "told_en": "Not yet."}
        decide(signed_in("publisher"), guide, only="id", **told)
        assert "Langkah baru: &lt;b&gt;verifikasi&lt;/b&gt;." in visit(live(guide)).text
        assert "Not yet." not in visit(live(guide), "en").text

    def test_sentence_of_a_scheduled_text_waits_with_it(self, signed_in, guide, visit, monkeypatch):
        decide(signed_in("publisher"), guide, told_id="Langkah baru.", **moment(days=2))
        assert "Langkah baru." not in visit(live(guide)).text
        later = timezone.now() + timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        due.publish_due()
        assert "Langkah baru." in visit(live(guide)).text

    def test_minor_edit_tells_nothing(self, signed_in, person):
        guide = a_guide()
        propose(guide, person("editor"), minor=True, title_ind="Ejaan")
        client = signed_in("publisher")
        assert client.get(proposal_page(guide)).context["form"].told_fields == []
        decide(client, guide, told_id="Sesuatu.")
        assert live(guide).title_ind == "Ejaan"
        assert live(guide).told_changes == []

    def test_sensitive_guide_tells_it_in_both_languages(self, signed_in, sensitive, visit):
        decide(signed_in("publisher"), sensitive, told_id="Nomor bantuan diperbarui.", told_en="A number was updated.")
        assert "Nomor bantuan diperbarui." in visit(live(sensitive)).text
        assert "A number was updated." in visit(live(sensitive), "en").text

    def test_sensitive_guide_tells_nothing_in_one_language_only(self, signed_in, sensitive):
        page = decide(signed_in("publisher"), sensitive, told_id="Nomor bantuan diperbarui.")
        assert "told_en" in page.context["form"].errors
        assert live(sensitive).title_ind == "Judul tayang"

    def test_sensitive_guide_tells_no_words_that_were_taken_out(self, signed_in, sensitive, person):
        propose(sensitive, person("editor", "b"), body_ind="<p>Nama orang itu Sari dari Depok.</p>")
        client = signed_in("publisher")
        send_all(client, sensitive)
        propose(sensitive, person("editor", "c"), body_ind="<p>Isi lain.</p>", title_en="Third title")
        told = {"told_id": "Kami hapus: orang itu Sari.", "told_en": "We removed a line."}
        page = send_all(client, sensitive, **told)
        assert "orang itu sari" in page.context["form"].errors["told_id"][0]
        assert live(sensitive).told_changes == []

    @pytest.mark.parametrize(
        "words", ["Hubungi 0812-3456-7890.", "Lihat https://x.example/", "Kami tambah mediasi.", "Simpan buktinya."]
    )
    def test_sentence_is_checked_like_the_text(self, signed_in, sensitive, words):
        page = decide(signed_in("publisher"), sensitive, told_id=words, told_en="New.")
        assert "told_id" in page.context["form"].errors
        assert live(sensitive).title_ind == "Judul tayang"

    @pytest.mark.parametrize(
        "words",
        [
            *("Telepon 1234.", "Nomornya 1191", "0812.3456.7890", "+62.812.3456.789", "(021) 1234", "WA08123456"),
            *("Lihat t.me/orang", "Lihat contoh.com/x", "Lihat contoh.com.", "Tanya @orang", "1234-2026", "11 92"),
        ],
    )
    def test_sentence_with_a_number_or_an_address_is_refused(self, sensitive, words):
        assert list(told_changes.refusals(sensitive, {"id": words, "en": "New."}, ["id", "en"])) == ["id"]

    @pytest.mark.parametrize(
        "words", ["Telepon 129.", "Sejak 3 Mei 2027.", "Untuk umur 13-15.", "Langkah 1, 2, dan 3."]
    )
    def test_sentence_with_a_helpline_a_year_or_an_age_is_taken(self, sensitive, words):
        assert not told_changes.refusals(sensitive, {"id": words, "en": "New."}, ["id", "en"])


class TestPageLoads:
    """How many pages a job needs after the first page of editors."""

    def test_review_and_publish_from_the_first_page_in_two(self, signed_in, guide):
        client = signed_in("publisher")
        assert f'href="{proposal_page(guide)}"' in client.get(reverse("admin:index")).text
        assert decide(client, guide).status_code == 302

    def test_one_language_is_put_back_and_live_at_once(self, signed_in, guide):
        first = Revision.objects.record(guide, None)
        client = signed_in("publisher")
        decide(client, guide)
        propose(guide, None, title_ind="Judul ketiga")
        address = reverse("admin:education_revision_change", args=[first.pk])
        assert 'name="publish"' in client.get(address).text
        client.post(
            reverse("admin:education_revision_restore", args=[first.pk]),
            {"language": "en", "publish": "1", "note": "Salah."},
        )
        assert (live(guide).title_ind, live(guide).title_en) == ("Judul usulan", "Live title")
        assert Revision.objects.waiting_proposal(guide).data["title_ind"] == "Judul ketiga"

    def test_only_a_publisher_publishes_what_is_put_back(self, signed_in, guide, person):
        first = Revision.objects.record(guide, None)
        workflow.perform(guide, "publish", person("publisher"))
        client = signed_in("editor")
        put_back(client, first)
        assert live(guide).title_en == "Proposed title"
        assert Revision.objects.waiting_proposal(guide).data["title_en"] == "Live title"
