"""The pages of the desk for one person, found from the site's URLs, and what each asks of the database."""

import re
from collections.abc import Iterator

QUEUE, NEXT = "/admin/reports/case/", "/admin/reports/case/next/"
ALSO = {"admin:index": "first page"}
# Exports and files, which are as long as what they hold.
LEFT_OUT = re.compile("csv|download|_file|_add$|_change$|_delete$|_history$|autocomplete|_lease$|_act$|_page$|_looks$")
BIG = 50_000  # rows of a table that no plan may read in sequence


def pages(user, client) -> dict[str, str]:
    """Return the paths of this person's pages by name: every view of the queue, a case, and all others."""
    of_a_case = dict(_of_a_case(user))
    found = {f"view {name}": path for name, path in _views(user)}
    reference = of_a_case.get("a case", "/").split("/")[-2]
    for name, path in [*of_a_case.items(), *_others(reference)]:
        response = client.get(path)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            found.setdefault(name, path)
    return found


def rows_of(user) -> dict[str, int]:
    """Return how many rows the page of each view has, and the shorter list on the page of requests about data."""
    from reports.models import Case
    from reports.triage.data_requests import open_requests
    from reports.triage.paging import PAGE
    from reports.triage.saved_views import cases_in, views_for

    readable = Case.objects.readable_by(user)
    lists = open_requests(readable), readable.withdrawn_for(user)
    views = {f"view {name}": len(cases_in(name, user)[:PAGE]) for name in views_for(user)}
    return views | {"data_requests": max(1, min(len(rows[:PAGE]) for rows in lists))}


def asked(client, path: str) -> list[str]:
    """Return the statements that one request of ``path`` runs. Raises ValueError unless it is a 200."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        if (status := client.get(path).status_code) != 200:
            raise ValueError(f"{path}: {status}")
    return [query["sql"] for query in queries if not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"])]


def read_in_sequence(sql: str) -> set[str]:
    """Return the tables with BIG or more rows that PostgreSQL would read from beginning to end for ``sql``."""
    from django.db import connection

    if not re.match("SELECT|UPDATE", sql):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        read = {table for (line,) in cursor.fetchall() for table in re.findall(r"Seq Scan on (\w+)", line)}
        cursor.execute("SELECT relname FROM pg_class WHERE reltuples >= %s", [BIG])
        return read & {name for (name,) in cursor.fetchall()}


def _views(user) -> Iterator[tuple[str, str]]:
    from reports.models import Case
    from reports.triage.paging import Cursor
    from reports.triage.saved_views import views_for

    yield from ((name, f"{QUEUE}?show={name}") for name in views_for(user))
    cases = Case.objects.visible_to(user).queued()
    if middle := cases[cases.count() // 2 :].first():
        yield "deep in the queue", f"{QUEUE}?show=all&after={Cursor.of(middle)}"


def _of_a_case(user) -> Iterator[tuple[str, str]]:
    """Yield the page of one case, and those of the actions that have a page: of a filed one, since no copy opens.

    It is one with the fewest events that names no account: linked reports and messages would be a longer page.
    """
    from reports.cases.lifecycle import STAFF_ACTIONS
    from reports.models import Case

    filed = Case.objects.readable_by(user).exclude(reference__startswith="000").order_by("events_count", "received_at")
    alone = filed.filter(identifier_digests=None, lead_case=None, linked_cases=None)
    if case := alone.filter(handler=user).first() or alone.first():
        yield "a case", f"{QUEUE}{case.reference}/"
        yield from ((f"action {name}", f"{QUEUE}{case.reference}/{name}/") for name in STAFF_ACTIONS)


def _others(reference: str) -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    from tests.urls import STAFF_URLS

    for url in STAFF_URLS:
        if url.name in ALSO or (url.name.startswith("admin:reports_") and not LEFT_OUT.search(url.name)):
            name = ALSO.get(url.name, url.name.removeprefix("admin:reports_").removeprefix("case_"))
            yield name, url.path.replace("case/x/", f"case/{reference or 'x'}/")
    yield "handbook", f"{reverse('admin:reports_handbook')}moderator/"
