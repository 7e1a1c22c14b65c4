"""The checks of answers that every test makes (tests/strict.py)."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [path("x", lambda _request: HttpResponse(content_type=mark_safe("text/plain")))]  # not exactly a str


def test_client_refuses_a_header_that_wsgi_forbids(client):
    with pytest.raises(AssertionError, match="must be of type str"):
        client.get("/x")


@pytest.mark.logs_errors
def test_server_logs_a_header_that_wsgi_forbids(live_server, caplog):
    with pytest.raises(HTTPError, match="500"):
        urlopen(f"{live_server.url}/x")
    assert "No answer could be sent" in caplog.text
