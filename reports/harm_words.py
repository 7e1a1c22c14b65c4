"""Detect threats to kill, blackmail, sexual matters and violence in a reporter's text, in memory (H28).

Only the kinds are returned.

A second list beside ``detector``, reviewed in the same way: its findings are read by ``priority``, count like
an answer, and may only raise a report. A false alarm costs a person one review; a miss leaves a child waiting
for a day. ``detector`` normalises the text first ("gak" is "tidak", "gue" is "aku", "her" is "my"); every
repeated group has a limit.
"""

from .blackmail_words import BLACKMAIL_MATTERS, INNOCENT
from .self_harm.detector import any_of, normalised_variants
from .self_harm.patterns import IN_PLAY

THREAT, SEXUAL, VIOLENCE, BLACKMAIL = "threat_to_kill", "sexual", "violence", "blackmail"

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
    r"(?:bola|voli|shuttlecock|kok|drum|gendang|bedug|raket|paku|kasur|bantal|samsak) (?:\w+ ){0,2}dipukul\w*",
    r"(?:team|we|they|tim|club) (?:\w+ )?(?:got|get|were|was|been) beaten",
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
ADULT = (
    r"(?:(?:my )?(?:uncle|step ?dad|step ?father|step ?brother|dad|father|grandpa|grandfather|grandad|brother|cousin"
    r"|teacher|coach|tutor"
    r"|neighbou?rs?|pastor|priest|ustad\w*|boss|driver|mum s boyfriend|mom s boyfriend|mums boyfriend|moms boyfriend"
    r"|babysitter)"
    r"|(?:a|this|that|the|an|old|some) (?:\w+ )?(?:man|guy|adult|teacher|coach|stranger|neighbou?r))"
)
OLDER = (
    r"(?:o+m|paman|pak ?de|pak ?le|pak|bapak|bpk|bokap|ayah|papah?|abi|kakek|mbah|ibu|tante|guru\w*|ust[ad]\w*|kyai"
    r"|kiai|pelatih\w*"
    r"|coach|tetangga\w*|sopir|supir|tukang|satpam|abang\w*|bang|kakak\w*|kaka|sepupu\w*|pembina|senior\w*|bos"
    r"|majikan|cowok\w*|orang itu)"
    r"(?: tiri| ipar| ngaji| kelas| kandung)?(?:ku|nya)?"
)
TOUCH_AGAIN = (
    r"(?:(?:me|mem)?(?:pegang|megang)(?:in)? ?(?:pegang|megang|2|dua)|(?:ny|meny|s)entuh ?(?:sentuh|nyentuh|2)|(?:ng"
    r"|meng)?elus ?(?:elus|2)"
    r"|(?:nge|me)?raba ?(?:raba|2)|(?:ny|c)olek ?(?:colek|2)|grepe\w*(?: grepe\w*)?)"
)
NOT_A_PERSON = (
    r"(?:hp|barang|buku|mainan|makanan|kucing|anjing|bola|tas|kue|gitar|motor|mobil|remote|kertas|pintu|rambutnya"
    r"|janggut)"
)
SEXUAL_MATTERS = (
    r"tidak senonoh|asusila|dilecehkan|dilecehin|melecehkan (?:aku|kami)",
    rf"{ADULT} (?:\w+ ){{0,4}}touch(?:es|ed|ing) my(?! (?:phone|stuff|things|hair|food|toys?|bag|laptop|guitar|bike"
    rf"|car|heart))",
    r"touch(?:es|ed|ing)? (?:me|my) (?:\w+ ){0,2}(?:under|inside|beneath|between)|(?:makes?|made|has|have) (?:me|my) "
    r"(?:\w+ )?(?:sit|sat) on my lap",
    r"(?:mak(?:e|es|ing)|made|forc(?:e|es|ed|ing)|ask(?:s|ed)|told|tells|wants) (?:me|my) (?:to )?tak(?:e|ing) (?:off"
    r" )?my (?:clothes|shirt|pants|top|bra|underwear|dress)",
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
    rf"(?:tiap|setiap|tengah) (?:malam|malem) {ONE}{OLDER} {UP_TO_TWO}(?:masuk|naik|datang|dateng) {ONE}(?:kamar"
    rf"|kasur|ranjang)",
    rf"(?:{TOUCH_AGAIN}) {ONE}(?:aku|kami|{FAMILY}|badan{YOURS}|tubuh{YOURS}|paha{YOURS}|pinggang{YOURS})",
    rf"{OLDER} (?:\w+ ){{0,3}}(?:{TOUCH_AGAIN}|nempel nempel|grepe\w*)(?! {NOT_A_PERSON})",
    rf"(?:aku|kami|{FAMILY}) (?:\w+ ){{0,3}}di(?:{TOUCH_AGAIN}|colek|grepe\w*)",
    rf"{OLDER} (?:\w+ ){{0,4}}(?:(?:me)?nyium|mencium|cium|peluk|meluk|memeluk|ngelus|mengelus|raba|ngeraba|sentuh"
    rf"|nyentuh"
    rf"|menyentuh|megang|pegang|memegang|ngintip|mengintip) {UP_TO_TWO}(?:aku|kami|badan{YOURS}|tubuh{YOURS}"
    rf"|paha{YOURS}"
    r"|adikku|adik aku|anakku|anak aku)",
    rf"di(?:cium|peluk|pegang|sentuh|elus|raba|colek|intip)(?:in|i)? {UP_TO_TWO}(?:sama|oleh|ama|ma) {ONE}{OLDER}",
    rf"{OLDER} (?:\w+ ){{0,4}}(?:masuk (?:ke )?kamar{YOURS} (?:malam|malem|diam|pas tidur)|naik (?:ke )?(?:kasur"
    rf"|ranjang)|tidur(?:in)? (?:di )?"
    rf"(?:kasur|ranjang|sebelah)"
    rf"|buka (?:baju|celana|rok){YOURS}|masuk\w* tangan)",
    rf"{ADULT} (?:\w+ ){{0,4}}(?:touch|grop|rubb?|strok|fondl|kiss|feel|felt)(?:es|s|ed|ing|bing|bed"
    rf"|ging|ped)? {ONE}(?:me|us"
    r"|my (?:legs?|thighs?|body|waist|daughter|son|sister|brother|child|kid|friend|hair))(?! (?:high|phone))",
    r"(?:he|she|they|someone|somebody) (?:\w+ ){0,3}(?:keeps? )?(?:touch|grop|fondl|rubb?)(?:es|s|ed|ing|bing)? {0,1}"
    r"(?:me|us|my (?:leg|thigh|body)s?)",
    rf"(?:put|puts|putting|slid|slides) my hands? {UP_TO_TWO}(?:under|in|inside|up|down|on my|on me|between)",
    r"(?:comes?|came|coming|gets?|got|sneaks?) (?:in|into|to) my (?:room|bed) (?:at|every|in the|when)",
    r"(?:made|makes|making|forced|forces) me (?:to )?touch|touch(?:es|ed|ing)? (?:me|us) (?:\w+ ){0,3}"
    r"(?:uncomfortable|weird|wrong"
    r"|where i|places|bad)|(?:watch|film|record)(?:s|es|ed|ing)? me (?:\w+ ){0,2}(?:shower|bath|bathe|undress"
    r"|chang)\w*",
    r"touch(?:es|ed|ing)? (?:me|my) (?:\w+ ){0,3}(?:privates?|down there|there|boobs?|breasts?|chest|butt|bum|thighs?"
    r"|inappropriately|body)",
)

