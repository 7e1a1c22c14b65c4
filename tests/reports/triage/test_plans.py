"""The desk at scale: no page of any role reads all cases. PostgreSQL plans the very queries that the pages send."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import scheduled_tasks
from reports.cases import bursts
from reports.management.commands.housekeeping import TASKS
from reports.models import Case, Team
from reports.triage.counting import count_all
from reports.triage.paging import PAGE, Cursor
from reports.triage.saved_views import cases_in, count, views_for
from safetycenter import limits
from tests.cast import add_categories, file_report, use_folders
from tests.reports.many import SPAMMED, forget_dead_rows, multiply

pytestmark = [
    pytest.mark.xdist_group("plans"),  # 60,000 cases
    pytest.mark.both_databases,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="plans are those of PostgreSQL"),
]
ROWS = 60_000
TABLES = {"reports_case", "reports_identifierdigest", "reports_gateentry"}
MOST_ROWS = 2_500  # that one part of a query takes from a table: a page, or a count up to its limit
MOST_BLOCKS = 2_500  # of 8 KB that it reads for them; all cases are about 9,000
DAILY = {"counters checked"}  # compares the counters with all open cases, once a day
ROLES = ["moderator", "child-safety", "supervisor", "outside-lead", "triage"]
# The number of a copy, from its reference. Ordinary ones of P3 are held, half of them of adults, most are late; those
# withdrawn are of P0, mostly restricted.
N = "(CASE WHEN reference LIKE '0000%' THEN ('x' || reference)::bit(32)::int ELSE 0 END)"
LEFT_TO_LEADS = f"""
UPDATE reports_case SET hold = true, overdue = {N} / 40 % 4 < 3,
  age_band = CASE WHEN {N} / 20 % 2 = 0 THEN 'adult' ELSE age_band END WHERE {N} % 20 = 8;
UPDATE reports_case SET withdraw_at = now() + {N} * interval '1 second', erasure_needs_lead = true WHERE {N} % 20 = 3;
INSERT INTO reports_datarequest (case_id, kind, asked_at, due_at, answer, reason)
  SELECT id, 'access', now(), now() + {N} * interval '1 second', '', '' FROM reports_case WHERE {N} % 20 = 5;
INSERT INTO reports_event (case_id, number, action, side, at, facts, digest, key_id, seal)
  SELECT id, 1, 'after_restore', 'system', now(), '{{}}', '', '', '' FROM reports_case WHERE {N} % 20 = 8;
ANALYZE reports_case; ANALYZE reports_event; ANALYZE reports_datarequest
"""


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker, session_keys, tmp_path_factory):
    """60,000 cases, half of them open, in one transaction around those of all tests: filling takes ten seconds."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its own: a durable block may open inside
    with django_db_blocker.unblock(), around:
        add_categories()
        forget_dead_rows()
        with pytest.MonkeyPatch.context() as monkeypatch:
            use_folders(monkeypatch, session_keys, tmp_path_factory.mktemp("many"))
            multiply(file_report().case, ROWS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def categories(many, db):
    """The categories that ``many`` added."""


def nodes(plan: dict):
    """Every node of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def too_much(sql: str) -> list[str]:
    """What is wrong with how PostgreSQL answers this query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        answer = cursor.fetchone()[0]
    plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return [wrong for node in nodes(plan) if node.get("Relation Name") in TABLES for wrong in reads(node)]


def reads(node: dict):
    """What a scan of the cases, or of their accounts and links, reads too much."""
    if node["Node Type"] == "Seq Scan":
        yield "sequential scan"
    rows = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    blocks = node["Shared Hit Blocks"] + node["Shared Read Blocks"]
    if rows > MOST_ROWS or blocks > MOST_BLOCKS:
        yield f"{node['Node Type']}: {rows} rows, {blocks} blocks"


def offences(work, *given) -> dict[str, list[str]]:
    """The queries of ``work(*given)`` that read too much, with what is wrong."""
    asked = about_cases(work, *given)
    assert asked
    return {sql.partition(" FROM ")[2]: wrong for sql in asked if (wrong := too_much(sql))}


def about_cases(work, *given) -> list[str]:
    """The queries of ``work(*given)`` that name the table of cases."""
    with CaptureQueriesContext(connection) as queries:
        work(*given)
    return [query["sql"] for query in queries if re.match(r"(SELECT|UPDATE)\b.*reports_case\b", query["sql"], re.S)]


def deep_in(name: str, user) -> list[str]:
    """Cursors in the middle and near the end of a view."""
    cases = cases_in(name, user)
    count = cases.count()
    return [str(Cursor.of(cases[place])) for place in (count // 2, count - 2) if 0 <= place < count]


def pages(user):
    """First, middle and last page of every view."""
    for name in views_for(user):
        for after in ["", *deep_in(name, user)]:
            yield {"show": name, "after": after}


FILTERS = [
    {"tier": [0, 3]},
    {"platform": "tiktok"},  # no case has it: everything in the view is left out
    {"team": "sekolah"},  # nor this
    {"category": ["hate_extremism", "scam"], "language": "en"},
    {"tier": 2, "language": "id", "platform": ["instagram", "tiktok"], "category": "cyberbullying"},
]


@pytest.mark.parametrize("role", ["moderator", "child-safety"])
def test_no_filter_and_no_news_reads_all_cases(many, person, client, role):
    Team.objects.create(key="sekolah", name="Sekolah")
    user, queue, wrong = person(role), reverse("admin:reports_case_changelist"), {}
    client.force_login(user)
    seen = [row.case for group in client.get(queue).context["groups"] for row in group["rows"]]
    known = {"known": ",".join(case.reference for case in seen), "until": str(Cursor.of(seen[-1]))}
    for chosen in FILTERS:
        for name in ("waiting", "overdue"):
            wrong |= offences(client.get, queue, {"show": name, **chosen})
        wrong |= offences(client.post, f"{reverse('admin:reports_case_news')}?{urlencode(chosen, doseq=True)}", known)
    assert wrong | offences(client.get, reverse("admin:reports_case_facts", args=[seen[0].reference])) == {}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ROLES)
def test_no_page_reads_all_cases(many, person, client, role):
    user, queue, wrong = person(role), reverse("admin:reports_case_changelist"), {}
    client.force_login(user)
    for page in pages(user):
        wrong |= offences(client.get, queue, page)
    assert wrong | offences(client.get, reverse("admin:index")) == {}


@pytest.mark.logs_errors  # the copies have no audit log, which the case page notices
@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["moderator", "child-safety", "supervisor", "outside-lead"])
def test_take_next_and_the_case_read_few_cases(many, person, client, role):
    user = person(role)
    Team.objects.create(key="sekolah", name="Sekolah").members.add(user)
    client.force_login(user)
    assert offences(client.post, reverse("admin:reports_case_next")) == {}
    case = Case.objects.get(handler=user)
    assert offences(client.get, reverse("admin:reports_case_page", args=[case.reference])) == {}


@pytest.mark.logs_errors
@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ["moderator", "child-safety", "supervisor", "outside-lead"])
def test_case_with_an_account_of_thousands_reads_few(many, person, client, role):
    user = person(role)
    client.force_login(user)
    case = Case.objects.readable_by(user).queued().filter(identifier_digests__digest=SPAMMED).first()
    assert offences(client.get, reverse("admin:reports_case_page", args=[case.reference])) == {}
    assert offences(client.get, reverse("admin:reports_case_facts", args=[case.reference])) == {}


