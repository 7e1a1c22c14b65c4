"""Model of revisions: the versions of an item, their authors and their status."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from safetycenter.roles import Actor

from .serialization import content_columns, deleted_references, save_related, snapshot, stored_form


class Status(models.TextChoices):
    """The status of a revision. At most one revision of an item is open (waiting, returned or scheduled) at a time."""

    SAVED = "saved", _("Saved")
    WAITING = "waiting", _("Awaiting approval")
    RETURNED = "returned", _("Changes requested")
    SCHEDULED = "scheduled", _("Approved, scheduled")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Superseded")
    TO_CONFIRM = "to_confirm", _("Unpublished, awaiting a second person")


OPEN = (Status.WAITING, Status.RETURNED, Status.SCHEDULED)


class RevisionQuerySet(models.QuerySet):
    """Query set of revisions, with the filters for one item."""

    def for_item(self, item: models.Model) -> Self:
        """Return the revisions of ``item``, the newest first."""
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def open_proposal(self, item: models.Model) -> "Revision | None":
        """Return the open proposal for ``item``, including one returned for changes, or ``None``."""
        return self.for_item(item).filter(status__in=OPEN).first()

    def waiting_proposal(self, item: models.Model) -> "Revision | None":
        """Return the proposed text of ``item`` that a publisher can publish now, or ``None``."""
        return self.for_item(item).filter(status=Status.WAITING).first()

    def edits(self) -> Self:
        """Return the revisions that hold an edit, without the records of workflow actions."""
        return self.filter(action="")

    def published_texts(self) -> Self:
        """Return the revisions whose text readers saw."""
        return self.edits().filter(status__in=(Status.SAVED, Status.PUBLISHED))

    def latest_number(self, item: models.Model) -> int:
        """Return the number of the newest revision of ``item``, 0 if there is none."""
        newest = self.for_item(item).first()
        return newest.number if newest else 0

    def record(self, item: models.Model, by: Actor, note: str = "", **fields: Any) -> "Revision":
        """Record the present content of ``item``. ``by`` is a user, or None for the starter content.

        ``fields`` may set other columns such as ``status``, and ``data``, a snapshot to store instead of the row's.
        """
        number = self.latest_number(item) + 1
        data = stored_form(fields.pop("data", None) or snapshot(item))
        return self.create(item=item, number=number, data=data, author=by, note=note, **fields)


class Revision(models.Model):
    """One version of one item. ``action`` names the workflow action that it records, empty for an edit.

    ``language`` is the only language that was published, or will be at ``goes_live_at``; empty for both. ``told`` is
    what readers learn about the change when it is published, by language. A correction from the project has the
    ``release`` that brought it, in ``shipped`` the whole text as the project has it, and in ``correction`` what was
    found out about it (``education.publishing.correction_facts``).
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
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SAVED)
    language = models.CharField(max_length=5, blank=True)
    told = models.JSONField(default=dict, db_default={})
    goes_live_at = models.DateTimeField(_("goes live at"), null=True)
    release = models.CharField(_("release"), max_length=20, blank=True, default="", db_default="")
    shipped = models.JSONField(null=True)
    correction = models.JSONField(default=dict, db_default={})
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
        """Return whether this is a proposal without a final decision."""
        return self.status in OPEN

    def asks_for_later(self) -> bool:
        """Return whether readers would get this version at a time that has not come."""
        moment = parse_datetime(self.data.get("publish_at") or "")
        return moment is not None and moment > timezone.now()

    def apply_to(self, item: models.Model) -> Any:
        """Set the columns of ``item`` to this revision's data without saving. Return the item.

        Where the data name an item that was deleted, such as a topic, ``item`` keeps the one that it has.
        """
        deleted = deleted_references(item, self.data)
        for field in content_columns(item):
            if field.name in self.data and field not in deleted:
                setattr(item, field.attname, field.to_python(self.data[field.name]))
        return item

    def apply_and_save(self, item: models.Model) -> None:
        """Save ``item`` with its lists and related rows as in this revision."""
        self.apply_to(item).save()
        save_related(item, self.data)
