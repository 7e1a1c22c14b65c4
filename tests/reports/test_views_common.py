"""The view that leaves the site, which needs no session."""

import pytest
from django.conf import settings
from django.urls import reverse

from reports.intake.draft import Draft
from reports.models import SealedSession


@pytest.mark.safety("K13")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "kept"), [({"Sec-Fetch-Site": "same-origin"}, 0), ({"Origin": "https://lain.example.org"}, 1), ({}, 1)]
)
def test_quick_exit_works_and_only_own_site_ends_a_draft(client, headers, kept):
    client.cookies[settings.SEALED_SESSION_COOKIE_NAME] = Draft.begin("id").session.cookie
    response = client.post(reverse("reports:leave"), headers=headers)
    assert (response.status_code, response.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert SealedSession.objects.count() == kept
    assert bool(client.cookies[settings.SEALED_SESSION_COOKIE_NAME].value) is bool(kept)
