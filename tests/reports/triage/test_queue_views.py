"""The saved views of the queue, their counts, the filters, and what a page without rows says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import scheduled_tasks
from reports.cases.lifecycle import perform
from reports.models import Case
from reports.triage.saved_views import cases_in
from tests.cast import GROOMED
from tests.reports.actions import resolve

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
QUEUE = reverse("admin:reports_case_changelist")
SCAM = {"category": "account_abuse", "age": "adult"}


@pytest.fixture
def look(client):
    """``look(user, show="mine")``: the context of the queue page for this person."""

    def get(user, **query):
        client.force_login(user)
        return client.get(QUEUE, query).context

    return get


def listed(context) -> list[Case]:
    return [row.case for group in context["groups"] for row in group["rows"]]


def counts(context) -> dict[str, str]:
    return {name: count for name, _label, count in context["views"]}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("role", "waiting"), [("triage", 1), ("moderator", 1), ("supervisor", 1), ("child-safety", 2)])
def test_counts_are_those_of_the_lists(file, person, look, role, waiting):
    file(**SCAM), file(base=GROOMED)
    user = person(role)
    found = counts(look(user))
    assert found["waiting"] == str(waiting)
    assert found == {name: str(cases_in(name, user).count()) for name in found}


def test_triage_has_no_views_of_handled_cases(filed, person, look):
    assert not {"mine", "offered", "second", "again", "before", "returned"} & counts(look(person("triage"))).keys()


def test_view_that_is_not_offered_shows_what_waits(filed, person, look):
    assert look(person("triage"), show="mine")["show"] == "waiting"


def test_view_offered_to_me(filed, moderator, supervisor, look):
    perform(perform(filed.case, "claim", by=moderator), "offer", by=moderator, to=supervisor)
    assert listed(look(supervisor, show="offered")) == [filed.case]
    assert listed(look(moderator, show="offered")) == []


def test_view_look_again_today_ends_at_midnight(file, moderator, look):
    today, later = (perform(file(**SCAM).case, "claim", by=moderator) for _each in range(2))
    now = timezone.now()
    Case.objects.filter(pk=later.pk).update(look_again_at=now + timedelta(days=1))
    Case.objects.filter(pk=today.pk).update(look_again_at=now)
    assert listed(look(moderator, show="again")) == [today]


def test_view_mine_before_shows_what_i_gave_back(filed, moderator, supervisor, look):
    perform(filed.case, "claim", by=moderator)
    assert listed(look(moderator, show="before")) == []
    perform(filed.case, "release", by=moderator)
    assert listed(look(moderator, show="before")) == [filed.case]
    assert listed(look(supervisor, show="before")) == []


@pytest.mark.slow
def test_view_returned_twice_is_for_leads(filed, moderator, supervisor, look):
    for _each in range(2):
        perform(perform(filed.case, "claim", by=moderator), "release", by=moderator)
    assert listed(look(supervisor, show="returned")) == [filed.case]
    assert "returned" not in counts(look(moderator))


def test_view_second_person_leaves_out_who_resolved(file, moderator, supervisor, look):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    resolve(perform(case, "reply", by=moderator, text="Hasilnya."), moderator)
    assert listed(look(supervisor, show="second")) == [case]
    assert listed(look(moderator, show="second")) == []


def test_restricted_case_leaves_no_trace_in_the_queue(filed, file, moderator, client):
    client.force_login(moderator)
    before = client.get(QUEUE).context
    file(base=GROOMED)
    after = client.get(QUEUE).context
    assert (counts(before), before["groups"][0]["count"]) == (counts(after), after["groups"][0]["count"])


def test_heading_says_how_many_wait_and_are_late(file, moderator, look, clock):
    file(**SCAM)
    clock(days=4)
    file(**SCAM)
    scheduled_tasks.mark_overdue()
    [group] = look(moderator)["groups"]
    assert group["count"] == "2 menunggu, 1 terlambat"
    assert "dilihat petugas dalam" in group["heading"]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tier": 0}, "danger"),
        ({"tier": [0, 1, 2], "category": "cyberbullying", "language": "id"}, "danger"),
        ({"category": "account_abuse"}, "scam"),
        ({"language": "en", "platform": "tiktok"}, "scam"),
        ({"language": "en", "tier": 0}, ""),
        ({"tier": "9", "platform": "x' OR 1=1"}, "danger scam"),
    ],
)
def test_filters_can_be_combined(file, moderator, look, query, found):
    cases = {
        "danger": file(safety="danger").case,
        "scam": file(language="en", platform="tiktok", **SCAM).case,
    }
    assert listed(look(moderator, **query)) == [cases[name] for name in found.split()]


@pytest.mark.slow
def test_filters_are_kept_on_the_next_page(file, moderator, look, monkeypatch):
    monkeypatch.setattr("reports.triage.paging.PAGE", 1)
    file(safety="danger"), file(**SCAM), file(**SCAM)
    page = look(moderator, category="account_abuse", show="all")
    assert page["filter"].query == "show=all&category=account_abuse"
    assert (page["matching"], page["total"]) == ("2", "3")
    following = look(moderator, category="account_abuse", show="all", after=page["next"])
    assert [case.category_id for case in listed(page) + listed(following)] == ["account_abuse"] * 2


def test_empty_view_says_what_waits_elsewhere(filed, moderator, look):
    assert look(moderator, show="mine")["elsewhere"] == [("waiting", "1 menunggu ditangani")]
    assert look(moderator, tier=4)["elsewhere"] == [("waiting", "1 menunggu ditangani")]


def test_empty_queue_lets_staff_rest(moderator, client):
    client.force_login(moderator)
    page = client.get(QUEUE).content.decode()
    assert "Tidak ada yang menunggu di daftar ini." in page
    assert "Anda bisa beristirahat." in page
