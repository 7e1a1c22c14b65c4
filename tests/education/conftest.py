"""Fixtures for the tests of education."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from education import urls_for
from education.publishing import checks, workflow
from education.starter import files
from tests import launch_content

from . import factory, kept_versions, shared_starter


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Open the transaction with the starter content before the one of the first test that uses it."""
    if fixturedef.argname == shared_starter.HELPER and shared_starter.is_wanted_by(request.node):
        shared_starter.enter(request.getfixturevalue("django_db_blocker"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Roll it back before a test that does not use it. Fixtures of the session have ended when there is none."""
    result = yield
    if nextitem is not None and not shared_starter.is_wanted_by(nextitem):
        shared_starter.leave()
    return result


@pytest.fixture(scope="session")
def starter_at_end(django_db_setup):
    """Roll the transaction with the starter content back before the database is destroyed."""
    yield
    shared_starter.leave()


@pytest.fixture
def starter(starter_at_end, db):
    """The whole starter content, shared with the tests before and after that use it (`shared_starter`)."""
    if not shared_starter.is_loaded():
        launch_content.load()


@pytest.fixture
def there():
    """``there("education:guide", "sekstorsi", language="id")``: an address in a language."""

    def address(name: str, *args, language: str = "id") -> str:
        with override(language):
            return reverse(name, args=args)

    return address


@pytest.fixture
def visit(client):
    """``visit(guide, "en")``: the answer at the address that links inside the site lead to."""
    return lambda item, language="id": client.get(urls_for.url_of(item, language))


@pytest.fixture
def signed_in(client, person):
    """``signed_in("editor")``: the browser of someone with that role."""

    def sign_in(role):
        client.force_login(person(role))
        return client

    return sign_in


@pytest.fixture
def desk(visits, person):
    """``desk("editor")``: the page of someone signed in with that role, or of a person who has an account already."""

    def sign_in(who, **options):
        client = Client()
        client.force_login(person(who) if isinstance(who, str) else who)
        page = visits.page(**({"viewport": {"width": 1280, "height": 900}} | options))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{visits.base_url}/admin/"}]
        )
        return page

    return sign_in


@pytest.fixture
def kept_pages(reader) -> Callable:
    """Ask the whole application, published pages first."""

    def get(address: str):
        kept_versions.leave_connection_open()
        return reader.get(address)

    return get


@pytest.fixture
def publish(person):
    """``bump(item, body_ind="…")``: somebody proposes it, somebody publishes it; returns the item."""
    writer, publisher = person("editor", "w"), person("publisher", "p")

    def do(item, minor=False, **changes):
        workflow.save_proposal(item, writer, workflow.pending_or_live(item) | changes, minor=minor)
        losses = {
            finding.name for finding in checks.findings(workflow.candidate_for(item)) if finding.level == checks.CONFIRM
        }
        return workflow.perform(item, "publish", publisher, note="Read.", confirmed=losses)

    return do


@pytest.fixture
def behind(publish):
    """A guide whose Indonesian text was changed, and whose English one was not and is behind."""
    return publish(factory.guide(body_ind="<p>Lama.</p>"), body_ind="<p>Baru.</p>")


@pytest.fixture
def newer_files(monkeypatch):
    """The starter files of a later release, in which guide 6 has another title."""
    guides = [dict(guide) for guide in files.items("guides")]
    for guide in guides:
        if guide["number"] == 6:
            guide["id"] = guide["id"] | {"title": "Judul dari rilis baru"}
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: guides if kind == "guides" else original(kind))
