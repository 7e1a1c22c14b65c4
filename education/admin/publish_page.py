"""The context of the publish page: what changes, what the checks find, who wrote it, and what can be decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Publishable, Quiz, Revision, State
from education.models.bilingual import LANGUAGES
from education.publishing import authorship, checks, decision, not_ready, publication, workflow
from education.publishing.publication import is_sensitive
from education.translation import language_name
from safetycenter.roles import Account
from safetycenter.transitions import available

from . import differences
from .publish_choices import Choice, choices, chosen, shown_findings
from .publish_form import LATER, NOW, PublishForm


@dataclass
class ChangedField:
    """What changes in one field, by language (empty: in what all languages share)."""

    label: str
    by_language: dict[str, list] = field(default_factory=dict)

    @property
    def shared(self) -> list:
        """Return the difference of a field that all languages share."""
        return self.by_language.get("", [])

    @property
    def cells(self) -> list[tuple[str, str, list]]:
        """Return code, name and difference of each language; without a difference the list is empty."""
        return [(code, language_name(code), self.by_language.get(code, [])) for code in LANGUAGES]


@dataclass
class LanguageState:
    """Whether a language of the open text is ready: who marked it as not ready, when, and the step that changes it."""

    code: str
    name: str
    is_changed: bool
    since: date | None = None
    marked_by: str = ""
    step: str = ""


class PublishPage:
    """The open text of ``item`` as ``user`` sees it on this page."""

    def __init__(self, item: Publishable, user: Account, asked: str = "") -> None:
        self.item, self.user = item, user
        self.actions = available(workflow.ACTIONS, item, user)
        # An unchanged text that was unpublished comes back without checks.
        self.may_publish = "publish" in self.actions and "restore" not in self.actions
        self.ways: list[Choice] = choices(item, user)
        self.choice = chosen(self.ways, asked)
        self.findings = shown_findings(self.ways)
        self.moved: list[differences.Difference] = []

    def unbound_form(self) -> PublishForm:
        """Return the form with the choices that are ready, and the time that the text asks for."""
        wish = publication.wished_time(self.item)
        moment = timezone.localtime(wish) if wish and wish > timezone.now() else None
        first = {"when": LATER if moment else NOW, "version": Revision.objects.latest_number(self.item)}
        if moment:
            first |= {"day": moment.date(), "time": moment.time()}
        return PublishForm(self.item, initial=first)

    def context(self, form: PublishForm) -> dict:
        """Return the context of the page."""
        before = workflow.published_text(self.item)
        found = differences.differences_between(self.item, before, workflow.pending_or_live(self.item))
        return {
            "is_first": before is None,
            "has_situations": isinstance(self.item, Quiz),
            "differences": found,
            "languages": self._language_states(),
            "changes": changed_fields(self.item, found),
            "news": [one for one in self.findings if one.finding.level != checks.KNOWN],
            "known": [one for one in self.findings if one.finding.level == checks.KNOWN],
            "writings": _writings(self.item),
            "rule": self._two_persons(),
            "approval": decision.recommendation(self.item),
            "missed": publication.missed_time(self.item),
            "moved": self.moved,
            "may_publish": self.may_publish,
            "previews": [(one, one.previews(self.item)) for one in self._previewed()],
            **self._decision(form),
        }

    def _decision(self, form: PublishForm) -> dict:
        return {
            "form": form,
            "ways": self.ways,
            "choice": self.choice,
            "is_later": form["when"].value() == LATER,
            "is_open": self.may_publish and self.choice is not None,
            "losses": [one for one in self.findings if one.finding.level == checks.CONFIRM],
            "note_for": sorted(
                {place for one in self.findings if one.finding.level == checks.WARNING for place in one.places}
            ),
            "ticked": form.ticked,
        }

    def _previewed(self) -> list[Choice]:
        return [one for one in self.ways if self.may_publish and not one.closed] or self.ways[:1]

    def _language_states(self) -> list[LanguageState]:
        changed = publication.changed_languages(self.item)
        return [self._language_state(code, code in changed) for code in LANGUAGES]

    def _language_state(self, code: str, is_changed: bool) -> LanguageState:
        mark = self.item.not_ready.get(code) if is_changed else None
        name = "ready" if mark else "not_ready"
        may = name in self.actions and is_changed and not workflow.may_change(self.item, [code], self.user)
        may = may and (bool(mark) or not not_ready.is_approved(self.item, code))
        found = LanguageState(code, language_name(code), is_changed, step=name if may else "")
        if mark:
            found.since = date.fromisoformat(mark["since"])
            found.marked_by = str(get_user_model().objects.filter(pk=mark["by"]).first() or "–")
        return found

    def _two_persons(self) -> str:
        """Return the rule about two persons in one sentence, and what it means for this person."""
        if not is_sensitive(self.item):
            return _("This is not sensitive, so one person may write it and publish it.")
        parts = {one.language for one in authorship.writings(self.item) if one.author == self.user}
        mine = [code for code in LANGUAGES if code in parts]
        if not parts:
            return _("This is sensitive, so nobody publishes their own words; none of these are yours.")
        text = _("This is sensitive, so nobody publishes their own words; you wrote in %(languages)s.")
        return text % {"languages": ", ".join(map(language_name, mine)) or _("what both languages share")}


def changed_fields(item: Publishable, found: Iterable[differences.Difference]) -> list[ChangedField]:
    """Return the differences of a field in both languages together, in field order."""
    labels = differences.labels(item)
    rows: dict[str, ChangedField] = {}
    for one in found:
        label = labels[one.field]
        rows.setdefault(label, ChangedField(label)).by_language[one.language] = one.pieces
    return [*rows.values()]


def text_at(item: Publishable, number: int) -> dict | None:
    """Return the open text of ``item`` when its newest version was ``number``."""
    seen = Revision.objects.for_item(item).edits().filter(number__lte=number).first()
    return seen.data if seen else None


def has_open_text(item: Publishable) -> bool:
    """Return whether there is a text that readers do not see yet."""
    return item.state != State.PUBLISHED or Revision.objects.open_proposal(item) is not None


def _writings(item: Publishable) -> list[dict]:
    labels = differences.labels(item)
    return [
        {
            "author": str(one.author or _("Starter content")),
            "language": language_name(one.language) if one.language else _("what both languages share"),
            "fields": ", ".join(dict.fromkeys(labels.get(name, name) for name in one.columns)),
            "first": one.first,
            "last": one.last,
        }
        for one in authorship.writings(item)
    ]
