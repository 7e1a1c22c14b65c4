"""Small content for tests, by default in both languages."""

from itertools import count

from education.models import (
    Audience,
    Channel,
    Guide,
    GuideHelpline,
    Helpline,
    HelplineRole,
    Lesson,
    News,
    Page,
    Platform,
    Quiz,
    State,
    Term,
    Topic,
)

numbers = count(1)  # guides with an explicit number have one above 9,000


def topic(key: str | None = None, **fields) -> Topic:
    """A published topic."""
    n = next(numbers)
    texts = {"title_ind": f"Topik {n}", "title_en": f"Topic {n}", "slug_ind": f"topik-{n}", "slug_en": f"topic-{n}"}
    return Topic.objects.create(key=key or f"topic-{n}", **({"order": n, "state": State.PUBLISHED} | texts | fields))


def audience(key: str = "teens", **fields) -> Audience:
    """A published audience."""
    texts = {"name_ind": "Untuk remaja", "name_en": "For teens", "slug_ind": "remaja", "slug_en": "teens"}
    return Audience.objects.create(key=key, **({"state": State.PUBLISHED} | texts | fields))


def texts(n: int) -> dict[str, str]:
    """Both languages of a guide."""
    written = {}
    for column, word in (("ind", "panduan"), ("en", "guide")):
        written |= {
            f"title_{column}": f"Judul {word} {n}",
            f"slug_{column}": f"{word}-{n}",
            f"short_answer_{column}": f"Jawaban {word}.",
            f"checklist_{column}": "Satu.\nDua.",
            f"easy_{column}": "",
            f"body_{column}": f"<h2>Satu</h2><p>Isi {word}.</p><h2>Dua</h2><p>Isi.</p><h2>Tiga</h2><p>Isi.</p>",
        }
    return written


ONLY_INDONESIAN = {f"{field}_en": None for field in ("title", "slug", "short_answer", "checklist", "body")}


def guide(**fields) -> Guide:
    """A published guide."""
    n = next(numbers)
    fields = {"number": n, "state": State.PUBLISHED} | texts(n) | fields
    if "topic" not in fields:
        fields["topic"] = topic()
    return Guide.objects.create(**fields)


def sourced(guide: Guide) -> Guide:
    """``guide`` with as many sources as it needs, each of them checked."""
    for position, publisher in enumerate("ABC"):
        row = {"url": f"https://{publisher}.example/", "publisher": publisher, "checked_on": "2026-11-26"}
        guide.sources.create(**row, position=position)
    return guide


def guides(count: int, **fields) -> list[Guide]:
    """Many published guides, written at once without the signals of saving: no search finds them."""
    ns = [next(numbers) for _ in range(count)]
    return Guide.objects.bulk_create(Guide(**({"number": n, "state": State.PUBLISHED} | texts(n) | fields)) for n in ns)


def helpline(slug: str, *values: str, **fields) -> Helpline:
    """An active helpline with a channel for each of ``values``: a phone number, or ``wa:…`` for a chat."""
    fields = {
        "state": State.PUBLISHED,
        "kind": "support",
        "status": "active",
        "name_ind": slug,
        "name_en": slug,
        "order": next(numbers),
    } | fields
    line = Helpline.objects.create(slug=slug, **fields)
    for position, value in enumerate(values):
        chat = value.startswith("wa:")
        kind = Channel.Kind.WHATSAPP if chat else Channel.Kind.PHONE
        line.channels.create(kind=kind, value=value.removeprefix("wa:"), text_route=chat, position=position)
    return line


def emergency_set() -> None:
    """110, SAPA 129 and 112."""
    helpline("polri-110", "110", kind="emergency", emergency=True)
    helpline("sapa-129", "wa:08111-129-129", "129", emergency=True)
    helpline("darurat-112", "112", kind="emergency", emergency=True, is_regional=True)


def role(name: str, line: Helpline) -> HelplineRole:
    """Let ``line`` answer in the situation ``name``."""
    return HelplineRole.objects.update_or_create(role=name, defaults={"helpline": line})[0]


