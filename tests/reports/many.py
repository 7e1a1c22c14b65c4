"""Very many cases, copied inside PostgreSQL from one that was filed: for plans and times, not for what they hold."""

from hashlib import md5

from django.db import connection

from reports.models import Case

# One in 50 is withheld; two of three urgent ones are restricted; every second one is open, of these two of five late.
LATE = "(n % 100 < {open} AND n % 5 < 2 AND n / 100 % 8 NOT IN (4, 5))"  # none that waits for its reporter
SPAMMED = md5(b"spam", usedforsecurity=False).digest()  # of an account that one in nineteen cases names
# So few accounts that PostgreSQL expects each to be frequent. One in nineteen cases names that of a spammer.
ACCOUNT = "(n % 97)::text"
DIGESTS = [
    ("identifierdigest", "kind", f"CASE WHEN n % 19 = 0 THEN 'spam' ELSE {ACCOUNT} END"),
    ("gateentry", "strict", ACCOUNT),
]
COPIED = {
    "id": "gen_random_uuid()",
    "reference": "lpad(upper(to_hex(n)), 8, '0')",
    "tier": "(CASE WHEN n % 10 < 5 THEN 0 ELSE n % 10 - 5 END)",
    "score": "n % 97",
    "region": "(CASE WHEN n % 3 = 0 AND n % 10 > 5 THEN 'java' ELSE '' END)",
    "restricted": "n % 10 < 6 AND n % 3 > 0",
    "withheld": "n % 50 = 7",
    "state": (
        "(CASE WHEN n % 100 >= {open} THEN (ARRAY['resolved', 'closed', 'closed', 'closed', 'purged'])[1 + n / 100 % 5]"
        " ELSE (ARRAY['received', 'triage', 'received', 'triage', 'waiting_reporter', 'waiting_reporter',"
        " 'escalated', 'quarantined'])[1 + n / 100 % 8] END)"
    ),
    "overdue": LATE,
    "unread_reply": "n % 23 = 0",
    "times_returned": "(CASE WHEN n % 31 = 0 THEN 2 ELSE 0 END)",
    "seen_at": "(CASE WHEN n % 3 = 0 THEN NULL ELSE now() END)",
    "indexed": "true",
    "queue_key_at": (
        f"now() - random() * interval '9 days' - (CASE WHEN {LATE} THEN interval '3650 days' ELSE interval '0' END)"
    ),
    "next_action_at": (
        f"(CASE WHEN n % 100 >= {{open}} THEN NULL WHEN {LATE} THEN now() - random() * interval '9 days'"
        " ELSE now() + random() * interval '9 days' END)"
    ),
    "withdraw_at": "(CASE WHEN n % 5000 = 3 THEN now() ELSE NULL END)",
    "erasure_needs_lead": "n % 5000 = 3",
    "hold": "n % 5000 = 8",
}


def multiply(case: Case, count: int, open_in_100: int = 50) -> None:
    """Add ``count`` copies of ``case`` in many states, and let the planner know of them."""
    columns = [field.column for field in Case._meta.concrete_fields]
    values = [COPIED.get(column, f'"{column}"').format(open=open_in_100) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO reports_case ({names}) SELECT {', '.join(values)}"
            f" FROM reports_case, generate_series(1, {int(count)}) AS n WHERE id = %s".replace("% ", "%% "),
            [case.pk],
        )
        for table, column, digest in DIGESTS:
            cursor.execute(
                f"INSERT INTO reports_{table} (case_id, {column}, digest)"
                f" SELECT id, {column}, decode(md5({digest}), 'hex')"
                " FROM (SELECT id, restricted AS strict, 'account' AS kind, row_number() OVER () AS n"
                " FROM reports_case) made"
            )
        cursor.execute("ANALYZE")


def forget_dead_rows() -> None:
    """Take the rows that earlier tests have rolled back out of the indexes: a long scan reads them until a VACUUM."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # REINDEX refuses a table with pending checks
        cursor.execute("REINDEX TABLE reports_case")
