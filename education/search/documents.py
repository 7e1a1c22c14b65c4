"""Write the search documents: one row per item and language, replaced whenever the item changes."""

import re
from typing import Any

from django.db.models import Model

from education.models import (
    Guide,
    Helpline,
    KnownWord,
    Lesson,
    News,
    Page,
    Platform,
    Publishable,
    Quiz,
    SearchDoc,
    State,
    Term,
    Topic,
    helpline_fields,
)
from education.models.bilingual import LANGUAGES, Bilingual
from education.models.guide import SAFETY_MARK
from education.models.platform import SECTIONS
from education.rendering import html_text

from .stems import STOP_WORDS, stems, words

KINDS = {
    Guide: SearchDoc.Kind.GUIDE,
    Page: SearchDoc.Kind.PAGE,
    Helpline: SearchDoc.Kind.HELPLINE,
    Term: SearchDoc.Kind.TERM,
    News: SearchDoc.Kind.NEWS,
    Quiz: SearchDoc.Kind.QUIZ,
    Lesson: SearchDoc.Kind.LESSON,
    Platform: SearchDoc.Kind.PLATFORM,
}
MODELS = {kind: model for model, kind in KINDS.items()}
# The fields that give the title, the lead, further lines and the body (one or several), by kind of item.
FIELDS = {
    Guide: ("title", "short_answer", "checklist", "body"),
    Page: ("title", "short_answer", "", "body"),
    Helpline: ("name", "serves", "", *(field.name for field in helpline_fields.FIELDS if field.searched)),
    Term: ("term", "slang", "", "definition"),
    News: ("title", "summary", "", "body"),
    Quiz: ("title", "summary", "", ""),
    Lesson: ("title", "short_answer", "goals", "body"),
    Platform: ("name", "short_answer", "", *SECTIONS),
}
_SAFETY_MARK = re.compile(rf"^\s*{re.escape(SAFETY_MARK)}\s*", re.MULTILINE)
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*")
_POSITIONS = {kind: number * 100_000 for number, kind in enumerate(SearchDoc.Kind)}


def refresh(item: Model) -> None:
    """Replace the rows of ``item``; call after saving it. Items of other kinds are ignored."""
    if kind := KINDS.get(type(item)):
        for language in LANGUAGES:
            _write(item, kind, language)


def delete(item: Model) -> None:
    """Delete the rows of a deleted ``item``."""
    if kind := KINDS.get(type(item)):
        SearchDoc.objects.filter(kind=kind, object_id=item.pk).delete()


def on_save(sender: Any, instance: Model, **_signal: Any) -> None:
    """Handle the signal ``post_save``."""
    refresh(instance)
    if isinstance(instance, Publishable) and instance.state == State.ARCHIVED:
        forget_words()


def on_topic_save(sender: Any, instance: Topic, **_signal: Any) -> None:
    """Handle the signal ``post_save`` of a topic: its guides are found by its name."""
    for guide in instance.guides.all():
        refresh(guide)


def on_delete(sender: Any, instance: Model, **_signal: Any) -> None:
    """Handle the signal ``post_delete``."""
    delete(instance)


def refresh_all() -> int:
    """Replace every row and delete those without an item. Return the number of rows."""
    for model, kind in KINDS.items():
        items = list(model.objects.all())
        SearchDoc.objects.filter(kind=kind).exclude(object_id__in=[item.pk for item in items]).delete()
        for item in items:
            refresh(item)
    return SearchDoc.objects.count()


def forget_words() -> int:
    """Delete the known words that no text has which readers see: it was unpublished or changed. Return how many."""
    gone = 0
    for language in LANGUAGES:
        used: set[str] = set()
        for model in KINDS:
            items: Any = model
            for item in items.objects.published().iterator():
                if language in item.languages():
                    used |= _known_words(*_texts(item, language), language)
        known = KnownWord.objects.filter(language=language)
        unused = [pk for pk, word in known.values_list("pk", "word") if word not in used]
        for start in range(0, len(unused), 500):
            gone += known.filter(pk__in=unused[start : start + 500]).delete()[0]
    return gone


def _write(item: Bilingual, kind: str, language: str) -> None:
    if language not in item.languages():
        SearchDoc.objects.filter(kind=kind, object_id=item.pk, language=language).delete()
        return
    title, lead, text = _texts(item, language)
    columns = {
        "position": _POSITIONS[kind] + (getattr(item, "number", None) or item.pk),
        "title": title,
        # Synonyms of a word make it findable, but are not shown as an excerpt.
        "text": text if kind == SearchDoc.Kind.TERM else "\n".join(filter(None, [lead, text])),
        "title_stems": _ordered_stems(title, language),
        "lead_stems": _ordered_stems(lead, language),
        "text_stems": _ordered_stems(f"{text}\n{_topic(item, language)}", language),
    }
    SearchDoc.objects.update_or_create(kind=kind, object_id=item.pk, language=language, defaults=columns)
    if isinstance(item, Publishable) and item.is_published():  # a reader is never offered a word that only a draft has
        _store_known_words(_known_words(title, lead, text, language), language)


def _texts(item: Bilingual, language: str) -> tuple[str, str, str]:
    title, lead, more, *bodies = (_text(item, field, language) for field in FIELDS[type(item)])
    return title, _without_marks(lead), "\n".join(filter(None, [_without_marks(more), *map(_plain, bodies)]))


def _text(item: Bilingual, field: str, language: str) -> str:
    """Return the text of one field in ``language``, or the same in all if it is not translated; empty for no field."""
    if field in item.translated_fields():
        return item.text(field, language)
    return str(getattr(item, field) or "") if field else ""


def _topic(item: Bilingual, language: str) -> str:
    """Return the name of a guide's topic, so that a search for the topic finds its guides."""
    return item.topic.text("title", language) if isinstance(item, Guide) else ""


def _without_marks(text: str) -> str:
    """Return the lines of plain ``text`` without the mark of safety steps."""
    return "\n".join(filter(None, map(_plain, _SAFETY_MARK.sub("", text).splitlines())))


def _plain(html: str) -> str:
    """Return ``html`` without tags, each block on a separate line."""
    return "\n".join(block.text for block in html_text.blocks(html))


def _ordered_stems(text: str, language: str) -> str:
    """Return the stems in text order, because phrases match words near each other."""
    return " ".join(stems(text, language))


def _lower_case_words(text: str) -> list[str]:
    """Return the words that occur in lower case somewhere.

    This excludes names: a lesson with Mira must not turn "miras" (alcohol) into a person.
    """
    return words(CAPITALISED.sub(" ", text))


def _known_words(title: str, lead: str, text: str, language: str) -> set[str]:
    """Return the words of an item that can be the correction of a typo."""
    found = words(title) + _lower_case_words(f"{lead} {text}")
    return {word for word in found if len(word) > 3 and word.isalpha() and word not in STOP_WORDS[language]}


def _store_known_words(known: set[str], language: str) -> None:
    stored = KnownWord.objects.filter(language=language, word__in=known).values_list("word", flat=True)
    new = sorted(known.difference(stored))  # few: each item repeats the words of others
    KnownWord.objects.bulk_create([KnownWord(language=language, word=word) for word in new], ignore_conflicts=True)
