"""The starter files as the rules read them, and the faults that rules find."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LANGUAGES = ("id", "en")  # of which the rules know words; the rule ``wording.languages`` names texts in others
READ = ("guides", "pages", "news", "helplines", "topics", "audiences", "organisations", "glossary", "platforms")
KINDS = (*READ, "quizzes", "lessons", "help")
OF_THE_DESK = Path(__file__).resolve().parents[2] / "reports" / "starter"
REPLIES = OF_THE_DESK / "replies.toml"
CHECKLISTS = OF_THE_DESK / "checklists.toml"


@dataclass(frozen=True)
class Fault:
    """One thing to correct: the file, the field in it, and a sentence that says what is wrong."""

    file: str
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.sentence}"


class Content:
    """The starter files in ``folder``. Each item is a dictionary, with its file under the key ``file``."""

    def __init__(self, folder: Path):
        self.folder = folder

    def items(self, kind: str) -> list[dict]:
        """The items of one kind: from the file ``kind.toml``, or from a folder with one file each."""
        return self._kinds[kind]

    @cached_property
    def _kinds(self) -> dict[str, list[dict]]:
        return {kind: list(self._read(kind)) for kind in (*KINDS, "synonyms")}

    def _read(self, kind: str) -> Iterator[dict]:
        folder = self.folder / kind
        if kind == "help":
            yield from self._help_texts(folder)
        elif folder.is_dir():
            for path in sorted(set(folder.glob("*.toml")) - {folder / "to_try.toml"}):
                yield tomllib.loads(path.read_text()) | {"file": f"{kind}/{path.name}"}
        else:
            (items,) = tomllib.loads(folder.with_suffix(".toml").read_text()).values()
            for item in items:
                name = item.get("slug") or item.get("key")
                yield item | {"file": f"{kind}.toml [{name}]"}

    def _help_texts(self, folder: Path) -> Iterator[dict]:
        """Yield one item for each person in each file of help texts, with its name as key."""
        from education.starter.files import help_items

        for path in sorted(folder.glob("*.toml")):
            for item in help_items(path.stem, tomllib.loads(path.read_text())):
                yield item | {"key": item["name"], "file": f"help/{path.name} [{item['person']}]"}

    @cached_property
    def guides(self) -> dict[int, dict]:
        """The guides by number."""
        return {guide["number"]: guide for guide in self.items("guides")}

    @cached_property
    def lines(self) -> dict[str, dict]:
        """The helplines by slug."""
        return {line["slug"]: line for line in self.items("helplines")}

    @cached_property
    def roles(self) -> list[dict]:
        """Which helpline has which role."""
        return tomllib.loads((self.folder / "helpline_roles.toml").read_text())["helpline_roles"]

    @cached_property
    def pages(self) -> dict[str, dict]:
        """The fixed pages by key."""
        return {page["key"]: page for page in self.items("pages")}

    @cached_property
    def topics(self) -> dict[str, dict]:
        """The topics by key."""
        return {topic["key"]: topic for topic in self.items("topics")}

    @cached_property
    def quizzes(self) -> dict[int, dict]:
        """The quizzes by number."""
        return {quiz["number"]: quiz for quiz in self.items("quizzes")}

    @cached_property
    def replies(self) -> list[dict]:
        """The reply templates, which are shipped with the reports."""
        return tomllib.loads(REPLIES.read_text())["replies"]

    @cached_property
    def checklists(self) -> list[dict]:
        """The items of the desk's checklists, which are shipped with the reports."""
        return tomllib.loads(CHECKLISTS.read_text())["items"]

    @property
    def fixed(self) -> set[str]:
        """The slugs of the fixed emergency set."""
        return {slug for slug, line in self.lines.items() if line["emergency"]}

    @property
    def easy(self) -> dict[int, dict]:
        """The guides that have an easy version, by number."""
        return {number: guide for number, guide in self.guides.items() if "easy" in guide["id"]}


Rule = Callable[[Content], Iterator[Fault]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register ``function`` as a rule that ``faults`` asks."""
    RULES.append(function)
    return function


def faults(content: Content) -> list[Fault]:
    """Return what all rules find."""
    return [fault for each in RULES for fault in each(content)]


def fault(item: dict, field: str, sentence: str) -> Fault:
    """Return a fault of ``item``."""
    return Fault(item["file"], field, sentence)


def plain(text: str) -> str:
    """Return text with straight apostrophes and single spaces, so that a sentence is found however it was typed."""
    return " ".join(text.replace("’", "'").split())


def without_quotes(text: str) -> str:
    """Return text without what somebody says in it, which is their own voice."""
    return re.sub(r"“[^”]*”", "", text)


def whole(texts: dict) -> str:
    """Return everything that an item says in one language."""
    return plain(" ".join(" ".join(value) if isinstance(value, list) else str(value) for value in texts.values()))


def said(part: object, language: str) -> str:
    """Return everything that an item says in one language, with what its parts say, such as the answers of a quiz."""
    if isinstance(part, list):
        return plain(" ".join(said(each, language) for each in part))
    if not isinstance(part, dict):
        return ""
    return plain(" ".join([whole(part.get(language, {})), *(said(each, language) for each in part.values())]))


def guide_text(guide: dict, language: str) -> str:
    """Return short answer, checklist and text of a guide in one language, on one line."""
    texts = guide[language]
    return plain(" ".join([texts["short_answer"], *texts["checklist"], texts["body"]]))
