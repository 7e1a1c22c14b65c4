"""Check the pictures of a text: known to the library, with words for those who cannot see them, and light."""

import zlib
from collections.abc import Iterator
from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.library import alts, uses
from education.models import AltToRead, Picture
from education.rendering import figures
from education.rendering import pictures as rendering
from education.translation import column, language_name

from .finding import ERROR, WARNING, Candidate, Finding, label, quoted

FIELDS = ("body", "easy", "handout")
NO_COVER = gettext_lazy("A sensitive guide has no cover, because anyone who sees the screen would see the picture.")
MAX_KILOBYTES = 100  # of a first visit: what every page has, its text, and its pictures
# Of what every page has: styles, scripts, font, and the page around the text. Rendering each preview to weigh it would
# take ten queries more; tests/education/test_page_weight.py compares this figure with rendered pages.
FRAME_KILOBYTES = 38


def check_pictures(candidate: Candidate) -> Iterator[Finding]:
    """Report a picture that is not in the library, or that has no alt text and is not only decoration."""
    library = _library(candidate)
    for name, _language, text in candidate.texts(*FIELDS):
        for figure in figures.figures(text):
            picture = library.get(figure.key)
            if picture is None:
                yield Finding(ERROR, _("A picture is not in the library any more. Take it out of the text."), name)
            elif not figure.alt and not picture.decorative:
                sentence = _("The picture “%(name)s” has no alt text: a blind reader learns nothing of it.")
                yield Finding(ERROR, sentence % {"name": picture}, name)


def check_cover(candidate: Candidate) -> Iterator[Finding]:
    """Report a cover without words, or on a sensitive guide."""
    item: Any = candidate.item
    cover = getattr(item, "cover", None)
    if cover is None:
        return
    if item.sensitive or (candidate.topic and candidate.topic.sensitive):
        yield Finding(ERROR, str(NO_COVER), "cover")
    for code in candidate.languages:
        if not cover.decorative and not item.text("cover_alt", code):
            sentence = _("The picture “%(name)s” has no alt text: a blind reader learns nothing of it.")
            yield Finding(ERROR, sentence % {"name": cover}, column("cover_alt", code))


def check_replaced_pictures(candidate: Candidate) -> Iterator[Finding]:
    """Report alt texts that were written for an earlier file of their picture, and that nobody has read since."""
    item: Any = candidate.item
    waiting = list(alts.unread(candidate.row)) if _has_pictures(candidate) else []
    for one in waiting:
        cover = getattr(item, "cover_id", None) == one.picture_id
        if not one.tag and cover and item.text("cover_alt", one.language) == one.alt:
            yield _replaced(one, column("cover_alt", one.language))
        for name, language, text in candidate.texts(*_rich(candidate)) if one.tag else ():
            if language == one.language and one.tag in text:
                yield _replaced(one, name)


def check_translated_pictures(candidate: Candidate) -> Iterator[Finding]:
    """Report a picture that the text of one language has and that of another language lacks."""
    library = _library(candidate)
    for field in FIELDS if len(candidate.languages) > 1 and library else ():
        texts = {code: text for _name, code, text in candidate.texts(field)}
        shown = {code: figures.keys(text) for code, text in texts.items()}
        for code, own in shown.items():
            for key in set().union(*shown.values()) - own:
                if picture := library.get(key):
                    yield _missing(candidate, field, code, picture)


def check_page_weight(candidate: Candidate) -> Iterator[Finding]:
    """Report a page that is too heavy for a reader who pays for each megabyte, with its figures."""
    library = _library(candidate)
    for language in candidate.languages:
        for field, texts in _pages(candidate, language).items():
            found = [library[key] for text in texts for key in figures.keys(text) if key in library]
            cover = getattr(candidate.item, "cover", None) if field == "body" else None
            pictures = _kilobytes_of_pictures([*found, *([cover] if cover else [])])
            words = ceil(len(zlib.compress("\n".join(texts).encode())) / 1024)
            if (kilobytes := FRAME_KILOBYTES + words + pictures) > MAX_KILOBYTES:
                sentence = _(
                    "A first visit to this page costs about %(kilobytes)d KB: %(pictures)d KB for its pictures,"
                    " %(words)d KB for its text, the rest for what every page has. More than %(most)d KB is too heavy."
                )
                facts = {"kilobytes": kilobytes, "pictures": pictures, "words": words, "most": MAX_KILOBYTES}
                name = column(field, language)
                yield Finding(WARNING, sentence % facts, name, "heavy page", frozenset(map(str, found)), kilobytes)


def _pages(candidate: Candidate, language: str) -> dict[str, list[str]]:
    """Return the texts of each page of the item in ``language``, by the field with its main text."""
    item: Any = candidate.item
    names = [field for field in item.translated_fields() if field != "slug"]
    main = "body" if "body" in names else names[-1]
    whole = [item.text(field, language) for field in names if field != "easy"]
    whole += [text for _rows, code, text in candidate.row_texts("scenarios") if code == language]
    whole += [str(value) for row in candidate.data.get("sources", []) for value in row.values() if value]
    easy = item.text("easy", language) if "easy" in names else ""
    return {main: whole} | ({"easy": [easy]} if easy else {})


def _kilobytes_of_pictures(found: list[Picture]) -> int:
    """Return what the pictures cost at most, each once: phones load each when it comes near, in one of its sizes."""
    return ceil(sum(rendering.weight(list(picture.files.all())) for picture in {*found}) / 1024)


def _has_pictures(candidate: Candidate) -> bool:
    texts = (figures.keys(text) for _name, _language, text in candidate.texts(*_rich(candidate)))
    return bool(getattr(candidate.item, "cover_id", None)) or any(texts)


def _rich(candidate: Candidate) -> list[str]:
    return list(dict.fromkeys(text.translated_field.name for text in uses.text_columns(type(candidate.row))))


def _replaced(one: AltToRead, field: str) -> Finding:
    sentence = _("The picture “%(name)s” was replaced on %(day)s. Nobody has read its alt text since: %(alt)s")
    day = date_format(timezone.localtime(one.replaced_at), "j F Y")
    return Finding(WARNING, sentence % {"name": one.picture, "day": day, "alt": quoted(one.alt)}, field)


def _missing(candidate: Candidate, field: str, language: str, picture: Picture) -> Finding:
    facts = {"field": label(candidate, field, language), "name": picture, "language": language_name(language)}
    if picture.may_be_used(language):
        sentence = _("%(field)s lacks the picture “%(name)s”, which the other language shows.")
    else:
        sentence = _(
            "%(field)s lacks the picture “%(name)s”: its alt text in %(language)s is missing. Write it in the library."
        )
    return Finding(WARNING, sentence % facts, column(field, language))


def _library(candidate: Candidate) -> dict[int, Picture]:
    keys = {key for _name, _language, text in candidate.texts(*FIELDS) for key in figures.keys(text)}
    return Picture.objects.prefetch_related("files").in_bulk(keys) if keys else {}


CHECKS = (check_pictures, check_cover, check_replaced_pictures, check_translated_pictures, check_page_weight)
