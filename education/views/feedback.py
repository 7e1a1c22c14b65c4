"""Views for feedback by one tap: a number that does not work, a guide that helped or did not (product 3.9).

They take no CSRF token, because public pages are the same for everyone. They check the origin of the request, need no
permission, and only increase a count. Requests from other sites get the same thank-you page but are not counted.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from education import feedback, urls_for
from education.helplines import emergency, selection
from education.models import Guide, HelpfulVote, Helpline
from education.views import page_context
from safetycenter import limits
from safetycenter.droppable import drop_if_not_stored
from safetycenter.page_cache.display_modes import display_modes
from safetycenter.page_cache.middleware import cached_page
from safetycenter.same_origin import same_origin
from safetycenter.views import SeeOther


def _count_once(request: HttpRequest, what: str, count: Callable[[], None]) -> None:
    """Count this tap if it comes from this site, and is this visitor's first today about ``what``.

    While nothing can be stored it is not counted, and the page that follows is read.
    """

    def counted() -> None:
        if limits.ONE_TAP.hit(f"{limits.address_of(request)} {what}"):
            count()

    if request.is_same_origin:  # type: ignore[attr-defined]
        drop_if_not_stored("a tap", counted)


@csrf_exempt  # only increases a count, and only from this site
@require_POST
@same_origin
@display_modes
def number_not_working(request: HttpRequest) -> HttpResponse:
    """Count a report that the helpline ``line`` could not be reached."""
    slug = request.POST.get("line", "")[:50].replace("\x00", "")
    line = Helpline.objects.visible().filter(slug=slug).first()
    if line:
        _count_once(request, f"number {line.pk}", partial(feedback.report_dead_number, line))
    return SeeOther(reverse("education:number_thanks") + (f"?line={line.pk}" if line else ""))


@cached_page(query=("line",))
@require_safe
def number_thanks(request: HttpRequest) -> HttpResponse:
    """Show thanks and other numbers to try.

    ``?line=`` is the helpline that failed, by its number, which reveals nothing.
    """
    key = request.GET.get("line", "")
    line = get_object_or_404(Helpline.objects.visible(), pk=_number(key)) if key else None
    cards = selection.alternatives_to(line) if line else emergency.emergency_set()
    context = page_context.for_url_name("education:number_thanks", quick_exit=True) | {
        "line": line,
        "cards": cards,
        "instead": next((way.value for card in cards for way in card.channels if way.kind == way.Kind.PHONE), ""),
    }
    if key:
        context["alternates"] = {code: f"{path}?line={key}" for code, path in context["alternates"].items()}
    return render(request, "education/number_thanks.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@csrf_exempt  # only increases a count, and only from this site
@require_POST
@same_origin
@display_modes
def helpful(request: HttpRequest, number: int) -> HttpResponse:
    """Count whether a guide helped. After "no", ask for the reason."""
    guide = get_object_or_404(Guide.objects.published(), number=number)
    answer = request.POST.get("answer", "")
    what = "why" if answer in HelpfulVote.REASONS else "helpful"
    if answer in HelpfulVote.Answer:
        _count_once(request, f"{what} {guide.pk}", partial(feedback.count_vote, guide, answer))
    further = "why" if answer == HelpfulVote.Answer.NO else "thanks"
    return SeeOther(reverse(f"education:helpful_{further}", args=[number]))


@cached_page
@require_safe
def helpful_why(request: HttpRequest, number: int) -> HttpResponse:
    """Count one of four fixed reasons. There is no free-text field."""
    return _guide_answer_page(request, number, "helpful_why")


@cached_page
@require_safe
def helpful_thanks(request: HttpRequest, number: int) -> HttpResponse:
    """Show thanks and a link back to the guide."""
    return _guide_answer_page(request, number, "helpful_thanks")


def _guide_answer_page(request: HttpRequest, number: int, name: str) -> HttpResponse:
    guide = get_object_or_404(Guide.objects.published(), number=number)

    def path_in(language: str) -> str:
        with override(language):
            return reverse(f"education:{name}", args=[number])

    context = {
        "guide": guide,
        "reasons": HelpfulVote.REASONS,
        "alternates": urls_for.per_language(path_in),
        "quick_exit": guide.sensitive,
    }
    return render(request, f"education/{name}.html", context)
