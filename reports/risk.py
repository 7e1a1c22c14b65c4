"""Notices in what someone wrote that a life may be at risk, in memory, and keeps only that it did (H5).

Three steps. What people mask so that an app lets it through is read as it is meant ("b*ndir", "bund1r", "m a t i"). A
reviewed list holds phrases in both languages with the slang that teenagers use. A small grammar finds what no list can
hold ("rasanya mau banget mati"). A hit shows the page with help once and may raise a case; the words themselves are
never stored or logged by this room.
"""

import re
from functools import lru_cache
from pathlib import Path

PHRASES_FILE = Path(__file__).with_name("risk_phrases.txt")

# The grammar. Letters that people stretch are allowed to repeat; a gap is up to two words of any kind.
GAP = r"(?:\w+ ){0,2}"
ONE = r"(?:\w+ )?"
LONG_FOR = r"(?:(?:ke)?(?:p[ei]ng[ei]n+|peng?|pgn|pngn|pgen|pngen|ingin)(?:nya)?)"
WANT = rf"(?:{LONG_FOR}|(?:mau+|mo|mw)(?:nya)?|wanna|want(?:s|ed)? to|ready to)"
NOT = r"(?:(?:e?n?g{1,2}a?k?|kagak|tidak|tdk|tak)(?:mau+)?)"
TIRED = r"(?:capek?|cpk|lelah|bos[ae]n|mal[ae]s|muak|ogah|jenuh)"
ME = r"(?:aku|ku|gue?|gw|gua|saya|sy|diriku)"
BETTER = (
    r"(?:(?:lebih|lbh) baik(?:nya)?|mending(?:an|kan)?|baiknya|(?:se)?andai(?:nya|kan)?|(?:se)?harusnya|coba(?: aja)?)"
)
DONT = r"(?:dont|don t|do not)"
CANT = r"(?:cant|can t|cannot)"
DEATH = r"(?:mati+|mate+k|mampus|mod(?:i|y)?ar|mok[ao][dt]+|koit|paeh|die|dead)"
LIFE = r"(?:h?idup+|ada di dunia)"
# "Aku ga ada di grup itu" is about a group, "aku ga ada pulsa" about money.
AND_NO_MORE = (
    r"(?! (?:di|dalam|pas|waktu|saat|yang|yg) (?!dunia|sini)"
    r"| (?:akun|uang|pulsa|kuota|hp|waktu|foto|video|urusan|hubungan))"
)
HIGH_UP = r"(?:lantai|gedung|jembatan|atap|rooftop|balkon|jurang|rel|bridge|building|roof)"
SKIN = r"(?:tangan|lengan|pergelangan|nadi|urat|paha|kulit|diri|badan)(?:ku)?"
GRAMMAR = (
    rf"{WANT} {GAP}{DEATH}",
    rf"{LONG_FOR} {ONE}meninggal",
    rf"(?:{NOT}|{TIRED}) {GAP}{LIFE}",
    r"b+u*n+d+i*r+",
    r"b+u*n+u*h+ ?d+i*r+i+(?:ku)?",
    r"suicid\w*",
    rf"{BETTER} {ONE}{ME} {ONE}(?:{DEATH}|{NOT} {ONE}(?:ada{AND_NO_MORE}|lahir|dilahir(?:kan|in)|hidup))",
    rf"{BETTER} {NOT} {ONE}(?:lahir|dilahir(?:kan|in))",
    rf"(?:kalo|kalau|klo|semoga|smoga) {ME} {GAP}(?:{DEATH}|{NOT} ada lagi)",
    rf"lebih (?:baik|bahagia|senang|seneng|tenang) {ONE}tanpa {ME}(?! (?:kirim|tahu|tau|minta|ikut|sadar|bilang))",
    rf"(?:(?:me)?ny?uruh|disuruh|suruh|doain) {GAP}{DEATH}",
    r"mati+ aj[ae] mending",
    r"mati aja (?:lo|lu|loe|kamu|kau|sana|sono)",
    rf"{NOT} {ONE}bangun lagi",
    r"tidur selama+nya",
    rf"{WANT} (?:banget )?(?:hilang|ngilang|menghilang|lenyap) (?:aja|saja|selama+nya|dari (?:dunia|bumi))",
    r"(?:(?:me)?ng)?akhir(?:i|in) (?:aja |saja )?(?:semua(?:nya)?|hidup(?:ku)?)",
    r"gantung diri",
    r"nyilet\w*",
    rf"(?:silet|(?:me)?nyayat|sayat|(?:ng|meng)?iris|(?:me)?motong|(?:meng|ng)gores(?:in)?|barcode) {ONE}{SKIN}",
    rf"{WANT} {GAP}(?:loncat|lompat|terjun|jump) {ONE}(?:dari|ke|off|from) {GAP}{HIGH_UP}",
    rf"{WANT} {GAP}(?:minum|nenggak|nelan|telan) racun",
    # "I don't live in Bandung" is an address; only not wanting to is meant.
    rf"{DONT} {GAP}{WANT} {GAP}(?:live|exist|wake up|be (?:here|alive))",
    rf"{CANT} {ONE}(?:live|exist)",
    rf"(?:{WANT}|gonna|going to) {GAP}end (?:it|this|everything|things)",
    r"(?:better|happier) (?:off )?without me",
    rf"better (?:off )?if i (?:was|were|am|wasn t|wasnt|weren t|werent) {GAP}(?:gone|dead|here|around|born|alive)",
    rf"(?:wish|hope) i {GAP}(?:die|dead|disappear|born|alive|wake up)",
    r"(?:tired|sick) of (?:living|life|being alive)",
    r"(?:no point|no reason) (?:in |to )?(?:living|live|be alive)",
    r"nothing (?:left )?to live for",
    r"(?:cut|cutting|hang|hanging|off|offing) myself",
    r"slit(?:ting)? my wrists?",
)

