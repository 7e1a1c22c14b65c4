"""Errors that readers see already: housekeeping finds them, and the first page of editors links their list."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from education.admin.translation_matrix import KINDS
from education.models import Guide, LiveCheck, Publishable, State
from education.publishing import checks, live_errors, workflow
from safetycenter import heartbeat
from safetycenter.models import Heartbeat

from . import factory
from .admin_pages import change_page, proposal_page
from .help_blocks import block

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "admin:education_live_errors"
UNREAD = "The checks could not read this text. Tell the server administrator."
DEAD = '<p>Baca <a href="/id/p/8999/">langkah pertama</a>.</p>'


@pytest.fixture(autouse=True)
def no_haste(monkeypatch):
    """A round ends after its number of texts, however slow the machine is."""
    monkeypatch.setattr(live_errors, "SECONDS", 600)


@pytest.fixture
def broken():
    """A guide with a link to nothing in Indonesian."""
    return factory.guide(body_ind=DEAD)


def listed(client, **headers) -> list[tuple[str, list[tuple[str, str]]]]:
    """The heading of each group on the page, with item and first error of each row."""
    groups = client.get(reverse(PAGE), headers=headers).context["groups"]
    return [(label, [(row.name, row.errors[0]["text"]) for row in rows]) for label, rows in groups]


def counted(client) -> list[int]:
    """The counts on the first page of editors that lead to the page."""
    panels = client.get(reverse("admin:index")).context["panels"]
    return [row["count"] for panel in panels for row in panel.get("rows", ()) if row.get("address") == reverse(PAGE)]


def hours_pass(hours: int) -> None:
    LiveCheck.objects.update(checked_at=timezone.now() - timedelta(hours=hours))


@pytest.mark.safety("H13")
def test_missing_prescribed_sentence_of_one_language_comes_first(broken, signed_in):
    text, client = block(steps_en="Without it."), signed_in("publisher")
    call_command("housekeeping")
    (first, (row,)), (_second, (other,)) = client.get(reverse(PAGE)).context["groups"]
    assert first == "Satu kalimat wajib tidak ada"
    assert (row.name, row.publish_page, other.publish_page) == (str(text), proposal_page(text), proposal_page(broken))
    assert {error["language"] for error in row.errors} == {"English"}
    assert "{evidence}" in row.errors[0]["text"]
    assert counted(client) == [1, 1]


def test_list_is_in_the_language_of_the_page_and_links_the_field(broken, signed_in):
    client = signed_in("author")
    live_errors.check_due()
    ((kind, ((name, error),)),) = listed(client, **{"accept-language": "en"})
    assert (kind, broken.title_en in name) == ("Guides", True)
    assert "is broken: there is no page at /id/p/8999/" in error
    ((_kind, ((name, error),)),) = listed(client, **{"accept-language": "id"})
    assert [broken.title_ind in name, "/id/p/8999/" in error, "is broken" in error] == [True, True, False]
    assert f'href="{change_page(broken)}#id_body_ind"' in client.get(reverse(PAGE)).text


def test_mended_text_leaves_the_list(broken, signed_in, publish):
    client = signed_in("publisher")
    live_errors.check_due()
    publish(broken, body_ind="<p>Tanpa tautan.</p>")
    live_errors.check_due()
    assert (listed(client), counted(client)) == ([], [])


def test_page_that_is_taken_down_leaves_an_error_behind(signed_in, person):
    target = factory.guide(number=8999)
    factory.guide(body_ind=DEAD)
    client = signed_in("publisher")
    live_errors.check_due()
    assert listed(client) == []
    workflow.perform(target, "archive", person("editor"), note="Salah.")
    hours_pass(4)
    live_errors.check_due()
    assert counted(client) == [1]


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_text_that_readers_do_not_see_is_not_listed(broken, state):
    live_errors.check_due()
    Guide.objects.update(state=state)
    live_errors.check_due()
    assert broken not in {row.item for row in LiveCheck.objects.all()}


def test_change_that_waits_is_not_judged(signed_in, person):
    guide = factory.guide()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"body_ind": DEAD})
    live_errors.check_due()
    assert listed(signed_in("publisher")) == []


def test_round_reads_few_texts_and_those_never_read_first(monkeypatch):
    monkeypatch.setattr(live_errors, "PER_ROUND", 2)
    made = {factory.topic() for _ in range(3)}
    assert [live_errors.check_due() for _ in range(3)] == [2, 1, 0]
    assert {row.item for row in LiveCheck.objects.all()} == made
    hours_pass(4)
    new = factory.topic()
    live_errors.check_due()
    assert new in {row.item for row in LiveCheck.objects.order_by("-checked_at")[:2]}


def test_round_ends_in_time(monkeypatch):
    monkeypatch.setattr(live_errors, "SECONDS", 0)
    factory.topic()
    assert live_errors.check_due() == 0


def test_error_of_every_kind_is_listed_in_few_queries(signed_in, django_assert_max_num_queries, monkeypatch):
    made = [factory.guide(), factory.news(), factory.page(), factory.quiz(), factory.lesson(), factory.platform()]
    made += [factory.helpline("iasc"), factory.topic(), factory.audience("all"), block()]
    one = checks.Finding(checks.ERROR, "Salah.", "title_ind")
    monkeypatch.setattr(checks, "CHECKS", [lambda _candidate: [one]])
    live_errors.check_due()
    client = signed_in("publisher")
    client.get(reverse(PAGE))
    with django_assert_max_num_queries(12):
        found = listed(client)
    assert {name for _kind, rows in found for name, _error in rows} >= {str(item) for item in made}
    assert len(found) > 9


def test_every_kind_under_the_workflow_has_a_place_in_the_list():
    models = apps.get_app_config("education").get_models()
    assert {model for model in models if issubclass(model, Publishable)} == {*KINDS}


@pytest.mark.logs_errors
def test_text_that_no_check_can_read_is_listed_and_stops_no_other(broken, monkeypatch, signed_in):
    odd = factory.guide(title_ind="Aneh")

    def fail(candidate):
        if candidate.row == odd:
            raise LookupError
        return []

    monkeypatch.setattr(checks, "CHECKS", [*checks.CHECKS, fail])
    live_errors.check_due()
    ((_kind, rows),) = listed(signed_in("publisher"))
    assert {name for name, _error in rows} == {str(odd), str(broken)}


FAILURES = {"odd": LookupError, "database": ProgrammingError}


@pytest.mark.logs_errors
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_check_that_fails_in_one_language_stops_no_other_text(broken, monkeypatch, signed_in, failure):
    odd = factory.guide(title_ind="Aneh", body_ind=DEAD + DEAD)

    def fail(candidate):
        if candidate.row == odd and get_language() == "en":
            raise failure
        return [checks.Finding(checks.ERROR, "Salah.")]

    monkeypatch.setattr(checks, "CHECKS", [fail])
    live_errors.check_due()
    rows = dict(listed(signed_in("publisher"), **{"accept-language": "en"}))["Guides"]
    assert [error for _name, error in sorted(rows, key=lambda row: "Aneh" in row[0])] == ["Salah.", UNREAD]


@pytest.mark.logs_errors
def test_failed_query_of_a_check_stops_no_other_text(broken, monkeypatch, signed_in):
    def fail(candidate):
        connection.cursor().execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(checks, "CHECKS", [fail])
    live_errors.check_due()
    groups = listed(signed_in("publisher"), **{"accept-language": "en"})
    assert [[error for _name, error in rows] for _kind, rows in groups] == [[UNREAD], [UNREAD]]  # its topic too


@pytest.mark.logs_errors
def test_list_that_cannot_be_written_keeps_no_node_from_being_ready(broken, monkeypatch):
    def refuse(*args, **options):
        connection.cursor().execute("INSERT INTO education_nowhere VALUES (1)")

    monkeypatch.setattr(LiveCheck.objects, "bulk_create", refuse)
    links_asked = []
    monkeypatch.setattr("education.links.checking.check_due", lambda: links_asked.append(1) or 0)
    call_command("housekeeping")
    done = Heartbeat.objects.get(task="old statistics deleted").succeeded_at
    assert (done is None, heartbeat.status().late, links_asked) == (False, [], [1])


@pytest.mark.django_db(transaction=True)
def test_round_with_nothing_to_write_opens_no_transaction(broken):
    live_errors.check_due()
    with CaptureQueriesContext(connection) as asked:
        assert live_errors.check_due() == 0
    assert {one["sql"].split()[0] for one in asked} == {"SELECT"}


def test_page_says_when_nothing_or_long_ago_was_checked(signed_in, broken):
    client = signed_in("publisher")
    never = client.get(reverse(PAGE)).text
    assert ["belum diperiksa: 2" in never, "tidak menemukan kesalahan" in never] == [True, False]
    live_errors.check_due()
    now = client.get(reverse(PAGE)).text
    assert ["belum diperiksa" in now, "terlambat" in now] == [False, False]
    hours_pass(7)
    assert "Pemeriksaan terlambat" in client.get(reverse(PAGE)).text


def test_page_is_closed_to_people_outside_the_newsroom(client, person):
    client.force_login(person("moderator"))
    assert client.get(reverse(PAGE)).status_code == 403
