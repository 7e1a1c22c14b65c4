"""A demo, whose passwords are public, answers the machine that it runs on and nobody else (H1)."""

import pytest
from django.test import Client

ANSWERED = 200


@pytest.fixture
def demo(in_demo, db):
    """The site with DEBUG."""
    return Client()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(demo, address):
    assert demo.get("/healthz", REMOTE_ADDR=address).status_code == ANSWERED


@pytest.mark.safety("H1")
@pytest.mark.parametrize("address", ["192.168.1.7", "203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7", "", "unix:"])
def test_another_machine_is_told_so_in_one_sentence(demo, address):
    response = demo.get("/healthz", REMOTE_ADDR=address)
    assert response.status_code == 403
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"])
def test_tunnel_that_ends_on_this_machine_is_refused(demo, header):
    assert demo.get("/healthz", headers={header: "127.0.0.1"}).status_code == 403


def test_static_files_are_no_way_round_it(demo):
    assert demo.get("/static/css/site.css", REMOTE_ADDR="203.0.113.7").status_code == 403


def test_site_that_is_no_demo_answers_everyone(db):
    headers = {"X-Forwarded-Proto": "https"}
    assert Client().get("/healthz", REMOTE_ADDR="203.0.113.7", headers=headers, secure=True).status_code == ANSWERED
