"""What a guide claims has its source beside it: laws, dates, waiting times, steps in an app, services by name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, product

from tools.check_content.content import KINDS, LANGUAGES, REPLIES, Content, Fault, fault, guide_text, rule, said

# A claim: what its sources must name, or the helpline whose record has the source.
CLAIMS = {
    r"UU TPKS": (r"peraturan\.info|kompas\.com/read/2022/04/12|wahananews|parapuan", ""),
    r"28 Maret 2026": (r"idxchannel|jpnn", ""),
    r"Akun dibagi menurut umur|Umur anak dan akunnya": (r"infotren24|teropongmedia", ""),
    r"Undang-Undang Pelindungan Data": (r"wikisource", ""),
    r"[Mm]emblokir bisa menyembunyikan": (r"safechildguide", ""),
    r"[Mm]embayar tidak menghapus": (r"prnewswire", ""),
    r"12–24 jam": (r"finance\.detik", ""),
    r"3 jam 45 menit": (r"murianetwork", ""),
    r"60 menit sehari": (r"nextren", ""),
    r"Time Away": (r"katadata", ""),
    r"kodenya dipindai": (r"support\.tiktok", ""),
    r"kata yang disaring": (r"youth-portal", ""),
    r"Disrupting Harm": (r"respect\.international", ""),
    r"StopNCII": (r"stopncii", "stopncii"),
    r"Take It Down": (r"wtap|talkheart2heart", "takeitdown"),
    r"JakCare": (r"emitennews", "jakcare"),
    r"SAFEnet": (r"suara\.com/tekno|awaskbgo", "safenet"),
    r"LBH APIK": (r"taulebih", "lbh-apik"),
    r"Komnas Perempuan": (r"tempo\.co", "komnas-perempuan"),
    r"KPAI": (r"idntimes|kpai\.go\.id", "kpai"),
    r"IASC": (r"iasc\.ojk|validnews", "iasc"),
    r"portal IWF": (r"iwf\.org", "iwf-id"),
    r"\b157\b": (r"iasc\.ojk|fajar|suara", "ojk-157"),
    r"0811-1001-5080": (r"indonesiadiscover", "judol-wa"),
}
DATED = re.compile(r"(\d{1,2} )?((Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )?20\d\d|")
NOT_A_NAME = re.compile(r" / |\b(dari|from|via|lewat|pendiri|founder)\b")
TO_TAP = re.compile(
    r"pengaturan, lalu|pengaturan dan privasi|cari “[^”]+” di pengaturan|\bketuk\b|\btekan lama\b|\btitik tiga\b"
    r"|settings, then|settings and privacy|look for “[^”]+” in (the |your )?settings|\btap the\b|\bpress and hold\b"
    r"|\bthree dots\b| (>|&gt;|→) ",
    re.IGNORECASE,
)
OF_SETTINGS = re.compile(r"Letak menunya tidak kami tulis|Kami tidak menulis langkahnya")
DANGER = re.compile(r"\b(110|112|119|mati|dying|die|[Dd]iancam|mengancam|threaten\w*|jalan keluar|no way out)\b")
MOST_LETTERS = 260  # of the steps that are in every chat


@rule
def claims(content: Content) -> Iterator[Fault]:
    """A claim has its source, or the helpline that has it."""
    for claim, (source, line) in CLAIMS.items():
        speaking = [guide for guide in content.items("guides") if re.search(claim, guide_text(guide, "id"))]
        if not speaking:
            yield Fault("tools/check_content/claims.py", claim, "no guide says this any more: remove the line")
        for guide in speaking:
            named = " ".join(source["url"] for source in guide["sources"])
            if line not in guide["helplines"] and not re.search(source, named):
                yield fault(guide, "sources", f'says "{claim}", and no source supports it ({source})')


@rule
def sources(content: Content) -> Iterator[Fault]:
    """A source has a safe address, names, a title in both languages and its own date."""
    for guide in content.items("guides"):
        for source in guide["sources"]:
            if not source["url"].startswith("https://"):
                yield fault(guide, "sources.url", f"{source['url']} is not https")
            for field in ("publisher", "title_id", "title_en"):
                if not source[field]:
                    yield fault(guide, f"sources.{field}", f"is empty for {source['url']}")
            if not DATED.fullmatch(source["dated"]):
                yield fault(guide, "sources.dated", f'"{source["dated"]}" is no date such as 28 Mar 2026, or a year')


@rule
def publishers(content: Content) -> Iterator[Fault]:
    """One address has one publisher and one date everywhere; a publisher is a name; raw data is called so."""
    seen = defaultdict(set)
    for kind in ("guides", "news", "pages"):
        for item in content.items(kind):
            for source in item.get("sources", []):
                seen[source["url"]].add((source["publisher"], source["dated"]))
                if len(seen[source["url"]]) > 1:
                    yield fault(item, "sources", f"{source['url']} has another publisher or date elsewhere")
                if NOT_A_NAME.search(source["publisher"]):
                    yield fault(item, "sources.publisher", f'"{source["publisher"]}" is no plain name')
                if re.search(r"/api/|\.json", source["url"]) and "data mentah" not in source.get("title_id", ""):
                    yield fault(item, "sources.title_id", f'{source["url"]} is raw data; say "data mentah"')


@rule
def app_paths(content: Content) -> Iterator[Fault]:
    """A text says where to tap in an app only after somebody tried it (docs/decisions/app-pages.md)."""
    replies = [reply | {"file": f"reports/starter/{REPLIES.name} [{reply['key']}]"} for reply in content.replies]
    for item, language in product(chain(*map(content.items, KINDS), replies), LANGUAGES):
        tried = item.get("app_tried_on") or item.get("tried_on")
        if not tried and (found := TO_TAP.search(said(item, language))):
            yield fault(item, language, f'says where to tap in an app ("{found[0]}"), and nobody has tried it')


@rule
def app_names(content: Content) -> Iterator[Fault]:
    """A guide about the settings of an app says that it shows no path, and names the app, which links to its page."""
    for guide in content.items("guides"):
        if bool(OF_SETTINGS.search(guide["id"]["body"])) != bool(guide.get("app")):
            yield fault(guide, "app", "names an app if and only if the text says that it does not show where menus are")


@rule
def shared_steps(content: Content) -> Iterator[Fault]:
    """A step about danger is never left out of a chat, and what is in every chat is short."""
    for guide in content.items("guides"):
        for language in () if guide["sensitive"] else LANGUAGES:
            steps = guide[language]["checklist"]
            for step in steps:
                if DANGER.search(step) and not step.startswith("* "):
                    yield fault(guide, f"{language}.checklist", f'mark the step about danger with "* ": {step}')
            letters = sum(len(step) for step in steps if step.startswith("* "))
            if letters > MOST_LETTERS:
                yield fault(guide, f"{language}.checklist", f'the steps with "* " have {letters} letters, not 260')
