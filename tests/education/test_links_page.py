"""The editors' page of links to other sites, and replacing an address everywhere by draft changes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import ExternalLink, Guide, Revision, Status
from education.publishing import workflow
from education.publishing.decision import Decision

from . import factory

pytestmark = pytest.mark.django_db
OLD, NEW = "https://old.example/a?x=1&y=2", "https://new.example/b?x=1&y=2"
LINK = '<h2>Satu</h2><p>Buka <a href="https://old.example/a?x=1&amp;y=2">situsnya</a>.</p>'
LIST, REPLACE = "admin:education_externallink_changelist", "admin:education_externallink_replace"


def using_it(**fields) -> Guide:
    """A published guide that uses the address in both languages, in the checklist and as a source."""
    guide = factory.guide(body_ind=LINK, body_en=LINK, checklist_ind=f'Buka <a href="{OLD}">ini</a>.', **fields)
    guide.sources.create(url=OLD, publisher="Badan", title_ind="Isi", checked_on="2026-01-02")
    return guide


def send(browser, *items, new: str = NEW):
    names = [f"{item._meta.model_name}:{item.pk}" for item in items]
    return browser.post(reverse(REPLACE), {"old": OLD, "new": new, "item": names}, follow=True)


def test_list_names_each_address_and_where_it_is_used(signed_in):
    guide = using_it()
    ExternalLink.objects.create(url=OLD, result="gone", since=timezone.now(), checked_at=timezone.now())
    page = signed_in("translator").get(reverse(LIST)).text
    assert page.count("<h2><a href=") == 1
    assert f'href="/admin/education/guide/{guide.pk}/change/"' in page
    assert "Tidak ditemukan sejak" in page
    assert "CHECK_LINKS" in page
    assert "Ganti di semua tempat" not in page  # a translator changes one language only


def test_list_shows_only_what_needs_work(signed_in):
    factory.guide(body_ind='<p><a href="https://fine.example/">a</a> <a href="https://gone.example/">b</a></p>')
    for name, result in (("fine", "works"), ("gone", "gone")):
        ExternalLink.objects.create(
            url=f"https://{name}.example/", result=result, since=timezone.now(), checked_at=timezone.now()
        )
    client = signed_in("editor")
    assert "fine.example" in client.get(reverse(LIST)).text
    page = client.get(reverse(LIST) + "?show=work").text
    assert "fine.example" not in page
    assert "gone.example" in page
    assert reverse(LIST) + "?show=broken" in client.get(reverse("admin:index")).text


def test_site_that_vanished_is_on_my_work_and_opens_its_list(signed_in):
    now = timezone.now()
    names = {"vanished": (3, 0), "busy": (2, 0), "asked-once": (9, 9)}  # days since the first and the last check
    for name, (first, last) in names.items():
        factory.guide(body_ind=f'<p><a href="https://{name}.example/">a</a></p>')
        days = {"since": now - timedelta(days=first), "checked_at": now - timedelta(days=last)}
        ExternalLink.objects.create(url=f"https://{name}.example/", result="unreachable", **days)
    client = signed_in("editor")
    rows = [row for panel in client.get(reverse("admin:index")).context["panels"] for row in panel.get("rows", ())]
    (row,) = [row for row in rows if row["address"].endswith("?show=broken")]
    listed = [one["url"] for one in client.get(row["address"]).context["page"]]
    assert (row["count"], listed) == (1, ["https://vanished.example/"])


def test_replacing_makes_draft_changes_and_nothing_live(signed_in):
    guide, other = using_it(), using_it(sensitive=True)
    page = send(signed_in("editor"), guide, other)
    assert str(guide) in page.text
    for item in (guide, other):
        assert "old.example" in Guide.objects.get(pk=item.pk).body_ind
        proposal = Revision.objects.waiting_proposal(item)
        assert "new.example/b?x=1&amp;y=2" in proposal.data["body_ind"]
        assert "new.example" in proposal.data["checklist_ind"]
        assert [(row["url"], row["checked_on"]) for row in proposal.data["sources"]] == [(NEW, None)]
        assert "old.example" not in str(proposal.data)


def test_own_replacement_in_a_sensitive_text_needs_a_second_person(client, person):
    guide, publisher = using_it(sensitive=True), person("publisher")
    client.force_login(publisher)
    send(client, guide)
    assert workflow.ACTIONS["publish"].refusal(guide, publisher)
    assert not workflow.ACTIONS["publish"].refusal(guide, person("publisher", "second"))


def test_only_chosen_texts_get_a_draft_change(signed_in):
    guide, other = using_it(), using_it()
    client = signed_in("author")
    preview = client.get(reverse(REPLACE), {"old": OLD, "new": NEW})
    assert [len(one.places) for one in preview.context["planned"]] == [4, 4]
    send(client, guide)
    assert not Revision.objects.open_proposal(other)


def test_draft_change_of_somebody_else_is_kept(signed_in, person):
    guide = using_it()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"title_ind": "Judul baru"})
    send(signed_in("editor"), guide)
    proposal = Revision.objects.waiting_proposal(guide)
    assert proposal.data["title_ind"] == "Judul baru"
    assert "new.example" in proposal.data["body_ind"]


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.RETURNED])
def test_draft_change_that_was_decided_on_is_left_alone(client, person, status):
    guide, publisher = using_it(), person("publisher")
    text = workflow.pending_or_live(guide) | {"title_ind": "Judul baru"}
    proposal = workflow.save_proposal(guide, person("author"), text)
    if status == Status.SCHEDULED:
        at = Decision(at=timezone.now() + timedelta(days=2))
        workflow.perform(guide, "schedule", publisher, "Dibaca.", chosen=at)
    else:
        workflow.perform(guide, "return", publisher, "Kurang jelas.")
    client.force_login(publisher)
    assert "checkbox" not in client.get(reverse(REPLACE), {"old": OLD, "new": NEW}).text.split('id="places"')[1]
    send(client, guide)
    assert Revision.objects.open_proposal(guide) == proposal
    assert Revision.objects.open_proposal(guide).status == status


@pytest.mark.parametrize("typed", ["", "new.example", "http://new.example/", "javascript:alert(1)", OLD, "https://x y"])
def test_address_that_cannot_be_used_is_refused(signed_in, typed):
    guide = using_it()
    page = send(signed_in("editor"), guide, new=typed)
    assert page.context["error"]
    assert not Revision.objects.filter(status=Status.WAITING).exists()


def test_address_longer_than_a_channel_is_refused_there(signed_in):
    line = factory.helpline("x", "110")
    line.channels.create(kind="web", value=OLD.removeprefix("https://"))
    factory.guide(body_ind=LINK)
    long = "https://new.example/" + "a" * 150
    planned = signed_in("publisher").get(reverse(REPLACE), {"old": OLD, "new": long}).context["planned"]
    assert [bool(one.refusal) for one in planned] == [False, True]


@pytest.mark.parametrize("role", ["translator", "moderator"])
def test_who_may_not_write_the_original_replaces_nothing(signed_in, role):
    using_it()
    assert signed_in(role).get(reverse(REPLACE), {"old": OLD}).status_code in {302, 403}


def test_author_is_told_what_the_role_does_not_allow(signed_in):
    page = factory.page(body_ind=LINK)
    client = signed_in("author")
    preview = client.get(reverse(REPLACE), {"old": OLD, "new": NEW})
    assert preview.context["planned"][0].refusal
    assert "checkbox" not in preview.text.split('id="places"')[1]
    send(client, page)
    assert not Revision.objects.open_proposal(page)


def test_draft_change_that_alone_has_the_address_is_replaced_too(signed_in, person):
    using_it()
    guide, writer = factory.guide(), person("author")
    workflow.save_proposal(guide, writer, workflow.pending_or_live(guide) | {"body_ind": LINK, "title_ind": "Baru"})
    client = signed_in("editor")
    planned = client.get(reverse(REPLACE), {"old": OLD, "new": NEW}).context["planned"]
    assert [(one.item.pk, len(one.places), one.refusal) for one in planned[1:]] == [(guide.pk, 1, None)]
    send(client, guide)
    data = Revision.objects.waiting_proposal(guide).data
    assert (OLD.split("?")[0] in data["body_ind"], "new.example" in data["body_ind"]) == (False, True)
    assert data["title_ind"] == "Baru"


def test_drafts_that_keep_the_address_are_named(signed_in, person):
    using_it()
    draft, gone, other = (factory.guide(state=state, body_ind=LINK) for state in ("draft", "archived", "draft"))
    writer = person("author")
    for item in (draft, gone, other):
        workflow.save_proposal(item, writer, workflow.pending_or_live(item))
    Guide.objects.filter(pk=other.pk).update(body_ind="<p>Isi.</p>")
    client = signed_in("editor")
    page = client.get(reverse(REPLACE), {"old": OLD, "new": NEW})
    named = [one for one in page.context["planned"] if one.refusal]
    assert [(one.item, [place.words for place in one.places]) for one in named] == [(draft, ["situsnya"])]
    assert f'href="{named[0].address}"' in page.text
    send(client, draft)
    assert "old.example" in Guide.objects.get(pk=draft.pk).body_ind
