"""Revisions: what an item said, who wrote it, and what became of it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from safetycenter.roles import Actor

from .serialization import columns, plain, put_lists, snapshot


class Status(models.TextChoices):
    """What became of a text. Only one of an item is open (waiting, returned or scheduled) at a time."""

    KEPT = "kept", _("Saved")
    WAITING = "waiting", _("Awaiting approval")
    RETURNED = "returned", _("Changes requested")
    SCHEDULED = "scheduled", _("Approved, waits for its time")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Superseded")
    TO_CONFIRM = "to_confirm", _("Unpublished, awaiting a second person")


OPEN = (Status.WAITING, Status.RETURNED, Status.SCHEDULED)


class RevisionQuerySet(models.QuerySet):
    """The revisions of one item."""

    def of(self, item: models.Model) -> Self:
        """Those of ``item``, the newest first."""
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def open_for(self, item: models.Model) -> "Revision | None":
        """The text proposed for ``item`` that readers do not see yet, also when changes were asked for."""
        return self.of(item).filter(status__in=OPEN).first()

    def waiting_for(self, item: models.Model) -> "Revision | None":
        """The proposed text of ``item`` that a publisher can publish now."""
        return self.of(item).filter(status=Status.WAITING).first()

    def written(self) -> Self:
        """Those in which somebody wrote, not the records of a step."""
        return self.filter(action="")

    def shown(self) -> Self:
        """Those whose text readers saw."""
        return self.written().filter(status__in=(Status.KEPT, Status.PUBLISHED))

    def version_of(self, item: models.Model) -> int:
        """The number of the newest revision of ``item``; 0 when there is none."""
        newest = self.of(item).first()
        return newest.number if newest else 0

    def write(self, item: models.Model, by: Actor, note: str = "", **fields: Any) -> "Revision":
        """Record what ``item`` says; ``by`` is a user, or None for the starter content.

        ``fields`` may give other columns, such as ``status``, and as ``data`` a snapshot other than the row's.
        """
        number = self.version_of(item) + 1
        data = plain(fields.pop("data", None) or snapshot(item))
        return self.create(item=item, number=number, data=data, author=by, note=note, **fields)


class Revision(models.Model):
    """One version of one item. ``action`` names the step of the workflow that it records; empty: somebody wrote.

    ``language`` is the only one that was published, or that is to be published at ``goes_live_at``; empty: both.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(encoder=DjangoJSONEncoder)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("author")
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    minor = models.BooleanField(_("minor edit"), default=False)
    action = models.CharField(max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.KEPT)
    language = models.CharField(max_length=5, blank=True)
    goes_live_at = models.DateTimeField(_("goes live at"), null=True)
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("draft change or version")
        verbose_name_plural = _("draft changes and versions")
        constraints = [
            UniqueConstraint(fields=["content_type", "object_id", "number"], name="revision_number_once"),
            UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(status__in=OPEN),
                name="revision_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} – {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether this is a proposal on which nobody has decided for good."""
        return self.status in OPEN

    def copy_to(self, item: models.Model) -> Any:
        """Set the columns of ``item`` to what this revision says; nothing is saved. Returns the item."""
        for field in columns(item):
            if field.name in self.data:
                setattr(item, field.attname, field.to_python(self.data[field.name]))
        return item

    def put_on(self, item: models.Model) -> None:
        """Save the row with all that belongs to it as this revision says."""
        self.copy_to(item).save()
        put_lists(item, self.data)
