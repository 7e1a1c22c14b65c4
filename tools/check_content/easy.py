"""The easy-to-read versions: short sentences, help at hand, nothing that the guide does not say (A4)."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags

from education.rendering import html_text
from tools.check_content.content import LANGUAGES, Content, Fault, fault, guide_text, rule, without_quotes
from tools.check_content.guides import leads_on
from tools.check_content.wording import NEVER

# What a frightened or weakly reading person needs most.
NEEDED = {2, 3, 5, 6, 7, 9, 12, 16, 21, 22, 24, 25, 26, 27, 28, 31, 32, 33, 34, 36, 37}
MOST_WORDS, FAIR_WORDS = 12, 7
OF_MONEY = {9, 33}  # the bank comes first
NOBODY_ASKS = 24  # says that nobody asks for a picture
NOT_THE_PICTURE = {
    "id": r"[Jj]angan tangkap layar (gambar seksual|gambarnya)",
    "en": r"[Dd]on't screenshot (the |sexual )*(picture|it)",
}
ANYTHING_SENT = {"id": r"[Jj]angan kirim", "en": r"[Dd]on't send"}
END_OF_LIFE = {"id": "mengakhiri hidup", "en": "ending your life"}


def versions(content: Content) -> Iterator[tuple[int, dict, str, str, str]]:
    """Yield number, guide, language, text and plain text of each easy version."""
    for number, guide in sorted(content.easy.items()):
        for language in LANGUAGES:
            text = guide[language]["easy"]
            yield number, guide, language, text, strip_tags(text)


@rule
def needed(content: Content) -> Iterator[Fault]:
    """The guides that are needed most have an easy version."""
    for number in sorted(NEEDED - content.easy.keys()):
        yield fault(content.guides[number], "id.easy", "this guide needs an easy version")


@rule
def short(content: Content) -> Iterator[Fault]:
    """Sentences are short; what follows a colon is another thought."""
    for _number, guide, language, text, _plain in versions(content):
        lines = [part for sentence in html_text.sentences(text) for part in re.split(r"(?<=:)\s", sentence)]
        lengths = [len(line.split()) for line in lines]
        for line, length in zip(lines, lengths, strict=True):
            if length > MOST_WORDS:
                yield fault(guide, f"{language}.easy", f"{length} words, at most {MOST_WORDS}: {line}")
        if sum(lengths) / len(lengths) > FAIR_WORDS:
            yield fault(guide, f"{language}.easy", f"sentences have more than {FAIR_WORDS} words on average")


@rule
def alike(content: Content) -> Iterator[Fault]:
    """Both languages have the same headings, lists, paragraphs and links."""
    for guide in content.easy.values():
        shapes = [re.findall(r"<(h2|li|blockquote|p|a)\b", guide[language]["easy"]) for language in LANGUAGES]
        if shapes[0] != shapes[1]:
            yield fault(guide, "easy", "the languages differ in headings, lists, paragraphs or links")


@rule
def help_at_hand(content: Content) -> Iterator[Fault]:
    """It names the police and a way without speaking, and no number that the guide does not have."""
    fixed = [channel for slug in content.fixed for channel in content.lines[slug]["channels"]]
    for number, guide, language, _text, plain in versions(content):
        if not re.search(r"\b110\b", plain):
            yield fault(guide, f"{language}.easy", "must name 110")
        if number not in OF_MONEY and not re.search(r"WhatsApp \w+ SAPA 129", plain):
            yield fault(guide, f"{language}.easy", "must name a way without speaking: WhatsApp … SAPA 129")
        own = [channel for slug in guide["helplines"] for channel in content.lines[slug]["channels"]]
        told = guide_text(guide, language) + " ".join(channel["value"] for channel in [*own, *fixed])
        for digits in sorted(_digits(plain) - _digits(told)):
            yield fault(guide, f"{language}.easy", f"names {digits}, which the guide does not")


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d[\d-]*", text))


@rule
def pictures(content: Content) -> Iterator[Fault]:
    """Who speaks of a sexual picture says not to copy and not to send it."""
    for number, guide, language, _text, plain in versions(content):
        if number != NOBODY_ASKS and re.search(r"seksual|sexual pict", plain):
            for pattern in (NOT_THE_PICTURE[language], ANYTHING_SENT[language]):
                if not re.search(pattern, plain):
                    yield fault(guide, f"{language}.easy", "must say not to copy the picture, and not to send it")


@rule
def wording(content: Content) -> Iterator[Fault]:
    """Nothing in it hurts or shouts, and it speaks as its guide does."""
    for _number, guide, language, _text, plain in versions(content):
        for found in re.finditer(rf"{NEVER[language]}|!", plain, re.I):
            yield fault(guide, f"{language}.easy", f'"{found[0]}" hurts or shouts')
        if language == "id":
            formal = bool(re.search(r"\bAnda\b", guide["id"]["body"]))
            if re.search(r"\b[Kk]amu\b|\b[Aa]ku\b" if formal else r"\bAnda\b", without_quotes(plain)):
                yield fault(guide, "id.easy", "speaks to its reader in another way than the guide")


@rule
def links(content: Content) -> Iterator[Fault]:
    """Its links lead on, and to an easy version where there is one."""
    for _number, guide, language, text, _plain in versions(content):
        for path in re.findall(r'href="(/[^"]*)"', text):
            if not leads_on(content, path, language):
                yield fault(guide, f"{language}.easy", f"the link {path} leads to no page in this language")
            found = re.match(rf"/{language}/p/(\d+)/(.*)", path)
            if found and bool(found[2]) != (int(found[1]) in content.easy):
                yield fault(guide, f"{language}.easy", f"{path}: link the easy version if and only if there is one")


@rule
def end_of_life(content: Content) -> Iterator[Fault]:
    """Who thinks of dying reads first what to do."""
    for number in (6, 27, 31):
        for language, words in END_OF_LIFE.items():
            guide = content.guides[number]
            if words not in guide[language].get("easy", "").split("</h2>")[0]:
                yield fault(guide, f"{language}.easy", f'its first part must say "{words}"')
