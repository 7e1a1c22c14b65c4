"""Models of the helpline directory: helplines with their channels."""

import re
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.helplines import names, opening_hours
from safetycenter.provinces import names as province_names

from .bilingual import Bilingual
from .publishing import Publishable, PublishedQuerySet
from .topic import Audience, Topic

CHECK_VALID_FOR = timedelta(days=90)  # many phone numbers in circulation no longer work (safety rule K3)


class HelplineQuerySet(PublishedQuerySet):
    """Query set of helplines. ``visible`` is the access rule for readers."""

    def visible(self, now: datetime | None = None) -> Self:
        """Return the helplines that readers may see at ``now`` (default: the current time): published, not retired."""
        return self.published(now).exclude(status=Helpline.Status.RETIRED)

    def reachable(self) -> Self:
        """Return the visible helplines that have a channel, each once."""
        return self.visible().filter(models.Exists(Channel.objects.filter(helpline=models.OuterRef("pk"))))


class Helpline(Bilingual, Publishable):
    """A service that a reader can turn to.

    Helplines are ``sensitive``, because a wrong number does harm: a second person approves each change.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active: two sources agree")
        UNVERIFIED = "unverified", _("Not confirmed: one source, old, or sources differ")
        RETIRED = "retired", _("Retired: never shown")

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("In an emergency")
        SUPPORT = "support", _("Someone who listens and helps")
        REMOVAL = "removal", _("Getting a picture taken down")
        REPORT = "report", _("Reporting content, accounts and scams")
        LEGAL = "legal", _("Legal help and protection")
        OVERSIGHT = "oversight", _("Commissions that watch over rights")

    class Identity(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        NONE = "none", _("No name needed")
        ACCOUNT = "account", _("Asks for an account")
        ID_CARD = "id_card", _("Asks for an identity card")

    required_fields = ("name",)
    sensitive = True

    slug = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNVERIFIED)
    emergency = models.BooleanField(
        _("always shown in emergencies"),
        default=False,
        help_text=_("Shown on emergency pages even if it was last checked long ago."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    identity = models.CharField(_("identity"), max_length=10, choices=Identity, default=Identity.UNKNOWN)
    cost_free = models.BooleanField(_("free of charge, according to a source"), default=False)
    is_regional = models.BooleanField(_("not in every district"), default=False, help_text=_("Said at its number."))
    # Keys of safetycenter.provinces.
    provinces = models.JSONField(_("only in these provinces"), default=list, blank=True)
    topics = models.ManyToManyField(Topic, related_name="helplines", blank=True, verbose_name=_("topics"))
    audiences = models.ManyToManyField(Audience, related_name="helplines", blank=True, verbose_name=_("audiences"))
    name = models.CharField(_("name"), max_length=120)
    serves = models.TextField(_("who it is for"), blank=True)
    who_answers = models.TextField(_("who answers and what they can do"), blank=True)
    spoken = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("Languages in which it can help. Empty: not known.")
    )
    hours = models.CharField(_("hours"), max_length=200, blank=True)
    open_hours = models.TextField(
        _("opening hours (structured data)"),
        blank=True,
        validators=[opening_hours.validate],
        help_text=_("One period per line: mon-fri 09:00-16:00 Asia/Jakarta; or: always. Empty: not known."),
    )
    wait = models.TextField(_("response time"), blank=True)
    note = models.TextField(_("good to know"), blank=True)
    verified_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day a staff member last called, messaged or opened it."),
    )
    verified_by = models.CharField(_("checked by (role)"), max_length=80, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    objects = HelplineQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")

    def __str__(self) -> str:
        return self.localized.name

    @property
    def short_name(self) -> str:
        """Return the name without what is in brackets after it."""
        return names.short(self.localized.name)

    @property
    def name_beside_chat(self) -> str:
        """Return its name between "WhatsApp" and the number of its chat, as in the emergency bar."""
        return names.beside_chat(self.localized.name)

    @property
    def too_long_for_bar(self) -> dict[str, str]:
        """Return ``name_beside_chat`` by language where it is too long for the emergency bar."""
        return names.too_long_for_bar({code: self.text("name", code) for code in self.languages()})

    @property
    def is_check_outdated(self) -> bool:
        """Return whether the last check is more than 90 days old."""
        return self.verified_on is not None and self.verified_on + CHECK_VALID_FOR < timezone.localdate()

    @property
    def hours_text(self) -> str:
        """Return the opening hours for people: the editor's text, else a text made from the structured hours."""
        return self.localized.hours or opening_hours.as_text(self.open_hours)

    @property
    def hours_for_script(self) -> str:
        """Return the hours for the "open now" script; empty unless the line was reached in the last 90 days (K2)."""
        if self.verified_on is None or self.is_check_outdated:
            return ""
        return opening_hours.for_script(self.open_hours)

    @property
    def source_name(self) -> str:
        """Return the domain of the source, such as antaranews.com."""
        return (urlsplit(self.source_url).hostname or "").removeprefix("www.")

    @property
    def province_names(self) -> str:
        """Return the names of the provinces that it serves; empty if it serves all of Indonesia."""
        return province_names(self.provinces)


