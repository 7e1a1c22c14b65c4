"""Check the item as a whole: required fields, languages, a unique address, and helplines beside it."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Audience, Helpline
from education.models.bilingual import LANGUAGES
from education.publishing import translation_status
from education.translation import column, language_name

from .finding import CONFIRM, ERROR, WARNING, Candidate, Finding, label

BODY = "body"


def has_required_fields(said: Candidate) -> Iterator[Finding]:
    """Report an item that is not complete in any language."""
    if not said.languages:
        text = _("It is not written in any language yet. Missing: %(fields)s.")
        yield Finding(ERROR, text % {"fields": _missing(said, LANGUAGES[0])}, _first_missing(said, LANGUAGES[0]))


def has_body(said: Candidate) -> Iterator[Finding]:
    """Report a language with a title but no text, because its page would be empty."""
    for language in said.languages:
        if said.has(BODY) and not said.item.text(BODY, language):
            text = _("The text in %(language)s is still empty.") % {"language": language_name(language)}
            yield Finding(ERROR, text, column(BODY, language))


def loses_no_language(said: Candidate) -> Iterator[Finding]:
    """Report a language that readers have now and would lose."""
    for language in said.live_languages:
        if language not in said.languages:
            text = _("Readers will no longer see the page in %(language)s. Now empty: %(fields)s.")
            facts = {"language": language_name(language), "fields": _missing(said, language)}
            yield Finding(CONFIRM, text % facts, _first_missing(said, language), f"language-{language}")


def says_what_stays_hidden(said: Candidate) -> Iterator[Finding]:
    """Report a language that is incomplete and not published yet."""
    for language in set(LANGUAGES) - {*said.languages, *said.live_languages}:
        if said.languages and _begun(said, language):
            text = _("Readers will not see it in %(language)s yet. Missing: %(fields)s.")
            facts = {"language": language_name(language), "fields": _missing(said, language)}
            yield Finding(WARNING, text % facts, _first_missing(said, language))


def stays_visible(said: Candidate) -> Iterator[Finding]:
    """Report an end time in the past, which hides a published page at once.

    A future one belongs to the waiting text.
    """
    ends = getattr(said.item, "archive_at", None)
    if said.live and ends and ends <= timezone.now():
        yield Finding(CONFIRM, _("Because of its schedule, readers no longer see this page."), "archive_at", "times")


def has_unique_slug(said: Candidate) -> Iterator[Finding]:
    """Report an address that another item has. The database would raise an error instead of showing a sentence."""
    if not said.has("slug"):
        return
    for language in LANGUAGES:
        slug, name = said.item.text("slug", language), column("slug", language)
        if slug and type(said.row).objects.filter(**{name: slug}).exclude(pk=said.row.pk).exists():
            yield Finding(ERROR, _("Another item already has the address “%(slug)s”.") % {"slug": slug}, name)


def has_helpline(said: Candidate) -> Iterator[Finding]:
    """Report a sensitive guide without a helpline. No reader must be left alone with it."""
    if getattr(said.item, "sensitive", False) and said.data.get("guidehelpline_set") == []:
        yield Finding(ERROR, _("A sensitive guide needs at least one helpline."), "guidehelpline_set")


def can_be_reached(said: Candidate) -> Iterator[Finding]:
    """Report a helpline without any channel to reach it."""
    if said.data.get("channels") == []:
        yield Finding(ERROR, _("It has no number or address. Add a channel."), "channels")


def asks_no_papers_of_children(said: Candidate) -> Iterator[Finding]:
    """Report a guide for teens whose first helpline asks for an account or an identity card (J10)."""
    rows = said.data.get("guidehelpline_set") or []
    papers = [Helpline.Identity.ACCOUNT, Helpline.Identity.ID_CARD]
    first = Helpline.objects.filter(pk=rows[0]["helpline"], identity__in=papers).first() if rows else None
    if first and Audience.objects.filter(pk__in=said.data["audiences"], key="teens").exists():
        text = _("The first helpline for teens is %(name)s, which asks for an account or an identity card.")
        yield Finding(WARNING, text % {"name": first}, "guidehelpline_set")


def has_checked_sources(said: Candidate) -> Iterator[Finding]:
    """Report sources without a check date. An unchecked source may be gone or say something else."""
    unchecked = [row["publisher"] for row in said.data.get("sources", []) if not row.get("checked_on")]
    if unchecked:
        sentence = ngettext(
            "%(count)d source has no check date: %(names)s",
            "%(count)d sources have no check date: %(names)s",
            len(unchecked),
        )
        names = ", ".join(dict.fromkeys(unchecked))
        yield Finding(WARNING, sentence % {"count": len(unchecked), "names": names}, "sources")


def has_tried_its_steps(said: Candidate) -> Iterator[Finding]:
    """Report app steps that nobody has tried. Menus change, so steps are only as reliable as their last test."""
    if getattr(said.item, "app", "") and not said.item.app_tried_on:
        text = _("Nobody has tried the steps in %(app)s yet.")
        yield Finding(WARNING, text % {"app": said.item.app}, "app_tried_on")


def moves_in_both_languages(said: Candidate) -> Iterator[Finding]:
    """Report fields whose meaning changes in one language only, which leaves the other one out of date."""
    for field in translation_status.fields(said.item):
        for language in LANGUAGES:
            name = column(field, language)
            if name in said.behind and name not in said.row.behind:
                text = _(
                    "%(field)s is not updated automatically: it is out of date until someone updates or confirms it."
                )
                label = translation_status.label(said.item, field, language)
                yield Finding(WARNING, text % {"field": label}, field if field in translation_status.ROWS else name)


def _begun(said: Candidate, language: str) -> bool:
    return any(said.item.text(field, language) for field in (*said.item.needed, BODY) if said.has(field))


def _empty(said: Candidate, language: str) -> list[str]:
    return [field for field in said.item.needed if not said.item.text(field, language)]


def _missing(said: Candidate, language: str) -> str:
    return ", ".join(label(said, field, language) for field in _empty(said, language))


def _first_missing(said: Candidate, language: str) -> str:
    return column(_empty(said, language)[0], language)


CHECKS = (
    has_required_fields,
    has_body,
    loses_no_language,
    says_what_stays_hidden,
    stays_visible,
    has_unique_slug,
    has_helpline,
    can_be_reached,
    asks_no_papers_of_children,
    has_checked_sources,
    has_tried_its_steps,
    moves_in_both_languages,
)
