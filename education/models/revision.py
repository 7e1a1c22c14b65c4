"""Revisions: what an item said, who wrote it, and why."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator

# Where an item is on its way is not part of what it says.
_NOT_TEXT = {"state", "publish_at", "archive_at", "changed_on"}


def _columns(item: models.Model) -> list[models.Field]:
    try:
        untranslated_twins = set(translator.get_options_for_model(type(item)).all_fields)
    except NotRegistered:
        untranslated_twins = set()
    return [
        field
        for field in item._meta.concrete_fields
        if not field.primary_key and field.name not in _NOT_TEXT | untranslated_twins
    ]


def snapshot(item: models.Model) -> dict:
    """The whole item in both languages as plain values: columns, lists of keys, rows of sources and channels."""
    data = {field.name: getattr(item, field.attname) for field in _columns(item)}
    for field in item._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            data[field.name] = sorted(getattr(item, field.name).values_list("pk", flat=True))
    for name in ("sources", "channels", "guidehelpline_set"):
        if hasattr(item, name):
            data[name] = [{f.name: getattr(row, f.attname) for f in _columns(row)} for row in getattr(item, name).all()]
    return data


class RevisionQuerySet(models.QuerySet):
    """The revisions of one item."""

    def of(self, item: models.Model):
        """Those of ``item``, the newest first."""
        return self.filter(content_type=ContentType.objects.get_for_model(item), object_id=item.pk)

    def waiting_for(self, item: models.Model) -> "Revision | None":
        """The newest text that someone proposed for ``item`` and that readers do not see yet."""
        return self.of(item).filter(waiting=True).first()

    def write(self, item: models.Model, by, note: str = "", minor: bool = False, waiting: bool = False) -> "Revision":
        """Record ``item`` as it stands in memory; ``by`` is a user, or None for the starter content."""
        newest = self.of(item).first()
        return self.create(
            item=item,
            number=newest.number + 1 if newest else 1,
            data=snapshot(item),
            author=by,
            note=note,
            minor=minor,
            waiting=waiting,
        )


class Revision(models.Model):
    """One version of one item. ``waiting`` marks a text that a publisher has still to accept."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(encoder=DjangoJSONEncoder)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("author")
    )
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    minor = models.BooleanField(_("minor edit"), default=False)
    waiting = models.BooleanField(_("waiting for a publisher"), default=False)
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            UniqueConstraint(fields=["content_type", "object_id", "number"], name="revision_number_once"),
        ]

    def __str__(self):
        return f"{self.content_type.model} {self.object_id}, {self.number}"

    def copy_to(self, item: models.Model) -> None:
        """Set the columns of ``item`` to what this revision says; nothing is saved."""
        for field in _columns(item):
            if field.name in self.data:
                setattr(item, field.attname, field.to_python(self.data[field.name]))
