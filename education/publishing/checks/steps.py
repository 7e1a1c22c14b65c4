"""Find steps that alert somebody or delete a chat, and have no warning above them (H32).

On a page of an app a warning is a marked paragraph. In a list of steps without formatting it is a sentence.
"""

import html as entities
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from education.help import shipped
from education.models import Guide, HelpBlock, Lesson, Platform
from education.models.platform import SECTIONS, Ability
from education.rendering.boxes import ALERTS, DELETES
from education.translation import column

from .finding import ERROR, WARNING, Candidate, Finding, quoted


class Step(NamedTuple):
    """Words of a step that needs the warning of class ``warning`` above it. ERROR: it surely alerts or deletes."""

    warning: str
    level: str
    words: re.Pattern[str]
    fields: tuple[str, ...] = SECTIONS


_STEP_FIELDS = ("report", "block", "evidence", "family")  # only here are such words steps
_UNLINKED = (
    r"(me)?mutus(kan)? (tautan|hubungan|sambungan)|putuskan (tautan|hubungan)|(me)?lepas(kan)? tautan"
    r"|unlink\w*|disconnect (the|your|both) accounts?"
)
_LEFT = (
    r"(?<!membuatmu )keluar(lah)? dari grup(nya)?|(?<!\w)tinggalkan grup(nya)?"
    r"|(leav(e|es|ing)|exit) (the|this|that|a) group"
)
_DELETED = Step(
    DELETES,
    ERROR,
    re.compile(
        r"\b((meng)?hapus (chat|obrolan|percakapan)(nya|mu)?"
        r"|delet(e|es|ing) (the |your |this )?(chat|conversation)s?)\b",
        re.IGNORECASE,
    ),
)
# Words of both languages, and of the apps' own menus.
_OF_APPS = (
    Step(ALERTS, ERROR, re.compile(rf"\b({_UNLINKED}|{_LEFT})\b", re.IGNORECASE)),
    Step(
        ALERTS,
        WARNING,
        re.compile(
            r"\b(orang tua (akan |bisa |dapat )?(diberi tahu|mendapat pemberitahuan)"
            r"|parents? (is|are|gets?|will be|can be|may be) (told|notified|alerted))\b",
            re.IGNORECASE,
        ),
    ),
    Step(
        ALERTS,
        WARNING,
        re.compile(
            r"\b((me)?laporkan grup|report(ing)? (a|the|this) group|(?<!atau )(?<!kamu )blokir(lah)?"
            r"|(?<!or )(?<!you )block (them|the|this|that|a|an|somebody|someone|or mute)|(di)?tangkap layar"
            r"|(me)?nangkap layar|screenshots?|(meng)?ganti (kata )?sandi|chang(e|ing) (the|your) passwords?)\b",
            re.IGNORECASE,
        ),
        _STEP_FIELDS,
    ),
    _DELETED,
    Step(
        DELETES,
        WARNING,
        re.compile(
            r"\b((chat|obrolan|percakapan)(nya)? (akan |bisa |ikut )?(hilang|terhapus)"
            r"|(chat|conversation) (is|will be|can be|may be) (lost|deleted))\b",
            re.IGNORECASE,
        ),
    ),
)
# Where an app has tools for parents, they may be told of any report.
_OF_FAMILIES = Step(
    ALERTS,
    WARNING,
    re.compile(
        r"\b((bisa|boleh|dapat|untuk)( juga)? (me|di)lapor\w*|laporkan"
        r"|(can|may)( also)? (be reported|report)(?! that)|report (it|them|an?|the|this|that|some\w+|people))\b",
        re.IGNORECASE,
    ),
    ("report",),
)
_REPORTED = (
    r"laporkan( juga)? (akun|video|komentar|kiriman|unggahan|postingan|pesan)\w*"
    r"|(?<!kamu )(?<!mau )(?<!atau )lapor(lah)?( juga)? di (dalam )?aplikasi\w*"
    r"|laporkan\b[^.?!:;]{0,40} di (dalam )?aplikasi\w*|(tombol|pilihan|cari) [“\"]?laporkan"
    r"|report (the|that) ([\w'’]+ )?(account|post|comment|message|video|profile)s?"
    r"|report (it|them|this|that|the)\b[^.?!:;]{0,40} in the app|(the|a|for) [“\"]?report[”\"]? (button|option|on)"
)
_BLOCKED = (
    r"bisukan atau blokir|(?<!atau )(?<!kamu )(?<!Anda )blokir(lah)?(?! artinya)"
    r"|(?<!you )(?<!they )block (it|them|the (?!sim\b)|that|this|anyone|someone|last)|then block|report and block"
)
# Not before a bank's PIN: there every minute counts, and who took the money is far away.
_CHANGED = (
    r"ganti(lah)? (kata )?sandi\w*(?! dan pin)|keluarkan perangkat|matikan berbagi lokasi"
    r"|change (the|your|their) (\w+ ){0,3}passwords?(?! and pin)|log out any devices|turn off location sharing"
)
# Guides and lessons say in their own words what to do in an app. A linked adult may see that a child reports or blocks.
IN_GUIDES = (
    Step(ALERTS, WARNING, re.compile(rf"\b({_UNLINKED}|{_LEFT}|{_REPORTED}|{_BLOCKED}|{_CHANGED})\b", re.IGNORECASE)),
    _DELETED._replace(level=WARNING),
)
# "Don't delete the chat" is no step: a refusal up to four words before it, in the same clause.
_REFUSED = re.compile(
    r"\b(jangan|tidak|tanpa|don['’]t|do not|doesn['’]t|never|not|without)(?: \w+){0,4} $", re.IGNORECASE
)
_SAID = re.compile(r"“[^”]*[^”\w]”")  # what somebody else is asked to do; a quoted name of a button ends with a letter
_PARTS = re.compile(r"(?=<(?:p|li|h2|h3|blockquote)\b)")
_HEADING = ("<h2", "<h3")
# In a checklist a sentence warns, in the line of the step or in one above it.
_WARNED = re.compile(
    r"\b(diberi tahu|memberi tahu|mendapat pemberitahuan"
    r"|bisa (tahu|terlihat|menyadari\w*|menebak|membuat seseorang marah)"
    r"|(may|might|can|could) (be told|be seen|notice|guess|make someone angry))\b",
    re.IGNORECASE,
)


