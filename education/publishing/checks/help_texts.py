"""Check help texts of the form: short first aid, the prescribed sentences, and the right person throughout."""

import re
from collections.abc import Iterable, Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from education.help import shipped
from education.models import HelpBlock
from education.rendering import html_text
from education.translation import column

from .finding import ERROR, WARNING, Candidate, Finding, quoted

EASY_WORDS = 12  # words a sentence, on average, for a child of ten
_QUOTED = re.compile(r"“[^”]*”")  # what somebody says to somebody else
_INFORMAL = re.compile(r"\b(kamu|aku|dirimu|padamu|untukmu|bagimu|salahmu|ponselmu|temanmu)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\bAnda\b")
_NO_BLAME = re.compile(r"bukan salah|not your fault", re.IGNORECASE)
_ONE_GENDER = re.compile(r"\b(anak perempuan|gadis|cewek|wanita|girls?|woman|women)\b", re.IGNORECASE)
_BELOW = re.compile(r"\b(nomor|layanan|situs) di bawah\b|\b(service|number|site)s? below", re.IGNORECASE)
_PICTURE_TOOLS = {"picture_minor", "picture_adult"}


def check_first_aid(candidate: Candidate) -> Iterator[Finding]:
    """Report a first aid with more or fewer lines than its page, or too many words; prescribed sentences count."""
    for item, language in _languages(candidate):
        lines = [shipped.fill(line, item.person, language) for line in item.text("lines", language).splitlines()]
        if len([line for line in lines if line.strip()]) != (needed := shipped.first_lines(item.block, item.person)):
            text = _("First aid has exactly three lines.")
            if needed > shipped.FIRST_AID_LINES:
                text = _("First aid for this matter has exactly four lines.")
            elif needed < shipped.FIRST_AID_LINES:
                text = _("This text has exactly two first lines: one below its title, one above the numbers to call.")
            yield Finding(ERROR, text, column("lines", language))
        most = shipped.most_words(item.block, item.person)
        if (words := first_aid_words(item.text("lines", language), item.person, language)) > most:
            text = _("First aid has %(words)d words, at most %(most)d.") % {"words": words, "most": most}
            yield Finding(ERROR, text, column("lines", language), "first aid words", amount=words)


def first_aid_words(text: str, person: str, language: str) -> int:
    """Return how many words readers get of the lines in ``text``: with the prescribed sentences that they name."""
    lines = [shipped.fill(line, person, language) for line in text.splitlines()]
    return len(html_text.words(" ".join(lines)).split())


def check_prescribed_sentences(candidate: Candidate) -> Iterator[Finding]:
    """Report a prescribed sentence that was removed. Each protects somebody (docs/safety.md)."""
    for item, language in _languages(candidate):
        present = {*shipped.sentences_in(item.text(part, language) for part in shipped.LISTS)}
        for name in shipped.required_sentences(item.block, item.person):
            if name not in present:
                text = _("The sentence {%(name)s} must stay: %(sentence)s")
                sentence = quoted(shipped.locked_sentence(name, item.person, language))
                facts = {"name": name, "sentence": sentence}
                parts = candidate.columns_in(language)
                place = column("steps", language)
                yield Finding(ERROR, text % facts, place, f"sentence {name}", parts=parts, prescribed=True)


def check_person(candidate: Candidate) -> Iterator[Finding]:
    """Report words that address another person than the one this text is for."""
    for item, language in _languages(candidate):
        for part in ("title", *shipped.LISTS):
            text = _QUOTED.sub("", item.text(part, language))
            wrong = _INFORMAL if item.person in HelpBlock.FORMAL else _FORMAL
            if language == "id" and (found := wrong.search(text)):
                sentence = _("“%(word)s” does not fit the reader of this text: %(person)s.")
                facts = {"word": found[0], "person": item.get_person_display()}
                yield Finding(ERROR, sentence % facts, column(part, language))
            if item.person == HelpBlock.Person.DID_IT and (found := _NO_BLAME.search(text)):
                sentence = _("“%(word)s” must not be said to somebody who did something.")
                yield Finding(ERROR, sentence % {"word": found[0]}, column(part, language))
            if found := _ONE_GENDER.search(text):
                sentence = _("“%(word)s” leaves out boys and men, who read this text too.")
                yield Finding(WARNING, sentence % {"word": found[0]}, column(part, language))


def check_direction(candidate: Candidate) -> Iterator[Finding]:
    """Report a step that sends the reader to a number below: the numbers are above it."""
    for item, language in _languages(candidate):
        for part in ("steps", "closing"):
            if found := _BELOW.search(item.text(part, language)):
                text = _("“%(words)s”: the numbers are above this part. Write “on this page”.")
                yield Finding(ERROR, text % {"words": found[0]}, column(part, language))


def check_picture_tool(candidate: Candidate) -> Iterator[Finding]:
    """Report a tool for one's own picture in a text for somebody else, who would have to get the picture first."""
    item = candidate.item
    is_own = isinstance(item, HelpBlock) and item.person in HelpBlock.OWN
    if isinstance(item, HelpBlock) and not is_own and _PICTURE_TOOLS & {item.tool, item.number}:
        text = _("This tool needs the picture. Only the person in it may be sent there.")
        yield Finding(ERROR, text, "tool")


def _languages(candidate: Candidate) -> Iterator[tuple[HelpBlock, str]]:
    if isinstance(candidate.item, HelpBlock):
        yield from ((candidate.item, language) for language in candidate.languages)


def check_easy_words(candidate: Candidate) -> Iterator[Finding]:
    """Report a text in easier words whose sentences are long. Prescribed sentences do not count."""
    for item, language in _languages(candidate):
        if item.person != HelpBlock.Person.EASY:
            continue
        average = words_a_sentence(line for part in shipped.LISTS for line in item.text(part, language).splitlines())
        if average > EASY_WORDS:
            text = _("Easier words: %(words)s words a sentence on average, at most %(most)d.")
            facts = {"words": number_format(average, 1), "most": EASY_WORDS}
            yield Finding(WARNING, text % facts, column("lines", language), "long easy sentences", amount=average)


def words_a_sentence(lines: Iterable[str]) -> float:
    """Return how many words the sentences of ``lines`` have on average, without the prescribed ones."""
    plain = [line for line in lines if line.strip() and not shipped.PLACEHOLDER.search(line)]
    lengths = [len(sentence.split()) for line in plain for sentence in html_text.sentences(line)]
    return sum(lengths) / len(lengths) if lengths else 0.0


CHECKS = (
    *(check_first_aid, check_prescribed_sentences, check_person),
    *(check_direction, check_picture_tool, check_easy_words),
)
