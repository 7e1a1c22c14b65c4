"""Where a request came from, as the browser tells it."""

import pytest
from django.test import RequestFactory

from safetycenter.same_origin import same_origin


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
def test_request_is_from_here_only_when_the_browser_says_so(headers, from_here):
    view = same_origin(lambda request: request.is_same_origin)
    assert view(RequestFactory().post("/", headers=headers)) is from_here
