"""A reporter who is shown every page of the form, of what follows after sending, and of the return, as visible text."""

import re
from html import unescape

from reports.intake.more import More
from reports.questions import Question
from tests.reports.followup.visitor import open_with

from .reporter import Reporter, press

RETURN = ("visit", "own_data", "pause", "withdraw", "new_code", "code_found", "receipt")
# Eight words of a code are any words.
_UNSEEN = re.compile(r'<ol class="code-words".*?</ol>|<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>', re.DOTALL)
_SPOKEN = re.compile(r'(?:data-copied|data-cleared|aria-label|placeholder)="([^"]*)"')

# Words that end like "of you" or "of me" and are neither; names of sites are left out too.
PLAIN = "maluku|ilmu|tamu|temu|bertemu|ketemu|buku|suku|laku|pelaku|berlaku|perilaku|baku|kaku|kuku"
OF_YOU_OR_ME = rf"\b(?!(?i:{PLAIN})\b)[A-Za-z][a-z]*[mk]u\b(?!\.\w)"
TO_THE_YOUNG = re.compile(rf"{OF_YOU_OR_ME}|\bku(?:kenal|asuh|blokir|balas|temui)\b")
TO_ADULTS = re.compile(r"\bAnda\b")  # a sentence to say to a bank or the police may say *saya*
SAID_TO_THE_CHILD = re.compile(r"“[^”]*\.”")


def text_of(html: str) -> str:
    """Return what the page says, also what a script or a screen reader says later; not the language switch."""
    spoken = " ".join(_SPOKEN.findall(html))
    return " ".join(unescape(_UNSEEN.sub(" ", html) + " " + spoken).split())


class Walk:
    """One walk. ``pages`` has the text of each page by its name; ``place`` says which answer to take: 0 or -1.

    A ``brief`` walk answers all the same, and reads the pages after sending only.
    """

    def __init__(
        self,
        about: str,
        category: str,
        place: int = 0,
        easy: bool = False,
        language: str = "id",
        brief: bool = False,
        **given: str,
    ) -> None:
        self.reporter, self.place, self.easy, self.pages = Reporter(language), place, easy, {}
        self.brief = brief
        self.given = {"about": about, "category": category, "words": "Ini terjadi kemarin."} | given

    def through(self) -> dict[str, str]:
        """Answer, send, add all that can be added, and return with the code. Return the texts of the pages."""
        self.reporter.begin(self.given.get("safety", "safe"))
        if self.easy:
            press(self.reporter, "about", "", easy="1")
        self._answer_all()
        self._show("check", self.reporter.url("step", number=self.reporter.draft.check_number))
        self.reporter.send()
        code = self.reporter.filed().receipt.code
        self._show("code", self.reporter.url("code"))
        self.reporter.client.post(self.reporter.url("code"))
        self._show("done", self.reporter.url("done"))
        self._add_all()
        visitor = open_with(code)
        for name in RETURN[:1] if self.brief else RETURN:
            self._keep(name, visitor.get(self.reporter.url(name)))
        return self.pages

    def _answer_all(self) -> None:
        self.reporter.tell(about=self.given["about"])
        self._show("safety", self.reporter.url("step", number=0))
        seen: set[str] = set()
        while question := next((one for one in self.reporter.draft.steps if one.key not in seen), None):
            seen.add(question.key)
            self._show(question.key, self.reporter.url("step", number=self.reporter.draft.number_of(question.key)))
            if question.kind != "evidence":
                answer = self.reporter.tell(**{question.key: self._answer_to(question)})
                self._help(answer)

    def _help(self, reporter: Reporter) -> None:
        while name := reporter.draft.session.data["help"]:
            self._show(f"help {name}", reporter.url("help_page"))
            reporter.client.post(reporter.url("help_page"))

    def _add_all(self) -> None:
        client, address = self.reporter.client, self.reporter.url("more")
        while adding := More.of(self.reporter.draft_session):
            if adding.state["help"]:
                self._show(f"later {adding.state['help']}", address)
                client.post(address, {"help": "1"})
            elif question := adding.question:
                self._show(f"later {question.key}", address)
                client.post(address, {"question": question.key, "answer": self._answer_to(question)})

    def _answer_to(self, question: Question) -> object:
        if question.key in self.given:
            return self.given[question.key]
        if not question.choices:
            return "" if question.kind == "reference" else "akun contoh"
        key = question.choices[self.place].key
        return [key] if question.kind == "many" else key

    def _show(self, name: str, url: str) -> None:
        if not self.brief or name in ("code", "done"):
            self._keep(name, self.reporter.client.get(url))

    def _keep(self, name: str, response) -> None:
        assert response.status_code == 200, (name, response.status_code, response.headers)
        self.pages[name] = text_of(response.text)


def found(pattern: re.Pattern, pages: dict[str, str]) -> list[str]:
    """The places where ``pattern`` occurs, with the words around it; not in what an adult may say to the child."""
    texts = {name: SAID_TO_THE_CHILD.sub("", text) for name, text in pages.items()}
    hits = ((name, text, hit) for name, text in texts.items() for hit in pattern.finditer(text))
    return [f"{name}: …{text[max(0, hit.start() - 60) : hit.end() + 40]}…" for name, text, hit in hits]
