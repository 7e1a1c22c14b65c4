"""A node in this process whose every page is read, and the paths of those that it made for that."""

from collections.abc import Callable, Iterable

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from education import public_pages
from education.models import Guide
from safetycenter.page_cache import cache_version
from safetycenter.page_cache.middleware import CacheVersionPoll
from tests.education import factory
from tests.education.admin_pages import a_guide

LISTS = {"/id/", "/en/", "/id/panduan/", "/en/guides/"}  # every publication touches them


def small_site() -> Guide:
    """Make a guide on a site with another guide, a quiz that leads there, a lesson, a page, an app and a word."""
    factory.emergency_set()
    guide, other = a_guide(), a_guide()
    factory.sourced(guide)
    factory.fits(guide, factory.helpline("pertama", "0800-1-500-771"))
    factory.helpline("kedua", "0800-1-500-772")
    factory.quiz(leads_to=other)
    factory.lesson()
    factory.page()
    factory.platform()
    factory.term()
    return guide


def started(new_reader: Callable) -> Callable[[], set[str]]:
    """Start a node; the function reads every page there and returns the paths of those that were made for it."""
    made: list[str] = []
    reader = new_reader(counting(made), poll=CacheVersionPoll(cache_version.versions, every=0))

    def read() -> set[str]:
        made.clear()
        for signal in (request_started, request_finished):  # the client turns on what ends the test's transaction
            signal.disconnect(close_old_connections)
        assert {reader.get(path).status for path in public_pages.paths()} == {200}
        return set(made)

    return read


def node_that_keeps(new_reader: Callable) -> Callable[[], set[str]]:
    """Start a node that keeps every page; the function is that of ``started``."""
    read = started(new_reader)
    assert read() == set(public_pages.paths())
    assert read() == set()
    return read


def counting(made: list[str]) -> Callable:
    """The site, which notes in ``made`` what it is asked for."""
    site = WSGIHandler()

    def application(environ, start_response) -> Iterable[bytes]:
        made.append(environ["PATH_INFO"])
        return site(environ, start_response)

    return application


def own(*items) -> set[str]:
    """The paths of the pages of ``items``."""
    return {path for item in items for path in public_pages._addresses(item)}
