"""Answering a search: what was found, in which order, and what was perhaps meant."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from education import operator
from education.models import Guide, Helpline, SearchDoc
from education.models.bilingual import Bilingual

from . import index, query, spelling
from .documents import MODELS
from .excerpt import excerpt

MOST = 20
_SPARE = 20  # rows that may turn out not to be published


@dataclass(frozen=True)
class Found:
    """One item that was found."""

    item: Bilingual
    kind: str
    title: str
    excerpt: SafeString

    @property
    def kind_label(self) -> str:
        """What it is, in the reader's language."""
        return SearchDoc.Kind(self.kind).label


@dataclass
class Answer:
    """What a search found. ``meant`` is the whole query with its typos repaired, when that is what was searched.

    ``similar``: no text has the words as typed, and perhaps they were no typo. ``crisis``: something was typed that
    people type who think of dying.
    """

    found: list[Found] = field(default_factory=list)
    meant: str = ""
    similar: bool = False
    crisis: bool = False


def find(text: str, language: str, audience: str | None = None, topic: str | None = None) -> Answer:
    """Search ``text`` among what is published in ``language``; with an audience or topic key only its guides."""
    asked = query.read(text, language)
    only, parameters = _only(audience, topic)
    answer = _answer(asked, asked, language, only, parameters)
    # A word of the language is never exchanged for another. For Indonesian a dictionary says what is one; English has
    # none here, so there only a search that found nothing at all is tried again with similar words.
    sure = language in spelling.SURE
    if not sure and answer.found:
        return answer
    better = [_better(one, language) for one in asked]
    if better == asked:
        return answer
    repaired = _answer(asked, better, language, only, parameters)
    repaired.similar = not sure
    return repaired


def as_typed(text: str, language: str) -> Answer:
    """What ``text`` finds in ``language`` without any repair: for a reader whose words may be of the other language."""
    asked = query.read(text, language)
    return _answer(asked, asked, language)


def _answer(asked: list[query.Asked], looked: list[query.Asked], language: str, only="", parameters=()) -> Answer:
    groups = [one.group for one in looked]
    matches = index.search(groups, language, MOST + _SPARE, only, parameters)
    meant = " ".join(one.word for one in looked) if looked != asked else ""
    return Answer(_found(matches, groups, language)[:MOST], meant, crisis=any(one.crisis for one in asked))


def _better(one: query.Asked, language: str) -> query.Asked:
    """``one``, or the known word that was probably meant, when it stands in no text."""
    if one.taught or index.search([one.group], language, 1):
        return one
    word = spelling.repaired(one.word, language)
    return query.plain(word, language) if word else one


def _only(audience: str | None, topic: str | None) -> tuple[str, tuple]:
    if not audience and not topic:
        return "", ()
    guides = Guide.objects.order_by()
    if audience:
        guides = guides.filter(audiences__key=audience)
    if topic:
        guides = guides.filter(topic__key=topic)
    sql, parameters = guides.values("pk").query.sql_with_params()
    return f"AND doc.kind = 'guide' AND doc.object_id IN ({sql})", parameters


def _found(matches: list[index.Match], groups: list[index.Group], language: str) -> list[Found]:
    docs = SearchDoc.objects.in_bulk([match.doc for match in matches])
    ordered = [docs[match.doc] for match in matches if match.doc in docs]
    items = _items(ordered)
    return [
        Found(item, doc.kind, doc.title, excerpt(operator.filled(doc.text, language), groups, language))
        for doc in ordered
        if (item := items.get((doc.kind, doc.object_id)))
    ]


def _items(docs: list[SearchDoc]) -> dict[tuple[str, int], Bilingual]:
    """The items of ``docs`` that readers may see now, one query for each kind."""
    wanted = defaultdict(list)
    for doc in docs:
        wanted[doc.kind].append(doc.object_id)
    return {(kind, item.pk): item for kind, keys in wanted.items() for item in _readable(kind, keys)}


def _readable(kind: str, keys: list[int]):
    model = MODELS[kind]
    if model is Helpline:
        return Helpline.objects.filter(pk__in=keys).exclude(status=Helpline.Status.RETIRED)
    found = model.objects.published().filter(pk__in=keys)
    return found.select_related("topic").defer("body") if model is Guide else found
