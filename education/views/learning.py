"""Views of quizzes, which everyone can try, and of lessons for teachers."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education import page_groups, urls_for
from education.helplines import selection
from education.models import Guide, Lesson, Quiz, Topic
from education.models.bilingual import Bilingual
from education.models.guide import LARGE_FIELDS
from education.models.quiz import Choice
from education.rendering import guide_links, phone_links, rich_text
from education.views import page_context
from safetycenter.page_cache.middleware import cached_page, touched_only_by


@dataclass(frozen=True)
class Situation:
    """One scenario as shown on the page. ``next_page`` is the guide to read next, or the topic."""

    text: str
    choices: list[Choice]
    next_page: Bilingual


def _quizzes() -> QuerySet[Quiz]:
    return Quiz.objects.published().select_related("topic").order_by("topic__order", "topic", "number")


@cached_page
@require_safe
def quizzes(request: HttpRequest) -> HttpResponse:
    """Return the list of quizzes."""
    context = page_context.for_url_name("education:quizzes") | {"quizzes": _quizzes().prefetch_related("audiences")}
    return render(request, "education/quizzes.html", context)


@cached_page
@require_safe
@page_context.object_by_slug(_quizzes)
def quiz(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    """Return the page of one quiz."""
    return _show(request, quiz)


@cached_page
@require_safe
def quiz_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """Show a sensitive quiz at its neutral address; redirect any other quiz to its readable address (H9)."""
    quiz = get_object_or_404(_quizzes(), number=number)
    if not quiz.sensitive:
        return HttpResponsePermanentRedirect(urls_for.canonical_path(quiz, get_language()))
    return _show(request, quiz)


def _show(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    touched_only_by(request, page_groups.group_of(quiz))
    context = page_context.for_item(quiz, sensitive=quiz.sensitive) | {
        "quiz": quiz,
        "situations": _situations(quiz),
        "audiences": quiz.audiences.all(),
        "cards": selection.for_topic(quiz.topic.key),
    }
    return render(request, "education/quiz.html", context)


def _situations(quiz: Quiz) -> list[Situation]:
    """Return the scenarios written in the page's language, each with a guide that readers can see."""
    language = quiz.localized.language
    rows = [row for row in quiz.scenarios.select_related("guide") if language in row.languages()]
    choices = [row.choices(language) for row in rows]
    link = guide_links.linker(*(choice.because for some in choices for choice in some))
    return [
        Situation(row.text("situation", language), _linked(some, link), _next_page(row.guide, quiz.topic))
        for row, some in zip(rows, choices, strict=True)
    ]


def _linked(choices: list[Choice], link: phone_links.Link) -> list[Choice]:
    return [replace(choice, because=link(rich_text.line(choice.because))) for choice in choices]


def _next_page(guide: Guide | None, topic: Topic) -> Guide | Topic:
    return guide if guide and guide.is_published() else topic


def _lessons() -> QuerySet[Lesson]:
    return Lesson.objects.published().select_related("topic")


@cached_page
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Return the list of lessons."""
    context = page_context.for_url_name("education:lessons") | {"lessons": _lessons().defer("body", "handout")}
    return render(request, "education/lessons.html", context)


@cached_page
@require_safe
@page_context.object_by_slug(_lessons)
def lesson(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Return the page of one lesson, laid out for two printed sheets. The second one is for the pupils."""
    touched_only_by(request, page_groups.group_of(lesson))
    words = lesson.localized
    link = guide_links.linker(words.body, words.handout, words.disclosure)
    context = page_context.for_item(lesson) | {
        "lesson": lesson,
        "body": link(rich_text.render(words.body, words.language).html),
        "handout": link(rich_text.render(words.handout, words.language, "p").html),
        "disclosure": link(rich_text.line(words.disclosure)),
        "guides": lesson.guides.published().defer(*LARGE_FIELDS),  # type: ignore[attr-defined]
        "quizzes": lesson.quizzes.published(),  # type: ignore[attr-defined]
        "cards": selection.for_lesson(lesson),
        "report_address": urls_for.absolute(reverse("reports:start")),
    }
    return render(request, "education/lesson.html", context)
