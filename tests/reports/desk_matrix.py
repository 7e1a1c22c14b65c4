"""Every page and every address of the desk as somebody sees it, to compare it with and without hidden cases."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reports.cases.lifecycle import STAFF_ACTIONS
from reports.models import Case
from reports.triage.saved_views import views_for
from tests.reports import hidden_cases

UNKNOWN = "ZZZZ9999"
TEAM = "barat"  # a team without cases, by which the queue can be filtered
RECORD = "reports_event"  # the auditor reads of every case that it exists, and nothing of what is in it
# What differs between two answers to the same question: tokens, the present time that a new row proposes, and the
# record of a case, which says who opened it.
CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value=|nonce=|data-token=|data-lock-seconds=)"[^"]*"|value="\d\d[.:]\d\d[.:]\d\d"'
    r'|<ol class="timeline">[\s\S]*?</ol>'
)
OWN_PAGES = ("page", "facts", "refer")  # of the ordinary case, and the actions below
OWN_ACTIONS = ("link", "unlink", "confirm_link", "offer", "allow_files")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address below ``resolver``."""
    for entry in resolver.url_patterns:
        yield from patterns(entry) if isinstance(entry, URLResolver) else [entry]


def of_the_desk() -> list[URLPattern]:
    """The addresses of the admin that belong to reports."""
    admin = next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "admin")
    return [entry for entry in patterns(admin) if (entry.name or "").startswith("reports_")]


def needed(entry: URLPattern) -> set[str]:
    """The names of the arguments of an address."""
    return set(entry.pattern.converters)


def of_the_record() -> list[str]:
    """The pages and exports of the record."""
    return [reverse(f"admin:{one.name}") for one in of_the_desk() if one.name.startswith(RECORD) and not needed(one)]


def pages(user, own: Case) -> list[str]:
    """Every page of the desk that names no case, every view of the queue, and the pages of the case ``own``."""
    plain = {reverse(f"admin:{entry.name}") for entry in of_the_desk() if not needed(entry)}
    plain -= set(of_the_record()) if user.groups.filter(name="auditor").exists() and not user.is_superuser else set()
    queue = reverse("admin:reports_case_changelist")
    views = [f"{queue}?show={name}" for name in views_for(user)]
    filters = [f"{queue}?show=all&tier=0", f"{queue}?show=all&category=grooming", f"{queue}?platform=instagram"]
    filters += [f"{queue}?show=all&language=id", f"{queue}?show=all&language=id&tier=2&category=cyberbullying"]
    filters += [f"{queue}?show=all&team=-", f"{queue}?show=all&team={TEAM}"]
    of_own = [reverse(f"admin:reports_case_{name}", args=[own.reference]) for name in OWN_PAGES]
    of_own += [reverse("admin:reports_case_act", args=[own.reference, name]) for name in OWN_ACTIONS]
    return [reverse("admin:index"), *sorted(plain), *views, *filters, *of_own]


def addresses(reference: str, given: dict) -> dict:
    """Every address of a case, by name and action; ``given`` are other ids. Those of a missing id are left out."""
    found = {}
    for entry in of_the_desk():
        names = needed(entry)
        if "ref" in names and all(given.get(name) for name in names - {"ref", "action"}):
            known = {name: value for name, value in given.items() if name in names} | {"ref": reference}
            for action in STAFF_ACTIONS if "action" in names else [None]:
                more = {"action": action} if action else {}
                found[entry.name, action] = reverse(f"admin:{entry.name}", kwargs=known | more)
    return found


def shown(answer, reference: str = UNKNOWN) -> tuple[int, str, str]:
    """The status, the text and the way on of an answer, without what changes from one to the next."""
    text = CHANGING.sub("", b"".join(answer).decode(errors="replace"))
    return answer.status_code, text.replace(reference, UNKNOWN), answer.get("Location", "").replace(reference, UNKNOWN)


def all_pages(client, user, own: Case, reference: str = UNKNOWN) -> dict:
    """What a person sees at the desk: every page, and the search for a case by its number."""
    client.force_login(user)
    found = {page: shown(client.get(page)) for page in pages(user, own)}
    find = client.post(reverse("admin:reports_case_find"), {"reference": reference}, follow=True)
    return found | {"search": shown(find, reference)}


def keep_own_view(client, user) -> None:
    """Keep an own view with two filters, which each page of the queue then counts; a team makes that filter appear."""
    client.force_login(user)
    query = f"show=all&tier=0&tier=1&team=-&team={TEAM}"
    words = {"name": "Mendesak", "query": query}
    client.post(reverse("admin:reports_own_view_save"), words, follow=True)  # the next page says that it was saved


def changed(before: dict, after: dict) -> dict:
    """The first line that differs on each page that is another one now."""
    found = {page: ([str(before[page][0]), *before[page][1].splitlines()], after[page]) for page in before}
    found = {page: (old, [str(now[0]), *now[1].splitlines()]) for page, (old, now) in found.items()}
    return {page: next(filter(differ, zip_longest(*both))) for page, both in found.items() if both[0] != both[1]}


def differ(lines: tuple) -> bool:
    """Return whether two lines differ."""
    return lines[0] != lines[1]


class Asker:
    """Somebody who asks for every address of cases of which they may not read, and of one that does not exist."""

    def __init__(self, client, user, methods: tuple = ("get", "post")):
        self.client, self.methods, self.unknown = client, methods, {}
        client.force_login(user)

    def differing(self, case: Case) -> list[tuple]:
        """The addresses of the case that answer otherwise than those of the unknown one."""
        given = hidden_cases.ids_of(case)
        found = self.answers(case.reference, given)
        if missing := {name for name in found if name not in self.unknown}:
            self.unknown |= self.answers(UNKNOWN, given, missing)
        return [name for name, answer in found.items() if answer != self.unknown[name]]

    def answers(self, reference: str, given: dict, only: set | None = None) -> dict:
        """What every address of a case answers, by method; without the ids that the question names."""
        found = {}
        for name, address in addresses(reference, given).items():
            for method in self.methods:
                if only is None or (method, *name) in only:
                    status, text, to = shown(getattr(self.client, method)(address), reference)
                    for value in (given["file_id"], given["pk"]):
                        text, to = (words.replace(str(value), "-") for words in (text, to))
                    found[method, *name] = status, text, to
        return found
