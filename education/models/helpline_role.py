"""Model of the helpline roles: which helpline answers in which situation."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from education.helplines.names import MOST_IN_BAR

from .directory import Channel, Helpline


class HelplineRole(models.Model):
    """The helpline that answers in one situation. Pages name the situation, editors choose who answers."""

    class Role(models.TextChoices):
        """A situation. The label says where its helpline is shown."""

        POLICE = "police", _("Police in danger: emergency bar of every page, pages about danger, last page of a report")
        CHAT = "chat", _("Chat in danger, without speaking: emergency bar of every page, beside numbers without a chat")
        EMERGENCY = "emergency", _("General emergency number: emergency bar of every page, pages about danger")
        AMBULANCE = "ambulance", _("Ambulance: pages about a life at risk")
        CRISIS = "crisis", _("Thoughts of suicide or self-harm, first line: pages about a life at risk, closed form")
        CRISIS_SECOND = "crisis_second", _("Thoughts of suicide or self-harm, second line: pages about a life at risk")
        VIOLENCE = "violence", _("Violence against women, at home or sexual: search, legal help, being tracked")
        CHILD = "child", _("Protection of a child: search, private pictures of a child")
        MONEY = "money", _("Money sent to a scammer: help page on money, sheet with the facts")
        PICTURE_MINOR = "picture_minor", _("Taking down a private picture of someone under 18")
        PICTURE_ADULT = "picture_adult", _("Taking down a private picture of an adult")
        ABUSE_MATERIAL = "abuse_material", _("Reporting pictures of abused children")
        LEGAL_AID = "legal_aid", _("Legal aid before going to the police: adults, private pictures")
        DIGITAL_RIGHTS = "digital_rights", _("Legal help on digital rights: adults, private pictures")
        WOMEN_RIGHTS = "women_rights", _("Commission on violence against women: legal help")
        TIKTOK = "tiktok", _("Report button of TikTok: last page of a report, only if it happened there")

    # The way to answer that the emergency bar needs, by role, in the order of the bar (safety rule K14).
    BAR = {Role.POLICE: Channel.Kind.PHONE, Role.CHAT: Channel.Kind.WHATSAPP, Role.EMERGENCY: Channel.Kind.PHONE}
    # Only publishers choose who answers here.
    URGENT = {*BAR, Role.AMBULANCE, Role.CRISIS}

    role = models.CharField(_("where it is shown"), max_length=20, choices=Role, unique=True)
    helpline = models.ForeignKey(
        Helpline, on_delete=models.PROTECT, null=True, related_name="roles", verbose_name=_("helpline")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("helpline role")
        verbose_name_plural = _("helpline roles")

    def __str__(self) -> str:
        return self.get_role_display()

    def clean(self) -> None:
        """Reject a helpline that readers cannot see or reach, and for the emergency bar one that does not suit it."""
        if self.helpline is None:
            return
        if not Helpline.objects.reachable().filter(pk=self.helpline.pk).exists():
            raise ValidationError({"helpline": _("Readers cannot see this helpline. Publish it first.")})
        needed = self.BAR.get(self.Role(self.role))
        if needed is None:
            return
        if not self.helpline.emergency:
            raise ValidationError({"helpline": _("The emergency bar needs a helpline that is always shown.")})
        if not self.helpline.channels.filter(kind=needed, value__regex=r"\d").exists():
            raise ValidationError(
                {"helpline": _("The emergency bar needs a number here: %(kind)s.") % {"kind": needed.label}}
            )
        if self.role == self.Role.CHAT and (names := self.helpline.too_long_for_bar):
            text = _("“%(name)s” is too long for the emergency bar (at most %(most)d characters).")
            raise ValidationError({"helpline": text % {"name": next(iter(names.values())), "most": MOST_IN_BAR}})
