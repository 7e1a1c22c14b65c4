"""Patterns of blackmail with pictures in a reporter's text: a threat to spread them, or a price for not doing so (H28).

``harm_words`` applies them after ``detector`` has normalised the spelling ("gak" is "tidak", "gue" is "aku", "his" is
"my"). Words of a threat and of spreading alone are no blackmail: a picture or video must be named, unless the word
itself says it. Every repeated group has a limit.
"""

TWO, THREE, FOUR, SIX = (rf"(?:\w+ ){{0,{number}}}" for number in (2, 3, 4, 6))

OWNED = r"(?:ku|mu|nya| ?aku)?"
PLAIN_PICTURE = (
    r"(?:f[ou]?to+|poto|photo|fotoo|pic|pics|pict|pap|gambar|gmbr|v[ie]d[ie]?[eo]*|pideo|vid|vids|vidiow?|rekaman"
    r"|recording|clips?"
    r"|screen ?shots?|skrins[hu]*t|ss|tape|images?|photos?|pictures?|videos?|vidio|vidieo|vdo|vcs)(?:an)?"
)
PICTURE = rf"{PLAIN_PICTURE}(?: ?2)?{OWNED}"
MY_PICTURE = (
    rf"(?:{PLAIN_PICTURE}(?: ?2| (?:foto|video|pribadi|telanjang|bugil|seksi|syur|tanpa baju)){{0,2}}"
    rf"(?:ku\b|mu\b| ?aku\b| anakku| adikku| (?:anak|adik|teman) aku| kita\b| \w+ku\b)"
    rf"|my (?:\w+ ){{0,2}}{PLAIN_PICTURE}|{PLAIN_PICTURE} (?:\w+ )?of (?:me|us|my \w+)|aibku|aib aku|rahasiaku)"
)
NUDE_PICTURE = (
    rf"(?:nude?s?|nudez|noods?|n[u0]des|(?:naked|nude|sexy|dirty|private|intimate|spicy) {PLAIN_PICTURE}"
    rf"|{PLAIN_PICTURE}{OWNED} (?:\w+ ){{0,2}}(?:telanjang|bugil|seks\w*|syur|vulgar|porno|panas|mesum|tanpa (?:baju"
    rf"|busana)|mandi|ganti baju"
    r"|tidak (?:pakai|pake|pk) (?:baju|celana|apa apa)|pribadi)|vcs|pap tt|without (?:my )?(?:clothes|shirt))"
)
ANY_PICTURE = rf"(?:{PICTURE}|{NUDE_PICTURE}|aib{OWNED})"