HITTER = (
    r"(?:(?:ibu|mama|mamah|emak|mamak|bunda|ayah|bapa|bapak|bapake|papa|bokap|nyokap|paman|o+m|mas|mbak|kakak|kaka"
    r"|abang|guru|pacar|mantan|suami|istri|kakek|nenek"
    r"|pakde|bude|pelatih|senior|majikan|ibuk|bapa tere)(?:ku|nya)?)"
)
HITTING = (
    r"(?:mukul|nampar|nendang|nonjok|gebuk|nggebuk|ngehajar|hajar|nyiksa|nyekik|jambak|nyubit|cubit|nabok|nyabet"
    r"|ngelempar|melempar|lempar|nimpuk|ndorong|dorong"
    r"|mendorong|nyeret|seret|nyiram|siram|banting|ngebanting|nginjek|nginjak|gigit|bakar|membakar|nyundut|nyambuk"
    r"|ngurung|ngunci|ngiket|jewer)(?:in|i|kan)?"
)
HITS = (
    r"(?:gepuk|tampiling|tempiling|tampol|pentung|sepak|tabok|slepet|pukul|tampar|gampar|tendang|cekik|tonjok|jotos"
    r"|keroyok|gebuk|gebug|hajar|siksa|sabet|cambuk|jambak|sundut|aniaya"
    r"|gaplok|tempeleng|kampleng|keplak|jewer|injak|banting|bogem|setrika|pecut|rotan|antemi|antem|balang|kemplang"
    r"|toyor"
    r"|dupak|kurung|cubit(?:in)? (?:sampai|sampe)|lempar(?:in|i)? (?:pakai|pake|pk|gelas|piring|kursi|sandal|batu))"
)
BRUISED = r"(?:biru\w*|memar\w*|lebam\w*|bonyok|berdarah|luka\w*|bengkak|pingsan|bocor)"
ENGLISH_HITTER = (
    r"(?:he|she|they|(?:my )?(?:dad|daddy|mum|mom|mommy|father|mother|uncle|aunt|step ?dad|step ?mom|step ?father"
    r"|brother|sister|cousin|grandpa|grandma|teacher|coach"
    r"|babysitter|nanny|boyfriend|girlfriend|husband|wife|ex|parents?|tutor|boss))"
)
LIMBS = r"(?:arms?|legs?|hands?|face|head|back|neck|wrists?|hair|skin|fingers?|stomach)"
WITH = r"(?:pakai|pake|pk|dengan|nganggo)"
VIOLENT_MATTERS = (
    rf"di{HITS}\w* {UP_TO_TWO}(?:ku |karo |dening |mben |{HITTER})",
    rf"{HITTER} (?:\w+ ){{0,4}}{HITTING} {ONE}(?:{WITH}|aku|kami|anakku|adikku|rambut\w*|tangan aku|kepala\w*"
    rf"|badan\w*)(?! (?:dari belakang pas main|ke kolam))",
    rf"{HITTING} {ONE}(?:rambutku|rambut aku|tanganku|tangan aku|kepalaku|mukaku|badanku)|(?:dia|{HITTER})"
    rf" {ONE}{HITTING} (?:aku|kami) ",
    rf"{HITTING} {ONE}(?:sampai|sampe|smp|nganti) {BRUISED}",
    rf"(?:badan|muka|wajah|tangan|kaki|punggung|penuh|mata)(?:ku|nya)? {UP_TO_TWO}(?:memar|lebam|bilur)\w*",
    r"(?:aku|kami|anakku|adikku|dia) {0,1}(?:\w+ ){0,2}di(?:kunci|kurung|sekap|iket|ikat|pasung)(?:in|i)? (?:\w+"
    r" ){0,3}(?:sama|oleh|di (?:kamar|gudang|rumah|wc)|dari luar)",
    r"(?:pintu|kamar) (?:\w+ ){0,2}dikunci(?:in)? dari luar|tidak (?:boleh|dikasih|dibolehin) keluar rumah (?:sama"
    r"|oleh|\w+ dikunci)",
    rf"{ENGLISH_HITTER} (?:\w+ ){{0,3}}(?:hurts?|hurting|abus(?:es|ed|ing)|beats?|hits?|burn(?:s|ed|t)?) (?:me|us)(?!"
    rf" (?:at|in (?:the )?(?:game|chess)|with the ball))",
    rf"{ENGLISH_HITTER} (?:\w+ ){{0,2}}(?:burn(?:s|ed|t)?|twist(?:s|ed)?|cut|broke|breaks|pull(?:s|ed)?|slam(?:s"
    rf"|med)?|grab(?:s|bed)?) my {LIMBS}",
    r"(?:get(?:s|ting)?|got|being|is|was|been) (?:\w+ )?abused|abus(?:es|ed|ing|ive) (?:me|us|at home|to me|towards"
    r" me)",
    r"black eyes?(?! (?:from|at|in) (?:football|soccer|sports?|playing|practice|the game))|(?:show(?:ed|s)?|saw|see"
    r"|has|have) (?:\w+ ){0,2}(?:the |my )?(?:marks|bruises|welts)",
    r"(?:won ?t|doesn ?t|don ?t|not) (?:let|allow\w*) (?:me|us) (?:to )?(?:out|leave)(?: of)? (?:the |my )?(?:house"
    r"|room|home|flat)|locked (?:me )?in (?:here|my room|the (?:house|room|bathroom))",
    r"(?:keeps?|kept|always|started|won ?t stop) (?:\w+ )?(?:touch|grabb?|hugg?|kiss|rubb?|grop|hitt?|slapp?|beat"
    r"|punch|chok)ing (?:me|us|my)",
    rf"(?:kena|dikasih) {ONE}(?:pukul\w*|tampar\w*|gampar\w*|tendang\w*|gebuk\w*|bogem\w*|tonjok\w*|cambuk\w*)(?! "
    rf"(?:bola|raket))",
    rf"(?:main|suka|sering) (?:tangan|fisik|kasar sama aku|kdrt)|kdrt|{OLDER} {UP_TO_TWO}ringan tangan",
    rf"(?:aku|badanku|kepalaku|tanganku|mukaku|punggungku|kakiku) {UP_TO_TWO}di\w+ {WITH} {ONE}(?:ikat pinggang|sabuk"
    rf"|gesper|kayu|sapu"
    r"|selang|rotan|kabel|rokok|setrika|besi|hanger|gayung|penggaris|botol|api|air panas)",
    r"(?:memar|lebam|biru biru|bonyok|benjol|berdarah) {0,1}(?:\w+ ){0,3}(?:gara|karena|krn|dipukul|habis|abis) ?"
    r"(?:gara )?(?:ayah|bapak|papa|ibu|mama"
    r"|guru|dia|om|kakak)",
    r"(?:he|she|they|dad|mum|mom|father|mother|uncle|teacher|coach|brother|stepdad|stepmom) (?:\w+ ){0,3}(?:hurts?"
    r"|beats?|hits?"
    r"|smacks?|whips?|belts?|burn(?:s|ed|t)?|throws?|threw|pushe[sd]|shove[sd]?|grab(?:s|bed)?|chok(?:es|ed)|locks?"
    r"|locked"
    r"|punche[sd]|kick(?:s|ed)|slap(?:s|ped)) (?:me|us)(?! (?:out|off|from|in the game|up|a |an |at chess|know|the"
    r" ball|feelings))",
    r"beat(?:s|ing|en)? (?:me|us) up|(?:with|using) (?:a|the|my) (?:belt|stick|cane|hanger|cable|broom)(?! (?:in|of) )",
    r"(?:throws?|threw|throwing) (?:things|stuff|plates?|chairs?|objects) at (?:me|us)|bruises? (?:on|from|all over"
    r"|because)",
    rf"(?:aku|kami|kita|{FAMILY}) {UP_TO_TWO}(?:di{HITS}\w*)",
    rf"di{HITS}\w* {UP_TO_TWO}(?:sama|oleh|terus|tiap|sampai|pakai|pake|{FAMILY})",
    r"(?:(?:me)?muku?l|(?:me)?nampar|(?:me)?nendang|(?:me)?nonjok|gebuk|ng?gebuk|hajar|ngehajar|(?:me)?nyiksa"
    rf"|(?:me)?nyekik|mencekik|(?:nge)?jambak)(?:i|in|kan)? {ONE}(?:aku|kami|{FAMILY})",
    rf"(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|chok(?:es|ed|ing)"
    rf"|whip(?:s|ped|ping)?) (?:me|us|{MY_PEOPLE})(?! (?:out|off|from|at|in the game))",
    r"(?:get|gets|got|being|was|am|been) (?:hit|beaten|punched|kicked|slapped|choked)(?: up)?(?! (?:out|off|from))",
)


def kinds_in(*texts: str) -> list[str]:
    """Return the kinds of harm that the texts mention: THREAT, SEXUAL, VIOLENCE, BLACKMAIL, in this order."""
    plain = [reading for text in texts if text for reading in normalised_variants(text)]
    return [kind for kind, patterns in KINDS.items() if any(_matches(reading, patterns) for reading in plain)]


def _matches(plain: str, patterns: tuple[str, ...]) -> bool:
    return bool(any_of(patterns).search(any_of((*HARMLESS, *INNOCENT)).sub("|", plain)))


KINDS = {THREAT: THREATS, SEXUAL: SEXUAL_MATTERS, VIOLENCE: VIOLENT_MATTERS, BLACKMAIL: BLACKMAIL_MATTERS}
