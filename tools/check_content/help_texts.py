"""The help texts of the form: one for each category and person, in both languages, short, and to the right person."""

import re
from collections.abc import Iterator
from gettext import translation
from pathlib import Path

from tools.check_content.content import LANGUAGES, Content, Fault, fault, guide_text, rule, said, without_quotes
from tools.check_content.legal import with_readers
from tools.check_content.wording import NEVER

LINES = 3  # of first aid
PARTS = ("lines", "steps", "closing")
FORMAL = {"adult", "child", "pupil"}
OWN = {"me", "easy", "adult"}
WRONG_PERSON = {True: r"\b(kamu|aku)\b|\b(?!ilmu|tamu|bertemu|temu|jamu|bumbu)\w+mu\b", False: r"\bAnda\b"}
NO_BLAME = {"id": "bukan salah", "en": "not your fault"}
DELETING = (
    r"\b((meng|di)?hapus\w*|tarik (kiriman|unggahan)\w*"
    r"|delet\w+|unsend|take (it|them|this) (back|down)|take back what you)\b"
)
GUIDE_OF_WHO_DID_IT = 40
PROMISES = {
    "id": r"\b(bisa|pasti|akan) dihentikan\b|\bpasti (selesai|berhenti|aman|hilang)\b",
    "en": r"\b(can|will) be (stopped|undone)\b|\bit (will|can) stop\b|\bwill be (fine|all right)\b",
}
LOCALE = Path(__file__).resolve().parents[2] / "locale"
# Staff read in the same catalogue that a helpline "will be stopped".
OF_THE_INTERFACE = re.compile(r"\b(bisa|pasti) dihentikan\b|\b(it|this|that) can be stopped\b", re.IGNORECASE)
PICTURE_TOOLS = {"picture_minor", "picture_adult"}


def texts(content: Content) -> Iterator[tuple[dict, str, dict]]:
    """Yield item, language and words of each help text."""
    for item in content.items("help"):
        for language in LANGUAGES:
            yield item, language, item.get(language, {})


def _filled(words: dict, part: str, person: str, language: str) -> list[str]:
    from education.help.shipped import fill

    return [fill(line, person, language) for line in words.get(part, [])]


@rule
def for_everybody(content: Content) -> Iterator[Fault]:
    """Each category of reports has a text for each person."""
    import reports.questions  # noqa: F401 - declares the categories
    from education.starter.files import PERSONS
    from reports.questions.category import DECLARED

    written = {item["key"] for item in content.items("help")}
    for category in DECLARED:
        for person in PERSONS:
            if f"{category}-{person}" not in written:
                yield Fault(f"help/{category}.toml", person, "this person has no text")


@rule
def first_aid(content: Content) -> Iterator[Fault]:
    """First aid has three lines with at most 40 words together, or as its file says, and a tool or a guide.

    A page of the safety question (``first_lines``) has its own number of lines, and no guide.
    """
    from education.help import shipped

    for item, language, words in texts(content):
        lines = _filled(words, "lines", item["person"], language)
        count = sum(len(line.split()) for line in lines)
        needed = item.get("first_lines", LINES)
        if len(lines) != needed or count > shipped.most_words(item["block"], item["person"]):
            yield fault(item, f"{language}.lines", f"{len(lines)} lines with {count} words, not {needed} with 40")
        if needed >= LINES and not item["tool"] and item["guide"] not in content.guides:
            yield fault(item, "guide", "needs a tool or a guide that is shipped")


@rule
def right_person(content: Content) -> Iterator[Fault]:
    """A text addresses its person only; nobody who did something reads that it is not their fault (H27)."""
    for item, language, words in texts(content):
        person = item["person"]
        said = without_quotes(" ".join([words["title"], *(line for part in PARTS for line in words.get(part, []))]))
        if language == "id" and (found := re.search(WRONG_PERSON[person in FORMAL], said)):
            yield fault(item, language, f'"{found[0]}" addresses somebody else')
        if person == "did_it" and NO_BLAME[language] in said:
            yield fault(item, language, "says that it is not their fault")
        if person not in OWN and {item["tool"], item["number"]} & PICTURE_TOOLS:
            yield fault(item, "tool", "only the person in a picture may be sent to this tool")


@rule
def nothing_on_deleting(content: Content) -> Iterator[Fault]:
    """Who did something reads nothing about deleting, until a lawyer has confirmed what to say."""
    for item, language, words in texts(content):
        lines = [words["title"], *_all_lines(words)]
        if item["person"] == "did_it" and (found := re.search(DELETING, " ".join(lines), re.IGNORECASE)):
            yield fault(item, language, f'says "{found[0]}" to a person who did something')
    guide = content.guides[GUIDE_OF_WHO_DID_IT]
    for language in LANGUAGES:
        if found := re.search(DELETING, guide_text(guide, language), re.IGNORECASE):
            yield fault(guide, language, f'says "{found[0]}" to a person who did something')


@rule
def no_promise(content: Content) -> Iterator[Fault]:
    """No text of the site promises an end of what happens: nobody knows whether it can be stopped."""
    for item, _readers, language in with_readers(content):
        if found := re.search(PROMISES[language], said(item, language), re.IGNORECASE):
            yield fault(item, language, f'promises "{found[0]}"')
    for words in _catalogue():
        if found := OF_THE_INTERFACE.search(words):
            yield Fault("locale/id/LC_MESSAGES/django.po", found[0], f'promises "{found[0]}": "{words}"')


def _catalogue() -> Iterator[str]:
    """Yield what the form, the search and its alerts say, in both languages."""
    for key, words in translation("django", LOCALE, ["id"])._catalog.items():  # type: ignore[attr-defined]
        yield from (key if isinstance(key, str) else key[0], words)  # a key with a number: one with a plural


def _all_lines(words: dict) -> list[str]:
    return [line for part in PARTS for line in words.get(part, [])]


@rule
def other_wordings(content: Content) -> Iterator[Fault]:
    """A text in another wording keeps the prescribed sentences; in easier words a sentence has at most 12 words."""
    from education.help.shipped import required_sentences, sentences_in
    from education.publishing.checks.help_texts import EASY_WORDS, words_a_sentence

    for item, language, words in (text for text in texts(content) if text[0]["person"] in OWN - {"me"}):
        lines = [line for part in PARTS for line in words.get(part, [])]
        if item["person"] == "easy" and (average := words_a_sentence(lines)) > EASY_WORDS:
            yield fault(item, language, f"{average:.1f} words a sentence, more than {EASY_WORDS}")
        if lost := {*required_sentences(item["block"], item["person"])} - {*sentences_in(lines)}:
            yield fault(item, language, f"lost {lost}")


@rule
def prescribed(content: Content) -> Iterator[Fault]:
    """Both languages have the same lines, with the same prescribed sentences at the same places; no harmful word."""
    for item in content.items("help"):
        for part in PARTS:
            shapes = [[re.findall(r"\{\w+\}", line) for line in item[code].get(part, [])] for code in LANGUAGES]
            if shapes[0] != shapes[1]:
                yield fault(item, part, "the languages differ in lines or prescribed sentences")
    for item, language, words in texts(content):
        for line in (line for part in PARTS for line in _filled(words, part, item["person"], language)):
            if found := re.search(NEVER[language], line, re.IGNORECASE):
                yield fault(item, language, f'must not say "{found[0]}"')
