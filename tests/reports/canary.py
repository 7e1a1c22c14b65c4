"""The canary word, and everything that the database stores."""

from django.db import connection

CANARY = "kenaricanary"


def dump() -> str:
    """Every value of every table, as text and as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in row]
    return "\n".join(found).lower()
