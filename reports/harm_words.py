"""Detect threats to kill, sexual matters and violence in a reporter's text, in memory, and return only the kinds (H28).

A second list beside ``detector``, reviewed in the same way: its findings are read by ``priority``, count like
an answer, and may only raise a report. A false alarm costs a person one review; a miss leaves a child waiting
for a day. ``detector`` normalises the text first ("gak" is "tidak", "gue" is "aku", "her" is "my"); every
repeated group has a limit.
"""

from .self_harm.detector import any_of, normalised_variants
from .self_harm.patterns import IN_PLAY

THREAT, SEXUAL, VIOLENCE = "threat_to_kill", "sexual", "violence"

# Gaps of any words, and words for relatives and friends.
UP_TO_TWO = r"(?:\w+ ){0,2}"
UP_TO_FOUR = r"(?:\w+ ){0,4}"
ONE = r"(?:\w+ )?"
YOURS = r"(?:ku|mu|nya)?"
FAMILY = (
    r"(?:ibu|mama|emak|mamak|bunda|ayah|bapak|papa|adik|adek|kakak|abang|keluarga|anak|nenek|kakek|istri|suami|teman"
    rf"|murid|ortu|orang ?tua|orang rumah|pacar){YOURS}"
)
PEOPLE = rf"(?:aku|kami|kita|kamu|kau|lo|lu|loe|elu|{FAMILY})"
MY_PEOPLE = (
    r"my (?:mum|mom|mommy|mother|dad|daddy|father|parents?|family|child|children|kids?|son|daughter|sister|brother"
    r"|friends?|wife|husband|girlfriend|boyfriend|baby)"
)

INTENT = (
    r"(?:mau+|bakal(?:an)?|akan|ingin|p[ei]ng[ei]n|niat|berniat|siap|janji|katanya|nanti"
    r"|(?:di|ng|meng)?anc[ae]m(?:an|in)?|takut)"
)
TO_KILL = r"(?:(?:mem|nge)?bunuh(?:in)?(?! ?diri)|(?:mem)?bacok|(?:meng)?gorok|tusuk|nusuk|menusuk|tikam|nikam|menikam)"
KILLED = r"di(?:bunuh|bacok|gorok|tusuk|tikam|habisi|habisin|matiin|tembak mati|bakar hidup hidup)"
WILL = (
    r"(?:want(?:s|ed)? to|wan+a|going to|gon+a|will|ll|would|plan(?:s|ned|ning)? (?:to|on)|about to|com(?:e|es|ing) to"
    r"|threat(?:en)?(?:s|ed|ing)? (?:to|with)?|tr(?:y|ies|ied|ying) to|said)"
)
THREATS = (
    rf"{INTENT} {UP_TO_TWO}{TO_KILL} {ONE}{PEOPLE}{IN_PLAY}",
    rf"{INTENT} {UP_TO_TWO}(?:(?:mem|nge)?bunuh|(?:mem)?bacok|menghabisi|menusuk|menikam)(?:ku|mu)",
    rf"{INTENT} {UP_TO_TWO}(?:(?:meng|nge|ng)?habis(?:i|in)|matiin|mateni) {PEOPLE}{IN_PLAY}",
    rf"(?:{INTENT}|aku|anakku|adikku|ibuku) {UP_TO_TWO}{KILLED}{IN_PLAY}(?! (?:zombie|monster|musuh|bot|impostor))",
    r"anc[ae]m(?:an|in)? (?:mau |akan )?(?:pembunuhan|bunuh(?! ?diri)|dibunuh|mati(?! lampu))",
    r"(?:ng|meng|di)anc[ae]m(?:in)? (?:mau |akan |pakai |dengan )?(?:pembunuhan|bunuh(?! ?diri)|pisau|golok|parang)",
    rf"(?:ku ?|aku |tak |gw )bunuh (?:kamu|kau|lo|lu|loe|elu){IN_PLAY}|kubunuh(?! diri)",
    rf"nyawa{YOURS} {ONE}(?:terancam|taruhannya|diancam|melayang)",
    rf"(?:ditodong|(?:me)?nodong(?:in|kan)?|todong(?:in|kan)?) {UP_TO_TWO}"
    r"(?:pisau|golok|parang|pistol|senjata|cl?elurit)",
    rf"{WILL} {ONE}(?:kil+|murder|stab|strangle|behead) {ONE}(?:me|us|you|{MY_PEOPLE}){IN_PLAY}",
    r"death threats?|threat(?:s|en|ened|ening)? (?:on |to |against )?my life|threatened with death",
    r"(?:knife|gun|machete) (?:to|at) (?:me|my (?:throat|neck|head|face))",
)
# "This homework will kill me" is no threat, "hit me up" no violence. Removed first.
HARMLESS = (
    r"hit me up",
    r"(?:home ?work|exams?|tests?|math|work|school|boredom|heat|traffic|laughing|this|it) (?:is |s |will |ll |would )?"
    r"(?:going to |gon+a )?kil+(?:s|ing)? me",
    r"(?:tugas|pr|ujian|panas|bosan|kerjaan) (?:ini )?(?:bakal |akan |mau )?(?:mem|nge)?bunuh aku",
)