SPREAD_STEM = (
    r"(?:se?bar|viral|posting|post|upload|aplod|aplut|share|ser|bocor|leak|kirim|krm|up|tag|forward|publish|publikasi"
    r"|tunjuk|lihat)"
)
SPREADS = (
    r"(?:(?:me|di|d|n|ng|nge|meny?|peny|ny|mem)?(?:se?bar|ebar|yebar|nyebar|viral|bocor|leak|share|ser|posting|post"
    r"|upload|forward|publish"
    r"|publikasi|unggah|ekspos|expos)(?:lu?as)?(?:k[ae]n?|in|i|ke|keun|kn|luaskan|an|e)? ?(?:in)?"
    r"|(?:ke|ter)(?:se?bar|bongkar|viral)|masuk (?:ke )?(?:fb|facebook|ig|insta\w*|tiktok|grup\w*|twitter|telegram"
    r"|tele|x)|spre?ad(?:s|ing)?|leak(?:s|ed|ing)?|post(?:s|ed|ing)?|expos(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|publish"
    r"(?:es|ed)?|go viral"
    r"|upload(?:s|ed|ing)?|put(?:s|ting)? (?:it |them )?(?:online|on (?:the )?(?:internet|insta\w*|ig|tiktok|fb"
    r"|facebook))|dibongkar"
    r"|(?:di|ng|nge)?(?:kirim|krm)(?:in|kan|i|ke)? (?:\w+ ){0,2}ke(?: (?:semua|ortu|orang|ibu|mama|ayah|keluarga"
    r"|teman|temen|sekolah|guru"
    r"|grup|kontak|followers?|pacar|kelas|istri|suami|bos|kantor|satu|se)\w*|luarga)"
    r"|(?:di)?(?:kasih|tunjuk\w*|lihat\w*) (?:\w+ ){0,2}ke (?:semua|ortu|orang|ibu|mama|ayah|keluarga|teman|temen"
    r"|sekolah|guru|grup)\w*"
    r"|(?:sen[dt]|show(?:ed)?|giv(?:e|ing))(?:s|ing)? (?:\w+ ){0,5}to (?:everyone|everybody|every\w*|all|my (?:mum"
    r"|mom|dad|parents?|family|school"
    r"|friends?|class\w*|followers?|contacts?|teachers?|wife|husband|boss|whole|entire)|people|the (?:school|class"
    r"|whole|group))"
    r"|tell(?:s|ing)? (?:everyone|my (?:parents|family|mum|mom|dad|school)))"
)
THREAT = (
    r"(?:(?:di|d|ng|nge|meng|peng|me)?anc[ae]?m(?:an|in|i|kan|nya|ku|annya)?|(?:di|n|mene)?(?:t?eror|intimidasi)"
    r"(?:in)?|(?:di)?takut ?takut(?:in|i)"
    r"|thre?a?t+[ea]?n?(?:s|ed|ing|ening|ens|ened)?|threatning|treat(?:ens?|ened|ening)|nggertak|(?:di)?gertak)"
)
NEGATED_IF = (
    r"(?:(?:kalau|jika|bila|nek|yen|mun|lek|kl|apabila|asal) (?:\w+ ){0,3}(?:tidak|nggak|ora|teu|berani|putus|lapor"
    r"|ngelapor|blok\w*|block|bilang|cerita"
    r"|nolak|menolak|telat|lapor\w*|ngadu|hapus|keluar|pergi|ninggal\w*|berhenti|stop|left|unfollow)"
    r"|sampai (?:aku )?(?:bayar|transfer|kirim)|kecuali|atau (?:tidak|nanti|else)?|if (?:i|we|you|he|she|they) (?:\w+"
    r" ){0,2}(?:(?:do|does|did|wo) ?n ?t|do not|refuse|block"
    r"|tell|leave|stop|break|ignore|say no|won ?t|not|report|ever|can ?t|dont|dnt)|if not|unless|or (?:else|he|she"
    r"|they|it|my|ll|i)|until i|otherwise)"
)
WILL = (
    r"(?:mau+|bakal(?:an)?|akan|siap|niat|rencana|nanti|bisa|arep|rek|bade|mo|nak|pengen|katanya|will|ll|going to"
    r"|gon+a|wants? to|would|said"
    r"|says|could|can|might|about to|tinggal|langsung)"
)
THEY = (
    r"(?:dia|dy|dya|ia|mereka|orang(?: itu)?|cowok\w*|cewek\w*|mantan\w*|pelaku\w*|akun (?:itu|ini)|pacar\w*|doi|wong"
    r"|teman\w*|temen\w*|kakak\w*|kaka"
    r"|he|she|they|someone|somebody|guy|girl|man|person|ex|stranger|boyfriend|girlfriend|scammers?|hackers?|account"
    r"|bf|gf)"
)
PEOPLE_I_KNOW = (
    r"(?:followers?|famil(?:y|ies)|parents?|mum|mom|dad|friends?|everyone|everybody|class\w*|school|contacts?"
    r"|keluarga\w*|ortu\w*|teman\w*|temen\w*|kontak\w*"
    r"|sekolah|kelas|grup|ibu\w*|mama\w*|ayah\w*)"
)
MONEY = (
    r"(?:uang|duit|duwit|doku|pulsa|dana|bayar(?:an|in)?|transfer\w*|trf|tf|saldo|rp|jt|juta|ribu|rb|rebu|\d+ ?(?:rb"
    r"|ribu|jt|juta|k)?|voucher|gopay|dana|ovo|qris"
    r"|tebusan|diamond|money|cash|\d+ (?:dollars?|bucks|usd)|gift ?cards?|steam cards?|robux|bitcoin|btc|crypto"
    r"|payment|dollars?|pay(?:ment|pal)?)"
)
ASKS = (
    r"(?:(?:me)?m[iy]?nta?k?(?:in|i)?|mnta|njaluk|menta|dimint\w*|suruh|nyuruh|disuruh|paksa|maksa|dipaksa|"
    r"(?:di)?mintai?n?|tagih|nagih|ditagih|harus|wajib"
    r"|mau (?:minta )?|ask(?:s|ed|ing)?(?: for| me for)?|want(?:s|ed)?|demand(?:s|ed|ing)?|need(?:s|ed)?|request(?:s"
    r"|ed)?|mak(?:e|es|ing) me"
    r"|told me to|tells me to|has to|have to|tell(?:s|ing)? me to)"
)
PAYS = (
    r"(?:bayar|byr|paid|mbayar|membayar|transfer|trf|tf|kirim (?:uang|duit|pulsa)|ngasih (?:uang|duit)|pay(?:ing)?"
    r"|send(?:ing)? (?:\w+ ){0,2}(?:money|cash|cards?))"
)
HAS = (
    r"(?:punya|pnya|pny|nyimpen|nyimp[ae]n|simp[ae]n|megang|pegang|dapet|dapat|ada|ngerekam|merekam|rekam|direkam"
    r"|record(?:ed|ing)?|direcord|di ?ss|screenshot(?:ted)?"
    r"|has|have|got|kept|keeps|saved?|saves|took|stole|nyolong|ngambil|film(?:ed)?)"
)
MORE_PICTURES = r"(?:lagi|terus|more|another|new)"

