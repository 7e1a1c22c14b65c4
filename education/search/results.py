"""Search results as a page shows them: indexed items, and pages pinned by editors."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from education import site_placeholders
from education.models import Audience, Guide, Helpline, Page, SearchDoc
from education.models.bilingual import Bilingual
from education.models.search import PLACES

from .documents import KINDS, MODELS
from .excerpt import best_excerpt, highlight, stands_alone
from .index import Group


@dataclass(frozen=True)
class SearchResult:
    """One result: an ``item``, or a ``place``, a list page without an item.

    ``tells``: its excerpt is specific to the query, not a sentence that occurs in many texts.
    """

    item: Bilingual | None
    kind: str
    title: str
    excerpt: SafeString
    place: str = ""
    tells: bool = True

    @property
    def kind_label(self) -> str:
        """Return the kind of the result in the reader's language."""
        return SearchDoc.Kind(self.kind).label

    @property
    def audiences(self) -> list[Audience]:
        """Return the audiences of a guide."""
        return list(self.item.audiences.all()) if isinstance(self.item, Guide) else []


def of_docs(docs: list[SearchDoc], groups: list[Group], language: str) -> list[SearchResult]:
    """Return the results of ``docs`` that readers may see, in order. An excerpt that repeats is shown only once."""
    items, texts = _items(docs), [site_placeholders.fill(doc.text, language) for doc in docs]
    found, said = [], set()
    for doc, text in zip(docs, texts, strict=True):
        if item := items.get((doc.kind, doc.object_id)):
            sentences = best_excerpt(text, groups, language, texts)
            own = (one for one in sentences if one not in said and stands_alone(one))
            sentence = next(own, text.partition("\n")[0])
            said.add(sentence)
            tells = bool(sentences or best_excerpt(doc.title, groups, language, []))
            found.append(SearchResult(item, doc.kind, doc.title, highlight(sentence, groups, language), tells=tells))
    return found


def put_first(
    keys: tuple[str, ...], found: list[SearchResult], groups: list[Group], language: str
) -> list[SearchResult]:
    """Return ``found`` preceded by ``keys``: numbers of guides, keys of pages and helplines, places."""
    named = {_key_of(one.item): one for one in found}
    docs = list(_docs([key for key in keys if key not in named], language)) if keys else []
    named |= {_key_of(one.item): one for one in of_docs(docs, groups, language)}
    first = [_place(key, language) if key in PLACES else named.get(key) for key in keys]
    first = [one for one in first if one]
    ahead = {one.item for one in first}
    return first + [one for one in found if one.item not in ahead]


def _docs(keys: list[str], language: str) -> QuerySet:
    numbers = [int(key) for key in keys if key.isdecimal()]
    guides = Q(kind=KINDS[Guide], object_id__in=Guide.objects.order_by().filter(number__in=numbers).values("pk"))
    pages = Q(kind=KINDS[Page], object_id__in=Page.objects.order_by().filter(key__in=keys).values("pk"))
    lines = Q(kind=KINDS[Helpline], object_id__in=Helpline.objects.order_by().filter(slug__in=keys).values("pk"))
    return SearchDoc.objects.filter(guides | pages | lines, language=language)


def _key_of(item: Bilingual) -> str:
    """Return the key that pins ``item``; empty for kinds that cannot be pinned."""
    if isinstance(item, Guide):
        return str(item.number)
    if isinstance(item, Helpline):
        return item.slug
    return item.key if isinstance(item, Page) else ""


def _place(key: str, language: str) -> SearchResult:
    with override(language):
        title, says = {
            "emergency": (_("Emergency numbers"), _("Emergency numbers on one small page. Who cannot speak can chat.")),
            "helplines": (
                _("All helplines"),
                _("Who to call, write to or report to in Indonesia, and what they can do."),
            ),
            "lessons": (
                _("Lesson plans"),
                _("Lessons on safety online, ready to print, each with a sheet for pupils."),
            ),
            "quizzes": (
                _("What would you do?"),
                _(
                    "Short situations to think through, alone or together. Each choice is explained. No score, nothing "
                    "is sent or kept."
                ),
            ),
        }[key]
    return SearchResult(None, SearchDoc.Kind.PAGE, title, escape(says), key)


def _items(docs: list[SearchDoc]) -> dict[tuple[str, int], Bilingual]:
    """Return the items of ``docs`` that readers may see now, with one query per kind."""
    wanted = defaultdict(list)
    for doc in docs:
        wanted[doc.kind].append(doc.object_id)
    return {(kind, item.pk): item for kind, keys in wanted.items() for item in _readable(kind, keys)}


def _readable(kind: str, keys: list[int]) -> QuerySet:
    model = MODELS[kind]
    if model is Helpline:
        return Helpline.objects.shown().filter(pk__in=keys)
    found = model.objects.published().filter(pk__in=keys)
    return found.select_related("topic").prefetch_related("audiences").defer("body") if model is Guide else found
