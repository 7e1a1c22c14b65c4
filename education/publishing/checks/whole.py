"""Check the item as a whole: required fields, languages, a unique address, and helplines beside it."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from education.helplines.names import MOST_IN_BAR
from education.models import Audience, Helpline, HelplineRole
from education.models.bilingual import LANGUAGES
from education.models.serialization import content_columns, deleted_references
from education.publishing import groups, translation_status
from education.translation import column, language_name

from .finding import CONFIRM, ERROR, WARNING, Candidate, Finding, label

BODY = "body"


def check_required_fields(candidate: Candidate) -> Iterator[Finding]:
    """Report an item that is not complete in any language."""
    if not candidate.languages:
        text = _("It is not written in any language yet. Missing: %(fields)s.")
        yield Finding(
            ERROR, text % {"fields": _missing(candidate, LANGUAGES[0])}, _first_missing(candidate, LANGUAGES[0])
        )


def check_body(candidate: Candidate) -> Iterator[Finding]:
    """Report a language with a title but no text, because its page would be empty."""
    for language in candidate.languages:
        if candidate.has_field(BODY) and not candidate.item.text(BODY, language):
            text = _("The text in %(language)s is still empty.") % {"language": language_name(language)}
            yield Finding(ERROR, text, column(BODY, language))


def check_lost_languages(candidate: Candidate) -> Iterator[Finding]:
    """Report a language that readers have now and would lose."""
    for language in candidate.live_languages:
        if language not in candidate.languages:
            text = _("Readers will no longer see the page in %(language)s. Now empty: %(fields)s.")
            facts = {"language": language_name(language), "fields": _missing(candidate, language)}
            yield Finding(CONFIRM, text % facts, _first_missing(candidate, language), f"language-{language}")


def check_incomplete_languages(candidate: Candidate) -> Iterator[Finding]:
    """Report a language that is incomplete and not published yet."""
    for language in set(LANGUAGES) - {*candidate.languages, *candidate.live_languages}:
        if candidate.languages and _is_begun(candidate, language):
            text = _("Readers will not see it in %(language)s yet. Missing: %(fields)s.")
            facts = {"language": language_name(language), "fields": _missing(candidate, language)}
            yield Finding(WARNING, text % facts, _first_missing(candidate, language))


def check_end_time(candidate: Candidate) -> Iterator[Finding]:
    """Report an end time in the past, which hides a published page at once.

    A future one belongs to the waiting text.
    """
    ends = getattr(candidate.item, "archive_at", None)
    if candidate.live and ends and ends <= timezone.now():
        yield Finding(CONFIRM, _("Because of its schedule, readers no longer see this page."), "archive_at", "times")


def check_unique(candidate: Candidate) -> Iterator[Finding]:
    """Report an address, number or key that another item has. The database would raise an error, not show a sentence.

    What the row has already belongs to no other one.
    """
    for language in LANGUAGES if candidate.has_field("slug") else ():
        if _is_taken(candidate, column("slug", language)):
            slug = candidate.item.text("slug", language)
            text = _("Another item already has the address “%(slug)s”.") % {"slug": slug}
            yield Finding(ERROR, text, column("slug", language))
    for field in content_columns(candidate.row):
        if field.unique and _is_taken(candidate, field.name):
            facts = {"field": capfirst(field.verbose_name), "value": getattr(candidate.item, field.name)}
            yield Finding(ERROR, _("%(field)s “%(value)s” belongs to another item already.") % facts, field.name)


def _is_taken(candidate: Candidate, name: str) -> bool:
    value = getattr(candidate.item, name)
    if value in (None, "", getattr(candidate.row, name)):
        return False
    return type(candidate.row)._default_manager.filter(**{name: value}).exclude(pk=candidate.row.pk).exists()


def check_deleted_references(candidate: Candidate) -> Iterator[Finding]:
    """Report a topic, or the like, that was deleted since the text was saved. Readers get the present one."""
    for field in deleted_references(candidate.row, candidate.data):
        text = _("%(field)s: what this text names was deleted, so the present one stays.")
        yield Finding(WARNING, text % {"field": capfirst(field.verbose_name)}, field.name)


def check_topic_and_audiences(candidate: Candidate) -> Iterator[Finding]:
    """Report a topic or audience that readers do not see: the page would show its name and link to it."""
    # Readers see those of a page that they see: an audience is not unpublished as long as one has it.
    seen = (candidate.live or {}).get("audiences", [])
    for field, text in groups.unseen(candidate.topic, set(candidate.data.get("audiences", [])) - {*seen}):
        yield Finding(ERROR, text, field)


def check_place_in_list(candidate: Candidate) -> Iterator[Finding]:
    """Report a place in the list that another topic or audience has: it is in addresses, such as ``?topic=10``.

    One that readers see with its place already keeps it.
    """
    model, order = type(candidate.row), getattr(candidate.item, "order", None)
    if model not in groups.PAGES or (candidate.live or {}).get("order") == order:
        return
    if model._default_manager.filter(order=order).exclude(pk=candidate.row.pk).exists():
        facts = {"field": capfirst(model._meta.get_field("order").verbose_name), "value": order}
        yield Finding(ERROR, _("%(field)s “%(value)s” belongs to another item already.") % facts, "order")


def check_helpline(candidate: Candidate) -> Iterator[Finding]:
    """Report a sensitive guide without a helpline. No reader must be left alone with it."""
    if getattr(candidate.item, "sensitive", False) and candidate.data.get("guidehelpline_set") == []:
        yield Finding(ERROR, _("A sensitive guide needs at least one helpline."), "guidehelpline_set")


def check_channels(candidate: Candidate) -> Iterator[Finding]:
    """Report a helpline without any channel to reach it."""
    if candidate.data.get("channels") == []:
        yield Finding(ERROR, _("It has no number or address. Add a channel."), "channels")


def check_name_in_bar(candidate: Candidate) -> Iterator[Finding]:
    """Report a name that is too long for the emergency bar, where this helpline is its chat (K14)."""
    long = candidate.item.too_long_for_bar if isinstance(candidate.item, Helpline) else {}
    if not long or not HelplineRole.objects.filter(role=HelplineRole.Role.CHAT, helpline=candidate.row.pk).exists():
        return
    for language, name in long.items():
        text = _("“%(name)s” is too long for the emergency bar (at most %(most)d characters).")
        yield Finding(ERROR, text % {"name": name, "most": MOST_IN_BAR}, column("name", language))


def check_identity_requirement(candidate: Candidate) -> Iterator[Finding]:
    """Report a guide for teens whose first helpline asks for an account or an identity card (J10)."""
    rows = candidate.data.get("guidehelpline_set") or []
    papers = [Helpline.Identity.ACCOUNT, Helpline.Identity.ID_CARD]
    first = Helpline.objects.filter(pk=rows[0]["helpline"], identity__in=papers).first() if rows else None
    if first and Audience.objects.filter(pk__in=candidate.data["audiences"], key="teens").exists():
        text = _("The first helpline for teens is %(name)s, which asks for an account or an identity card.")
        yield Finding(WARNING, text % {"name": first}, "guidehelpline_set")


def check_app_steps(candidate: Candidate) -> Iterator[Finding]:
    """Report app steps that nobody has tried. Menus change, so steps are only as reliable as their last test."""
    if getattr(candidate.item, "app", "") and not candidate.item.app_tried_on:
        text = _("Nobody has tried the steps in %(app)s yet.")
        yield Finding(WARNING, text % {"app": candidate.item.app}, "app_tried_on")


def check_outdated_translation(candidate: Candidate) -> Iterator[Finding]:
    """Report fields whose meaning changes in one language only, which leaves the other one out of date."""
    for field in translation_status.translated_fields(candidate.item):
        for language in LANGUAGES:
            name = column(field, language)
            if name in candidate.outdated_fields and name not in candidate.row.outdated_fields:
                text = _(
                    "%(field)s is not updated automatically: it is out of date until someone updates or confirms it."
                )
                label = translation_status.label(candidate.item, field, language)
                yield Finding(WARNING, text % {"field": label}, field if field in translation_status.ROWS else name)


def _is_begun(candidate: Candidate, language: str) -> bool:
    return any(
        candidate.item.text(field, language)
        for field in (*candidate.item.required_fields, BODY)
        if candidate.has_field(field)
    )


def _empty_fields(candidate: Candidate, language: str) -> list[str]:
    return [field for field in candidate.item.required_fields if not candidate.item.text(field, language)]


def _missing(candidate: Candidate, language: str) -> str:
    return ", ".join(label(candidate, field, language) for field in _empty_fields(candidate, language))


def _first_missing(candidate: Candidate, language: str) -> str:
    return column(_empty_fields(candidate, language)[0], language)


CHECKS = (
    check_required_fields,
    check_body,
    check_lost_languages,
    check_incomplete_languages,
    check_end_time,
    check_unique,
    check_deleted_references,
    check_topic_and_audiences,
    check_place_in_list,
    check_helpline,
    check_channels,
    check_name_in_bar,
    check_identity_requirement,
    check_app_steps,
    check_outdated_translation,
)
