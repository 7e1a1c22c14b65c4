"""Links that differ in their query only: another profile or video is another one, another way of copying is not."""

import pytest
from django.urls import reverse

from reports.crypto import blind_index
from reports.models import Case
from reports.scheduled_tasks import index_identifiers
from tests.reports.triage.linked import SCAM, are_linked

pytestmark = pytest.mark.both_databases

FACEBOOK, YOUTUBE = "https://www.facebook.com/", "https://www.youtube.com/"
STRANGERS = [
    (f"{FACEBOOK}profile.php?id=100001", f"{FACEBOOK}profile.php?id=100002"),
    (f"{YOUTUBE}watch?v=abcDEF12345", f"{YOUTUBE}watch?v=ABCdef12345"),
    (f"{FACEBOOK}story.php?story_fbid=1&id=9", f"{FACEBOOK}story.php?story_fbid=2&id=9"),
    ("https://api.whatsapp.com/send?phone=62811", "https://api.whatsapp.com/send?phone=62812"),
    (f"{FACEBOOK}profile.php?utm_source=wa", f"{FACEBOOK}profile.php?utm_source=ig"),
]
THE_SAME = [
    (f"{FACEBOOK}profile.php?id=100001&mibextid=ZbWKwL", "https://m.facebook.com/profile.php?ref=share&id=100001"),
    (f"{YOUTUBE}watch?v=abcDEF12345&list=PL1&t=9s", "youtube.com/watch?si=x&v=abcDEF12345"),
    (f"{FACEBOOK}story.php?story_fbid=1&id=9000001", f"{FACEBOOK}profile.php?id=9000001"),
    ("https://www.instagram.com/jahat/?igsh=abc", "https://instagram.com/jahat?utm_source=qr"),
]


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_another_profile_or_video_is_another_account(report, person, one, other):
    assert not are_linked(report, person, one, other)


@pytest.mark.sampled(5)
@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_tracking_makes_no_other_account(report, person, one, other):
    assert are_linked(report, person, one, other)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pair", "count"), [(STRANGERS[0], 0), (STRANGERS[-1], 0), (("https://tiktok.com",) * 2, 0), (THE_SAME[0], 1)]
)
def test_case_page_names_reports_of_the_same_link(report, client, moderator, pair, count):
    for link in pair:
        report(SCAM, account=link)
    index_identifiers()
    client.force_login(moderator)
    address = reverse("admin:reports_case_page", kwargs={"ref": Case.objects.first().reference})
    assert len(client.get(address).context["linked"]) == count


@pytest.mark.parametrize("query", ["id=", "%zz&&&=", "id=1;v=2", "v=" + "x" * 9000, "\ud800=1"])
def test_unknown_query_parameter_is_indexed(query):
    assert len(blind_index.identifiers_in(f"https://contoh.example/a?{query}")) == 1
