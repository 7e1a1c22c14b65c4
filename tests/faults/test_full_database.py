"""A full disk under PostgreSQL: what was acknowledged is stored; everything else is answered with what to do."""

import pytest
from django.db import connection

from tests.faults import small_disk
from tests.faults.visitor import Visitor, attempt, persist
from tests.skips import skip_loudly

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it starts PostgreSQL itself"),
    pytest.mark.parametrize("faulty", ["small disk"], indirect=True),
]
NUMBERS = ("112", "119")
PEOPLE = 60


@pytest.fixture(scope="module", autouse=True)
def allowed():
    """A small disk can be made here."""
    if not small_disk.is_possible():
        skip_loudly("a full disk of PostgreSQL, because only root may mount a small one")


def test_full_disk_keeps_what_was_acknowledged_and_says_so_otherwise(faulty):
    before, codes, refused = faulty.count("reports_case"), [persist(Visitor(faulty.port))], []
    with faulty.postgres.full():
        for _person in range(PEOPLE):
            visitor = Visitor(faulty.port)
            code = attempt(visitor)
            (codes if code else refused).append(code or visitor.last)
            if len(refused) == 4:
                break
    assert [status >= 500 for status, _page in refused] == [True] * 4, refused
    pages = [page for _status, page in refused if page]
    assert pages
    assert all('lang="id"' in page and number in page for page in pages for number in NUMBERS)
    assert all(Visitor(faulty.port).open(code) for code in codes)
    assert faulty.count("reports_case") - before >= len(codes)
    assert persist(Visitor(faulty.port)), "with room again, reports are taken"
