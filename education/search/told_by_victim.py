"""Detect that somebody says an adult or anybody else touches, hits or photographs them: a verb near "me".

A list of phrases names some who do it; this rule holds for everybody: "guru les megang paha", "my coach hits me". What
editors taught about a partner, a child or a friend leads to its own guide, and comes first.
"""

import itertools
import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LIKE = "pegang pegang"  # the words of editors, in Indonesian, that mean the same: with them they choose what is pinned
NEAR = 4  # words from the verb to the word for oneself
SELF = {
    "id": _words("aku akuh saya gue gua gw gwe guwe ane awak aq ak"),
    "en": frozenset({"me"}),
}
# Parts of the body, with -ku or without: "les megang paha" needs no "aku".
BODY = {
    "id": _words(
        "badan tubuh dada payudara toket nenen paha pantat bokong kemaluan kelamin memek vagina penis "
        "kontol selangkangan pinggang perut bibir leher"
    ),
    "en": _words("body breast breasts boobs chest thigh thighs butt bum ass crotch penis vagina privates"),
}
_TOUCH_ID = (
    "pegang|megang|memegang|megangin|pegangin|raba|ngeraba|meraba|ngerabain|rabain|sentuh|nyentuh|menyentuh|"
    "grepe|ngegrepe|grepein|gerayang|gerayangi|remas|meremas|ngeremas|remes|ngeremes|elus|ngelus|mengelus|cabuli|"
    "mencabuli|lecehin|ngelecehin|melecehkan|colek|nyolek|mencolek"
)
_HIT_ID = (
    "pukul|mukul|memukul|pukulin|mukulin|memukuli|gebuk|gebukin|ngegebuk|hajar|ngehajar|menghajar|tampar|nampar|"
    "menampar|tamparin|tendang|nendang|menendang|tabok|nabok|jambak|jambakin|ngejambak|menjambak|cekik|nyekik|mencekik|"
    "cubit|nyubit|mencubit|gampar|ngegampar|tempeleng|nempeleng"
)
_TOUCH_EN = "touch(?:es|ed|ing)?|grop(?:e|es|ed|ing)|grab(?:s|bed|bing)?|fondl(?:e|es|ed|ing)"
_HIT_EN = (
    "hit|hits|hitting|beat|beats|beating|slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|chok(?:e|es|ed|ing)|"
    "smack(?:s|ed|ing)?|whip(?:s|ped|ping)?"
)
VERBS = {"id": re.compile(f"(?:{_TOUCH_ID}|{_HIT_ID})"), "en": re.compile(f"(?:{_TOUCH_EN}|{_HIT_EN})")}
# The same in the passive, which names oneself or the other one: "aku dipegang pelatih".
PASSIVE = re.compile(
    "di(?:pegang|pegangin|raba|rabain|sentuh|grepe|grepein|gerayangi|remas|remes|elus|cabuli|lecehin|"
    "lecehkan|colek|pukul|pukulin|pukuli|gebuk|gebukin|hajar|tampar|tamparin|tendang|tabok|jambak|cekik|cubit|gampar|"
    "tempeleng)"
)
# Words between verb and oneself that make it another's body, or a thing: "guru pukul teman aku", "pegang hp aku".
OTHERS = _words(
    "teman temen temanku temenku sahabat sahabatku adik adek adikku adekku anak anakku murid siswa hp "
    "ponsel handphone akun uang motor tas friend friends brother sister child kid student pupil"
)
# These are harm only from somebody who has power; from others a kiss may be none, and a picture has another guide.
KISS = {"id": re.compile("d?i?(?:cium|nyium|mencium)(?:in|ku)?"), "en": re.compile("kiss(?:es|ed|ing)?")}
PHOTO = {
    "id": re.compile(
        r"(?:foto|poto|pap|video|vidio)(?:ku|in)?|motoin|fotoin|motret|memotret|ngerekam|merekam|rekam|videoin"
    ),
    "en": re.compile(r"photos?|pics?|pictures?|photograph(?:s|ed|ing)?|film(?:s|ed|ing)?|videos?|nudes?"),
}
POWER = {
    "id": _words(
        "guru gurunya guruku gurunye ustadz ustad ustaz ustadzah ustazah kyai kiai pelatih pelatihku "
        "coach kepsek walas pembina pendeta pastor romo biarawan om omku paman pamanku pakde paklik bude "
        "tante bibi kakek mbah opa ayah ayahku bapak bapakku papa ibu ibuku mama ortu abang abangku kakak "
        "kakakku sepupu tetangga dosen dokter satpam majikan pengasuh"
    ),
    "en": _words(
        "teacher coach principal headmaster uncle father dad stepfather stepdad mother mum mom stepmother "
        "stepmom priest pastor imam ustadz tutor trainer grandfather grandpa brother cousin neighbour "
        "neighbor doctor guard lecturer nanny babysitter"
    ),
}
POWER_TITLES = {"id": (("kepala", "sekolah"), ("wali", "kelas")), "en": (("head", "teacher"),)}


def is_told(typed: list[str], language: str) -> bool:
    """Return whether the words ``typed`` in ``language``, reduplications split, say that somebody harms the writer."""
    has_power = _has_power(typed, language)
    selves = {at for at, word in enumerate(typed) if _is_self(typed, at, language, has_power)}
    verbs = [at for at, word in enumerate(typed) if VERBS[language].fullmatch(_without_self(word, language))]
    if any(_reaches(typed, at, selves) for at in verbs):
        return True
    is_about_me = bool(selves) and not OTHERS & {*typed}
    if language == "id" and is_about_me and any(PASSIVE.fullmatch(word) for word in typed):
        return True
    shown = any(KISS[language].fullmatch(word) or PHOTO[language].fullmatch(word) for word in typed)
    return shown and has_power and (is_about_me or "pap" in typed)


def _reaches(typed: list[str], at: int, selves: set[int]) -> bool:
    """Return whether the verb at place ``at`` is followed by the writer, with nobody else between."""
    ends = [end for end in range(at, at + NEAR + 1) if end in selves]
    return bool(ends) and not OTHERS & {*typed[at : ends[0]]}


def _is_self(typed: list[str], at: int, language: str, has_power: bool) -> bool:
    word = typed[at]
    if word in BODY[language]:  # "my thigh"; in Indonesian mostly without a word for "my"
        return has_power or "my" in typed[max(at - 2, 0) : at]
    return word in SELF[language] or _without_self(word, language) != word


def _without_self(word: str, language: str) -> str:
    """Return an Indonesian body part, picture or verb without its -ku: "dadaku" is "dada"."""
    base = word.removesuffix("ku")
    known = language == "id" and base != word
    is_said = known and (base in BODY["id"] or PHOTO["id"].fullmatch(base) or VERBS["id"].fullmatch(base))
    return base if is_said else word


def _has_power(typed: list[str], language: str) -> bool:
    pairs = set(itertools.pairwise(typed))
    return bool(POWER[language] & {*typed}) or any(title in pairs for title in POWER_TITLES[language])
