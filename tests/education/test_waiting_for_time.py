"""A page that is approved for a later time: what staff read about it is what its public address answers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education import urls_for
from education.admin import done
from education.admin.version_before import version_before
from education.models import Guide, Revision, State
from education.publishing import workflow
from education.publishing.decision import Decision
from safetycenter.transitions import NotAllowed
from tests.education.admin_pages import a_guide, act_page, change_page, proposal_page, send

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NAME = "Judul menunggu"
SURFACES = {
    "form": (change_page, r'field-state_shown.*?class="readonly">(.*?)<'),
    "list": (lambda _: reverse("admin:education_guide_changelist"), r'field-state_shown">(.*?)<'),
    "find": (lambda _: reverse("admin:education_find") + "?q=menunggu", r'class="help">\d+ · (.*?)<'),
    "matrix": (lambda _: reverse("admin:education_languages") + "?kind=guide", r'class="chip (?:brand|ok)">(.*?)<'),
    "publish page": (proposal_page, r'class="chip brand">(.*?)<'),
}


@pytest.fixture
def author(person):
    return person("publisher", "penulis")


@pytest.fixture
def waiting(client, person, author):
    """``waiting()``: a guide that ``author`` wrote and another publisher approved for tomorrow."""

    def make(**fields) -> Guide:
        guide = a_guide(state=State.DRAFT, **fields)
        client.force_login(author)
        send(client, guide, title_ind=NAME)
        chosen = Decision(at=timezone.now() + timedelta(days=1))
        return workflow.perform(guide, "publish", person("publisher", "penyetuju"), note="x", chosen=chosen)

    return make


def said(client, guide, surface: str) -> str:
    page_of, pattern = SURFACES[surface]
    return re.search(pattern, client.get(page_of(guide)).text, re.DOTALL)[1].strip()


def answer(client, guide) -> int:
    return client.get(urls_for.url_of(Guide.objects.get(pk=guide.pk), "id")).status_code


@pytest.mark.parametrize("surface", SURFACES)
def test_staff_read_what_the_public_address_answers(client, author, waiting, surface, monkeypatch):
    guide = waiting()
    assert answer(client, guide) == 404
    assert said(client, guide, surface).startswith("Disetujui, tayang ")
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.force_login(author)
    assert answer(client, guide) == 200
    assert said(client, guide, surface) == "Tayang"


def test_page_whose_time_is_over_is_not_called_published(signed_in):
    guide = a_guide(title_ind=NAME, archive_at=timezone.now() - timedelta(hours=1))
    client = signed_in("publisher")
    assert answer(client, guide) == 404
    assert all(said(client, guide, one).startswith("Tidak tayang lagi sejak ") for one in ("form", "list", "find"))
    assert NAME not in client.get(reverse("admin:education_languages")).text


@pytest.mark.parametrize("page_of", [change_page, proposal_page])
def test_page_that_waits_says_nothing_of_readers_seeing_it(client, waiting, page_of):
    text = client.get(page_of(waiting())).text
    assert "Sampai saat itu pembaca tidak menemukan halaman ini." in text
    assert not [words for words in ("sedang tayang", "versi terbaru", "Batalkan terbit") if words in text]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_message_after_approving_for_a_time_says_the_time(signed_in, state):
    client, guide = signed_in("publisher"), a_guide(state=state)
    send(client, guide, title_ind="Judul lain")
    at = timezone.localtime() + timedelta(days=1)
    typed = {"when": "later", "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "note": "x"}
    done = client.post(act_page(guide, "publish"), typed, follow=True)
    assert str([*done.context["messages"]][-1]).startswith("Disetujui, tayang ")


@pytest.mark.parametrize(
    ("role", "steps"),
    [("translator", []), ("author", ["cancel_time"]), ("publisher", ["publish_now", "cancel_time"])],
)
def test_only_those_who_may_get_the_steps_of_a_time(signed_in, waiting, role, steps):
    guide = waiting()
    text = signed_in(role).get(change_page(guide)).text
    assert re.findall(r"/act/(publish_now|cancel_time)/", text) == steps


def test_publish_now_shows_it_at_once(client, waiting):
    guide = waiting()
    client.post(act_page(guide, "publish_now"))
    assert answer(client, guide) == 200
    assert said(client, guide, "form") == "Tayang"
    assert version_before(Guide.objects.get(pk=guide.pk)) is None  # it said the same, for another time


def test_publish_now_is_stopped_by_an_error(client, waiting):
    guide = waiting()
    guide.topic.state = State.ARCHIVED
    guide.topic.save()
    client.post(act_page(guide, "publish_now"))
    assert answer(client, guide) == 404


def test_cancelled_time_is_as_before_the_approval(client, waiting):
    guide = waiting()
    client.post(act_page(guide, "cancel_time"))
    guide.refresh_from_db()
    assert (guide.state, guide.publish_at, answer(client, guide)) == (State.IN_REVIEW, None, 404)
    assert workflow.published_text(guide) is None
    assert client.get(proposal_page(guide)).context["is_first"]


def test_author_reads_who_cancelled_the_time_and_why(client, person, author, waiting):
    guide = waiting()
    client.force_login(person("publisher", "lain"))
    client.post(act_page(guide, "cancel_time"))
    assert Guide.objects.get(pk=guide.pk).waits_for_time()
    client.post(act_page(guide, "cancel_time"), {"note": "Nomornya salah."})
    client.force_login(author)
    assert "lain membatalkan waktu tayang teks ini: Nomornya salah." in client.get(change_page(guide)).text


def test_cancelled_approval_forgets_no_author(author, waiting):
    guide = workflow.perform(waiting(), "cancel_time", author)
    guide.sensitive = True
    guide.save()
    with pytest.raises(NotAllowed, match="penerbit lain"):
        workflow.perform(guide, "publish", author, note="x")


def test_change_of_a_page_whose_time_is_cancelled_is_its_draft(client, waiting):
    guide = waiting()
    send(client, guide, title_ind="Judul terbaru")
    client.post(act_page(guide, "cancel_time"))
    guide.refresh_from_db()
    assert (guide.state, guide.title_ind) == (State.IN_REVIEW, "Judul terbaru")
    assert Revision.objects.open_proposal(guide) is None


def test_cancelled_time_of_a_page_once_seen_is_unpublished_again(person):
    guide, by = a_guide(), person("publisher")
    Revision.objects.record(guide, None)
    workflow.perform(guide, "archive", by, note="x")
    workflow.perform(guide, "publish", by, note="x", chosen=Decision(at=timezone.now() + timedelta(days=1)))
    assert workflow.perform(guide, "cancel_time", by, note="x").state == State.ARCHIVED


def test_page_that_waits_is_cancelled_not_unpublished(person, waiting):
    with pytest.raises(NotAllowed, match="waktunya"):
        workflow.perform(waiting(), "archive", person("publisher", "lain"), note="x")


@pytest.mark.parametrize(("state", "listed"), [(State.PUBLISHED, False), ("later", True), (State.ARCHIVED, False)])
def test_list_of_live_pages_leaves_out_what_waits(client, waiting, state, listed):
    guide = waiting()
    shown = client.get(reverse("admin:education_guide_changelist"), {"state__exact": state}).context["cl"].queryset
    assert (guide in shown) is listed


def test_cancelled_time_is_told_in_a_sentence(client, author, waiting):
    guide = waiting()
    told = client.post(act_page(guide, "cancel_time"), follow=True).text
    assert "Waktunya dibatalkan, dan pembaca tidak melihat teks ini." in told


def test_every_action_has_its_sentence():
    assert {*done.SENTENCES} == {*workflow.ACTIONS}
