"""Whose death a text speaks of, in memory: certainly somebody else's, or perhaps the writer's own (H5).

It only decides which of two helps comes first, so it answers "certainly" for few sentences: those that somebody else
said ("anakku bilang mau mati"), and those that name somebody else and not the writer ("temanku mau bunuh diri").
"""

import re

from .detector import MAX_TEXT_LENGTH, any_of, is_mentioned, normalised_variants

SENTENCE_ENDS = re.compile(r"[.!?\n]+")
CLAUSE_ENDS = re.compile(
    r"[,;:]+|\b(?:dan|terus|trus|lalu|tapi|jadi|karena|soalnya|sampai|sampe|and|but|so|because|then)\b", re.IGNORECASE
)
TELLS = (
    r"(?:(?:mem|nge|ng)?bilang(?:nya|in)?|katanya|kata|berkata|ngomong|(?:me)?nulis|tulis|cerita|curhat|ngaku|ngancam"
    r"|(?:nge)?chat|(?:nge)?post(?:ing)?|sa(?:id|ys?|ying)|t(?:old|ells?)|wr(?:ote|ites?)|post(?:s|ed)|text(?:s|ed)"
    r"|messaged)"
)
TOLD = (TELLS,)
TOLD_BY_ME = (rf"(?:aku|i) (?:\w+ )?{TELLS}",)  # normalised: "saya" and "gue" are "aku"
ME = (r"(?:aku|ku|diriku|i)",)
SOMEBODY_ELSE = (
    r"(?:dia|ia|beliau|mereka|he|she|they|someone|somebody|seseorang|orang)",
    r"(?:anak|adik|adek|kakak|abang|murid|siswa|teman|temen|sahabat|saudara|sepupu|pacar|ibu|mama|ayah|papa|bapak)"
    r"(?:ku|nya)?",
    r"my (?:\w+ )?(?:child|kid|son|daughter|brother|sister|cousin|friend|bestie|classmate|student|pupil|boyfriend"
    r"|girlfriend|mum|mom|mother|dad|father)s?",
)


def is_of_another(text: str) -> bool:
    """Return whether ``text``, in which words of dying were found, certainly speaks of somebody else's life."""
    if len(text) > MAX_TEXT_LENGTH:
        return False
    found = [sentence for sentence in SENTENCE_ENDS.split(text) if is_mentioned(sentence)]
    return bool(found) and all(_is_told(sentence) or _names_another(sentence) for sentence in found)


def _is_told(sentence: str) -> bool:
    return all(any_of(TOLD).search(any_of(TOLD_BY_ME).sub("|", plain)) for plain in normalised_variants(sentence))


def _names_another(sentence: str) -> bool:
    clauses = [clause for clause in CLAUSE_ENDS.split(sentence) if is_mentioned(clause)] or [sentence]
    plain = [reading for clause in clauses for reading in normalised_variants(clause)]
    return all(any_of(SOMEBODY_ELSE).search(reading) and not any_of(ME).search(reading) for reading in plain)
