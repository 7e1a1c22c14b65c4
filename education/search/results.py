"""Search results as a page shows them: indexed items, and pages pinned by editors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from education import site_placeholders
from education.models import Audience, Guide, SearchDoc
from education.models.bilingual import Bilingual
from education.models.search import LIST_PAGES

from . import items
from .excerpt import best_excerpt, highlight, is_complete
from .index import Group


@dataclass(frozen=True)
class SearchResult:
    """One result: an ``item``, or a ``list_page``, a list page without an item.

    ``sentence``: what to show of its text in ``language``, with the matches of ``groups`` marked. ``is_informative``:
    it is specific to the query, not a sentence that occurs in many texts.
    """

    item: Bilingual | None
    kind: str
    title: str
    sentence: str
    groups: list[Group]
    language: str
    list_page: str = ""
    is_informative: bool = True

    @property
    def excerpt(self) -> SafeString:
        """Return the sentence with all matches marked, cut to a few lines."""
        return highlight(self.sentence, self.groups, self.language)

    @property
    def kind_label(self) -> str:
        """Return the kind of the result in the reader's language."""
        return SearchDoc.Kind(self.kind).label

    @property
    def audiences(self) -> list[Audience]:
        """Return the audiences of a guide."""
        return items.audiences_of_guides().get(self.item.pk, []) if isinstance(self.item, Guide) else []


def results_for_documents(docs: list[SearchDoc], groups: list[Group], language: str) -> list[SearchResult]:
    """Return the results of ``docs`` that readers may see, in order. An excerpt that repeats is shown only once."""
    readable = {kind: items.readable(kind) for kind in {doc.kind for doc in docs}}
    texts = [site_placeholders.fill(doc.text, language) for doc in docs]
    found, shown_sentences = [], set()
    for doc, text in zip(docs, texts, strict=True):
        if item := readable[doc.kind].get(doc.object_id):
            sentences = best_excerpt(text, groups, language, texts)
            own = (one for one in sentences if one not in shown_sentences and is_complete(one))
            sentence = next(own, text.partition("\n")[0])
            shown_sentences.add(sentence)
            tells = bool(sentences or best_excerpt(doc.title, groups, language, []))
            found.append(SearchResult(item, doc.kind, doc.title, sentence, groups, language, is_informative=tells))
    return found


def with_pinned(
    keys: tuple[str, ...], found: list[SearchResult], groups: list[Group], language: str
) -> list[SearchResult]:
    """Return ``found`` preceded by ``keys``: numbers of guides, keys of pages and helplines, places."""
    named = {items.key_of(one.item): one for one in found if one.item}
    docs = list(_docs([key for key in keys if key not in named], language))
    named |= {items.key_of(one.item): one for one in results_for_documents(docs, groups, language) if one.item}
    first = [_list_page_result(key, language) if key in LIST_PAGES else named.get(key) for key in keys]
    first = [one for one in first if one]
    ahead = {one.item for one in first}
    return first + [one for one in found if one.item not in ahead]


def _docs(keys: list[str], language: str) -> Iterable[SearchDoc]:
    pinned = [items.by_key()[key] for key in keys if key in items.by_key()]
    if not pinned:
        return ()
    wanted = Q(*(Q(kind=kind, object_id=item) for kind, item in pinned), _connector=Q.OR)
    return SearchDoc.objects.filter(wanted, language=language).only("kind", "object_id", "title", "text")


def _list_page_result(key: str, language: str) -> SearchResult:
    with override(language):
        title, says = {
            "emergency": (
                _("Emergency numbers"),
                _("Emergency numbers on one small page. If you can't speak, you can chat."),
            ),
            "helplines": (
                _("All helplines"),
                _("Who to call, write to or report to in Indonesia, and what they can do."),
            ),
            "lessons": (
                _("Lesson plans"),
                _("Lessons on safety online, ready to print, each with a sheet for pupils."),
            ),
            "platforms": (
                _("Apps: rules and settings"),
                _(
                    "How to report, block and set limits in apps, what their rules forbid, and what the age of 16 "
                    "means."
                ),
            ),
            "quizzes": (
                _("What would you do?"),
                _(
                    "Short situations to think through, alone or together. Each choice is explained. No score, nothing "
                    "is sent or kept."
                ),
            ),
        }[key]
    return SearchResult(None, SearchDoc.Kind.PAGE, title, says, [], language, key)
