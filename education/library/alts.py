"""Alt texts that somebody has to read, because the file of their picture was replaced.

A new file is shown at once wherever the picture is used, with the words that each text has. Each of these stays in a
list until somebody says that it still fits, or until the text says something else.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from education.models import AltToRead, Guide, Picture, Revision
from education.models.bilingual import LANGUAGES
from education.rendering import figures
from education.translation import column
from safetycenter.roles import Account

from . import uses

Words = tuple[str, str, str]  # language, alt text, and the picture as the text stores it (a cover: empty)
_COVER = ("cover_id", *(column("cover_alt", code) for code in LANGUAGES))


@transaction.atomic
def note_replaced(picture: Picture) -> list[uses.Use]:
    """Remember each alt text of ``picture``, whose file was replaced. Return the uses, published ones first.

    The words of proposals and of versions are remembered too: they may be published, or come back, later.
    """
    picture.alts_to_read.all().delete()
    found, now = uses.uses(picture), timezone.now()
    AltToRead.objects.bulk_create(
        AltToRead(picture=picture, item=use.item, language=language, alt=alt, tag=tag, replaced_at=now)
        for use in found
        for language, alt, tag in dict.fromkeys(_words_of_all(picture, use.item))
    )
    return found


def to_read() -> QuerySet[AltToRead]:
    """Return the alt texts that nobody has read and that their items still have, those waiting longest first."""
    still_there = Q()
    for model in uses.models_with_texts():
        kind = ContentType.objects.get_for_model(model)
        same = model._default_manager.filter(pk=OuterRef("object_id"))
        # Every text contains an empty tag, which means a cover.
        in_text = ~Q(tag="") & Q(Exists(same.filter(_in_text(model))))
        as_cover = Q(Exists(same.filter(_as_cover())), tag="") if model is Guide else Q()
        still_there |= Q(content_type=kind) & (in_text | as_cover)
    return AltToRead.objects.filter(still_there, read_at=None)


def unread(item: Model) -> QuerySet[AltToRead]:
    """Return the alt texts of ``item`` that nobody has read, also those that only a version of it has."""
    kind = ContentType.objects.get_for_model(item)
    found = AltToRead.objects.filter(content_type=kind, object_id=item.pk, read_at=None)
    return found.select_related("picture")


def still_correct(one: AltToRead, by: Account) -> None:
    """Remember that ``by`` has read the alt text, and that it describes the new file too."""
    AltToRead.objects.filter(pk=one.pk, read_at=None).update(read_by=by, read_at=timezone.now())


def _in_text(model: type[Model]) -> Q:
    parts = [Q(**{f"{text.name}__contains": OuterRef("tag")}) for text in uses.text_columns(model)]
    return Q(*parts, _connector=Q.OR)


def _as_cover() -> Q:
    parts = [Q(**{column("cover_alt", code): OuterRef("alt")}) for code in LANGUAGES]
    return Q(Q(*parts, _connector=Q.OR), cover=OuterRef("picture"))


def _words_of_all(picture: Picture, item: Any) -> Iterator[Words]:
    """Yield the words of ``item`` on ``picture``: those of its row, of proposals, and of versions to go back to."""
    names = [*(text.name for text in uses.text_columns(type(item))), *_COVER]
    yield from _words(picture, item, {name: getattr(item, name, None) for name in names})
    for revision in Revision.objects.for_item(item).filter(status__in=uses.REVISIONS).iterator():
        yield from _words(picture, item, revision.data)


def _words(picture: Picture, item: Any, data: dict[str, Any]) -> Iterator[Words]:
    for text in uses.text_columns(type(item)):
        for figure in figures.figures(data.get(text.name) or ""):
            if figure.key == picture.pk and figure.alt:
                yield text.language, figure.alt, figures.image(figure)
    if picture.pk in {data.get("cover"), data.get("cover_id")}:
        yield from ((code, alt, "") for code in LANGUAGES if (alt := data.get(column("cover_alt", code))))