@pytest.mark.parametrize("role", ["supervisor", "child-safety"])
def test_dashboard_reads_few_cases(many, person, client, role):
    client.force_login(person(role))
    assert offences(client.get, reverse("admin:reports_dashboard")) == {}


@pytest.fixture
def left_to_leads(many):
    """A restore holds 3,000 of the cases, and a lead must decide about 3,000 withdrawn ones; 3,000 asked for data."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_TO_LEADS)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["moderator", "child-safety", "supervisor"])
def test_what_is_left_to_leads_is_not_read_whole(left_to_leads, person, client, role):
    client.force_login(person(role))
    queue = reverse("admin:reports_case_changelist")
    shown = client.get(queue, {"show": "restored"}).context
    assert role == "moderator" or {name: n for name, _label, n in shown["views"]}["restored"] == "200+"
    wrong = offences(client.get, queue, {"show": "restored"}) | offences(client.get, queue, {"show": "offered"})
    assert wrong | offences(client.get, reverse("admin:reports_case_data_requests")) == {}


def test_interleave_bursts_reads_few_cases(many, file):
    limits.P0_BURST.hit("127.0.0.0/24", 6)
    assert file(safety="danger", network="127.0.0.0/24").case.burst
    forget_dead_rows()
    assert offences(bursts.interleave_bursts) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TASKS if name not in DAILY])
def test_no_task_of_each_minute_reads_all_cases(many, name):
    assert [(sql, wrong) for sql in about_cases(TASKS[name]) if (wrong := too_much(sql))] == []


def test_housekeeping_reads_few_cases(many):
    tasks = (scheduled_tasks.mark_overdue, scheduled_tasks.return_waiting_cases, scheduled_tasks.end_leases)
    for task in (*tasks, scheduled_tasks.alarm_late_referrals):
        assert offences(task) == {}


@pytest.fixture
def mostly_closed(many):
    """All but 3,700 of the cases are closed, and these wait: a desk that has worked for some years."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            UPDATE reports_case SET handler_id = NULL, next_action_at = COALESCE(next_action_at, now()),
              state = CASE WHEN {N} % 16 = 1 THEN 'received' ELSE 'closed' END;
            ANALYZE reports_case
        """)


@pytest.mark.logs_errors
@pytest.mark.parametrize("role", ["supervisor", "child-safety"])
def test_cases_that_wait_among_many_closed_are_not_read_whole(mostly_closed, person, client, role):
    user = person(role)
    client.force_login(user)
    wrong = offences(lambda: list(cases_in("waiting", user)[:PAGE]))
    assert wrong | offences(client.post, reverse("admin:reports_case_next")) == {}


@pytest.fixture
def urgent_and_resolved(many):
    """One case in twelve is resolved, all of P0 and restricted: a second person must close these 5,000."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            UPDATE reports_case SET tier = CASE WHEN {N} % 12 = 1 THEN 0 ELSE 3 END, restricted = {N} % 12 = 1,
              state = CASE WHEN {N} % 12 = 1 THEN 'resolved' ELSE 'closed' END;
            ANALYZE reports_case
        """)


def test_urgent_cases_for_a_second_person_are_not_counted_whole(urgent_and_resolved, person):
    user = person("child-safety")
    assert offences(count_all, {"urgent": count("second", user, lambda cases: cases.filter(tier=0))}, user) == {}