def fits(guide: Guide, *lines: Helpline) -> None:
    """Give ``guide`` these helplines, the best one first."""
    for position, line in enumerate(lines):
        GuideHelpline.objects.create(guide=guide, helpline=line, position=position)


def page(key: str = "about", **fields) -> Page:
    """A published fixed page."""
    texts = {"title_ind": "Tentang", "title_en": "About", "body_ind": "<p>Isi.</p>", "body_en": "<p>Text.</p>"}
    return Page.objects.create(key=key, **({"state": State.PUBLISHED} | texts | fields))


def news(**fields) -> News:
    """A published news item."""
    n = next(numbers)
    texts = {
        "title_ind": f"Berita {n}",
        "title_en": f"News {n}",
        "slug_ind": f"berita-{n}",
        "slug_en": f"news-{n}",
        "body_ind": "<p>Isi.</p>",
        "body_en": "<p>Text.</p>",
    }
    return News.objects.create(**({"key": f"n{n}", "date": "2026-03-28", "state": State.PUBLISHED} | texts | fields))


def platform(**fields) -> Platform:
    """The published page of an app for 16 and over, with four of its sections."""
    n = next(numbers)
    parts = ("under_16", "report", "block", "limits")
    texts = {f"{part}_{column}": f"<p>{part} {n}.</p>" for part in parts for column in ("ind", "en")}
    texts |= {f"short_answer_{column}": f"Jawaban {n}." for column in ("ind", "en")}
    texts |= {"slug_ind": f"apl-{n}", "slug_en": f"app-{n}", "key": f"app{n}", "name": f"Aplikasi{n}"}
    return Platform.objects.create(**({"state": State.PUBLISHED, "age_rule": "closed"} | texts | fields))


def unsaved_term(**fields) -> Term:
    """A published word that is not in the database yet."""
    n = next(numbers)
    texts = {"term_ind": "sekstorsi", "term_en": "sextortion", "definition_ind": "Arti.", "definition_en": "Meaning."}
    return Term(**({"key": f"t{n}", "state": State.PUBLISHED} | texts | fields))


def term(**fields) -> Term:
    """A published word."""
    made = unsaved_term(**fields)
    made.save()
    return made


SCENARIO = {
    "situation_ind": "Ada pesan.",
    "situation_en": "A message comes.",
    "choice_1_ind": "Cek dulu.",
    "choice_1_en": "Check first.",
    "verdict_1": "safe",
    "because_1_ind": "Suaranya kamu kenal.",
    "because_1_en": "You know the voice.",
    "choice_2_ind": "Buka.",
    "choice_2_en": "Open it.",
    "verdict_2": "unsafe",
    "because_2_ind": "Kodenya bisa diambil.",
    "because_2_en": "Your code can be taken.",
}


def quiz(**fields) -> Quiz:
    """A published quiz with one situation; ``leads_to``: the guide to read next."""
    n, leads_to = next(numbers), fields.pop("leads_to", None)
    texts = {f"{field}_{column}": f"{field} {n}" for field in ("title", "summary") for column in ("ind", "en")}
    texts |= {"slug_ind": f"kuis-{n}", "slug_en": f"quiz-{n}", "number": n, "state": State.PUBLISHED}
    if "topic" not in fields:
        fields["topic"] = topic()
    quiz = Quiz.objects.create(**(texts | fields))
    quiz.scenarios.create(guide=leads_to, **SCENARIO)
    return quiz


def lesson(**fields) -> Lesson:
    """A published lesson, whole in both languages."""
    n = next(numbers)
    parts = ("title", "short_answer", "goals", "materials", "warning", "opt_out", "body", "disclosure", "handout")
    texts = {f"{part}_{column}": f"{part} {n}" for part in parts for column in ("ind", "en")}
    texts |= {"slug_ind": f"ajar-{n}", "slug_en": f"lesson-{n}", "key": f"l{n}", "state": State.PUBLISHED}
    if "topic" not in fields:
        fields["topic"] = topic()
    return Lesson.objects.create(**(texts | fields))