ASKS = (
    r"(?:(?:me)?minta(?:in)?|mnta|dimintai?|suruh|(?:me)?nyuruh|disuruh|paksa|(?:me)?maksa|dipaksa|ajak(?:in)?"
    r"|(?:me)?ngajak|diajak|bujuk|(?:mem)?bujuk|dibujuk|(?:me)?nawarin|ditawari(?:n)?|pamerin|nunjukin)"
)
UNDRESSED = (
    r"(?:telanjang|bugil|naked|nud(?:e|es|ez)|(?:tanpa|buka|lepas|copot) (?:baju|busana|pakaian|celana|bh|bra|kaos)"
    r"|tidak (?:pakai|pake|pk|make) (?:baju|busana|pakaian|celana|bh|apa apa))"
)
BODY = (
    rf"(?:payudara|toket|tetek|memek|kontol|titit|penis|vagina|kemaluan|kelamin|selangkangan|pantat|bokong|dada){YOURS}"
    r"|(?:bagian|area) (?:pribadi|intim|vital|sensitif)"
)
PICTURE = r"(?:foto\w*|video\w*|vidio\w*|gambar\w*|pap|selfie|lihat\w*|liat\w*|ngeliat|ngelihat|kirim\w*|ngirim\w*|vc)"
SEX = (
    r"(?:ngewe|ngentot|ngentod|ewean|ngeseks|berseks|bersetubuh|hubungan (?:badan|intim|seks\w*)|berhubungan"
    r" (?:badan|intim|seks\w*)|tidur (?:bareng|berdua)|ngamar|(?:check|cek) ?in (?:hotel|sama|bareng)|coli|colmek"
    r"|ngocok)"
)
NO_PAP = r"(?! (?:tugas|pr|soal|makan\w*|struk|bukti|jadwal|catatan|kucing|resi|nilai|rapor|buku|lokasi|surat))"
NUDE = (
    r"(?:nudes?|noods?|naked|topless|undress(?:ed)?|tak(?:e|es|ing) off my (?:clothes|shirt|pants|bra|top|underwear)"
    r"|without (?:my )?(?:clothes|shirt|bra)"
    r"|(?:dirty|sexy|sexual|spicy) (?:pics?|pictures?|photos?|videos?|stuff|things?)"
    r"|private parts?|my (?:boobs?|tits|breasts?|chest|penis|dick|cock|vagina|pussy|genitals|butt|bum|body))"
)
ASKED = (
    r"(?:ask(?:s|ed|ing)?|want(?:s|ed)?|told|tells?|mak(?:e|es|ing)|made|forc(?:e|es|ed|ing)|beg(?:s|ged|ging)?"
    r"|demand(?:s|ed|ing)?|send(?:s|ing)?|show(?:s|ed|ing)?)"
)
SEXUAL_MATTERS = (
    rf"(?:{ASKS}|mau|p[ei]ng[ei]n) {UP_TO_TWO}{PICTURE} (?:\w+ ){{0,3}}(?:{UNDRESSED}|{BODY})",
    rf"{ASKS} {UP_TO_TWO}(?:{UNDRESSED}|{SEX})",
    rf"{ASKS} {UP_TO_TWO}pap{NO_PAP}|kirim(?:in)? pap (?:tt|tete\w*|memek|kontol|badan|body|nakal|sange)",
    r"v ?c ?s|video ?call (?:sex|seks)|(?:phone|chat|video) (?:sex|seks)|sex(?:t| ?chat)ing|open bo",
    r"di(?:perkosa|cabuli|sodomi|setubuhi|gerayangi|grepe\w*|raba(?: raba)?|lecehkan(?: secara)? seksual)",
    r"(?:mem)?perkosa(?:an)?|(?:men)?cabul\w*|(?:me)?nyodomi|pelecehan seksual",
    r"(?:me|nge)raba(?: raba)? (?:aku|tubuh\w*)",
    rf"(?:(?:di|me|mem)?pegang\w*|megang\w*|(?:di)?sentuh\w*|nyentuh|menyentuh|(?:di|nge)?elus\w*|(?:di|nge)?remas\w*)"
    rf" {UP_TO_TWO}(?:{BODY}|paha{YOURS})",
    rf"(?:kirim(?:in|i)?|ngirim(?:in)?|pamerin|nunjukin|kasih (?:lihat|liat)|lihatin) {UP_TO_TWO}(?:foto |video )?"
    rf"(?:kontol|titit|penis|kemaluan|kelamin|anu){YOURS}",
    rf"{ASKED} {UP_TO_FOUR}{NUDE}",
    r"dick pics?|send nudes?|rap(?:e|ed|es|ing) (?:me|my)|(?:was|got|been) raped|molest(?:s|ed|ing)?"
    r"|sexually (?:abus|assault|harass)\w+|(?:have|had|having) sex with|masturbat\w+|jerk(?:s|ed|ing)? off",
    r"touch(?:es|ed|ing)? (?:me|my) (?:\w+ ){0,3}(?:privates?|down there|there|boobs?|breasts?|chest|butt|bum|thighs?"
    r"|inappropriately|body)",
)