_HOST = r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
# The accepted format of each kind of channel, with the error message. Apps have no address to check.
VALUES = {
    "phone": (
        re.compile(r"\+?\d[\d\s().-]{1,18}\d( ext \d{1,5})?"),
        _("Write a phone number of at least three digits, such as 110, 119 ext 8 or 021-390-1234."),
    ),
    "whatsapp": (
        re.compile(r"\+?\d(?:[\s.-]?\d){8,14}"),
        _("Write a mobile number that has WhatsApp, such as 08111-129-129."),
    ),
    "web": (
        re.compile(rf"(https://)?{_HOST}(:\d+)?(/\S*)?", re.IGNORECASE),
        _("Write the address of a website, such as stopncii.org. Addresses without https cannot be used."),
    ),
    "email": (re.compile(rf"[^@\s]+@{_HOST}", re.IGNORECASE), _("Write an email address.")),
}


class Channel(Bilingual):
    """One way to reach a helpline."""

    required_fields = ()

    class Kind(models.TextChoices):
        PHONE = "phone", _("Call")
        WHATSAPP = "whatsapp", _("WhatsApp")
        WEB = "web", _("Website")
        EMAIL = "email", _("Email")
        APP = "app", _("App")

    helpline = models.ForeignKey(Helpline, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("number or address"), max_length=120, help_text=_("As readers see it: 119 ext 8."))
    label = models.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("If the channel type alone is not clear: WhatsApp SAPA 129."),
    )
    text_route = models.BooleanField(_("works without speaking"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Reject a value that its kind of link cannot open: a dead link under a helpline may cost a call for help."""
        super().clean()
        if self.kind in VALUES:
            pattern, sentence = VALUES[self.kind]
            if not pattern.fullmatch(self.value or ""):
                raise ValidationError({"value": sentence})

    @property
    def uri(self) -> str:
        """Return the link that a tap opens, empty for an app. A chat opens without prefilled words (H10)."""
        match self.kind:
            case self.Kind.PHONE:
                number, _ext, extension = self.value.partition("ext")
                return f"tel:{_digits(number)}" + (f",{_digits(extension)}" if extension else "")
            case self.Kind.WHATSAPP:
                return f"https://wa.me/{re.sub('^0', '62', _digits(self.value))}"
            case self.Kind.WEB:
                return f"https://{self.value.removeprefix('https://')}"
            case self.Kind.EMAIL:
                return f"mailto:{self.value}"
        return ""

    @property
    def button_text(self) -> str:
        """Return the text of its button: its label, else its kind."""
        return self.localized.label or self.get_kind_display()

    @property
    def icon(self) -> str:
        """Return the name of its icon."""
        return {"phone": "phone", "whatsapp": "whatsapp", "web": "world", "email": "send", "app": "message"}[self.kind]

    @property
    def leaves_trace(self) -> bool:
        """Return whether using the channel leaves an entry in the phone's call list or chats."""
        return self.kind in {self.Kind.PHONE, self.Kind.WHATSAPP}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
