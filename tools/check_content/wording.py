"""Words that must never be there, sentences that must be there, and promises that cannot be kept."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags
from django.utils.translation import gettext, override

from tools.check_content.content import KINDS, LANGUAGES, READ, Content, Fault, fault, guide_text, plain, rule, whole

# Words that would hurt, or break safety rule J2, H12, H17 or H3.
NEVER = {
    "id": r"\b(damai|mediasi|predator|aib|asusila|pornografi anak|bundir|kamu tidak bersalah|lacak laporan|gantung diri"
    r"|prank|jarang benar-benar)\b",
    "en": r"\b(mediation|mediate|predator|revenge porn|child porn|committed suicide|track (your|a) report|prank"
    r"|we can go with you|rarely)\b",
}
SEXUAL = (6, 7, 8, 18, 20, 23, 25, 26, 27, 28, 29, 30, 31, 34, 35, 36, 37, 38, 40, 41, 42, 43, 51, 52, 53)
NOT_TO_KEEP = {
    "id": "Jangan tangkap layar atau kirim gambar seksualnya; cukup biarkan chatnya.",
    "en": "Don't screenshot or send the sexual picture; just leave the chat as it is.",
}
WITHOUT_SLANG = {"csam", "child-sexual-exploitation", "suicide"}
# What was promised once and is not built (docs/not-done.md). Remove a line when the promise can be kept.
NOT_BUILT = {
    "after-you-report": r"kontak aman|safe contact|luar tim biasa|outside the usual team|memilih lembaganya"
    r"|choose each organisation|tanda terima|seperti yang kamu setujui|as you agreed",
    "accessibility": r"suara belum tersedia untuk semua|Not every guide has an audio",
    "about": r"tanggal peninjauan|review date|Meneruskan ke lembaga|pass reports to organisations",
    "if-you-were-reported": r"penyalahgunaan|misuse|orang kedua|second person|dilihat petugas|seen by staff"
    r"|tanda rahasia itu dihapus|marks are deleted|dugaan, belum diperiksa",
    "privacy": r"halaman kabarmu, dalam dua bahasa|on your check page, in both languages",
}
# What each of these guides must say: the sentence in plain words, the guides, a pattern for each language.
MUST_SAY = {
    "whether a picture will be shared is neither promised nor threatened": (
        [6, 27],
        (
            "Tidak ada yang bisa memastikan mereka akan menyebarkannya atau tidak",
            "(can be sure|knows) whether they will",
        ),
    ),
    "who may be accused speaks with a legal adviser before the police": (
        [6, 7, 21, 31],
        ("Takut (kamu|Anda) sendiri kena pasal", "Afraid (of being charged|that you could be accused) yourself"),
    ),
    "who goes to the police may bring someone, and is promised nobody": (
        [6, 7, 21, 27],
        ("boleh ditemani", "bring someone|someone with you"),
    ),
    "the adult to tell is not the one who hurts": (
        [2, 12],
        ("bukan orang yang menyakiti", "not (someone|the person|the one|anyone) who (hurts|is hurting)"),
    ),
    "nobody has to wait for an app before reporting": (
        [3, 29],
        ("tidak harus menunggu jawaban dari aplikasinya", "have to wait for the app"),
    ),
    "report, and do not spread name and face": (
        [4, 7, 16, 21, 23, 26, 27],
        ("jangan sebarkan nama dan wajah", "don't share (their|the person's) name or photo"),
    ),
    "do not look for the picture again": (
        [7, 28],
        ("Jangan cari( gambarnya)? lagi", "Don't look for (the picture|it) again"),
    ),
    "it happens whatever the gender": ([6, 7], ("apa pun gendermu", "whatever your gender")),
    "nobody official asks for money or a code to bring money back": (
        [9],
        ("Tidak ada petugas resmi yang minta biaya, OTP", "No real official asks for|No official|official .* OTP"),
    ),
    "the number of the bank is on the card": ([9], ("Pakai nomor di kartu", "on the card")),
    "from 17 a teen agrees and the parents can refuse": (
        [2, 15],
        (
            r"Mulai (umur )?17.*(diberi tahu dan bisa menolak)",
            r"From the age of 17.*then told, and (you|they) can (refuse|say no)",
        ),
    ),
    "the portal of 2020 is not promised": (
        [7, 16, 20, 26],
        (r"belum tahu pasti apakah (portal itu )?masih bisa dibuka", "not confirmed that it still works"),
    ),
    "who pays for another needs a power of attorney": ([6, 9], ("surat kuasa", "power of attorney")),
}
NO_TEXTS = {"compare"}  # a table of a file that holds no words: the comparison of apps


@rule
def languages(content: Content) -> Iterator[Fault]:
    """Texts are read only in the languages of which the rules know words; others are named, not skipped."""
    for kind in KINDS:
        for item in content.items(kind):
            tables = {key for key, value in item.items() if isinstance(value, dict)} - NO_TEXTS
            for key in sorted(tables.difference(LANGUAGES)):
                yield fault(item, key, "the rules know no words of this language: add it to LANGUAGES and to each rule")


@rule
def never(content: Content) -> Iterator[Fault]:
    """No forbidden word anywhere (H12, H17); guides do not shout."""
    for kind in READ:
        for item in content.items(kind):
            for language in LANGUAGES:
                text = whole(item[language])
                for found in re.finditer(NEVER[language], text, re.I):
                    yield fault(item, language, f'"{found[0]}" hurts or promises what is not so; use another word')
                if kind == "guides" and "!" in text:
                    yield fault(item, language, "has an exclamation mark; guides do not shout")


@rule
def not_to_keep(content: Content) -> Iterator[Fault]:
    """Evidence on a sexual topic comes with what not to keep (H13)."""
    for number in SEXUAL:
        guide = content.guides[number]
        for language, words in NOT_TO_KEEP.items():
            texts = guide[language]
            if words not in plain(" ".join([*texts["checklist"], strip_tags(texts["body"])])):
                yield fault(guide, language, f'must say "{words}"')


@rule
def must_say(content: Content) -> Iterator[Fault]:
    """Sentences that people were hurt without (H12, H15, H16, H17, H18, K16, K17, J6, J9)."""
    for what, (numbers, patterns) in MUST_SAY.items():
        for number in numbers:
            for language, pattern in zip(LANGUAGES, patterns, strict=True):
                if not re.search(pattern, guide_text(content.guides[number], language), re.IGNORECASE):
                    yield fault(content.guides[number], language, f"must say that {what}")


@rule
def friend(content: Content) -> Iterator[Fault]:
    """The friend or sibling to whom it was said has a guide (H18)."""
    guide = content.guides[25]
    if (guide["id"]["slug"], "teens" in guide["audiences"]) != ("temanmu-cerita", True):
        yield fault(guide, "audiences", "this is the guide for teens whose friend was hurt")


@rule
def glossary(content: Content) -> Iterator[Fault]:
    """No slang for child abuse or suicide is printed, and criticism is not called hate (J8)."""
    terms = {term["key"]: term for term in content.items("glossary")}
    for key in sorted(WITHOUT_SLANG):
        if key not in terms:
            yield Fault("glossary.toml", key, "this word must be explained")
        elif terms[key]["id"]["slang"] + terms[key]["en"]["slang"]:
            yield fault(terms[key], "slang", "slang for this must not be printed")
    words = "Kritik atau beda pendapat bukan ujaran kebencian"
    if not any(words in whole(term["id"]) for term in terms.values()):
        yield Fault("glossary.toml", "id", f'a word must say "{words}"')


@rule
def promises(content: Content) -> Iterator[Fault]:
    """A page promises only what exists (H23, K5, J5), and says that a draft is in no backup (K12)."""
    for key, pattern in NOT_BUILT.items():
        for language in LANGUAGES:
            texts = content.pages[key][language]
            for found in re.finditer(pattern, f"{texts['short_answer']} {texts['body']}"):
                yield fault(content.pages[key], language, f'"{found[0]}" promises what is not built')
    privacy = content.pages["privacy"]
    for language, pattern in {"id": "tidak masuk salinan cadangan", "en": r"(not|no|never)[^.]*backup"}.items():
        if not re.search(pattern, privacy[language]["body"]):
            yield fault(privacy, f"{language}.body", "must say that a draft is in no backup")


@rule
def dead_number_button(content: Content) -> Iterator[Fault]:
    """The page about us names the button for a dead number as the button is named."""
    for language in LANGUAGES:
        with override(language):
            button = f"“{gettext('Report a dead number')}”"
        if button not in content.pages["about"][language]["body"]:
            yield fault(content.pages["about"], f"{language}.body", f"must name the button {button}")
