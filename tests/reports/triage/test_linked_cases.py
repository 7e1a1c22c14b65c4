"""The linked cases on the page of a case: all of them, the open and most urgent ones first."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from reports.scheduled_tasks import index_identifiers
from tests.reports.triage.linked import GROOMING

pytestmark = pytest.mark.django_db
SAME = "@akun_sama"
LINE = re.compile(r'</span> <a href="[^"]*/([0-9A-Z]{8})/">')


def copy(case: Case, number: int) -> None:
    digests = list(case.identifier_digests.all())
    for n in range(number):
        case.pk, case.reference = uuid4(), f"C0PY{n:04}"
        case.save(force_insert=True)
        for digest in digests:
            digest.pk, digest.case_id = None, case.pk
            digest.save(force_insert=True)


@pytest.mark.safety("H25")
def test_linked_cases_are_all_listed_open_ones_first(file, desk, moderator):
    case, ended, other, urgent = (file(account_or_link=SAME).case for _number in range(4))
    hidden = file(base=GROOMING | {"safety": "safe"}, account_or_link=SAME).case
    index_identifiers()
    perform(perform(ended, "claim", by=moderator), "close", by=moderator, outcome="not_enough")
    perform(urgent, "set_tier", by=moderator, tier=1, reason="Gawat.")
    copy(Case.objects.get(pk=ended.pk), 21)
    page = desk.get(reverse("admin:reports_case_page", args=[case.reference])).text
    listed = LINE.findall(page[page.index('id="linked"') :])
    assert (listed[:2], len(listed)) == ([urgent.reference, other.reference], 24)
    assert hidden.reference not in page
    assert "2 belum selesai" in page
    assert "16 lagi" in page


def linked_of(desk, case: Case) -> str:
    page = desk.get(reverse("admin:reports_case_page", args=[case.reference])).text
    return page[page.index('id="linked"') : page.index("disclosure record")] if 'id="linked"' in page else ""


def test_linked_cases_say_who_decided_which_one_leads(file, desk, person):
    colleague = person("moderator", "sekar")
    case, lead, other = (file().case for _number in range(3))
    for linked in (case, other):
        perform(linked, "link", by=colleague, reference=lead.reference)
    # From the linked case: which one leads, and that the third belongs to it. From the lead: its two cases.
    assert linked_of(desk, case).count("diputuskan oleh sekar") == 2
    assert linked_of(desk, lead).count("dihubungkan petugas · diputuskan oleh sekar") == 2
    assert "kasus utama" in linked_of(desk, case)
    assert "Kasus ini menjadi kasus utama" in linked_of(desk, lead)


@pytest.mark.safety("H25")
def test_linked_cases_do_not_say_that_a_hidden_case_leads(file, desk, person):
    colleague = person("child-safety", "sekar")
    case, other = file().case, file().case
    lead = file(base=GROOMING | {"safety": "safe"}).case
    for linked in (case, other):
        perform(linked, "link", by=colleague, reference=lead.reference)
    shown = linked_of(desk, case)
    assert other.reference in shown
    assert [word for word in ("sekar", "utama", "dihubungkan petugas") if word in shown] == []
