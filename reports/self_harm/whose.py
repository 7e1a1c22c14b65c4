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
    r"(?:dia|dy|dya|doi|ia|beliau|mereka|he|she|they|someone|somebody|seseorang|orang|cowok\w*|cewek\w*|mantan\w*"
    r"|tetangga\w*|roommate|classmate"
    r"|neighbou?r|a (?:girl|boy|guy|kid|friend|student|classmate|woman|man)|bestie|bestieku|ponakan|keponakan|cucu"
    r"|istri|suami|bini)(?:ku|nya)?",
    r"(?:anak|adik|adek|ade|kakak|kaka|abang|murid|siswa|teman|temen|sahabat|saudara|sepupu|pacar|ibu|mama|ayah|papa"
    r"|bapak|nenek|kakek|kelas)"
    r"(?:ku|nya)?",
    r"my (?:\w+ )?(?:child|kid|son|daughter|brother|sister|cousin|friend|bestie|classmate|student|pupil|boyfriend"
    r"|girlfriend|niece|nephew|wife|husband|roommate|partner|ex|teacher|neighbou?r|uncle|aunt|grand\w+|mum|mom|mother"
    r"|dad|father)s?",
)


# The writer who only saw, fears or heard of it; and "my", which after "anak" is "aku".
WITNESS = (
    r"(?:anak|adik|adek|ade|kakak|abang|kaka|murid|siswa|teman|temen|sahabat|saudara|sepupu|keponakan|ponakan|pacar"
    r"|istri|suami|ibu|mama|mamah"
    r"|emak|ayah|papa|bapak|nenek|kakek|cucu|mantan|tetangga|doi|bini|bestie|ortu|kelas|sekolah|grup|kos|kosan|rumah"
    r"|kampung) (?:\w+ )?(?:aku|kami|kita)",
    r"(?:aku|i)(?: m| am| have| ve)? (?:\w+ )?(?:takut|khawatir|kuatir|cemas|lihat|liat|ngeliat|melihat|nemu"
    r"(?:in)?|nemuin|tahu|tau|baca|kira|rasa|denger|dengar"
    r"|curiga|bingung|panik|dapat|dapet|pikir|think|thought|know|knew|saw|see|found|heard|read|scared|afraid|worried"
    r"|suspect|noticed|fear|got|caught|believe|feel like my)",
    r"(?:gara gara|karena|sama|ke|kepada|dari|dengan|bareng|depan|with|to|because of|from|at|for) (?:aku|me|us|kami)",
    r"(?:tolong(?:in)?|bantu(?:in)?|help|please help|can you help|should i|what (?:do|should"
    r"|can) i (?:do|say)|how (?:do|can) i help|aku harus gimana"
    r"|gimana cara aku) ?(?:aku|me|i)?",
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
    return all(
        any_of(SOMEBODY_ELSE).search(reading) and not any_of(ME).search(any_of(WITNESS).sub("|", reading))
        for reading in plain
    )
