"""The last page makes a new code, once; and staff see who may not have one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from reports.cases.lifecycle import perform
from reports.models import Case, Event
from reports.staffing.hours import in_words
from tests.reports.followup.visitor import open_with, url

from .adding import add, is_over, sent
from .reporter import Reporter, told

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def old(reporter) -> str:
    """The code of a report that was sent; its reporter has pressed on."""
    told(reporter).send()
    code = reporter.filed().receipt.code
    reporter.client.post(reporter.url("code"))
    return code


def last_page(reporter: Reporter) -> str:
    return reporter.client.get(reporter.url("done")).text


def renewed(reporter: Reporter) -> str:
    """Press "Make a new code" and return the code of the page that follows; empty if there is none."""
    page = reporter.client.post(reporter.url("sent_new_code"), follow=True).text
    found = re.search(r'data-code="([^"]+)"', page)
    return found[1] if found else ""


def opens(code: str) -> bool:
    return open_with(code).get(url("visit")).status_code == 200


@pytest.mark.safety("H6")
def test_last_page_makes_a_new_code_once(reporter, old):
    assert reporter.url("sent_new_code") in last_page(reporter)
    new = renewed(reporter)
    assert (opens(old), opens(new)) == (False, True)
    assert renewed(reporter) == new  # a second tap makes no other
    reporter.client.post(reporter.url("code"))
    assert reporter.url("sent_new_code") not in last_page(reporter)
    assert renewed(reporter) == ""
    assert {"opener", "new", "secret"}.isdisjoint(reporter.draft_session.data)


@pytest.mark.safety("H30")
def test_replaced_code_says_since_when_and_what_to_do(reporter, old, clock):
    renewed(reporter)
    made = timezone.now()
    clock(days=3)
    page = reporter.client.post(url("check"), {"code": old}).text
    with translation.override("id"):
        assert in_words(made) in page
    assert "Buat laporan baru dan sebutkan nomor lamanya" in page
    wrong = old[:-1] + ("0" if old[-1] != "0" else "1")
    assert "lebih baru" not in reporter.client.post(url("check"), {"code": wrong}).text


@pytest.mark.safety("H6")
def test_visit_with_the_code_of_before_ends(reporter, old):
    visit = open_with(old)
    renewed(reporter)
    assert visit.get(url("visit")).url == url("check")


def test_adding_goes_on_after_a_new_code(reporter, old):
    renewed(reporter)
    reporter.client.post(reporter.url("code"))
    add(reporter, "platform", "tiktok")
    assert Event.objects.filter(action="reporter_added").exists()
    assert not is_over(reporter)


@pytest.mark.safety("H6")
@pytest.mark.parametrize("how", ["finish", "script", "added"])
def test_nothing_makes_a_code_after_the_end(reporter, old, how):
    cookie = reporter.client.cookies["session"].value
    if how == "added":
        add(reporter, "platform", finish="1")
    else:
        reporter.client.post(reporter.url("leave"), {how: "1"}, headers=HERE)
    reporter.client.cookies["session"] = cookie
    assert renewed(reporter) == ""
    assert opens(old)


@pytest.mark.safety("H6")
@pytest.mark.parametrize("action", ["new_code", "code_found"])
def test_changed_or_found_code_is_not_replaced_here(reporter, old, action):
    open_with(old).post(url(action))
    assert reporter.url("sent_new_code") not in last_page(reporter)
    assert renewed(reporter) == ""


@pytest.mark.safety("H22")
def test_who_cannot_keep_a_code_is_offered_none(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"), {"cannot_keep": "1"})
    assert reporter.url("sent_new_code") not in last_page(reporter)
    assert renewed(reporter) == ""
    assert (Case.objects.get().unreachable, Case.objects.get().may_lack_code) == (True, False)


def test_new_code_is_made_also_after_keys_were_renewed(reporter, old, moderator):
    case = perform(Case.objects.get(), "claim", by=moderator)
    perform(case, "restrict", by=moderator, reason="Soal anak.")
    assert opens(renewed(reporter))


@pytest.mark.parametrize("name", ["leave", "more"])
def test_case_is_marked_until_finish(reporter, old, name):
    assert Case.objects.get().may_lack_code
    reporter.client.post(reporter.url(name), {"finish": "1", "question": "platform"}, headers=HERE)
    assert not Case.objects.get().may_lack_code


@pytest.mark.parametrize("left", ["exit", "nothing"])
def test_case_is_marked_until_the_first_visit(reporter, old, left):
    if left == "exit":
        reporter.client.post(reporter.url("leave"), {"script": "1"}, headers=HERE)
    assert Case.objects.get().may_lack_code
    assert opens(old)
    assert not Case.objects.get().may_lack_code


def test_right_note_ends_the_mark(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"), {"retyped": reporter.filed().receipt.code})
    assert not Case.objects.get().may_lack_code


def test_staff_read_the_mark_where_they_write(reporter, client, moderator):
    case = perform(sent(reporter), "claim", by=moderator)
    client.force_login(moderator)
    address = reverse("admin:reports_case_page", kwargs={"ref": case.reference})
    with translation.override("en"):
        page = client.get(address, headers={"Accept-Language": "en"}).text
    said = "This person may not have written the code down"
    assert said in page
    Case.objects.update(may_lack_code=False)
    assert said not in client.get(address, headers={"Accept-Language": "en"}).text
