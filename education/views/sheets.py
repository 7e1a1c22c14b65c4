"""Views of two sheets to print: a log of what happened, without pictures, and a poster for a school."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from education import urls_for
from education.helplines import selection
from education.models import HelplineRole
from education.views import page_context, qr
from safetycenter.page_cache.middleware import cached_page


@cached_page(groups=())
@require_safe
def incident_log(request: HttpRequest) -> HttpResponse:
    """Return a sheet to fill in by hand. Nothing can be typed on it, so nothing of it reaches this site."""
    context = page_context.for_url_name("education:incident_log", quick_exit=True) | {"unlisted": True}
    return render(request, "education/incident_log.html", context)


@cached_page(groups=())
@require_safe
def school_poster(request: HttpRequest) -> HttpResponse:
    """Return the poster for pupils: first steps, whom to ask at this school, the emergency set and crisis help."""
    home = urls_for.absolute(reverse("education:home"))
    cards = [*selection.emergency_set(), *selection.for_roles([HelplineRole.Role.CRISIS])]
    context = page_context.for_url_name("education:school_poster") | {
        "cards": {card.helpline.slug: card for card in cards}.values(),
        "home": home,
        "qr": qr.code(home),
    }
    return render(request, "education/school_poster.html", context)
