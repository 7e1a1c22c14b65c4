"""Addresses that an item had before. They lead to the one it has now, for good."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import UniqueConstraint

from .bilingual import LANGUAGES, Bilingual
from .publishing import Publishable, State

_SEEN_BY_READERS = {State.PUBLISHED, State.ARCHIVED}


class SlugRedirectQuerySet(models.QuerySet):
    """Old addresses by kind of item."""

    def leading_to(self, model: type[models.Model], slug: str, language: str) -> int | None:
        """The key of the item that was at ``slug``, first of all in ``language``; ``None``: no item ever was."""
        found = dict(self.filter(content_type=_kind(model), slug=slug).values_list("language", "object_id"))
        return found.get(language) or next(iter(found.values()), None)

    def slugs_of(self, item: Bilingual) -> list[str]:
        """The slugs that ``item`` had before."""
        return list(self.filter(content_type=_kind(type(item)), object_id=item.pk).values_list("slug", flat=True))

    def remember(self, item: Bilingual) -> None:
        """Keep the slugs that ``item`` loses by being saved as it is now, if readers may have seen them."""
        before = type(item).objects.filter(pk=item.pk).first()
        if before is None or (isinstance(before, Publishable) and before.state not in _SEEN_BY_READERS):
            return
        for language in LANGUAGES:
            old, new = before.text("slug", language), item.text("slug", language)
            if old != new:
                self._move(item, language, old, new)

    def _move(self, item: Bilingual, language: str, old: str, new: str) -> None:
        place: dict[str, Any] = {"content_type": _kind(type(item)), "language": language}
        self.filter(**place, slug=new).delete()  # it is a living address now
        if old:
            self.update_or_create(**place, slug=old, defaults={"object_id": item.pk})


def _kind(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


class SlugRedirect(models.Model):
    """One former slug in one language. It names the item, not its next slug: chains of moves stay one step long."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    language = models.CharField(max_length=5)
    slug = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()

    objects = SlugRedirectQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["content_type", "slug", "language"], name="old_address_once")]

    def __str__(self) -> str:
        return f"{self.language}: {self.slug}"
