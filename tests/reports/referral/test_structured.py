"""What a program reads in a package: an entry for each account, times as ranges, other reports, known files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reports.cases import known_files
from reports.cases.lifecycle import perform
from reports.models import Case
from reports.referral import accounts, package, structured
from reports.scheduled_tasks import index_identifiers
from tests.reports.entered import enter
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import report_with_picture
from tests.reports.referral.conftest import prepare

LINK = "https://jahat.example.com/x"
TEXT = "@penipu_1 dan https://www.contoh.example/a?x=1, juga WA 0812-0000-0001"
NO_ENTRY = ["ig tidak tahu", "fb: Budi Santoso", "penipu", "Instagram", "x@y", "contoh.example"]


def test_each_account_is_an_entry_with_separate_fields():
    assert accounts.found_in(TEXT, "instagram") == [
        {"url": "https://www.contoh.example/a?x=1", "host": "www.contoh.example"},
        {"screen_name": "@penipu_1", "platform": "instagram"},
        {"phone": "0812-0000-0001", "platform": "whatsapp"},
    ]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("ig: budi_123", {"screen_name": "@budi_123", "platform": "instagram"}),
        ("instagram.com/budi_123", {"url": "instagram.com/budi_123", "host": "instagram.com"}),
        ("t.me/budi", {"url": "t.me/budi", "host": "t.me"}),
        ("budi@gmail.com", {"email": "budi@gmail.com"}),
        ("BCA 1234567890", {"number": "1234567890"}),
        (
            "https://wa.me/628120000001",
            {"url": "https://wa.me/628120000001", "host": "wa.me", "phone": "628120000001", "platform": "whatsapp"},
        ),
        ("whatsapp://send?phone=628120000001", {"phone": "628120000001", "platform": "whatsapp"}),
        ("wa: 0812-0000-0001", {"phone": "0812-0000-0001", "platform": "whatsapp"}),
        ("tele: budi", {"screen_name": "@budi", "platform": "telegram"}),
        ("+62 812 0000 0001", {"phone": "+62 812 0000 0001"}),
        ("@1234567890", {"screen_name": "@1234567890", "platform": "tiktok"}),
        ("budi_123", {"screen_name": "@budi_123", "platform": "tiktok"}),
    ],
)
def test_other_spellings_are_labelled_as_what_they_are(text, entry):
    assert accounts.found_in(text, "tiktok") == [entry]


@pytest.mark.parametrize("text", NO_ENTRY)
def test_words_that_may_name_somebody_else_get_no_entry(text):
    assert accounts.found_in(text, "tiktok") == []


def test_link_that_no_program_reads_stops_nothing():
    assert accounts.found_in("http://[abc", "") == [{"url": "http://[abc"}]


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
    second = file(category="scam", age="adult", account_or_link=LINK).case
    file(category="grooming", age="13_15", account_or_link=LINK)  # child safety only
    index_identifiers()
    found = facts(held, moderator, agency, "other_reports", "account_or_link")
    assert found["other_reports"]["data"] == {
        "other_reports": 1,
        "is_at_least": False,
        "first": structured.moment(held.received_at),
        "last": structured.moment(second.received_at),
    }
    assert found["account_or_link"]["data"] == [{"url": LINK, "host": "jahat.example.com"}]


@pytest.mark.django_db
def test_package_counts_only_reports_that_weigh_against_the_account(held, file, moderator, person, agency, in_demo):
    scam = {"category": "scam", "age": "adult"}
    linked = file(**scam, account_or_link="@siapa_lain").case
    perform(held, "link", by=moderator, reference=linked.display_reference)
    for outcome in ("duplicate", "spam", "not_enough"):
        case = perform(file(**scam, account_or_link=LINK).case, "claim", by=moderator)
        perform(case, "close", by=moderator, outcome=outcome)
    misuse = perform(file(**scam, account_or_link=LINK).case, "claim", by=moderator)
    misuse = perform(misuse, "note_misuse", by=moderator, reason="Isinya sama.")
    perform(misuse, "confirm_misuse", by=person("supervisor"), reason="Benar.")
    index_identifiers()
    assert facts(held, moderator, agency, "other_reports")["other_reports"]["data"]["other_reports"] == 1


@pytest.mark.django_db
def test_package_says_at_least_where_there_may_be_more(held, file, moderator, agency, monkeypatch):
    monkeypatch.setattr("reports.cases.linked.MOST_LISTED", 2)
    for _number in range(3):
        file(category="scam", age="adult", account_or_link=LINK)
    index_identifiers()
    found = facts(held, moderator, agency, "other_reports")["other_reports"]
    assert (found["data"]["other_reports"], found["data"]["is_at_least"]) == (2, True)
    assert found["value"]["id"].startswith("paling sedikit 2;")


@pytest.mark.django_db
@pytest.mark.parametrize(("came_by", "times"), [("letter", 0), ("phone", 1)])
def test_letter_has_no_computed_time(client, moderator, agency, in_demo, came_by, times):
    client.force_login(moderator)
    enter(client, came_by=came_by, category="scam", age="adult", money_sent="yes_24h")
    case = perform(Case.objects.get(), "claim", by=moderator)
    found = facts(case, moderator, agency, "incident_time")["incident_time"]
    assert found["value"]["id"]
    assert len(found.get("data", [])) == times


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
