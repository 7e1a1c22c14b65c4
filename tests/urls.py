"""Every URL of the site, and who may open it. A URL in none of these sets fails tests/test_architecture.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import RegexPattern

SAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}

# Who may open a URL. One outside admin/ that is in none of these sets fails tests/test_architecture.py.
MACHINES = {
    "healthz",
    "readyz",
    "metrics",
    "language_redirect",
    "security_txt",
    "plain:sitemap",
    "plain:robots",
    "plain:feed",
    "plain:figures",
    "plain:offline_worker",
    "plain:picture",
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
    "education:platforms",
    "education:compare_platforms",
    "education:platform",
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
    "education:transparency",
    "education:if_you_were_reported",
    "education:incident_log",
    "education:school_poster",
}

# Made for one visitor: what was typed must not be kept.
SEARCH = {"education:search"}

# One tap of a reader: adds one to a count and leads on.
TAPS = {"education:helpful", "education:number_not_working"}

REDIRECTS = {"education:other_language"}

REPORTERS = {
    "reports:start",
    "reports:first_aid",
    "reports:first_aid_list",
    "reports:ask_safety",
    "reports:step",
    "reports:help_page",
    "reports:extend",
    "reports:remove_file",
    "reports:code",
    "reports:done",
    "reports:sent_new_code",
    "reports:more",
    "reports:sent_receipt",
    "reports:receipt",
    "reports:check_receipt",
    "reports:notice",
    "reports:leave",
    "reports:check",
    "reports:visit",
    "reports:write",
    "reports:show_older",
    "reports:read",
    "reports:request_review",
    "reports:code_found",
    "reports:new_code",
    "reports:withdraw",
    "reports:own_data",
    "reports:pause",
    "reports:other_person",
    "reports:sent_file",
    "reports:cancel_other",
    "reports:allow_use_again",
    "reports:reminder",
    "reports:reminder_code",
    "reports:reminder_off",
    "reports:cancel_withdrawal",
    "reports:agree",
    "reports:keep_open",
}

# Under admin/, yet open: the ways in, and the words of the admin's own scripts.
STAFF_ENTRANCE = {"admin:login", "account_login", "account_invitation", "admin:jsi18n"}

# The only URLs that take no CSRF token. Leaving and the taps accept requests from this site only (and a tap only
# adds one to a count); a search changes nothing.
WITHOUT_TOKEN = {"reports:leave", "reports:first_aid", "reports:ask_safety", "education:search"} | TAPS


@dataclass(frozen=True)
class Url:
    """One URL of the resolver."""

    name: str
    path: str
    view: object

    @property
    def is_for_staff(self) -> bool:
        return self.path.startswith("/admin/")


def all_urls(resolver=None, prefix: str = "/", namespaces: tuple = ()) -> Iterator[Url]:
    """Every URL, with a sample path in the active language."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + sample(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Url(":".join([*namespaces, entry.name or entry.lookup_str]), path, entry.callback)
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from all_urls(entry, path, inner)


def sample(pattern) -> str:
    """A path that fits ``pattern``."""
    if isinstance(pattern, RegexPattern):
        return re.sub(r"\(\?P<\w+>.*?(/?)\)", r"x\1", str(pattern)).strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], str(pattern))


ALL_URLS = list(all_urls())

STAFF_URLS = [url for url in ALL_URLS if url.is_for_staff and url.name not in STAFF_ENTRANCE]


def is_refused(answer) -> bool:
    """Return whether the answer refuses, is missing, or is or redirects to the page where staff sign in."""
    sign_in = {reverse("admin:login"), reverse("account_login")}
    paths = {answer.request["PATH_INFO"], urlsplit(answer.headers.get("Location", "")).path}
    return answer.status_code in {403, 404, 405} or bool(paths & sign_in)
