"""What a program reads in a package: an entry for each account, times as ranges, other reports, known files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reports.cases import known_files
from reports.cases.lifecycle import perform
from reports.referral import package, structured
from reports.scheduled_tasks import index_identifiers
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import report_with_picture
from tests.reports.referral.conftest import prepare

TEXT = "@penipu_1 dan https://www.contoh.example/a?x=1, juga 0812-0000-0001"


def test_each_account_is_an_entry_with_separate_fields():
    assert structured.accounts(TEXT, "instagram") == [
        {"url": "https://www.contoh.example/a?x=1", "host": "www.contoh.example"},
        {"screen_name": "@penipu_1", "platform": "instagram"},
        {"phone": "0812-0000-0001", "platform": "instagram"},
    ]


def test_link_that_no_program_reads_stops_nothing():
    assert structured.accounts("http://[abc", "") == [{"url": "http://[abc"}]


@pytest.mark.parametrize(
    ("answers", "since", "until"),
    [
        ({"money_sent": "yes_24h"}, timedelta(days=1), timedelta()),
        ({"money_sent": "yes_week"}, timedelta(days=7), timedelta(days=1)),
        ({"seen_when": "week"}, timedelta(days=7), timedelta()),
    ],
)
def test_time_of_the_incident_is_a_range_with_its_zone(answers, since, until):
    now = timezone.now()
    (found,) = structured.incident(answers, now)
    assert (found["from"], found["to"]) == (structured.moment(now - since), structured.moment(now - until))
    assert found["to"].endswith("+07:00")


@pytest.mark.parametrize("answers", [{}, {"money_sent": "no"}, {"seen_when": "unknown"}, {"deadline": "later"}])
def test_time_that_cannot_be_computed_is_left_out(answers):
    assert structured.incident(answers, timezone.now()) == []


def test_time_without_a_beginning_has_none():
    (found,) = structured.incident({"seen_when": "longer"}, timezone.now())
    assert "from" not in found


def facts(case, moderator, agency, *keys) -> dict:
    referral = prepare(case, moderator, agency, keys=list(keys))
    return {fact["key"]: fact for fact in package.report(referral.package())["facts"]}


@pytest.mark.django_db
def test_package_counts_other_reports_that_its_maker_may_see(held, file, moderator, agency, clock):
    clock(days=2)
    second = file(category="scam", age="adult", account_or_link="https://jahat.example.com/x").case
    file(category="grooming", age="13_15", account_or_link="https://jahat.example.com/x")  # child safety only
    index_identifiers()
    found = facts(held, moderator, agency, "other_reports", "account_or_link")
    assert found["other_reports"]["data"] == {
        "other_reports": 1,
        "first": structured.moment(held.received_at),
        "last": structured.moment(second.received_at),
    }
    assert found["account_or_link"]["data"] == [{"url": "https://jahat.example.com/x", "host": "jahat.example.com"}]


@pytest.mark.django_db
@pytest.mark.parametrize(("is_compared", "is_sent_twice", "known"), [(0, 1, None), (1, 0, False), (1, 1, True)])
def test_package_says_whether_a_file_is_known_here(
    agency, moderator, file, in_demo, remembered, is_compared, is_sent_twice, known
):
    case = report_with_picture()
    if is_sent_twice:
        photo = SimpleUploadedFile("y.jpg", picture(), "image/jpeg")
        visit = open_with(file(age="adult", category="scam").receipt.code)
        visit.post(url("write"), {"text": "Ini.", "files": photo, "sexual": "no"})
    if is_compared:
        known_files.index()
    case = perform(case, "claim", by=moderator)
    (found,) = facts(case, moderator, agency, "file_hashes")["file_hashes"]["data"]
    assert (len(found["sha256"]), found["known_here"]) == (64, known)
