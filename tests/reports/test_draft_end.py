"""A report that is filed while housekeeping ends old drafts keeps its files and its code."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import connection
from django.utils import timezone

from reports import scheduled_tasks
from reports.crypto.sealed_session import open_by_cookie
from reports.evidence import store
from reports.intake import submit as submitting
from reports.intake.draft import Draft
from reports.models import Case, SealedSession
from tests.database import at_once, on_postgresql
from tests.reports.intake.reporter import Reporter, add_files

pytestmark = pytest.mark.both_databases


@pytest.fixture
def late_draft(categories, in_demo, monkeypatch) -> Draft:
    """A draft with a file, opened in time by the request that sends it; its time has just ended."""
    draft = add_files(Reporter()).draft
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return draft


@contextmanager
def after_the_first_query(act):
    """Run ``act`` once between the first query about drafts that can be deleted and the next one."""

    def run(execute, sql, *args):
        result = execute(sql, *args)
        if calls and "reports_sealedsession" in sql and "expires_at" in sql and "reports_evidence" not in sql:
            calls.pop()()
        return result

    calls = [act]
    with connection.execute_wrapper(run):
        yield
    assert not calls


def is_whole(draft: Draft) -> bool:
    """Return whether the report was filed with its file, and its code can still be shown."""
    item = Case.objects.get().evidence.get()
    kept = open_by_cookie(draft.session.cookie)
    return any(store.pieces(item.pk)) and kept.data["reference"] == Case.objects.get().reference


@pytest.mark.django_db
def test_report_filed_during_the_sweep_survives(late_draft):
    with after_the_first_query(lambda: submitting.submit(late_draft)):
        scheduled_tasks.delete_expired_drafts()
    assert is_whole(late_draft)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_sweep_leaves_a_draft_that_is_being_sent(late_draft, monkeypatch):
    stored, swept, store_case = Signal(), Signal(), submitting._store

    def store_slowly(*args):
        store_case(*args)
        stored.set()
        swept.wait(timeout=3)

    def sweep(_draft):
        stored.wait(timeout=10)
        scheduled_tasks.delete_expired_drafts()
        swept.set()

    monkeypatch.setattr(submitting, "_store", store_slowly)
    at_once(lambda work: work(late_draft), submitting.submit, sweep)
    assert is_whole(late_draft)


@pytest.mark.django_db
def test_ended_draft_goes_with_its_file(late_draft):
    (item,) = late_draft.files
    scheduled_tasks.delete_expired_drafts()
    assert not SealedSession.objects.exists()
    assert not any(store.all_ids() & {item.pk})
