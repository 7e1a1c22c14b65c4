"""Base class of items with a publishing state and a period of publication."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIRST_LOCAL_NUMBER = 1000  # lower numbers belong to content shipped with the project


def free_number(model: type[models.Model]) -> int:
    """Return the next free number for an item written on this site, at least ``FIRST_LOCAL_NUMBER``."""
    highest = model._default_manager.order_by().aggregate(models.Max("number"))["number__max"] or 0
    return max(FIRST_LOCAL_NUMBER, highest + 1)


class State(models.TextChoices):
    """The position of an item in the publishing workflow."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class PublishedQuerySet(models.QuerySet):
    """Query set with the access rule for readers."""

    def published(self, now: datetime | None = None) -> Self:
        """Return the items that readers may see at ``now`` (a datetime; default: the current time)."""
        now = now or timezone.now()
        return self.filter(
            Q(publish_at=None) | Q(publish_at__lte=now),
            Q(archive_at=None) | Q(archive_at__gt=now),
            state=State.PUBLISHED,
        )

    def unpublished(self, now: datetime | None = None) -> Self:
        """Return the items that readers saw once and no longer see."""
        gone = Q(state=State.PUBLISHED, archive_at__lte=now or timezone.now())
        return self.filter(Q(state=State.ARCHIVED) | gone)


class Publishable(models.Model):
    """Abstract base of items that editors prepare and publishers publish."""

    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    publish_at = models.DateTimeField(
        _("publish on"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: as soon as it is published. A change to a published page goes live at this time; until then "
            "readers see the current page."
        ),
    )
    archive_at = models.DateTimeField(
        _("unpublish on"), null=True, blank=True, help_text=_("Empty: it stays published until someone unpublishes it.")
    )
    changed_on = models.DateField(_("last change"), default=timezone.localdate, editable=False)
    outdated_fields = models.JSONField(
        default=dict, editable=False
    )  # languages out of date, see ``education.publishing.translation_status``
    not_needed = models.JSONField(
        default=dict, db_default={}, editable=False
    )  # texts that exist in the other language only, see ``education.publishing.not_needed``
    not_ready = models.JSONField(
        default=dict, db_default={}, editable=False
    )  # languages of the open text that must not be published yet, see ``education.publishing.not_ready``
    told_changes = models.JSONField(
        default=list, db_default=[], editable=False
    )  # what readers learn about the last changes, see ``education.publishing.told_changes``

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def changes_for_readers(self) -> list[tuple[date, str]]:
        """Return day and sentence of the last changes, in the language in which readers see the item."""
        code = self.localized.language  # type: ignore[attr-defined]
        return [(date.fromisoformat(one["on"]), one[code]) for one in self.told_changes if code in one]

    def is_published(self, now: datetime | None = None) -> bool:
        """Return whether readers may see this item at ``now``. The rule is the same as in ``published()``."""
        now = now or timezone.now()
        begun = self.publish_at is None or self.publish_at <= now
        ended = self.archive_at is not None and self.archive_at <= now
        return self.state == State.PUBLISHED and begun and not ended

    def waits_for_time(self) -> bool:
        """Return whether this item is approved for a time that has not come."""
        return self.state == State.PUBLISHED and self.publish_at is not None and self.publish_at > timezone.now()

    def shown_state(self) -> str:
        """Return the status in words. An item that readers do not see is never called published."""
        if self.waits_for_time():
            return live_on(self.publish_at)
        if self.state == State.PUBLISHED and not self.is_published():
            return gettext("No longer live since %(time)s WIB") % {"time": _in_words(self.archive_at)}
        return str(State(self.state).label)


def live_on(moment: datetime | None) -> str:
    """Return the status in words of a text that was approved for ``moment``."""
    return gettext("Approved, live on %(time)s WIB") % {"time": _in_words(moment)}


def _in_words(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