HITS = r"(?:pukul|tampar|gampar|tendang|cekik|tonjok|jotos|keroyok|gebuk|hajar|siksa|sabet|cambuk|jambak|sundut|aniaya)"
VIOLENT_MATTERS = (
    rf"(?:aku|kami|kita|{FAMILY}) {UP_TO_TWO}(?:di{HITS}\w*)",
    rf"di{HITS}\w* {UP_TO_TWO}(?:sama|oleh|terus|tiap|sampai|pakai|pake|{FAMILY})",
    r"(?:(?:me)?muku?l|(?:me)?nampar|(?:me)?nendang|(?:me)?nonjok|gebuk|ng?gebuk|hajar|ngehajar|(?:me)?nyiksa"
    rf"|(?:me)?nyekik|mencekik|(?:nge)?jambak)(?:i|in|kan)? {ONE}(?:aku|kami|{FAMILY})",
    rf"(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|chok(?:es|ed|ing)"
    rf"|whip(?:s|ped|ping)?) (?:me|us|{MY_PEOPLE})(?! (?:out|off|from|at|in the game))",
    r"(?:get|gets|got|being|was|am|been) (?:hit|beaten|punched|kicked|slapped|choked)(?: up)?(?! (?:out|off|from))",
)


def kinds_in(*texts: str) -> list[str]:
    """Return the kinds of harm that the texts mention: THREAT, SEXUAL, VIOLENCE, in this order."""
    plain = [reading for text in texts if text for reading in normalised_variants(text)]
    return [kind for kind, patterns in KINDS.items() if any(_matches(reading, patterns) for reading in plain)]


def _matches(plain: str, patterns: tuple[str, ...]) -> bool:
    return bool(any_of(patterns).search(any_of(HARMLESS).sub("|", plain)))


KINDS = {THREAT: THREATS, SEXUAL: SEXUAL_MATTERS, VIOLENCE: VIOLENT_MATTERS}
