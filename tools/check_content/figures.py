"""How hard the shipped texts are to read: a rule for each text, and the figures that `make check-content` prints."""

from collections.abc import Iterator

from education.models.platform import SECTIONS
from education.rendering import readability
from tools.check_content.content import LANGUAGES, Content, Fault, fault, rule

FIELDS = {"guides": ("body",), "pages": ("body",), "news": ("body",), "lessons": ("body",), "platforms": SECTIONS}


def of_texts(content: Content, kind: str, language: str) -> Iterator[tuple[dict, readability.Figures]]:
    """Yield each item of this kind with the figures of its text, if that is long enough for figures."""
    for item in content.items(kind):
        # The files of apps call the field `special_channels` "channels".
        names = ("channels" if name == "special_channels" else name for name in FIELDS[kind])
        text = "\n".join(item.get(language, {}).get(name, "") for name in names)
        if found := readability.figures(text, language):
            yield item, found


@rule
def easy_to_read(content: Content) -> Iterator[Fault]:
    """Texts have short sentences and few long words, by the limits that editors are shown."""
    for kind in FIELDS:
        for language in LANGUAGES:
            for item, found in of_texts(content, kind, language):
                if found.is_hard:
                    sentence = f"{found.average} words a sentence and {found.long} % long words are hard to read"
                    yield fault(item, f"{language}", sentence)


def lines(content: Content) -> Iterator[str]:
    """Yield a line for each text: words a sentence and percent of long words, in each language."""
    yield "words a sentence / percent of long words: " + ", ".join(LANGUAGES)
    for kind in FIELDS:
        found = {language: of_texts(content, kind, language) for language in LANGUAGES}
        by_file: dict[str, list[str]] = {}
        for texts in found.values():
            for item, figures in texts:
                by_file.setdefault(item["file"], []).append(f"{figures.average}/{figures.long}")
        yield from (f"  {file}: {', '.join(each)}" for file, each in by_file.items())
