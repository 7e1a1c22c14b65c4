"""The stored key of the queue: which code writes it, and how it follows a change of the formula."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from reports import deadlines, priority
from reports.cases.queue_keys import key_of
from reports.models import Case
from tests.reports.triage.desk_pages import in_order

pytestmark = pytest.mark.both_databases

HOUR = timedelta(hours=1)
# Which modules of ``reports`` store a key, and how they get it.
WRITERS = {
    "intake/submit.py": "deadlines.queue_key, for a new report",
    "cases/case_effects/clock.py": "key_of, after each action",
    "cases/bursts.py": "turns among burst cases; subtracts OVERDUE_OFFSET from many keys at once",
    "scheduled_tasks.py": "subtracts OVERDUE_OFFSET from many keys at once",
    "cases/queue_keys.py": "key_of, after a change of the formula",
    "management/seeding/history.py": "key_of, for the demo",
}


def test_only_listed_modules_store_queue_keys():
    """A further place must know of turns, overdue cases and ``renew_queue_keys``. Then add it to WRITERS."""
    root = settings.BASE_DIR / "reports"
    stores = re.compile(r"""\bqueue_key_at\b["']?\s*(=(?!=)|:(?! datetime))""")
    files = {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.py")}
    apart = ("migrations/", "models/")
    found = {name for name, text in files.items() if stores.search(text) and not name.startswith(apart)}
    assert found == WRITERS.keys()


@pytest.mark.django_db
def test_renewal_changes_no_key_of_the_same_formula(file, capsys):
    case = file(age="16_17", still_going="yes").case
    call_command("renew_queue_keys")
    assert capsys.readouterr().out == "cases with a new place: 0\n"
    assert Case.objects.get().queue_key_at == case.queue_key_at == key_of(case)


@pytest.mark.django_db
def test_renewal_sorts_the_queue_by_the_new_limits(file, client, child_safety, monkeypatch):
    weak, strong = file(age="adult").case, file(age="16_17", still_going="yes").case
    client.force_login(child_safety)
    assert weak.tier == strong.tier
    Case.objects.filter(pk=strong.pk).update(next_action_at=weak.next_action_at + HOUR)
    monkeypatch.setitem(deadlines.FIRST_REVIEW, weak.tier, timedelta())  # points count for nothing
    call_command("renew_queue_keys")
    assert in_order(client) == [weak, strong]


@pytest.mark.django_db
def test_renewal_counts_the_points_of_stored_reasons_again(file, monkeypatch):
    case = file(age="16_17").case
    monkeypatch.setitem(priority.REASONS, "minor", (77, "under 18"))
    call_command("renew_queue_keys")
    renewed = Case.objects.get()
    assert renewed.score == case.score - 25 + 77
    assert renewed.queue_key_at == key_of(renewed) < case.queue_key_at
