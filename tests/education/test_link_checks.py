"""Addresses on other sites are checked by housekeeping, within bounds. Only a server on this machine is asked."""

import socket
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from education.links import checking, network
from education.models import ExternalLink
from education.publishing import checks, workflow

from . import factory
from .other_site import HOST, running

pytestmark = pytest.mark.django_db
Result = ExternalLink.Result
RESULTS = {
    "/works": (Result.WORKS, ""),
    "/moved": (Result.MOVED, f"{HOST}/works"),
    "/moved-twice": (Result.MOVED, f"{HOST}/works"),
    "/elsewhere-for-now": (Result.WORKS, ""),
    "/no-head": (Result.WORKS, ""),
    "/gone": (Result.GONE, ""),
    "/never-was": (Result.GONE, ""),
    "/down": (Result.UNREACHABLE, ""),
    "/no-programs": (Result.REFUSED, ""),
    "/loop": (Result.UNREACHABLE, ""),
    "/into-our-network": (Result.UNREACHABLE, ""),
}
PRIVATE = (
    *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest/"),
    *("http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://[fd00::1]/", "http://224.0.0.1/"),
    *(
        "ftp://1.1.1.1/",
        "http://1.1.1.1:8080/",
        "https://1.1.1.1:22/",
        "http://me:secret@1.1.1.1/",
        "file:///etc/passwd",
    ),
)


@pytest.fixture
def other_site(monkeypatch, settings):
    settings.CHECK_LINKS = True
    with running(monkeypatch) as site:
        yield site


def guide_with(*urls: str):
    """A published guide with these sources. Texts themselves keep no links without https."""
    guide = factory.guide()
    for url in urls:
        guide.sources.create(url=url, publisher="A", title_ind="B", title_en="B", checked_on=timezone.localdate())
    return guide


@pytest.mark.parametrize("path", RESULTS)
def test_answer_of_a_site_becomes_a_result(other_site, path):
    assert network.ask(HOST + path) == RESULTS[path]


def test_question_names_nobody(other_site):
    network.ask(f"{HOST}/moved")
    assert [method for method, _path, _headers in other_site.asked] == ["HEAD", "HEAD"]
    for _method, _path, headers in other_site.asked:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Connection", "Accept-Encoding"}
        assert headers["User-Agent"] == "Mozilla/5.0 (compatible; link check)"


@pytest.mark.parametrize("url", PRIVATE)
def test_address_that_is_not_public_is_never_opened(monkeypatch, url):
    opened = []
    monkeypatch.setattr(socket, "create_connection", lambda address, **_options: opened.append(address))
    assert network.ask(url) == (Result.UNREACHABLE, "")
    assert opened == []


def test_host_with_one_private_address_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: found)
    with pytest.raises(network.RefusedError):
        network.public_address("rebinding.example", 80)


@pytest.mark.parametrize("address", ["64:ff9b::a00:1", "2002:a00:1::", "::10.0.0.1", "fec0::1", "168.63.129.16"])
def test_address_that_stands_for_a_private_one_is_refused(monkeypatch, address):
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 80, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: found)
    with pytest.raises(network.RefusedError):
        network.public_address("translated.example", 80)


def test_slow_site_holds_up_nothing(other_site):
    begun = time.monotonic()
    assert network.ask(f"{HOST}/slow", seconds=0.3).result == Result.UNREACHABLE
    assert time.monotonic() - begun < 2


def test_housekeeping_checks_a_few_links_each_round(other_site):
    guide_with(*(f"{HOST}/works?{number}" for number in range(checking.PER_ROUND + 2)))
    call_command("housekeeping")
    assert ExternalLink.objects.exclude(checked_at=None).count() == checking.PER_ROUND
    call_command("housekeeping")
    assert not ExternalLink.objects.filter(checked_at=None).exists()
    asked = len(other_site.asked)
    call_command("housekeeping")
    assert len(other_site.asked) == asked


def test_nothing_is_asked_while_checks_are_off(other_site, settings):
    settings.CHECK_LINKS = False
    guide_with(f"{HOST}/works")
    call_command("housekeeping")
    assert other_site.asked == []


def test_broken_link_is_asked_again_the_next_day(other_site):
    guide_with(f"{HOST}/gone")
    checking.check_due()
    first = ExternalLink.objects.get()
    ExternalLink.objects.update(checked_at=timezone.now() - timedelta(days=1, hours=1))
    checking.check_due()
    again = ExternalLink.objects.get()
    assert again.checked_at > first.checked_at
    assert again.since == first.since


def test_links_of_published_texts_only_are_checked(other_site):
    shown = guide_with(f"{HOST}/works")
    factory.helpline("x", "110").channels.create(kind="web", value="site.example/help")
    factory.guide(state="draft", body_ind='<p><a href="https://site.example/gone">x</a></p>')
    checking.check_due()
    assert set(ExternalLink.objects.values_list("url", flat=True)) == {f"{HOST}/works", "https://site.example/help"}
    shown.sources.all().delete()
    checking.check_due()
    assert ExternalLink.objects.get().url == "https://site.example/help"


def test_link_that_is_gone_is_named_before_publication(other_site, person):
    guide = guide_with(f"{HOST}/gone")
    checking.check_due()
    old = checks.findings(workflow.candidate_for(guide))
    assert [one.level for one in old if f"{HOST}/gone" in one.text] == [checks.KNOWN]
    other, sources = factory.guide(), workflow.pending_or_live(guide)["sources"]
    workflow.save_proposal(other, person("editor"), workflow.pending_or_live(other) | {"sources": sources})
    found = [one for one in checks.findings(workflow.candidate_for(other)) if f"{HOST}/gone" in one.text]
    assert [(one.level, one.field) for one in found] == [(checks.WARNING, "sources")]


def test_site_that_vanished_is_a_warning_before_publication(other_site, person):
    guide = guide_with(f"{HOST}/down")
    other, sources = factory.guide(), workflow.pending_or_live(guide)["sources"]
    workflow.save_proposal(other, person("editor"), workflow.pending_or_live(other) | {"sources": sources})
    found = []
    for days in (0, 4):
        ExternalLink.objects.update(since=F("since") - timedelta(days=days), checked_at=F("checked_at") - timedelta(2))
        checking.check_due()
        found.append([one.level for one in checks.findings(workflow.candidate_for(other)) if HOST in one.text])
    assert found == [[], [checks.WARNING]]
