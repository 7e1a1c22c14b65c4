"""A step that may alert a linked adult or the other person, or delete a chat, has its warning above it (H32)."""

from collections.abc import Iterator
from itertools import product

from tools.check_content.content import LANGUAGES, Content, Fault, fault, rule

TEXTS = {"guides": ("body", "easy"), "lessons": ("handout",)}
NAMES = {"special_channels": "channels"}  # of sections in the files, where they differ
SENTENCE = "may alert somebody or delete a chat, and has no warning above it: {words}"


@rule
def warnings_above_steps(content: Content) -> Iterator[Fault]:
    """Guides and lessons: a marked paragraph above the step; in a checklist and a short answer, a sentence."""
    from education.publishing.checks.steps import IN_GUIDES, lines_without_warning, without_warning

    for kind, fields in TEXTS.items():
        for item in content.items(kind):
            for language in LANGUAGES:
                texts = item[language]
                for field in fields:
                    for _step, words in without_warning(IN_GUIDES, texts.get(field, ""), reads_headings=False):
                        yield fault(item, f"{language}.{field}", SENTENCE.format(words=words))
                for field, lines in (
                    ("checklist", texts.get("checklist", [])),
                    ("short_answer", [texts["short_answer"]]),
                ):
                    for _step, words in lines_without_warning(lines):
                        yield fault(item, f"{language}.{field}", SENTENCE.format(words=words))


@rule
def warnings_on_app_pages(content: Content) -> Iterator[Fault]:
    """App pages: a marked paragraph above the step and below its heading."""
    from education.models.platform import SECTIONS
    from education.publishing.checks.steps import steps_of_app, without_warning

    for item in content.items("platforms"):
        for language, field in product(LANGUAGES, SECTIONS):
            steps = steps_of_app(field, item["compare"]["family_tools"])
            for _step, words in without_warning(steps, item[language].get(NAMES.get(field, field), "")):
                yield fault(item, f"{language}.{field}", SENTENCE.format(words=words))


@rule
def warnings_in_replies(content: Content) -> Iterator[Fault]:
    """Reply templates: a sentence before the step."""
    from education.publishing.checks.steps import lines_without_warning

    for reply in content.replies:
        for language in LANGUAGES:
            for _step, words in lines_without_warning(reply[language]["text"].splitlines()):
                yield Fault("reports/starter/replies.toml", f"{reply['key']}.{language}", SENTENCE.format(words=words))


@rule
def warnings_in_help(content: Content) -> Iterator[Fault]:
    """Help texts of the form: a sentence before the step, for each person."""
    from education.publishing.checks.steps import lines_without_warning

    for item in content.items("help"):
        for language in LANGUAGES:
            lines = [line for part in ("lines", "steps", "closing") for line in item[language].get(part, [])]
            for _step, words in lines_without_warning(lines):
                yield fault(item, language, SENTENCE.format(words=words))