BLACKMAIL_MATTERS = (
    # the word itself
    r"(?:di|dip|d)?per[ae]s(?:in|nya)? (?:aku|kami|anakku|adikku|temanku|duit|uang|lewat|pakai|pake|pk|pke|sama|oleh"
    r"|online|terus|orang|dengan|foto|video|tiap|soal"
    r"|karena|gara)|diper[ae]s(?:in)?(?! (?:jeruk|susu|santan|otak|lemon|airnya|keringat|kain|baju))|pemeras(?:an)?"
    r"|memeras(?:ku|nya)"
    r"|(?:memeras|meres) (?:aku|kami|anak|adik|teman|temen|orang|korban|uang|duit)|kena peras",
    r"(?:di|nge|ng)?bl[ae]?c?k ?m[ae]i?l\w*|black ?mel\w*|blekm[ea]i?l\w*|s[ae]xt(?:or|er)t\w*|sekstorsi|extort\w*",
    # threat, spreading and picture in any order
    rf"{THREAT} {SIX}{SPREADS} {FOUR}{ANY_PICTURE}",
    rf"{THREAT} {SIX}{ANY_PICTURE} {FOUR}{SPREADS}",
    rf"{ANY_PICTURE} {SIX}{THREAT} {FOUR}{SPREADS}",
    rf"{SPREADS} {FOUR}{ANY_PICTURE} {SIX}{THREAT}",
    rf"{ANY_PICTURE} {FOUR}{SPREADS} {SIX}{THREAT}",
    rf"{THREAT} {TWO}(?:pakai|pake|pk|pke|dengan|lewat|karena|gara gara|soal|make|gawe|with|over|using|about)"
    rf" {THREE}{ANY_PICTURE}",
    rf"{ANY_PICTURE} {FOUR}(?:buat|untuk|to) {TWO}{THREAT}",
    # what they will do with my picture
    rf"{MY_PICTURE} {THREE}{WILL} {TWO}{SPREADS}",
    rf"{MY_PICTURE} {TWO}{SPREADS} {FOUR}{NEGATED_IF}",
    rf"{NEGATED_IF} {SIX}{ANY_PICTURE} {THREE}{SPREADS}",
    rf"{NEGATED_IF} {SIX}{SPREADS} {FOUR}(?:{MY_PICTURE}|{NUDE_PICTURE})",
    rf"{THEY} {FOUR}{WILL} {THREE}{SPREADS} {FOUR}(?:{MY_PICTURE}|{NUDE_PICTURE})",
    rf"{THEY} {FOUR}{WILL} (?:sen[dt]|show|give|forward|kirim\w*) {TWO}(?:{MY_PICTURE}|{NUDE_PICTURE}) {TWO}(?:to|ke) ",
    rf"(?:{MY_PICTURE}|{NUDE_PICTURE}) {TWO}(?:to|ke) {FOUR}{NEGATED_IF}",
    rf"(?:sen[dt]|show|post|leak|share|spread|expose|put) {TWO}{ANY_PICTURE} {SIX}(?:if i (?:don ?t|do not|refuse"
    rf"|block|tell|stop|leave|break)|unless i|or else)",
    rf"(?:takut|panik|cemas|scared|afraid|worried) {FOUR}(?:{MY_PICTURE}|{NUDE_PICTURE}) {THREE}{SPREADS}",
    rf"{ANY_PICTURE} (?:\w+ ){{0,10}}(?:kalau|biar|supaya|agar|if) (?:tidak|i don ?t) (?:mau|want) {TWO}{SPREADS}",
    rf"{PEOPLE_I_KNOW} {SIX}{WILL} {TWO}(?:(?:di)?kirim\w*|share|send|show|post|di?share\w*) {TWO}{ANY_PICTURE}",
    rf"{WILL} {TWO}(?:share|send|show|post|give|kirim\w*) {TWO}{ANY_PICTURE} (?:with|to|ke) {TWO}(?:all|every\w*"
    rf"|semua\w*|{PEOPLE_I_KNOW})",
    rf"(?:blo[ck]k?\w*|blokir\w*|tell|lapor\w*|leave|refuse|putus\w*) {FOUR}{WILL} {TWO}{SPREADS} {TWO}(?:everything"
    rf"|it all|all of it|semua\w*|them)",
    rf"(?:press|pencet|tinggal|klik) {TWO}(?:kirim|send|upload|posting|share) {SIX}{NEGATED_IF}|{HAS}"
    rf" {TWO}{ANY_PICTURE} {SIX}(?:tinggal|pencet)",
    rf"hold(?:s|ing)? {TWO}{ANY_PICTURE} {TWO}(?:over|against) (?:me|my)|us(?:e|es|ed|ing) {TWO}{ANY_PICTURE} "
    rf"(?:against|to (?:make|force|get)) ",
    rf"(?:won ?t|refus\w+ to|tidak (?:mau|bakal|akan)) {TWO}(?:delete|remove|take down|hapus\w*|ngehapus|menghapus)"
    rf" {TWO}{ANY_PICTURE} {SIX}"
    r"(?:unless|until|if|kalau|sampai|kecuali|sebelum)",
    rf"{PEOPLE_I_KNOW} {WILL} {TWO}(?:get|see|receive|have) {TWO}{ANY_PICTURE}",
    rf"(?:{MY_PICTURE}|{NUDE_PICTURE}) {THREE}(?:nyampe|nyampek|sampai|dikirim\w*|masuk) {TWO}ke ",
    rf"{WILL} {TWO}(?:masukin|masukkan|naikin|taruh|naruh) {TWO}{MY_PICTURE} {TWO}ke ",
    r"(?:screen ?shot\w*|record\w*|ngerekam|direkam) {0,1}(?:me |aku )?(?:\w+ ){0,3}(?:wants?|asks?|minta|demands?) "
    r"(?:\w+ )?(?:more|lagi)",
    # a price
    rf"{PAYS} (?:\w+ ){{0,12}}(?:still|keep|masih|tetap|tetep) {THREE}(?:{SPREADS}|{HAS} {TWO}{ANY_PICTURE})",
    rf"{PAYS} (?:\w+ ){{0,10}}{WILL} {TWO}{SPREADS} {FOUR}{ANY_PICTURE}",
    rf"tidak {TWO}{PAYS} {SIX}{ANY_PICTURE} {THREE}{SPREADS}",
    rf"(?:kirim|send) {TWO}{ANY_PICTURE} {SIX}(?:atau|or|else) {FOUR}(?:(?:di|nye|me)?sebar\w*|viral\w*|leak|expose)",
    rf"(?:pay|send|do it|bayar|transfer|tf) {FOUR}(?:or|atau|else) {FOUR}{PEOPLE_I_KNOW} {TWO}(?:sees?|gets?|knows?"
    rf"|finds? out|tahu|tau|lihat|liat|dapet|dapat)",
    rf"(?:{PAYS}|{MONEY}) {SIX}(?:atau|nanti|or|else|kalau tidak|nek ora|otherwise) {FOUR}{ANY_PICTURE}",
    rf"(?:{PAYS}|{MONEY}) {FOUR}(?:biar|supaya|agar|spy|so|to|ben) {SIX}(?:{SPREADS}|hapus|dihapus|delete\w*"
    rf"|remove\w*|{ANY_PICTURE})",
    rf"{HAS} {FOUR}(?:{MY_PICTURE}|{NUDE_PICTURE}) (?:\w+ ){{0,8}}{ASKS} {FOUR}{MONEY}",
    rf"(?:{MY_PICTURE}|{NUDE_PICTURE}) (?:\w+ ){{0,8}}{ASKS} {THREE}{MONEY}",
    rf"(?:kirim(?:in)? pap|v ?c ?s?|video ?call|direkam|ngerekam|rekam|record(?:ed|ing)?|direcord|di ?ss|screen"
    rf" ?shot\w*) (?:\w+ ){{0,8}}{ASKS} {THREE}{MONEY}",
    rf"{ASKS} {THREE}{MONEY} (?:\w+ ){{0,8}}(?:{MY_PICTURE}|{NUDE_PICTURE})",
    rf"(?:{HAS}) {TWO}(?:my )?(?:nudes?|noods?|naked {PLAIN_PICTURE})",
    rf"(?:leak|spread|expose|viralin|sebar(?:in|kan)?) {TWO}(?:my )?(?:nudes?|noods?|naked {PLAIN_PICTURE})",
    rf"{THEY} {SIX}(?:{HAS}) {THREE}(?:{MY_PICTURE}|{NUDE_PICTURE}) {SIX}(?:{SPREADS}|{THREAT}|kirim lagi|send more)",
    rf"(?:{ASKS}|kirim|send) {FOUR}{MORE_PICTURES} {SIX}(?:{NEGATED_IF}) {FOUR}{SPREADS}",
    rf"{ASKS} {SIX}(?:atau|or|kalau tidak|else) {FOUR}{SPREADS} {THREE}{ANY_PICTURE}",
)
# Squeezed fruit, homework and offers to share.
INNOCENT = (
    r"(?:jeruk|lemon|santan|kelapa|susu|keringat|tebu|kain|baju|cucian|otak) {0,1}(?:\w+ ){0,2}(?:di|mem)?peras\w*",
    r"(?:mem|di|me)?peras (?:jeruk|santan|lemon|keringat|otak|tenaga|kelapa|susu|kain|baju|cucian|air)",
)
