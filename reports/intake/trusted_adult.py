"""Help to ask an adult: whom to choose, and a sentence to show on the screen in large letters.

Like first aid, these pages are requested by GET under numbers that reveal nothing, need no draft and write nothing, so
they also answer while the form is closed. They are written in easy words. ``?to=3`` says to which step the link back
leads, and a letter to which other page (``PAGES``), else it leads to the first page; it is not read from the draft,
because the page that is shown to somebody else must not know of one. The pages with a sentence get no sign of the pages
with the code or the messages: the adult who holds the phone may be the wrong one (H6).
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from ..views_common import page

NUMBER, BACK_TO = 19, "to"
MAX_DIGITS = 2
PAGES = {"c": "code", "d": "done", "m": "more", "v": "visit"}
PRIVATE = ("c", "v")  # of the pages that show the code, or the messages


@dataclass(frozen=True)
class Sentence:
    """What a child can show instead of saying it, and the number of the page that shows nothing else."""

    number: int
    when: Text
    text: Text


SENTENCES = (
    Sentence(
        21,
        _("Something happened on the phone"),
        _("Please help me. Something happened on my phone and I am scared. Please don't be angry."),
    ),
    Sentence(
        22,
        _("Someone hurts you"),
        _("Please help me. Someone is hurting me and I am scared. Please don't be angry."),
    ),
)
NUMBERS = {NUMBER, *(sentence.number for sentence in SENTENCES)}


def url_of(number: int = NUMBER, back: str = "") -> str:
    """Return the URL of a page, with the sign of the page to which it leads back."""
    address = reverse("reports:first_aid", kwargs={"number": number})
    return f"{address}?{BACK_TO}={back}" if back else address


def adult_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show how to ask an adult, or one sentence in large letters."""
    sign, here = request.GET.get(BACK_TO, ""), {"number": number}
    onward = _address_of(sign)
    back = sign if onward else ""
    kept = "" if back in PRIVATE else back
    if number == NUMBER:
        ways = [{"sentence": sentence, "url": url_of(sentence.number, kept)} for sentence in SENTENCES]
        context: dict[str, Any] = {"ways": ways, "onward": onward or reverse("reports:start")}
        context["is_step"] = back.isdecimal()
        return page(request, "intake/trusted_adult.html", "first_aid", here, **context)
    sentence = next(sentence for sentence in SENTENCES if sentence.number == number)
    return page(request, "intake/show_sentence.html", "first_aid", here, sentence=sentence, back=url_of(back=kept))


def _address_of(sign: str) -> str:
    """Return the URL of the page or step with this sign; empty for anything else."""
    if sign in PAGES:
        return reverse(f"reports:{PAGES[sign]}")
    is_number = sign.isascii() and sign.isdecimal() and len(sign) <= MAX_DIGITS
    return reverse("reports:step", kwargs={"number": int(sign)}) if is_number else ""
