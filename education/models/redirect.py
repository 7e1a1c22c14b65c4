"""Model of former addresses. They redirect permanently to the current address of the item."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import UniqueConstraint

from .bilingual import LANGUAGES, Bilingual
from .publishing import Publishable, State

_ONCE_PUBLIC = {State.PUBLISHED, State.ARCHIVED}


class SlugRedirectQuerySet(models.QuerySet):
    """Query set of former slugs, looked up by model."""

    def target_of(self, model: type[models.Model], slug: str, language: str) -> int | None:
        """Return the primary key of the item formerly at ``slug``, preferring ``language``; ``None`` if none was."""
        found = dict(self.filter(content_type=_content_type(model), slug=slug).values_list("language", "object_id"))
        return found.get(language) or next(iter(found.values()), None)

    def slugs_of(self, item: Bilingual) -> list[str]:
        """Return the former slugs of ``item``."""
        return list(
            self.filter(content_type=_content_type(type(item)), object_id=item.pk).values_list("slug", flat=True)
        )

    def remember_slugs(self, item: Bilingual) -> None:
        """Store the slugs that saving ``item`` would replace, if readers may have seen them. Call before saving."""
        before = type(item).objects.filter(pk=item.pk).first() if item.pk else None
        if before is None or (isinstance(before, Publishable) and before.state not in _ONCE_PUBLIC):
            return
        for language in LANGUAGES:
            old, new = before.text("slug", language), item.text("slug", language)
            if old != new:
                self._move(item, language, old, new)

    def _move(self, item: Bilingual, language: str, old: str, new: str) -> None:
        place: dict[str, Any] = {"content_type": _content_type(type(item)), "language": language}
        self.filter(**place, slug=new).delete()  # the slug is in use again
        if old:
            self.update_or_create(**place, slug=old, defaults={"object_id": item.pk})


def _content_type(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


class SlugRedirect(models.Model):
    """A former slug in one language.

    It refers to the item, not to its next slug, so several moves still need one redirect.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    language = models.CharField(max_length=5)
    slug = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["content_type", "slug", "language"], name="old_address_once")]

    def __str__(self) -> str:
        return f"{self.language}: {self.slug}"
