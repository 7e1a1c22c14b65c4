"""The pages of proposals and versions, and the preview by a signed link."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from education.admin import differences, preview
from education.models import Guide, Revision, State, Status
from education.models.serialization import snapshot
from education.publishing import workflow
from tests.education.admin_pages import ROLES, act_page, proposal_page

from . import factory

pytestmark = pytest.mark.django_db
LIST = "admin:education_revision_changelist"


@pytest.fixture
def proposed(person):
    """A live guide with a proposal in both languages."""
    guide = factory.guide(title_ind="Judul tayang", title_en="Live title")
    changes = {"title_ind": "Judul usulan", "title_en": "Proposed title"}
    workflow.save_proposal(
        guide, person("editor", "penulis"), workflow.pending_or_live(guide) | changes, note="Lebih jelas"
    )
    return guide


@pytest.mark.sampled(5)
@pytest.mark.parametrize("role", ROLES)
def test_page_shows_every_role_what_changes_and_who_wrote_it(signed_in, proposed, role):
    text = signed_in(role).get(proposal_page(proposed)).text
    assert re.search(r"Judul <del>.*tayang.*</del><ins>.*usulan.*</ins>", text)
    assert "penulis" in text
    assert "Lebih jelas" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("publisher", {"publish", "return", "withdraw", "not_ready"}),
        ("reviewer", {"approve", "return", "not_ready"}),
        ("author", {"return", "not_ready"}),
    ],
)
def test_proposal_actions_depend_on_the_role(signed_in, proposed, role, offered):
    text = signed_in(role).get(proposal_page(proposed)).text
    assert {name for name in workflow.ACTIONS if f'action="{act_page(proposed, name)}"' in text} == offered


def test_publishing_from_the_proposal_page_works(signed_in, proposed, visit):
    signed_in("publisher").post(act_page(proposed, "publish"))
    assert "Judul usulan" in visit(Guide.objects.get(pk=proposed.pk)).text


@pytest.mark.slow
def test_refusal_shows_the_page_with_what_was_typed(signed_in, proposed, person):
    text = workflow.pending_or_live(proposed) | {"title_en": ""}
    workflow.save_proposal(proposed, person("editor"), text)
    client = signed_in("publisher")
    page = client.post(act_page(proposed, "publish"), {"note": "Alasan saya", "when": "now"})
    assert page.status_code == 200
    assert 'value="language-en" aria-invalid="true"' in page.text
    assert 'value="Alasan saya"' in page.text
    assert Guide.objects.get(pk=proposed.pk).title_en == "Live title"


def test_finding_leads_to_its_field(signed_in, proposed, person):
    workflow.save_proposal(proposed, person("editor", "a"), workflow.pending_or_live(proposed) | {"body_en": ""})
    text = signed_in("editor").get(proposal_page(proposed)).text
    assert f'href="{reverse("admin:education_guide_change", args=[proposed.pk])}#id_body_en"' in text


def test_error_in_both_languages_leaves_no_button(signed_in, proposed, person):
    empty = {"body_en": "", "body_ind": ""}
    workflow.save_proposal(proposed, person("editor", "a"), workflow.pending_or_live(proposed) | empty)
    assert act_page(proposed, "publish") not in signed_in("publisher").get(proposal_page(proposed)).text


def test_change_request_is_shown_to_the_next_author(signed_in, proposed, person):
    workflow.perform(proposed, "return", person("reviewer"), note="Lebih pendek.")
    client = signed_in("editor")
    for address in (proposal_page(proposed), reverse("admin:education_guide_change", args=[proposed.pk])):
        assert "Lebih pendek." in client.get(address).text


def test_list_has_what_waits_first_and_leads_to_it(signed_in, proposed):
    Revision.objects.record(factory.guide(), by=None)
    client = signed_in("author")
    rows = list(client.get(reverse(LIST)).context["cl"].queryset)
    assert rows[0].status == Status.WAITING
    link = reverse("admin:education_revision_change", args=[rows[0].pk])
    assert client.get(link)["Location"] == proposal_page(proposed)


def test_revision_list_names_kinds_of_items(signed_in, proposed):
    text = signed_in("editor").get(reverse(LIST)).text
    assert "?kind=guide" in text
    assert "content_type" not in text


def test_list_can_show_one_item(signed_in, proposed):
    Revision.objects.record(factory.guide(), by=None)
    rows = signed_in("editor").get(f"{reverse(LIST)}?of=guide:{proposed.pk}").context["cl"].queryset
    assert [row.object_id for row in rows] == [proposed.pk]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "titles"), [("id", ("Lama", "New")), ("", ("Lama", "Old"))])
def test_version_can_come_back_in_one_language_or_both(signed_in, language, titles):
    guide = factory.guide(title_ind="Lama", title_en="Old", state=State.DRAFT)
    first = Revision.objects.record(guide, by=None)
    Guide.objects.update(title_ind="Baru", title_en="New")
    address = reverse("admin:education_revision_restore", args=[first.pk])
    client = signed_in("editor")
    assert address in client.get(reverse("admin:education_revision_change", args=[first.pk])).text
    client.post(address, {"language": language} if language else {})
    guide.refresh_from_db()
    assert (guide.title_ind, guide.title_en) == titles


def test_version_is_compared_with_any_other_one(signed_in, person):
    guide = factory.guide(title_ind="Tayang", state=State.DRAFT)
    author = person("author")
    first, second = (
        workflow.save_proposal(guide, author, workflow.pending_or_live(guide) | {"title_ind": title})
        for title in ("Pertama", "Kedua")
    )
    address = reverse("admin:education_revision_change", args=[second.pk])
    client = signed_in("editor")
    page = client.get(address, {"with": first.number}).text
    assert re.search(r"<del>.*Pertama.*</del><ins>.*Kedua.*</ins>", page)
    for unknown in ({}, {"with": "99"}, {"with": "x"}):
        assert re.search(r"<del>.*Tayang.*</del><ins>.*Kedua.*</ins>", client.get(address, unknown).text)


class TestPreview:
    """Preview of a draft change: anyone with the link can open it for a day."""

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize(("language", "title"), [("id", "Judul usulan"), ("en", "Proposed title")])
    def test_preview_needs_no_account(self, client, proposed, language, title):
        text = client.get(preview.preview_url(proposed, language)).text
        assert f'<h1 lang="{language}">{title}</h1>' in text
        assert f'<html lang="{language}">' in text

    def test_preview_changes_nothing(self, client, proposed):
        client.get(preview.preview_url(proposed, "id"))
        assert Guide.objects.get(pk=proposed.pk).title_ind == "Judul tayang"

    def test_preview_is_no_store_and_noindex(self, reader, proposed):
        answer = reader.get(preview.preview_url(proposed, "id"), Host="testserver")
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert reader.pages.store.size == 0

    def test_preview_is_framed_by_this_site_only(self, client, proposed):
        answer = client.get(preview.preview_url(proposed, "id"))
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"

    def test_preview_link_expires(self, client, proposed, monkeypatch):
        address = preview.preview_url(proposed, "id")
        monkeypatch.setattr(preview, "MAX_AGE", -1)
        assert client.get(address).status_code == 410

    def test_forged_preview_link_is_refused(self, client, proposed):
        token = f"guide.{proposed.pk}:1vNaaa:x"
        assert client.get(reverse("admin:education_revision_preview", args=["id", token])).status_code == 404

    def test_preview_of_an_item_just_deleted_is_not_found(self, client, proposed, monkeypatch):
        address, real = preview.preview_url(proposed, "id"), preview.rolled_back
        monkeypatch.setattr(preview, "rolled_back", lambda: Guide.objects.filter(pk=proposed.pk).delete() and real())
        assert client.get(address).status_code == 404

    @pytest.mark.slow
    @pytest.mark.parametrize("make", [factory.guide, factory.page, factory.news, factory.term])
    def test_draft_of_every_kind_can_be_seen(self, client, make):
        item = make(state=State.DRAFT)
        assert client.get(preview.preview_url(item, "en")).status_code == 200

    @pytest.mark.slow
    def test_text_whose_address_is_taken_can_be_seen(self, client, proposed, person):
        text = workflow.pending_or_live(proposed) | {"slug_ind": factory.guide().slug_ind}
        workflow.save_proposal(proposed, person("publisher"), text)
        assert "Judul usulan" in client.get(preview.preview_url(proposed, "id")).text


class TestDifferences:
    """What one text says otherwise than another."""

    def test_diff_compares_words(self):
        assert differences.diff_pieces("block the account", "report the account") == [
            ("gone", "block"),
            ("new", "report"),
            ("same", " the account"),
        ]

    def test_diff_shortens_unchanged_text(self):
        words = " ".join(f"w{n}" for n in range(200))
        (_kind, kept), *_rest = differences.diff_pieces(f"{words} old", f"{words} new")
        assert "w199" in kept
        assert "w10 " not in kept

    def test_diff_includes_link_targets(self):
        guide = factory.guide()
        now = workflow.pending_or_live(guide)
        old, new = (f'<p><a href="https://{name}.example/">Help</a></p>' for name in ("good", "bad"))
        (found,) = differences.differences_between(guide, now | {"body_en": old}, now | {"body_en": new})
        assert ("new", "https://bad.example/") in found.pieces

    def test_switch_of_a_sensitive_guide_is_said_in_words(self):
        guide = factory.guide()
        now = workflow.pending_or_live(guide)
        (found,) = differences.differences_between(guide, now, now | {"sensitive": True})
        assert [words for _kind, words in found.pieces] == [gettext("No"), gettext("Yes")]


def test_difference_shows_times_as_the_site_counts_them(db):
    guide = factory.guide()
    now = snapshot(guide)
    with translation.override("en"):
        (found,) = differences.differences_between(guide, now, now | {"archive_at": "2026-11-30T02:00:00Z"})
    assert found.pieces == [(differences.ADDED, "30 November 2026, 09:00")]