# Phones and lamps die too: "HP-ku mau mati", "mati lampu". Taken out before the grammar reads.
THING = (
    r"(?:hp|hape|handphone|ponsel|phone|laptop|komputer|layar|tv|kamera|bat(?:e?rai|re|erei|tery)"
    r"|lampu|listrik|wifi|internet|sinyal|mesin|motor|mobil|kipas|ac|akun|game|kucing|ikan|tanaman)(?:ku|mu|nya)?"
)
OF_THINGS = (
    rf"{THING} (?:(?:ku|mu|nya|kamar|rumah|udah|sudah|tiba|juga|{WANT}|{NOT}) ){{0,3}}(?:{DEATH}|{LIFE})",
    r"mati+ (?:lampu|listrik|air|gaya|kutu|matian)",
    r"(?:harga|cinta|setengah|jalan|titik|angka) mati",
    r"(?:mati+|die) (?:di|pas|waktu|dalam|in) (?:main )?(?:the )?(?:game|ml|ff|epep|pubg|roblox|minecraft)",
)

# What hides a letter from an app: a digit or sign in its place, a star over it, dots or spaces between.
STANDS_FOR = str.maketrans("013457@$!", "oieastasi")
HIDDEN = ("bundir", "bunuh", "diri", "mati", "mampus", "mokad", "silet", "suicide", "suicidal", "kill", "die", "dead")
FEWEST_LETTERS = 2  # under more stars than that it may be any word


def is_mentioned(*texts: str) -> bool:
    """One of ``texts`` says it, by the list or by the grammar, whatever the case, stretched or hidden letters."""
    return any(_is_risk(reading) for text in texts if text for reading in _readings(text))


def _is_risk(plain: str) -> bool:
    if _phrases().search(plain):
        return True
    of_people = _any_of(OF_THINGS).sub("|", plain)  # no gap reaches across the mark
    return bool(_any_of(GRAMMAR).search(of_people))


def _readings(text: str) -> set[str]:
    """The text in plain words, once with "bun.dir" as two words and once as one."""
    text = _unhidden(text.lower())
    return {_plain(text), _plain(re.sub(r"(?<=\w)[-._'’](?=\w)", "", text))}


def _unhidden(text: str) -> str:
    text = re.sub(
        r"(?<=[a-z])(?:[013457](?=[a-z]|\b)|[@$!](?=[a-z]))", lambda sign: sign[0].translate(STANDS_FOR), text
    )
    return re.sub(r"[a-z]+[*#][a-z*#]*", lambda masked: _guess(masked[0]), text)


def _guess(masked: str) -> str:
    """The word under the stars where it is one of those that people hide; else ``masked`` as it is."""
    if sum(map(str.isalpha, masked)) < FEWEST_LETTERS:
        return masked
    pattern = re.compile(re.sub(r"[*#]", r"\\w", masked))
    return next((word for word in HIDDEN if pattern.fullmatch(word)), masked)


def _plain(text: str) -> str:
    text = re.sub(r"[^\w\s]|_", " ", text)
    text = re.sub(r"(\w)\1{2,}", r"\1", text)  # "matiiii" is "mati"
    text = re.sub(r"\b(?:[a-z]\s){3,}[a-z]\b", lambda letters: re.sub(r"\s", "", letters[0]), text)  # "m a t i"
    return re.sub(r"\s+", " ", text)


@lru_cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


@lru_cache
def _phrases() -> re.Pattern:
    lines = PHRASES_FILE.read_text().splitlines()
    phrases = [_plain(line.strip().lower()) for line in lines if line.strip() and not line.startswith("#")]
    return _any_of(tuple(re.escape(phrase) for phrase in phrases))
