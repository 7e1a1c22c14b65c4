"""What time does: one error never ends the loop that pages people."""

import pytest
from django.core.management import call_command

from reports.management.commands import housekeeping

pytestmark = pytest.mark.django_db


@pytest.mark.logs_errors
@pytest.mark.parametrize("name", housekeeping.TASKS)
def test_a_task_that_fails_stops_no_other(monkeypatch, name):
    done = []
    for task in housekeeping.TASKS:
        monkeypatch.setitem(housekeeping.TASKS, task, lambda task=task: done.append(task))
    monkeypatch.setitem(housekeeping.TASKS, name, lambda: 1 / 0)
    call_command("housekeeping")
    assert done == [task for task in housekeeping.TASKS if task != name]


def test_freed_pages_are_forgotten_last():
    assert list(housekeeping.TASKS)[-1] == "freed pages"


def test_it_may_be_repeated(filed):
    call_command("housekeeping")
    call_command("housekeeping")
