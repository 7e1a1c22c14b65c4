"""The plan of the house: who imports whom, which doors exist, and for whom each of them opens."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import translation

APPS = ("safetycenter", "education", "reports")
LONGEST_FILE = 250  # lines; settings are one file on purpose
SAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}

# Every address belongs to someone. One that stands in none of these, and not under admin/, fails the test below.
MACHINES = {
    "healthz",
    "readyz",
    "language_redirect",
    "security_txt",
    "plain:sitemap",
    "plain:robots",
    "plain:feed",
    "plain:offline_worker",
}
READERS = {
    "education:home",
    "education:guides",
    "education:guide",
    "education:guide_by_number",
    "education:handout",
    "education:handout_by_number",
    "education:easy",
    "education:easy_by_number",
    "education:topic",
    "education:topic_by_number",
    "education:audience",
    "education:helpful_why",
    "education:helpful_thanks",
    "education:quizzes",
    "education:quiz",
    "education:quiz_by_number",
    "education:lessons",
    "education:lesson",
    "education:helplines",
    "education:number_thanks",
    "education:emergency",
    "education:glossary",
    "education:organisations",
    "education:saved",
    "education:news",
    "education:news_item",
    "education:about",
    "education:privacy",
    "education:accessibility",
    "education:after_you_report",
    "education:traces",
    "education:if_you_were_reported",
}
# Made for one visitor: what was typed must not be kept.
SEARCH = {"education:search"}
# One tap of a reader: adds one to a count and leads on.
TAPS = {"education:helpful", "education:number_not_working"}
REDIRECTS = {"education:other_language"}
REPORTERS = {
    "reports:start",
    "reports:step",
    "reports:info",
    "reports:stay",
    "reports:remove_file",
    "reports:code",
    "reports:done",
    "reports:leave",
    "reports:check",
    "reports:visit",
    "reports:write",
    "reports:older",
    "reports:read",
    "reports:request_review",
    "reports:found",
    "reports:new_code",
    "reports:withdraw",
    "reports:cancel_withdrawal",
    "reports:agree",
    "reports:keep_open",
}
# Under admin/, yet open: the way in, and the words of the admin's own scripts.
STAFF_ENTRANCE = {"admin:login", "account_login", "admin:jsi18n"}
# The only doors without a token: they use no authority. The first and the taps check by themselves that they are asked
# from this site (and a tap only adds one to a count), the second changes nothing.
WITHOUT_TOKEN = {"reports:leave", "education:search"} | TAPS


@dataclass(frozen=True)
class Door:
    """One address of the resolver."""

    name: str
    path: str
    view: object

    @property
    def is_for_staff(self) -> bool:
        return self.path.startswith("/admin/")


def doors(resolver=None, prefix: str = "/", namespaces: tuple = ()) -> Iterator[Door]:
    """Every door, with a sample path in the active language."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + sample(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Door(":".join([*namespaces, entry.name or entry.lookup_str]), path, entry.callback)
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from doors(entry, path, inner)


def sample(pattern) -> str:
    """A path that fits ``pattern``."""
    if isinstance(pattern, RegexPattern):
        return re.sub(r"\(\?P<\w+>.*?(/?)\)", r"x\1", str(pattern)).strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], str(pattern))


ALL_DOORS = list(doors())
STAFF_DOORS = [door for door in ALL_DOORS if door.is_for_staff and door.name not in STAFF_ENTRANCE]


def test_the_import_contracts_hold():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_address_is_for_someone(language):
    with translation.override(language):
        names = {door.name for door in doors() if not door.is_for_staff}
    assert names == MACHINES | READERS | SEARCH | TAPS | REDIRECTS | REPORTERS


def test_only_the_named_doors_take_no_token():
    assert {door.name for door in ALL_DOORS if getattr(door.view, "csrf_exempt", False)} == WITHOUT_TOKEN


def test_every_page_for_readers_is_a_published_page():
    unmarked = {door.name for door in ALL_DOORS if not getattr(door.view, "is_published_page", False)}
    assert not READERS & unmarked


def test_no_other_page_is_a_published_page():
    marked = {door.name for door in ALL_DOORS if getattr(door.view, "is_published_page", False)}
    assert marked <= READERS | MACHINES


def is_shut(answer) -> bool:
    """Refused, not there, or led to the place where staff sign in."""
    return answer.status_code in {403, 404, 405} or answer.request["PATH_INFO"] in map(
        reverse, ("admin:login", "account_login")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_pages_refuse_visitors_without_an_account(client, method):
    opened = {door.path for door in STAFF_DOORS if not is_shut(getattr(client, method)(door.path, follow=True))}
    assert opened == set()


@pytest.mark.django_db
def test_staff_pages_refuse_an_account_that_is_not_staff(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest"))
    opened = {door.path for door in STAFF_DOORS if not is_shut(client.get(door.path, follow=True))}
    assert opened == set()


def test_a_public_node_has_no_staff_door():
    names = {door.name for door in doors(get_resolver("safetycenter.urls.public"))}
    assert not any(name.startswith(("admin:", "account_", "mfa_")) for name in names)
    assert names >= READERS | REPORTERS


def test_no_file_is_two_rooms():
    rooms = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    lengths = {path: len(path.read_text().splitlines()) for path in rooms if path.name != "settings.py"}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}
