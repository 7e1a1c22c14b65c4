"""Where a request came from, as the browser tells it; and the way out, which asks nobody."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from reports.intake.draft import Draft
from reports.models import Pocket
from reports.private import same_origin


@pytest.mark.parametrize(
    ("headers", "from_here"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "null"}, False),
        ({"Referer": "http://testserver/id/lapor/2/"}, True),
        ({"Referer": "http://testserver.example.org/"}, False),
        ({}, False),
    ],
)
def test_a_request_is_from_here_only_when_the_browser_says_so(headers, from_here):
    view = same_origin(lambda request: request.is_from_here)
    assert view(RequestFactory().post("/", headers=headers)) is from_here


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "kept"), [({"Sec-Fetch-Site": "same-origin"}, 0), ({"Origin": "https://lain.example.org"}, 1), ({}, 1)]
)
def test_the_way_out_is_always_open_and_only_this_site_ends_a_draft(client, headers, kept):
    client.cookies[settings.POCKET_COOKIE_NAME] = Draft.begin("id").pocket.cookie
    response = client.post(reverse("reports:leave"), headers=headers)
    assert (response.status_code, response.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert Pocket.objects.count() == kept
    assert bool(client.cookies[settings.POCKET_COOKIE_NAME].value) is bool(kept)
