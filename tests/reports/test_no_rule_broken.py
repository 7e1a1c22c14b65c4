"""A case that was closed as "no rule broken" leaves nothing by which the person reported is found again (H23)."""

import pytest
from django.core.management import call_command

from reports.cases import linked
from reports.cases.lifecycle import perform
from reports.models import Case
from reports.models.state import State

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H23")]


@pytest.fixture
def pair(file, moderator):
    """Two reports that name one account, indexed and known as linked; the first is held by the moderator."""
    cases = [file(account_or_link="@akun_sama").case for _number in range(2)]
    call_command("housekeeping")
    assert linked.linked(cases[0], moderator) == [cases[1]]
    return perform(cases[0], "claim", by=moderator), Case.objects.get(pk=cases[1].pk)


def close(case, by, outcome):
    perform(case, "reply", by=by, text="Kami sudah membaca semuanya.")
    return perform(case, "close", by=by, outcome=outcome)


@pytest.mark.parametrize(("outcome", "found"), [("no_rule", False), ("not_enough", True)])
def test_closing_as_no_rule_broken_deletes_its_fingerprints(pair, moderator, outcome, found):
    closed = close(pair[0], moderator, outcome)
    call_command("housekeeping")
    assert closed.identifier_digests.exists() is found
    assert bool(linked.linked(pair[1], moderator)) is found


def test_report_that_was_not_indexed_before_it_closed_is_not_indexed_then(file, moderator):
    case = perform(file(account_or_link="@akun_sama").case, "claim", by=moderator)
    close(case, moderator, "no_rule")
    call_command("housekeeping")
    case.refresh_from_db()
    assert case.indexed
    assert not case.identifier_digests.exists()


@pytest.mark.parametrize("leads", [False, True])
def test_closing_as_no_rule_broken_leaves_the_linked_reports(pair, file, moderator, leads):
    other = file(account_or_link="@lain").case
    case, lead = (other, pair[0]) if leads else (pair[0], other)
    case = perform(case, "claim", by=moderator) if leads else case
    perform(case, "link", by=moderator, reference=lead.reference)
    close(pair[0], moderator, "no_rule")
    assert not linked.linked(Case.objects.get(pk=other.pk), moderator)


def test_opened_again_it_is_found_again(pair, moderator):
    perform(close(pair[0], moderator, "no_rule"), "reopen", by=moderator)
    call_command("housekeeping")
    assert linked.linked(pair[1], moderator) == [pair[0]]


def test_withdrawn_afterwards_it_is_not_found_until_that_is_cancelled(file, moderator):
    case, other = (file(account_or_link="@akun_sama", age="adult").case for _number in range(2))
    call_command("housekeeping")
    case = perform(close(perform(case, "claim", by=moderator), moderator, "no_rule"), "withdraw", coerced="no")
    call_command("housekeeping")
    assert (case.state, linked.linked(other, moderator)) == (State.WITHDRAWN, [])
    perform(case, "cancel_withdrawal")
    call_command("housekeeping")
    assert linked.linked(other, moderator) == [case]
