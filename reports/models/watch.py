"""Staffed hours, the on-call channels, and notices that have to be sent."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safetycenter import outbound

from .event import Event


class StaffedHours(models.Model):
    """A period in which people read reports, in the time zone of the site (WIB); all tiers, or P0 and P1 only."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"), help_text=_("23:59 means until midnight."))
    urgent_only = models.BooleanField(
        _("only urgent reports"), default=False, help_text=_("Only P0 and P1 are read in these hours.")
    )

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("staffed hours")
        verbose_name_plural = _("staffed hours")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"

    def clean(self) -> None:
        """Refuse hours that end before they begin; a night is entered as two rows."""
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValidationError({"closes": _("The end must be after the start. Write a night shift as two rows.")})


class OnCallChannel(models.Model):
    """A way in which content-free pages reach somebody while a P0 case awaits its first review.

    A channel without ``person`` is an email address that leads keep for the whole desk. Any other belongs to one
    person, is entered by them, and is in use once its test was confirmed. Where it leads is in ``email``, or sealed by
    a desk for a desk: with a token, a number or the topic of an ntfy server, anybody could alert or watch that person.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("Email")
        NTFY = "ntfy", "ntfy"
        SMS = "sms", "SMS"
        WEBHOOK = "webhook", _("Webhook")

    class Failure(models.TextChoices):
        FORBIDDEN = outbound.FORBIDDEN, _("This address is not allowed: only HTTPS to public networks is.")
        UNREACHABLE = outbound.UNREACHABLE, _("It did not answer in time, or its server has a fault.")
        CERTIFICATE = outbound.CERTIFICATE, _("Its certificate is not valid.")
        REFUSED = outbound.REFUSED, _("It refused the message. The address or the token may be wrong.")
        SETTINGS = "settings", _("The server is not set up for it. Ask the operator.")
        KEY = "key", _("What was entered cannot be read any more. Remove it and enter it again.")

    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("email"), help_text=_("An address that alerts the on-call person."))
    active = models.BooleanField(_("in use"), default=True)
    for_withheld = models.BooleanField(
        _("for the independent case lead"),
        default=False,
        help_text=_(
            "Only cases restricted because of a conflict of interest alert this channel, and they alert no other."
        ),
    )
    last_paged_at = models.DateTimeField(null=True, editable=False)
    tested_at = models.DateTimeField(_("last confirmed test"), null=True, blank=True, editable=False)
    test_token = models.CharField(max_length=64, blank=True, editable=False)
    test_sent_at = models.DateTimeField(null=True, editable=False)
    test_tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MAIL, db_default=Kind.MAIL)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="on_call_channels",
        verbose_name=_("person"),
    )
    language = models.CharField(_("language"), max_length=5, blank=True, default="", db_default="")  # empty: in all
    hint = models.CharField(max_length=80, default="", db_default="", editable=False)  # shown instead of the address
    key_id = models.CharField(max_length=16, default="", db_default="", editable=False)
    sender_key_id = models.CharField(max_length=16, default="", db_default="", editable=False)
    sealed = models.BinaryField(null=True)
    route = models.CharField(max_length=16, default="", db_default="", editable=False)  # the SMS gateway, as it was set
    failed_at = models.DateTimeField(_("last failure"), null=True, editable=False)  # first one since it worked
    failure = models.CharField(max_length=12, choices=Failure, default="", db_default="", editable=False)

    class Meta:
        verbose_name = _("on-call channel")
        verbose_name_plural = _("on-call channels")

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """A content-free page that an event requires; the outbox that housekeeping sends and empties."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="notice")
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
