"""What is new, for feed readers, in one language each."""

from datetime import UTC, datetime, time
from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from education import addresses
from education.models import Guide, News
from education.models.bilingual import LANGUAGES
from education.models.guide import HEAVY
from safetycenter.published_page import published_page

MOST = 20


@published_page(one_language=True)
@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """The newest guides and news written in ``language``. Sensitive guides are left out, as from all lists by date."""
    if language not in LANGUAGES:
        raise Http404
    with override(language):
        return HttpResponse(_atom(language).writeString("utf-8"), content_type=Atom1Feed.content_type)


def _atom(language: str) -> Atom1Feed:
    name = settings.SITE_NAME or _("Safety Center")
    home = addresses.absolute(reverse("education:home"))
    own = addresses.absolute(reverse("plain:feed", args=[language]))
    atom = Atom1Feed(name, home, _("New guides and news"), language=language, feed_url=own)
    for day, item, text in _newest(language):
        address = addresses.absolute(addresses.own_path(item, language))
        moment = datetime.combine(day, time.min, UTC)
        atom.add_item(item.words.title, address, text, unique_id=address, updateddate=moment, pubdate=moment)
    return atom


def _newest(language: str) -> list[tuple]:
    guides = Guide.objects.published().filter(sensitive=False).defer(*HEAVY).order_by("-changed_on", "number")
    news = News.objects.published().defer("body")
    entries = chain(
        ((guide.changed_on, guide, guide.words.short_answer) for guide in guides[: MOST * 2]),
        ((item.date, item, item.words.summary) for item in news[: MOST * 2]),
    )
    written = [entry for entry in entries if language in entry[1].languages()]
    return sorted(written, key=lambda entry: entry[0], reverse=True)[:MOST]
