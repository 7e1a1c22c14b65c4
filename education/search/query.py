"""Parse the query: words, their stems, and the synonyms and slang that editors defined."""

from collections import defaultdict
from dataclasses import dataclass

from education.models import SearchDoc, Term
from safetycenter.page_cache.per_version import per_version

from . import items, vocabulary
from .index import Alternative, Group
from .stems import STOP_WORDS, WEAK_WORDS, stem, stems, words

MAX_WORDS = 12
MAX_PHRASE_WORDS = 4


@dataclass(frozen=True)
class QueryTerm:
    """One term of the query: the ``word`` as typed, its stem, and the group to search for."""

    word: str
    group: Group
    is_defined: bool  # defined by editors


def parse_query(text: str, language: str) -> list[QueryTerm]:
    """Parse ``text`` in ``language`` into terms. Stop words are left out unless there are no other words."""
    asked = all_terms(text, language)
    heavy = [one for one in asked if one.word not in WEAK_WORDS[language]]
    return list({one.group: one for one in heavy or asked}.values())


def all_terms(text: str, language: str) -> list[QueryTerm]:
    """Parse ``text`` in ``language`` into terms, without stop words but with words that say little."""
    typed = vocabulary.query_words(text, language)[:MAX_WORDS]
    taught = _meanings(language)
    asked, at = [], 0
    while at < len(typed):
        length, found = _longest_phrase(typed[at:], taught, language)
        if found:
            phrase = typed[at : at + length]
            group = Group(frozenset(found | {phrase_key(phrase, language)}))
            asked.append(QueryTerm(" ".join(phrase), group, True))
        elif typed[at] not in STOP_WORDS[language]:
            asked.append(plain_term(typed[at], language))
        at += length
    return asked


def plain_term(word: str, language: str) -> QueryTerm:
    """Return the term for a word without a defined meaning."""
    return QueryTerm(word, Group(frozenset({(stem(word, language),)})), False)


def _longest_phrase(rest: list[str], taught: dict, language: str) -> tuple[int, set[Alternative]]:
    """Return the length of the longest defined phrase at the start of ``rest``, and its meaning; (1, empty) if none."""
    for length in range(min(MAX_PHRASE_WORDS, len(rest)), 0, -1):
        if found := taught.get(phrase_key(rest[:length], language)):
            return length, found
    return 1, set()


def phrase_key(phrase: list[str], language: str) -> Alternative:
    """Return the stems of a phrase, its key in the table of meanings."""
    return tuple(stem(word, language) for word in phrase)


@per_version
def _meanings(language: str) -> dict[Alternative, set[Alternative]]:
    """Return the meaning of each phrase, from the synonyms and the synonyms in the glossary."""
    meanings: defaultdict = defaultdict(set)
    for synonym in vocabulary.synonyms():
        if synonym.language != language:
            continue
        targets = {roots for target in synonym.meanings if (roots := tuple(stems(target, language)))}
        for phrase in synonym.phrases:
            meanings[phrase_key(words(phrase), language)] |= targets
    for term in items.readable(SearchDoc.Kind.TERM).values():
        _add_term(meanings, term, language)
    meanings.pop((), None)
    return dict(meanings)


def _add_term(meanings: dict, term: Term, language: str) -> None:
    """Add the synonyms of ``term``. A phrase that is not in the synonyms table also keeps the meaning of its words."""
    roots = tuple(stems(term.text("term", language), language))
    for line in term.text("slang", language).splitlines():
        if roots and (key := phrase_key(words(line), language)):
            if key not in meanings:
                meanings[key] |= set().union(*(meanings.get((root,), ()) for root in key))
            meanings[key].add(roots)
