"""Alt texts that somebody has to read, because the file of their picture was replaced.

A new file is shown at once wherever the picture is used, with the words that each text has. Each of these stays in a
list until somebody says that it still fits, or until the text says something else.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import Exact, GreaterThan
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.models import AltToRead, Guide, Picture, Revision, State
from education.models.bilingual import LANGUAGES
from education.models.revision import OPEN
from education.models.serialization import content_columns
from education.rendering import figures
from education.translation import column
from safetycenter.roles import Account

from . import uses

Words = tuple[str, str, str]  # language, alt text, and the picture as the text stores it (a cover: empty)
READ = "alt_read"  # the action of the version that says so
READ_LABEL = gettext_lazy("Alt text read after a replacement")
MAX_NOTE = Revision._meta.get_field("note").max_length
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


def to_read(languages: Collection[str] = LANGUAGES, kinds: Collection[type] = (), sensitive: bool = True) -> QuerySet:
    """Return the alt texts that nobody has read and that their items still have, those waiting longest first.

    Left out are unpublished items, and those whose open proposal says something else: it is decided on anyway.
    ``languages``, ``kinds`` (default: all) and ``sensitive`` narrow it to what one person may decide on.
    """
    found = Q(pk__in=())
    models = [model for model in uses.models_with_texts() if not kinds or model in kinds]
    for model, kind in ContentType.objects.get_for_models(*models).items():
        for code in languages:
            found |= Q(content_type=kind, language=code) & _still_said(model, code, sensitive)
    return AltToRead.objects.filter(found, read_at=None)


def unread(item: Model) -> QuerySet[AltToRead]:
    """Return the alt texts of ``item`` that nobody has read, also those that only a version of it has."""
    kind = ContentType.objects.get_for_model(item)
    found = AltToRead.objects.filter(content_type=kind, object_id=item.pk, read_at=None)
    return found.select_related("picture")


@transaction.atomic
def still_correct(one: AltToRead, by: Account) -> None:
    """Remember that ``by`` has read the alt text, and that it describes the new file too; the versions say so."""
    if not AltToRead.objects.filter(pk=one.pk, read_at=None).update(read_by=by, read_at=timezone.now()):
        return
    note = _("“%(alt)s” still fits the new file of the picture “%(name)s”.") % {"alt": one.alt, "name": one.picture}
    item: Any = one.item
    Revision.objects.record(item, by, note=note[:MAX_NOTE], action=READ)


def _still_said(model: type[Model], code: str, sensitive: bool) -> Q:
    """Return the condition that the row of ``model`` has the words in the language, and its open proposal too.

    Databases compare parts of a text with LIKE, which may ignore capitals; the place of a part is exact.
    """
    names = [text.name for text in uses.text_columns(model) if text.language == code]
    rows = model._default_manager.filter(pk=OuterRef("object_id")).exclude(state=State.ARCHIVED)
    same = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    proposals = Revision.objects.filter(**same, status__in=OPEN)
    in_text = ~Q(tag="") & Q(Exists(rows.filter(_has_tag(names))))
    said: Any = in_text & ~Exists(proposals.exclude(_has_tag([KT(f"data__{name}") for name in names])))
    if model is Guide:
        alt = column("cover_alt", code)
        as_cover = Q(cover=OuterRef("picture"), **{alt: OuterRef("alt")})
        cover = Cast(KT("data__cover"), BigIntegerField())  # PostgreSQL compares no JSON with a number
        proposed = Q(Exact(KT(f"data__{alt}"), OuterRef("alt"))) & Q(Exact(cover, OuterRef("picture")))
        said |= Q(Exists(rows.filter(as_cover)), tag="") & ~Exists(proposals.exclude(proposed))
    if sensitive or not any(field.name == "sensitive" for field in content_columns(model)):
        return said
    return said & ~Exists(rows.filter(sensitive=True)) & ~Exists(proposals.filter(data__sensitive=True))


def _has_tag(texts: list[Any]) -> Q:
    return Q(*(Q(GreaterThan(StrIndex(text, OuterRef("tag")), 0)) for text in texts), _connector=Q.OR)


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
