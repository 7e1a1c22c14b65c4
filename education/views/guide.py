"""One guide: its page, the sheet for a class, and the version that is easy to read.

A sensitive guide has all three under its number too, which says nothing (H9).
"""

from collections.abc import Callable
from itertools import groupby

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from modeltranslation.utils import build_localized_fieldname

from education import urls_for
from education.helplines import selection
from education.models import Audience, Guide
from education.models.bilingual import LANGUAGES
from education.models.guide import HEAVY
from education.rendering import guide_links, phone_links, rich_text
from education.views import page_context, page_size, qr, redirects, sharing
from safetycenter.hints import View
from safetycenter.page_cache.middleware import cached_page

MOST_RELATED = 4
IN_CLASS = {"teens", "educators"}
_UNUSED = [f"guide__{build_localized_fieldname(field, code)}" for field in HEAVY for code in LANGUAGES]

# What each page says of a guide: only that is told to be newer in the other language.
SAYS = {
    "guide": {"title", "short_answer", "checklist", "body"},
    "handout": {"short_answer", "checklist"},
    "easy": {"easy"},
}

Show = Callable[[HttpRequest, Guide], HttpResponse]


def _guides() -> QuerySet[Guide]:
    return Guide.objects.published().select_related("topic")


def _by_slug(show: Show) -> View:
    @cached_page
    @require_safe
    @page_context.object_by_slug(_guides)
    def view(request: HttpRequest, guide: Guide) -> HttpResponse:
        return show(request, guide)

    return view


def _by_number(show: Show, address: Callable[[Guide, str], str]) -> View:
    """The neutral address: shows a sensitive guide itself, any other moves to its readable address (H9)."""

    @cached_page
    @require_safe
    def view(request: HttpRequest, number: int) -> HttpResponse:
        guide = _guides().filter(number=number).first()
        if guide is None:
            raise redirects.not_found(Guide, Q(number=number))
        if not guide.sensitive:
            return HttpResponsePermanentRedirect(address(guide, get_language()))
        return show(request, guide)

    return view


