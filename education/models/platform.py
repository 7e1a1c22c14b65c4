"""Models of the pages on apps: what an app's rules forbid, how to report and block there, and its settings."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.rendering.rich_text import RichTextField
from safetycenter.hints import Text

from .bilingual import Bilingual, Wording, unique_slugs
from .publishing import Publishable
from .sources import Source, mark_field

AGE_FIELD = "under_16"  # the section that comes first where the age of 16 decides who may have an account
# The sections in the order of the page, each with the number of its anchor. Links and browsers keep the number, so it
# never changes: a new section takes the next one. Evidence is first, because a report or a block can delete it.
_ANCHORS = {
    AGE_FIELD: 1,
    "rules": 2,
    "evidence": 7,
    "report": 3,
    "noticed": 4,
    "appeal": 5,
    "block": 6,
    "contact": 8,
    "feed": 9,
    "privacy": 10,
    "family": 11,
    "special_channels": 12,
    "limits": 13,
}
SECTIONS = tuple(_ANCHORS)
# The sections that say where to tap.
STEP_SECTIONS = ("report", "appeal", "block", "contact", "feed", "privacy", "family", "special_channels")
# What the comparison says of each app, in the order of its rows.
ABILITIES = (
    *("can_report_account", "can_report_message", "can_report_group", "hides_reporter", "can_appeal", "can_block"),
    *("can_restrict", "can_limit_messages", "can_filter_comments", "can_filter_feed", "has_private_account"),
    *("has_family_tools", "alerts_family"),
)
MAX_TOLD = 60


class Ability(models.TextChoices):
    """What a source says an app can do. "Not found" is the start: nothing is guessed."""

    NOT_FOUND = "not-found", _("Not found yet")
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOT_APPLICABLE = "-", _("Does not apply")


class PlatformWording(Wording):
    """The wording of a page, with the name under which it is linked."""

    _item: Any

    @property
    def title(self) -> str:
        """Return the name of the app, which is the same in every language."""
        return self._item.name


def _section(label: Text, help_text: Text) -> RichTextField:
    return RichTextField(label, blank=True, default="", help_text=help_text)


def _ability(label: Text) -> models.CharField:
    return models.CharField(label, max_length=10, choices=Ability, default=Ability.NOT_FOUND)


class Platform(Bilingual, Publishable):
    """The page of one app. An empty section is shown as not found yet, and never guessed."""

    class AgeRule(models.TextChoices):
        """What the rule on accounts under 16 (PP TUNAS) means for this app."""

        CLOSED = "closed", _("16 and over: accounts of younger people are closed")
        LIMITED = "limited", _("Under 16 with limits")
        UNLISTED = "unlisted", _("Not on the first list; its class was not found")

    required_fields = ("slug", "short_answer")

    key = models.SlugField(
        _("key"), unique=True, help_text=_("As in the report form, for apps that it names: tiktok. It never changes.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=MAX_TOLD, help_text=_("The same in every language."))
    age_rule = models.CharField(
        _("rule on accounts under 16"),
        max_length=10,
        choices=AgeRule,
        default=AgeRule.UNLISTED,
        help_text=_("Where the age decides, the page begins with what it means for readers under 16."),
    )
    sensitive = models.BooleanField(_("sensitive"), default=False, help_text=_("Neutral tab title and quick exit."))
    tried_on = models.DateField(
        _("steps last tested on"),
        null=True,
        blank=True,
        help_text=_("The day a staff member tried every step of this page in the Indonesian version of the app."),
    )
    review_due = models.DateField(_("next review"), null=True, blank=True)

    slug = models.SlugField(_("address"), max_length=80, null=True)
    short_answer = models.TextField(_("short answer"), help_text=_("One to three sentences; also shown in lists."))
    under_16 = _section(
        _("under 16?"),
        _("What the age rule means, that nobody is punished for asking for help, saving memories, and how to appeal."),
    )
    rules = _section(_("what its rules forbid"), _("Only for the subjects of this site."))
    report = _section(
        _("how to report"), _("An account, a message, a video, a group, each with a small heading; what happens then.")
    )
    noticed = _section(_("does the person find out?"), _("Also that the person may still guess."))
    appeal = _section(_("if you disagree with a decision"), _("How to appeal, and until when."))
    block = _section(
        _("how to block or restrict"),
        _("Mark a step that alerts somebody, or that deletes a chat, with the warning in the menu of the editor."),
    )
    evidence = _section(
        _("save evidence first"), _("Before reporting and blocking. Never a sexual picture of anyone under 18.")
    )
    contact = _section(_("who can contact you"), _("Messages, calls, groups, friend requests."))
    feed = _section(_("filters for feed and comments"), _("Two different filters: say which one a step changes."))
    privacy = _section(_("privacy and location"), _("Private account, last seen, location."))
    family = _section(
        _("parental controls"), _("What they show a parent, and which steps of a child the parent is notified of.")
    )
    special_channels = _section(
        _("other ways to get help"), _("Forms for hacked accounts, private pictures, authorities.")
    )
    limits = _section(_("what you can't rely on"), _("What readers must not rely on."))

    can_report_account = _ability(_("report an account"))
    can_report_message = _ability(_("report a message"))
    can_report_group = _ability(_("report a group"))
    hides_reporter = _ability(_("the person you report isn't told that it was you"))
    can_appeal = _ability(_("appeal against a decision"))
    can_block = _ability(_("block someone"))
    can_restrict = _ability(_("restrict someone without blocking them"))
    can_limit_messages = _ability(_("choose who can message you"))
    can_filter_comments = _ability(_("filter comments"))
    can_filter_feed = _ability(_("filter your feed"))
    has_private_account = _ability(_("private account"))
    has_family_tools = _ability(_("parental controls"))
    alerts_family = _ability(_("a parent may be told what a child does in the app"))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("app")
        verbose_name_plural = _("apps: rules and settings")
        constraints = unique_slugs("platform")

    def __str__(self) -> str:
        return self.name

    @property
    def localized(self) -> PlatformWording:
        """Return the wording to show."""
        return PlatformWording(self, super().localized.language)

    @property
    def puts_age_first(self) -> bool:
        """Return whether the age of 16 decides who may have an account, so that the page begins with it."""
        return self.age_rule in {self.AgeRule.CLOSED, self.AgeRule.LIMITED}

    @property
    def review_overdue(self) -> bool:
        """Return whether the date of the next review has passed."""
        return self.review_due is not None and self.review_due < timezone.localdate()

    @property
    def pin(self) -> str:
        """Return the key by which editors pin the page in search: ``app-tiktok``."""
        return f"app-{self.key}"


class PlatformSource(Source):
    """A source of the page of an app. Only one that is marked as official supports a path of menus."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="sources")
    mark = mark_field()
    is_stored_copy = models.BooleanField(
        _("read as a stored copy"),
        default=False,
        db_default=False,
        help_text=_('Somebody opened the page itself? Untick it and enter that day as "checked on".'),
    )

    class Meta(Source.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


def anchor_of_section(field: str) -> str:
    """Return the anchor of a section: a number, because it stays in the browser's history (H9)."""
    return f"a{_ANCHORS[field]}"


def label_of(field: str) -> Any:
    """Return the label of a section or an ability, which is translated when it is shown."""
    column: Any = Platform._meta.get_field(field)
    return column.verbose_name
