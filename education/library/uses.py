"""Where pictures are used, and which of their files readers may see.

A picture is public while a published text shows it, and not before: its file is then given out (``public_files``), and
only a publisher may change what readers get of it. Drafts and versions count as uses too, so that nothing breaks when
one of them is published or restored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from modeltranslation.fields import TranslationField

from education.models import Guide, Picture, PictureFile, Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.models.revision import OPEN
from education.rendering import figures
from education.rendering.rich_text import RichTextField
from safetycenter.page_cache.per_version import per_version

LIVE, DRAFT = "live", "draft"
# Texts that readers see or may see later: proposals, and versions that can be restored.
REVISIONS = (*OPEN, Status.SAVED, Status.PUBLISHED)


@dataclass(frozen=True)
class Use:
    """An item that shows a picture: what readers see (``live``, in ``languages``), or only a draft or a version."""

    item: Model
    state: str
    languages: tuple[str, ...] = ()


def text_columns(model: type[Model]) -> list[TranslationField]:
    """Return the columns of ``model`` that hold rich text, one for each language."""
    columns: list[Any] = [field for field in model._meta.concrete_fields if isinstance(field, TranslationField)]
    return [field for field in columns if isinstance(field.translated_field, RichTextField)]


def models_with_texts() -> list[type[Publishable]]:
    """Return the models with rich text."""
    found = (model for model in apps.get_app_config("education").get_models() if issubclass(model, Publishable))
    return [model for model in found if text_columns(model)]


def live_uses(*pictures: Picture) -> dict[int, list[Use]]:
    """Return, by the id of a picture, the published items that show it; ``pictures`` (default: all) are looked for."""
    found: dict[int, list[Use]] = {}
    for item, key, languages in _published(pictures):
        known = found.setdefault(key, [])
        if all(use.item != item for use in known):  # a guide may show its cover in its text too
            known.append(Use(item, LIVE, languages))
    return found


def uses(picture: Picture) -> list[Use]:
    """Return every use of ``picture``: published items first, then drafts, proposals and versions of other items."""
    live = live_uses(picture).get(picture.pk, [])
    seen = {(type(use.item), use.item.pk) for use in live}
    drafts = {(type(item), item.pk): Use(item, DRAFT) for item in (*_rows(picture), *_revised(picture))}
    return [*live, *(use for key, use in drafts.items() if key not in seen)]


def alt_texts(picture: Picture, item: Any) -> list[str]:
    """Return the alt texts that ``item``, as its row has it, says of ``picture``, each once."""
    texts = [getattr(item, column.name) for column in text_columns(type(item))]
    found = [figure.alt for text in texts for figure in figures.figures(text) if figure.key == picture.pk]
    if getattr(item, "cover_id", None) == picture.pk:
        found += [item.text("cover_alt", code) for code in LANGUAGES]
    return list(dict.fromkeys(filter(None, found)))


def is_public(picture: Picture) -> bool:
    """Return whether readers see ``picture`` on some page now."""
    return bool(live_uses(picture))


def goes_live(item: Any) -> bool:
    """Return whether ``item`` goes live at a time that is set already: nobody looks at its pictures again."""
    return item.state == State.PUBLISHED or Revision.objects.for_item(item).filter(status=Status.SCHEDULED).exists()


@per_version
def public_files() -> dict[str, tuple[str, datetime | None]]:
    """Return the files that readers may see: by name, the media type and when its last page ends (None: no end)."""
    ends: dict[int, list[datetime | None]] = {}
    for item, key, _languages in _published():
        ends.setdefault(key, []).append(item.archive_at)
    until = {key: None if None in times else max(filter(None, times)) for key, times in ends.items()}
    files = PictureFile.objects.filter(picture_id__in=until) if until else ()
    return {file.name: (file.content_type, until[file.picture_id]) for file in files}


def _published(pictures: tuple[Picture, ...] = ()) -> Iterator[tuple[Any, int, tuple[str, ...]]]:
    """Yield each published item with each picture that it shows, and the languages in which it does."""
    wanted = {picture.pk for picture in pictures}
    yield from _published_covers(wanted)
    for model in models_with_texts():
        for item in model.objects.published().filter(_mentions(model, wanted)):
            shown: dict[int, list[str]] = {}
            for column in text_columns(model):
                if column.language in item.languages():
                    for key in figures.keys(getattr(item, column.name)):
                        shown.setdefault(key, []).append(column.language)
            yield from (
                (item, key, tuple(dict.fromkeys(languages)))
                for key, languages in shown.items()
                if not wanted or key in wanted
            )


def _mentions(model: type[Model], wanted: set[int]) -> Q:
    """Return the condition that a text of ``model`` has one of the ``wanted`` pictures, or any."""
    markers = [figures.marker(key) for key in wanted] or ["data-file="]
    names = [column.name for column in text_columns(model)]
    parts = [Q(**{f"{name}__contains": marker}) for name in names for marker in markers]
    return Q(*parts, _connector=Q.OR)


def _published_covers(wanted: set[int]) -> Iterator[tuple[Any, int, tuple[str, ...]]]:
    """Yield each published guide with its cover, as ``_published``. A sensitive one does not show it."""
    guides = Guide.objects.published().exclude(sensitive=True).exclude(topic__sensitive=True).exclude(cover=None)
    for guide in guides.filter(cover__in=wanted) if wanted else guides:
        yield guide, guide.cover_id, tuple(guide.languages())


def _rows(picture: Picture) -> Iterator[Model]:
    yield from Guide.objects.filter(cover=picture)
    for model in models_with_texts():
        yield from model.objects.filter(_mentions(model, {picture.pk}))


def _revised(picture: Picture) -> Iterator[Model]:
    """Yield the items of which a proposal or a version that can be restored has the picture."""
    in_json = figures.marker(picture.pk).replace('"', '\\"')
    texts = Revision.objects.filter(status__in=REVISIONS).annotate(text=Cast("data", TextField()))
    as_cover = Q(data__cover=picture.pk, content_type=ContentType.objects.get_for_model(Guide))
    for revision in texts.filter(Q(text__contains=in_json) | as_cover).prefetch_related("item"):
        if revision.item is not None:
            yield revision.item