def show_guide(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The page of ``guide``."""
    others = _others(guide)
    context = page_context.for_item(guide, sensitive=guide.sensitive, says=SAYS["guide"])
    context |= _content(guide, guide_links.linker_of(others))
    context |= {"sources": guide.sources.all(), "kilobytes": page_size.PLACES}
    context["related"] = [other for other in others if other.is_related]  # type: ignore[attr-defined]
    context["for_class"] = not guide.sensitive and any(one.key in IN_CLASS for one in context["audiences"])
    context["handout_address"] = urls_for.url_of_part("handout", guide, get_language())
    if guide.localized.easy:
        context["easy_address"] = urls_for.url_of_part("easy", guide, get_language())
    if not guide.sensitive:
        context |= _sharing(guide, context)
    return page_size.displayed_size(request, render(request, "education/guide.html", context))


def show_handout(request: HttpRequest, guide: Guide) -> HttpResponse:
    """One sheet of paper for a class, from the same words. A link to a part of the guide leads into the guide."""
    context = _part("handout", guide) | _content(guide, guide_links.linker(*_texts(guide)))
    into_guide = f'href="{urls_for.url_of(guide, get_language())}#'
    # Safe: the steps are clean already, and the address is our own.
    context["steps"] = [mark_safe(step.replace('href="#', into_guide)) for step in context["steps"]]  # noqa: S308
    return render(request, "education/handout.html", context)


def show_easy(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The version that is easy to read, if an editor wrote one in this language."""
    if not guide.localized.easy:
        raise Http404
    context = _part("easy", guide) | {"guide": guide, "entries": selection.for_guide(guide)}
    context["easy"] = guide_links.linker(guide.localized.easy)(rich_text.render(guide.localized.easy).html)
    context["guide_address"] = urls_for.url_of(guide, get_language())
    return render(request, "education/easy.html", context)


def _content(guide: Guide, link: phone_links.Link) -> dict:
    """What the page and the sheet have in common; ``link`` makes its texts ready."""
    body = rich_text.render(guide.localized.body)
    printed = urls_for.absolute(urls_for.url_of(guide, get_language()))
    own, voices = _audiences_and_voices(guide)
    return {
        "guide": guide,
        "body": {"html": link(body.html), "headings": body.headings},
        "short_answer": link(rich_text.line(guide.localized.short_answer)),
        "steps": [link(rich_text.line(step)) for step in guide.steps],
        "audiences": own,
        "voices": voices,
        "entries": selection.for_guide(guide),
        "print_address": printed,  # of a sensitive guide the neutral one (H26)
        "qr": qr.code(printed),
    }


def _part(part: str, guide: Guide) -> dict:
    """The context of a page that says a part of ``guide`` again: search engines are shown the guide itself."""

    def path_in(language: str) -> str:
        missing = part == "easy" and not guide.text("easy", guide.language_shown(language))
        return urls_for.url_of(guide, language) if missing else urls_for.url_of_part(part, guide, language)

    return page_context.for_item(guide, sensitive=guide.sensitive, says=SAYS[part]) | {
        "alternates": urls_for.per_language(path_in),
        "hreflangs": {},
        "unlisted": True,
    }


def _sharing(guide: Guide, context: dict) -> dict:
    """Only for guides that are not sensitive: who sends one tells what it is about."""
    address = context["canonical"]
    return {
        "whatsapp": sharing.whatsapp(guide, address),
        "chat_text": sharing.chat_text(guide, context["entries"], address),
    }


def _audiences_and_voices(guide: Guide) -> tuple[list[Audience], list[tuple[Guide, list[Audience]]]]:
    """Whom this guide speaks to, and the guides on the same for others; both from one query."""
    same = Q(number__in=guide.others)
    if guide.subject:
        same |= Q(subject=guide.subject)
    wanted = Q(guide=guide.pk) | Q(guide__in=Guide.objects.published().filter(same).values("pk"))
    rows = Guide.audiences.through.objects.filter(wanted).select_related("guide", "audience").defer(*_UNUSED)
    own, others = [], []
    for other, group in groupby(rows.order_by("guide__number", "audience__order"), key=lambda row: row.guide):
        audiences = [row.audience for row in group]
        if other == guide:
            own = audiences
        elif get_language() in other.languages():
            others.append((other, audiences))
    # An audience that both speak to tells nobody which of them to open: then the title does.
    return own, [(other, [one for one in audiences if one not in own]) for other, audiences in others]


def _texts(guide: Guide) -> tuple[str, str, str]:
    return guide.localized.short_answer, guide.localized.checklist, guide.localized.body


def _others(guide: Guide) -> list[Guide]:
    """Guides to read next (``is_related``) and those to which the texts link; both from one query."""
    related = Q(pk__in=_related(guide).values("pk"))
    wanted = related | Q(number__in=guide_links.named(*_texts(guide)))
    marked = Guide.objects.published().annotate(is_related=ExpressionWrapper(related, BooleanField()))
    return list(marked.filter(wanted).defer(*HEAVY))


def _related(guide: Guide) -> QuerySet[Guide]:
    """Other guides of the same topic, those written in the reader's language; voices stand elsewhere on the page."""
    column = "slug_ind" if get_language() == "id" else "slug_en"
    others = Guide.objects.published().filter(topic=guide.topic, **{f"{column}__isnull": False})
    others = others.exclude(Q(pk=guide.pk) | Q(number__in=guide.others))
    if guide.subject:
        others = others.exclude(subject=guide.subject)
    return others[:MOST_RELATED]


def _path_of(part: str) -> Callable[[Guide, str], str]:
    return lambda guide, language: urls_for.url_of_part(part, guide, language)


page, page_by_number = _by_slug(show_guide), _by_number(show_guide, urls_for.canonical_path)
handout, handout_by_number = _by_slug(show_handout), _by_number(show_handout, _path_of("handout"))
easy, easy_by_number = _by_slug(show_easy), _by_number(show_easy, _path_of("easy"))