def check_step_warnings(candidate: Candidate) -> Iterator[Finding]:
    """Report a step that alerts somebody or deletes a chat, and has no warning above it below its heading (H32)."""
    item = candidate.item
    if not isinstance(item, Platform):
        return
    for field in SECTIONS:
        steps = steps_of_app(field, item.has_family_tools)
        for name, language, text in candidate.texts(field):
            parts = candidate.columns_in(language)
            yield from (_finding(name, *found, parts) for found in without_warning(steps, text))


def steps_of_app(field: str, family_tools: str) -> list[Step]:
    """Return the steps to look for in one section of an app page, by whether the app has tools for parents."""
    kinds = (*_OF_APPS, _OF_FAMILIES) if family_tools in (Ability.YES, Ability.PARTLY) else _OF_APPS
    return [step for step in kinds if field in step.fields]


def check_steps_in_guides(candidate: Candidate) -> Iterator[Finding]:
    """Warn of a step in a guide or a lesson that may alert somebody and has no warning above it (H32)."""
    is_guide = isinstance(candidate.item, Guide)
    fields = ("body", "easy") if is_guide else ("handout",) if isinstance(candidate.item, Lesson) else ()
    for name, _language, text in candidate.texts(*fields):
        yield from (_finding(name, *found) for found in without_warning(IN_GUIDES, text, reads_headings=False))
    for name, _language, text in candidate.texts("checklist") if is_guide else ():
        yield from (_finding(name, *found) for found in lines_without_warning(text.splitlines()))


def check_steps_in_help(candidate: Candidate) -> Iterator[Finding]:
    """Warn of a step in a help text of the form that may alert somebody and has no warning before it (H32)."""
    item = candidate.item
    if not isinstance(item, HelpBlock):
        return
    for language in candidate.languages:
        lines = [line for part in shipped.LISTS for line in item.text(part, language).splitlines()]
        yield from (_finding(column("lines", language), *found) for found in lines_without_warning(lines))


def without_warning(steps: Iterable[Step], html: str, *, reads_headings: bool = True) -> Iterator[tuple[Step, str]]:
    """Yield each kind of step and its block. A warning counts from its place to the next heading."""
    given: set[str] = set()
    for part in _PARTS.split(html):
        if part.startswith(_HEADING):
            given = set()
        if stated := {warning for warning in (ALERTS, DELETES) if f'class="{warning}"' in part}:
            given |= stated  # the words of a warning are no step
        elif reads_headings or not part.startswith(_HEADING):
            words = entities.unescape(" ".join(strip_tags(part).split()))
            yield from ((step, words) for step in steps if step.warning not in given and _is_step(step, words))


def lines_without_warning(lines: Iterable[str]) -> Iterator[tuple[Step, str]]:
    """Yield each kind of step and its line in a list without formatting, such as a checklist or a short answer."""
    above = ""
    for line in lines:
        words = " ".join(strip_tags(line).split())
        for step in IN_GUIDES:
            found = next(_steps(step, words), None)
            if found and not _WARNED.search(above + words[: found.start()]):
                yield step, words
        above += words + " "


def _is_step(step: Step, words: str) -> bool:
    return any(_steps(step, words))


def _steps(step: Step, words: str) -> Iterator[re.Match[str]]:
    said = _SAID.sub(lambda quote: " " * len(quote[0]), words)
    return (found for found in step.words.finditer(said) if not _REFUSED.search(said[: found.start()]))


def _finding(name: str, step: Step, words: str, parts: frozenset[str] = frozenset()) -> Finding:
    sentence = {
        ALERTS: _("%(step)s may alert somebody. Put the warning above it."),
        DELETES: _("%(step)s may delete a chat. Put the warning above it."),
    }[step.warning]
    return Finding(step.level, sentence % {"step": quoted(words)}, name, parts=parts)


CHECKS = (check_step_warnings, check_steps_in_guides, check_steps_in_help)
