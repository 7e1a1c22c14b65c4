"""Check that links to a guide fit their readers: nobody who may be a child is led to a text for adults."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from education.help import shipped
from education.models import Audience, Guide, HelpBlock, Synonym
from education.models.readers import fits, fits_reply

from .finding import ERROR, Candidate, Finding, quoted


def check_guide_of_help_text(candidate: Candidate) -> Iterator[Finding]:
    """Report a help text whose guide is for other readers than the text."""
    item = candidate.item
    if isinstance(item, HelpBlock) and item.guide and not _fits(item, _keys(item.guide.audiences.all())):
        text = _("The guide “%(guide)s” is not for the reader of this text: %(person)s.")
        facts = {"guide": item.guide.localized.title, "person": item.get_person_display()}
        yield Finding(ERROR, text % facts, "guide")


def check_links_to_guide(candidate: Candidate) -> Iterator[Finding]:
    """Report help texts, alerts and texts of the desk that name this guide and have other readers than it would."""
    guide, before = candidate.row, candidate.before
    if not isinstance(guide, Guide) or (before and set(before["audiences"]) == set(candidate.data["audiences"])):
        return
    keys = _keys(Audience.objects.filter(pk__in=candidate.data["audiences"]))
    unfit = [str(row) for row in HelpBlock.objects.published().filter(guide=guide.pk) if not _fits(row, keys)]
    number = guide.number
    naming = (one for one in Synonym.objects.filter(first__contains=str(number)) if str(number) in one.pinned_keys)
    unfit += [quoted(str(one)) for one in naming if not one.fits_its_readers({number: keys})]
    of_the_desk = import_string(settings.DESK_TEXTS)(number)
    unfit += [quoted(name) for name, *reader in of_the_desk if not fits_reply(keys, *reader)]
    if unfit:
        text = _("These link to this guide, and their readers are not its audiences: %(names)s.")
        yield Finding(ERROR, text % {"names": ", ".join(unfit)}, "audiences", "links to it", frozenset(unfit))


def _fits(text: HelpBlock, keys: set[str]) -> bool:
    return fits(text.person, keys, shipped.is_for_adults(text.block, text.person))


def _keys(audiences: Iterable[Audience]) -> set[str]:
    return {audience.key for audience in audiences}


CHECKS = (check_guide_of_help_text, check_links_to_guide)
