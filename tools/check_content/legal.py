"""Legal help: a text names no service that does not take its reader, and promises none for free that may cost money."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise, product

from tools.check_content.content import CHECKLISTS, LANGUAGES, REPLIES, Content, Fault, fault, plain, rule

ROLES = {"legal_aid", "digital_rights", "women_rights"}  # of helpline_roles.toml: who holds them gives legal help
# How a text says whom a service takes that does not take all its readers.
ONLY = {
    "women": {"id": r"\bperempuan\b", "en": r"\bwom[ae]n\b"},
    "adults": {"id": r"\bdewasa\b|\b18\b|\b(?:[Oo]rang tua|[Ww]ali)\b", "en": r"\badults?\b|\b18\b|\bparents?\b"},
}
READERS = {
    "child": {"parents"},
    "pupil": {"educators"},
    "adult": {"everyone"},
}  # of help texts; all others may be a child
MAY_BE_A_CHILD = {"teens", "everyone"}
TOOLS = {"picture_minor", "picture_adult"}  # the roles of what texts call "a free tool"
FREE_TOOL = re.compile(r"\b(alat|bantuan) gratis\b|\bfree (tool|help)\b", re.IGNORECASE)
LEGAL = re.compile(r"(pendamping|bantuan|ahli) hukum|legal (advis|aid|help)|lawyer", re.IGNORECASE)
FREE = re.compile(
    r"\b(gratis|cuma-cuma|tanpa biaya|free of charge|no cost|(it|that|this|advice|service)('s| is) free)\b",
    re.IGNORECASE,
)
ASK_FIRST = re.compile(r"[Ss]eharusnya gratis; tanya(kan)? dulu|should be free(; ask first|, but ask)")


def services(content: Content) -> dict[str, dict]:
    """Return the helplines that give legal help, by the name that texts call them."""
    held = {row["helpline"] for row in content.roles if row["role"] in ROLES}
    return {content.lines[slug]["id"]["name"].partition(" (")[0]: content.lines[slug] for slug in held}


@rule
def takes_the_reader(content: Content) -> Iterator[Fault]:
    """A text that names legal help says in the same sentence, or in the heading above, whom alone that takes."""
    known = services(content)
    for item, readers, language in with_readers(content):
        for heading, paragraph in _paragraphs(item, language):
            for name, sentence in product(known, _sentences(paragraph)):
                group = _left_out(known[name], readers) if name in sentence else ""
                if group and not re.search(ONLY[group][language], f"{heading} {sentence}", re.IGNORECASE):
                    yield fault(item, language, f'{name} is for {group} only, and this does not say so: "{sentence}"')


@rule
def cards_take_the_reader(content: Content) -> Iterator[Fault]:
    """The cards of a guide name no legal help that takes none of its readers, or whose name does not say whom alone."""
    for guide, line in product(content.items("guides"), services(content).values()):
        group = _left_out(line, {*guide["audiences"]}) if line["slug"] in guide["helplines"] else ""
        names = all(re.search(ONLY[group][code], line[code]["name"], re.IGNORECASE) for code in LANGUAGES if group)
        if group and not (names or {*guide["audiences"]} & {*line["audiences"]}):
            yield fault(guide, "helplines", f"{line['slug']} is for {group} only")


@rule
def replies_take_the_reader(content: Content) -> Iterator[Fault]:
    """A checklist item gives the numbers of legal help for women only together with its name, which says so."""
    limited = {line["slug"] for line in services(content).values() if _left_out(line, {"everyone"})}
    for row, language in product(content.checklists, LANGUAGES):
        for wording in ("text", "formal"):
            text = row[language].get(wording, "")
            if row.get("helpline") in limited and "{ways}" in text and not re.search(ONLY["women"][language], text):
                place = f"{row['key']}.{language}.{wording}"
                yield Fault(f"reports/starter/{CHECKLISTS.name}", place, "gives a number for women only: {helpline}")


@rule
def free(content: Content) -> Iterator[Fault]:
    """Nothing is called free that is not known to be: legal help "should be free; ask first"."""
    unknown = [line for line in content.items("helplines") if not line["cost_free"]]
    costs = {re.split(r" \(|\.org", line[code]["name"])[0] for line, code in product(unknown, LANGUAGES)}
    tools_cost = any(content.lines[row["helpline"]] in unknown for row in content.roles if row["role"] in TOOLS)
    for item, _readers, language in with_readers(content):
        for _heading, paragraph in _paragraphs(item, language):
            # "It is free." speaks of what the sentence before names.
            said = [f"{one} {two}" for one, two in pairwise(["", *_sentences(paragraph)]) if FREE.search(two)]
            named = any(name in both for name in costs for both in said)
            is_promise = said and not ASK_FIRST.search(paragraph) and (named or LEGAL.search(paragraph))
            if is_promise or (tools_cost and FREE_TOOL.search(paragraph)):
                yield fault(item, language, f'is not known to be free: "{paragraph}"')


def _left_out(line: dict, readers: set[str]) -> str:
    """Return whom alone the service takes, if it does not take all ``readers``: "women", "adults", or ""."""
    if "everyone" in readers and "everyone" not in line["audiences"]:
        return "women"
    if "teens" in readers and "teens" not in line["audiences"]:
        return "adults" if "everyone" in line["audiences"] else "women"
    return ""


def with_readers(content: Content) -> Iterator[tuple[dict, set[str], str]]:
    """Yield each item that names services, the audiences that read it, and a language."""
    everybody = chain.from_iterable(map(content.items, ("pages", "news", "platforms", "lessons")))
    found = [(item, {*item["audiences"]}) for kind in ("guides", "quizzes") for item in content.items(kind)]
    found += [(item, MAY_BE_A_CHILD) for item in everybody]
    found += [(item, READERS.get(item["person"], _of_me(item))) for item in content.items("help")]
    rows = [(REPLIES, row) for row in content.replies] + [(CHECKLISTS, row) for row in content.checklists]
    found += [(row | {"file": f"reports/starter/{file.name} [{row['key']}]"}, MAY_BE_A_CHILD) for file, row in rows]
    for (item, readers), language in product(found, LANGUAGES):
        yield item, readers, language


def _of_me(item: dict) -> set[str]:
    return {"everyone"} if item.get("for_adults") else MAY_BE_A_CHILD


def _paragraphs(item: dict, language: str) -> Iterator[tuple[str, str]]:
    """Yield each paragraph and line of an item with the heading above it, "" without one."""
    for text in _strings(item, language, False):
        for section in text.split("<h2>"):
            heading = section.partition("</h2>")[0] if "</h2>" in section else ""
            for part in re.split(r"</(?:p|li|h2|h3)>|\n\n", section):
                yield heading, plain(re.sub(r"<[^>]*>", " ", part))


def _strings(part: object, language: str, is_text: bool) -> Iterator[str]:
    """Yield what is written below the table of ``language``, anywhere in ``part``."""
    if isinstance(part, str):
        yield from [part] if is_text else []
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value, language, is_text)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from _strings(value, language, is_text or name == language)


def _sentences(paragraph: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s", paragraph)
