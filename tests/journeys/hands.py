"""A person in a browser: the report form, and the return with the code."""

import re

STORY = {
    "about": "me",
    "category": "cyberbullying",
    "age": "16_17",
    "words": "Mereka mengejek aku di grup kelas.",
}


def open_with(page, code: str):
    page.goto("/id/kabar/")
    page.fill("#id_code", code)
    page.click("main button.btn.main")
    page.wait_for_url("**/kabar/buka/")


class Hands:
    """Fills in the report form as a person does: read the heading, choose, go on."""

    def __init__(self, page, language: str = "id"):
        self.page, self.language = page, language
        self.on_open = lambda: None  # called when a fold with choices is open, before one of them is pressed

    def begin(self, safety: str = "safe"):
        self.page.goto("/id/lapor/mulai/" if self.language == "id" else "/en/report/begin/")
        self.page.click(f'button[name=safety][value="{safety}"]')
        if safety != "safe":  # first the page of help
            self.go_on()
        return self

    def go_on(self):
        self.page.click("main button.btn.main")

    def choose(self, value: str) -> int:
        """Choose the answer and go on; return how many taps that takes."""
        field = self.page.locator(f'[name=answer][value="{value}"]').first
        fold = self.page.locator(f'details.choice-group:has([value="{value}"])')
        is_folded = bool(fold.count()) and not fold.get_attribute("open") and not field.is_visible()
        if is_folded:
            fold.locator("summary").click()
        is_button = field.evaluate("field => field.matches('button')")
        field.click()
        if not is_button:
            self.go_on()
        return is_folded + 1 + (not is_button)

    def question(self) -> str:
        """The key of the question on this page, or of all, with spaces between; empty on other pages."""
        field = self.page.locator("input[name=question], input[name=questions], input[name=ending]")
        return field.first.get_attribute("value") if field.count() else ""

    def heading(self):
        """The heading of the question itself, whatever else is on the page; on other pages the first heading."""
        of_question = self.page.locator("form#step :is(legend, label) > :is(h1, h2)")
        return (of_question if of_question.count() else self.page.locator("main :is(h1, h2)")).first

    def is_at_the_end(self) -> bool:
        """Whether this is the page that sends the report."""
        return bool(self.page.locator("button[name=send]").count())

    def tell(self, **answers):
        """Answer what is in ``answers``, skip the rest, pass by pages of help, stop on the last page with words in it.

        What the form does not ask before sending stays unanswered.
        """
        for _step in range(20):
            if self.is_at_the_end():
                if words := answers.get(self.question()):
                    self.page.fill("[name=answer]", words)
                return self
            self.one_step(answers)
        raise AssertionError("the form does not end")

    def one_step(self, answers: dict) -> int:
        """One page further; return how many taps it takes. Typing is not counted."""
        key = self.question()
        if key in answers:
            return self._answer(answers[key])
        if key == "about age":
            return self._say_who(answers)
        if key == "category":
            return self._answer("unsure")
        if " " in key and answers.keys() & set(key.split()):
            return self._answer_several({name: answers[name] for name in key.split() if name in answers})
        if not key or key == "evidence":
            self.go_on()
        else:
            self.page.click("button[name=skip]")
        return 1

    def _say_who(self, answers: dict) -> int:
        about, age = answers.get("about", "me"), answers.get("age", "unknown")
        if about == "me":
            self.page.click(f'button[name=who][value="me:{age}"]')
            return 1
        self.page.click(f'details.choice-group:has([value="{about}:{age}"]) > summary')
        self.on_open()
        self.page.click(f'button[name=who][value="{about}:{age}"]')
        return 2

    def _answer_several(self, answers: dict) -> int:
        taps = 1
        for key, value in answers.items():
            for one in value if isinstance(value, list) else [value]:
                self.page.check(f'input[name="{key}-answer"][value="{one}"]')
                taps += 1
        self.go_on()
        return taps

    def _answer(self, value: str | list) -> int:
        if self.page.locator("[name=answer]:is([type=radio], [type=checkbox], button)").count():
            return sum(self.choose(one) for one in value) if isinstance(value, list) else self.choose(value)
        self.page.fill("[name=answer]", value)
        self.go_on()
        return 1

    def send(self) -> str:
        """Send the report; returns the code."""
        self.go_on()
        parts = self.page.locator(".code").all_inner_texts()
        return "-".join(re.sub(r"\s", "", part) for part in parts)


def lend(reporter, page, site: str):
    """Give the browser of ``page`` the cookie of ``reporter``: it goes on where the form was filled in without it."""
    cookie = reporter.client.cookies["session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
