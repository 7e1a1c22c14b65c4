"""A reporter's way through the form: each page is read and answered, up to the page with the code."""

from .browser import Browser, hidden_fields

MOST_PAGES = 30
START, FIRST_QUESTION, STEP, CODE = "/id/lapor/", "/id/lapor/mulai/", "/id/lapor/3/", "/id/lapor/kode/"
ANSWERS = {
    "about": "me",
    "category": "cyberbullying",
    "age": "16_17",
    "same_school": "pupils",
    "own_image": "no",
    "words": "Mereka mengejek aku tiap hari dan menyebarkan fotoku di grup kelas.",
}


def report(port: int, browser: Browser | None = None) -> str:
    """Send one report as a new visitor, who reads and answers each page. Return the page with the code."""
    browser = browser or Browser(port)
    go_to(CODE, browser)
    return browser.get(CODE)


def go_to(wanted: str, browser: Browser) -> None:
    """Go on from the first question until it leads to ``wanted``. Raises RuntimeError when it does not."""
    path = FIRST_QUESTION
    for _page in range(MOST_PAGES):
        path = go_on(browser, path)
        if path == wanted:
            return
    raise RuntimeError(f"The form does not lead to {wanted}.")


def go_on(browser: Browser, path: str) -> str:
    """Read the page at ``path`` and send its form; return where it leads. What has no answer in ANSWERS is skipped."""
    return browser.post(path, filled(hidden_fields(browser.get(path)), ANSWERS))


def filled(fields: dict[str, str], answers: dict[str, str]) -> dict[str, str]:
    """Return the form of a page with these hidden ``fields``, filled in with ``answers``; the last page is sent."""
    question, questions = fields.get("question"), fields.get("questions", "").split()
    if "ending" in fields:
        return fields | {"answer": answers.get(fields["ending"], ""), "send": "1"}
    if "about" in questions:
        return fields | {"who": f"me:{answers['age']}"}
    if questions:
        return fields | {f"{key}-answer": answers[key] for key in questions if key in answers}
    if question in answers:
        return fields | {"answer": answers[question]}
    return fields | ({"skip": "1"} if question else {"safety": "safe"})
