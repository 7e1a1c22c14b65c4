"""Check the wording: advice that is forbidden in guides on sexual violence, and sentences that are too long."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education import site_placeholders
from education.help import shipped
from education.models import Guide, HelpBlock, Page
from education.models.platform import SECTIONS
from education.rendering import html_text, readability
from education.translation import language_name

from .finding import ERROR, WARNING, Candidate, Finding, quoted

MAX_SENTENCE_WORDS = 20  # words
# Topics whose guides deal with sexual violence: keys of education/starter/topics.toml. Guides on other topics, such as
# evidence or going to the police, deal with it too and are marked as sensitive.
SEXUAL_TOPICS = {"private-images", "grooming", "gender-violence", "helping-a-child", "offline-harm"}
# The sentence about evidence (safety rule H13), word for word as in every guide that needs it.
EVIDENCE_SENTENCE = {
    "id": "Simpan nama akun, ancamannya, dan nomor rekening. "
    "Jangan tangkap layar atau kirim gambar seksualnya; cukup biarkan chatnya.",
    "en": "Save the account name, any threats and any bank account number. "
    "Don't screenshot or send the sexual picture; just leave the chat as it is.",
}
_EVIDENCE = re.compile(r"\b(bukti(-bukti)?(nya)?|evidence|proof)\b", re.IGNORECASE)
# The law bars settling sexual violence outside court (safety rule J2, UU TPKS article 23).
_SETTLEMENT = re.compile(
    r"\b(damai|berdamai|didamaikan|mendamaikan|perdamaian|mediasi|dimediasi|mediation|mediate[sd]?|mediator"
    r"|reconciliation|reconcile[sd]?)\b",
    re.IGNORECASE,
)
_TEXT_FIELDS = (
    "title",
    "short_answer",
    "summary",
    "checklist",
    "body",
    "easy",
    "warning",
    "opt_out",
    "disclosure",
    "handout",
    *shipped.LISTS,
    *SECTIONS,
)


def check_evidence_sentence(candidate: Candidate) -> Iterator[Finding]:
    """Require the evidence sentence (it says what not to copy) in guides on sexual violence that mention evidence."""
    if not _may_be_sexual(candidate):
        return
    for language in candidate.languages:
        texts = [(name, text) for name, code, text in _all_texts(candidate) if code == language]
        speaking = [name for name, text in texts if _EVIDENCE.search(html_text.words(text))]
        if speaking and language not in EVIDENCE_SENTENCE:
            text = _("There is no sentence about evidence in %(language)s yet. Let somebody from the field read this.")
            yield Finding(WARNING, text % {"language": language_name(language)}, speaking[0])
        elif speaking and not any(EVIDENCE_SENTENCE[language] in html_text.words(text) for _name, text in texts):
            sentence = _("The text mentions evidence, so it needs this sentence: %(sentence)s")
            facts = {"sentence": f"“{EVIDENCE_SENTENCE[language]}”"}
            parts = candidate.columns_in(language) | {*speaking}
            name = f"evidence {language}"
            yield Finding(ERROR, sentence % facts, speaking[0], name, parts=parts, prescribed=True)


def check_settlement_offers(candidate: Candidate) -> Iterator[Finding]:
    """Report offers of a settlement in guides on sexual violence.

    The law bars them, and they endanger the child again.
    """
    if not (_may_be_sexual(candidate) or isinstance(candidate.item, HelpBlock)):
        return
    for name, language, text in _all_texts(candidate):
        if found := [match[0] for match in _SETTLEMENT.finditer(html_text.words(text))]:
            sentence = _("“%(word)s” must not be used here: by law, sexual violence cannot be settled out of court.")
            about, parts = frozenset(map(str.lower, found)), candidate.columns_in(language)
            facts = {"word": found[0]}
            yield Finding(ERROR, sentence % facts, name, f"settlement {language}", about, len(found), parts)


def refusal(candidate: Candidate, text: str, sensitive: bool) -> str | None:
    """Return why the one sentence ``text`` must not be shown beside ``candidate``, or ``None``.

    ``sensitive`` says that its page is, now or with this change.
    """
    if sensitive or _may_be_sexual(candidate):
        if found := _SETTLEMENT.search(text):
            sentence = _("“%(word)s” must not be used here: by law, sexual violence cannot be settled out of court.")
            return sentence % {"word": found[0]}
        if _EVIDENCE.search(text):
            return _("What readers need to know about evidence needs its whole sentence. Put it into the text.")
    if gaps := [*site_placeholders.placeholders_in(text)]:
        return _("There is no value for “%(gap)s”: remove the braces.") % {"gap": f"{{{gaps[0]}}}"}
    return None


def check_sentence_length(candidate: Candidate) -> Iterator[Finding]:
    """Report sentences that are too long for a tired or frightened reader."""
    for name, _language, text in candidate.texts(
        "short_answer", "summary", "checklist", "definition", "body", "easy", *shipped.LISTS, *SECTIONS
    ):
        long = [sentence for sentence in html_text.sentences(text) if len(sentence.split()) > MAX_SENTENCE_WORDS]
        if long:
            sentence = ngettext(
                "%(count)d sentence has more than %(most)d words: %(first)s",
                "%(count)d sentences have more than %(most)d words. The first: %(first)s",
                len(long),
            )
            facts = {"count": len(long), "most": MAX_SENTENCE_WORDS, "first": quoted(long[0])}
            yield Finding(WARNING, sentence % facts, name, "long sentences", frozenset(long))


def check_readability(candidate: Candidate) -> Iterator[Finding]:
    """Warn of a text whose sentences or words are too long on average, with its figures and the limits."""
    for language in candidate.languages:
        texts = [(name, text) for name, code, text in candidate.texts("body", *SECTIONS) if code == language]
        found = readability.figures("\n".join(text for _name, text in texts), language)
        if found and found.is_hard:
            sentence = _(
                "%(language)s: %(words)s words a sentence, %(long)d%% long words. Up to %(most)d words and"
                " %(share)d%% are easy to read."
            )
            limits = {"most": readability.MAX_AVERAGE, "share": readability.MAX_LONG}
            facts = {"language": language_name(language), "words": found.average, "long": found.long, **limits}
            excess = max(found.average / readability.MAX_AVERAGE, found.long / readability.MAX_LONG)
            # A tenth of a limit more is worse; less than that says nothing about the change.
            yield Finding(WARNING, sentence % facts, texts[0][0], "hard to read", amount=round(excess, 1))


def check_placeholders(candidate: Candidate) -> Iterator[Finding]:
    """Report text in braces that nothing fills in. Fixed pages and help texts have placeholders."""
    is_help = isinstance(candidate.item, HelpBlock)
    known = shipped.locked() if is_help else site_placeholders.NAMES if isinstance(candidate.item, Page) else ()
    for name, _language, text in candidate.texts(*_TEXT_FIELDS, "easy"):
        for gap in site_placeholders.placeholders_in(text):
            if gap not in known:
                sentence = _("There is no value for “%(gap)s”: remove the braces.")
                yield Finding(ERROR, sentence % {"gap": f"{{{gap}}}"}, name)


def _all_texts(candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    yield from candidate.texts(*_TEXT_FIELDS)
    yield from candidate.row_texts("scenarios")


def _may_be_sexual(candidate: Candidate) -> bool:
    by_topic = candidate.topic is not None and candidate.topic.key in SEXUAL_TOPICS
    return by_topic or (isinstance(candidate.item, Guide) and candidate.item.sensitive)


CHECKS = (
    check_evidence_sentence,
    check_settlement_offers,
    check_sentence_length,
    check_readability,
    check_placeholders,
)
