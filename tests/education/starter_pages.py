"""The pages of the starter content as readers get them, each asked for once in a process.

Only for tests with the fixture ``starter`` that change nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.http.response import HttpResponseBase
from django.test import Client

from education import public_pages, urls_for
from education.models import Audience, Guide, Lesson, News, Platform, Quiz, Topic

NAMED = (
    *("home", "guides", "helplines", "emergency", "glossary", "organisations", "news", "about", "privacy"),
    *("accessibility", "after_you_report", "traces", "if_you_were_reported", "quizzes", "lessons"),
    *("platforms", "compare_platforms", "incident_log", "school_poster"),
)


@dataclass(frozen=True)
class StarterPage:
    """What the tests look at of an answer."""

    status: int
    has_cookie: bool
    vary: str
    view_name: str
    text: str

    @classmethod
    def of(cls, answer: HttpResponseBase) -> "StarterPage":
        """The page in an answer of Django's client."""
        view_name = answer.resolver_match.view_name
        return cls(answer.status_code, bool(answer.cookies), answer.get("Vary", ""), view_name, answer.text)


def every_path(language: str) -> list[str]:
    """The addresses of all reader pages in one language."""
    paths = [urls_for.urls_of_name(f"education:{name}")[language] for name in NAMED]
    for model in (Guide, News, Topic, Audience, Quiz, Lesson, Platform):
        for item in model.objects.all():
            paths += {urls_for.canonical_path(item, language), urls_for.url_of(item, language)}
    return paths + [urls_for.url_of_part("handout", guide, language) for guide in Guide.objects.all()]


@cache
def page(path: str) -> StarterPage:
    """The page at ``path`` of a site that is not a demo."""
    return StarterPage.of(Client().get(path))


def paths() -> list[str]:
    """The path of every page, in both languages."""
    return list(dict.fromkeys([*public_pages.paths(), *every_path("id"), *every_path("en")]))


def some_of_each_kind(number: int) -> list[str]:
    """The paths of ``number`` pages of each kind in each language, or of all that there are."""
    kinds = defaultdict(list)
    for path in paths():
        parts = path.split("/")
        kinds[*parts[:3], len(parts)].append(path)
    return [path for found in kinds.values() for path in found[:number]]
