"""Withdrawals are shown, counted and dealt out to those who decide on them; what was given back is not dealt again."""

import pytest

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case
from reports.triage import done
from reports.triage.flags import flags
from reports.triage.rows import Row
from reports.triage.saved_views import cases_in, views_for
from reports.triage.taking import claim_most_urgent
from tests.reports.triage.desk_pages import act, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(filed) -> Case:
    """The report of a child, which its reporter withdrew: child safety decides."""
    return perform(filed.case, "withdraw", coerced="no")


@pytest.mark.parametrize(("role", "decides"), [("moderator", False), ("supervisor", False), ("child-safety", True)])
def test_withdrawal_is_listed_for_those_who_decide(withdrawn, person, role, decides):
    user = person(role)
    assert cases_in("withdrawn", user).exists() is decides
    assert any("Ditarik" in str(text) for _kind, text in Row(withdrawn, user, 1)._flags) is decides
    assert ("withdrawn" in views_for(user)) is (role != "moderator")


def test_take_next_deals_a_withdrawal_to_those_who_decide_only(withdrawn, moderator, child_safety):
    with pytest.raises(NotAllowed):
        claim_most_urgent(moderator)
    assert claim_most_urgent(child_safety) == withdrawn


def test_withdrawal_names_who_decides(withdrawn):
    assert any("pelindungan anak" in str(text) for _kind, text in flags(withdrawn))


def test_person_who_withdrew_gets_no_prepared_reply(withdrawn, moderator, client):
    case = perform(withdrawn, "claim", by=moderator)
    client.force_login(moderator)
    page = client.get(page_of(case))
    assert (page.context["message_form"]["text"].value() or "") == ""
    assert "meminta laporannya dihapus" in page.text


def test_case_given_back_is_not_dealt_to_them_again_today(filed, file, moderator, clock):
    first = claim_most_urgent(moderator)
    second = file().case
    perform(first, "release", by=moderator)
    assert claim_most_urgent(moderator) == second
    perform(second, "reply", by=moderator, text="Ini hasilnya.")
    assert claim_most_urgent(moderator) == first  # nothing else of its tier waits


def test_case_given_back_yesterday_is_dealt_again(filed, file, moderator, clock):
    first = claim_most_urgent(moderator)
    file()
    perform(first, "release", by=moderator)
    clock(days=1)
    assert claim_most_urgent(moderator) == first


def test_answer_i_do_not_know_is_missing_and_not_known(file, moderator, client):
    case = perform(file(helper="unsure", age="13_15").case, "claim", by=moderator)
    client.force_login(moderator)
    reading = client.get(page_of(case)).context["reading"]
    unsure = {row["key"] for row in reading.missing() if row["told"]}
    assert unsure
    assert not unsure & {row["key"] for row in reading.known()}


@pytest.mark.parametrize("action", ["claim", "release", "note"])
def test_page_says_what_was_done_to_which_case(filed, moderator, client, action):
    case = filed.case if action == "claim" else perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    data = {"text": "Catatan."} if action == "note" else {}
    act(client, case, action, **data)
    said = client.get(page_of(case)).text
    assert done.message(case, action) in said
    assert case.display_reference in done.message(case, action)
