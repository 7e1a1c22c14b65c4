"""What a publisher chooses from on the page of an open text: its languages, with the findings that each choice has."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Publishable
from education.publishing import checks, not_ready, workflow
from education.translation import language_name
from safetycenter.roles import Account

from . import preview
from .anchors import anchor


@dataclass
class Choice:
    """One way to publish: its languages, what the checks find, and why it is ``closed`` (empty: it can be chosen)."""

    place: int
    languages: list[str]
    code: str
    found: list[checks.Finding]
    closed: str
    written: list[str] = field(default_factory=list)  # languages in which readers would find it

    @property
    def label(self) -> str:
        """Return the name of the choice."""
        return _("Only %(language)s") % {"language": language_name(self.code)} if self.code else _("Both languages")

    @property
    def publish_now(self) -> str:
        """Return the words of the button for this choice, at once."""
        if not self.code:
            return _("Publish both languages now")
        return _("Publish the text in %(language)s now") % {"language": language_name(self.code)}

    @property
    def publish_later(self) -> str:
        """Return the words of the button for this choice, at a time."""
        if not self.code:
            return _("Approve both languages for this time")
        return _("Approve the text in %(language)s for this time") % {"language": language_name(self.code)}

    def previews(self, item: Publishable) -> list[tuple[str, str, str]]:
        """Return code, name and preview of each language as readers would see it after this choice."""
        return [(code, language_name(code), preview.preview_url(item, code, self.languages)) for code in self.written]


@dataclass
class ShownFinding:
    """A finding, its anchor, and the choices that have it (``places``; in words in ``only``, if not all have it)."""

    finding: checks.Finding
    places: list[int]
    only: str = ""
    is_open: bool = False  # an error was made: not ticked

    @property
    def anchor(self) -> str:
        """Return the anchor of the field in the form of the item."""
        return anchor(self.finding.field)

    @property
    def css(self) -> str:
        """Return the classes by which the page shows it beside the choices that have it."""
        return " ".join(f"of-{place}" for place in self.places)


def choices(item: Publishable, by: Account) -> list[Choice]:
    """Return the ways in which ``by`` could publish ``item``, with what the checks find for each."""
    ways = workflow.language_choices(item)
    known = None
    found = []
    for place, languages in enumerate(ways):
        candidate = workflow.candidate_for(item, languages)
        known = checks.known_findings(candidate) if known is None else known
        results = checks.findings(candidate, known)
        code = languages[0] if len(languages) == 1 else ""
        closed = _why_closed(item, by, languages, results)
        found.append(Choice(place, languages, code, results, closed, candidate.languages))
    return found


def chosen(ways: Collection[Choice], asked: str | None = None) -> Choice | None:
    """Return the open choice that is ``asked`` for (a language), else the widest one; ``None`` if none is open."""
    is_open = [one for one in ways if not one.closed]
    return next((one for one in is_open if one.code == asked), is_open[0] if is_open else None)


def shown_findings(ways: Collection[Choice]) -> list[ShownFinding]:
    """Return the findings of all ``ways``, each once, the most serious first."""
    found: dict[checks.Finding, list[int]] = {}
    for one in ways:
        for finding in one.found:
            found.setdefault(finding, []).append(one.place)
    order = (checks.ERROR, checks.CONFIRM, checks.WARNING, checks.KNOWN)
    names = {one.place: one.label for one in ways}
    shown = [
        ShownFinding(finding, places, "" if len(places) == len(names) else ", ".join(names[place] for place in places))
        for finding, places in found.items()
    ]
    return sorted(shown, key=lambda one: order.index(one.finding.level))


def _why_closed(item: Publishable, by: Account, languages: list[str], found: list[checks.Finding]) -> str:
    errors = [finding for finding in found if finding.level == checks.ERROR]
    reason = not_ready.refusal(item, languages)
    if reason is None and errors:
        text = ngettext(
            "%(count)d thing blocks it: see the checks.", "%(count)d things block it: see the checks.", len(errors)
        )
        reason = text % {"count": len(errors)}
    return reason or workflow.must_not_be_author(item, by, languages) or ""
