"""The word patterns from which ``grammar`` builds its phrases: wanting, dying, living, and harming oneself.

Only patterns, for text that ``detector`` has normalised; they are never displayed.
"""

# Stretched letters may repeat; a gap is up to two words of any kind.
GAP = r"(?:\w+ ){0,2}"
ONE = r"(?:\w+ )?"
LONG_FOR = r"(?:(?:ke)?(?:p[ei]ng[ei]n+|peng?|pgn|pngn|pgen|pngen|ingin)(?:nya)?)"
WANT = (
    rf"(?:{LONG_FOR}|(?:mau+|mo|mw)(?:nya)?|arep|hoyong|hayang|nak|nio|dot|handak|hendak|rek|mauka|pgin|pngin|kepgn"
    rf"|wan+a|w(?:a?nt|nat)(?:s|ed|ing)? (?:to|2)|ready to"
    r"|(?:plan(?:s|ned|ning)?|tr(?:y|ies|ied|ying)|threaten(?:s|ed|ing)?|about) to)"
)
NOT = r"tidak"
TIRED = (
    r"(?:cap+ek?|cpk|lelah|bos[ae]n|mal[ae]s|muak|ogah|jenuh|benci|nyerah|menyerah|nyesel|menyesal|embung|penat|letih"
    r"|wegah|capai|cape+k*|kesel|lesu|eneg|sungkan|kapok)"
)
ME = r"(?:aku|ku|diriku)"
OWN = r"(?:ku|mu|nya)"  # "hidupnya": it may refer to another person
BETTER = (
    r"(?:(?:lebih|lbh) baik(?:nya)?|mending(?:an|kan)?|baiknya|(?:se)?andai(?:nya|kan)?|(?:se)?harusnya|coba(?: aja)?)"
)
DONT = r"(?:(?:do|does|did)(?:nt|n t| not)|no longer|not)"
CANT = r"(?:cant|can t|cannot)"
DEATH = (
    r"(?:mati+|mate+k|mamp[ou]s|mod(?:i|y)?ar|mok[ao][dt]+|koit|metong|meninggoy|isdet|paeh|maot|tewas|koid|mokat"
    r"|die+|ded|dead)"
)
GONE = r"(?:die|dead|disappear|born|alive|wake up|exist)"
LIFE = r"(?:hidup(?:ku)?|ada di dunia)(?! (?:tanpa (?:hp|internet|wifi|medsos|tiktok|game|kopi)|sehat|hemat|mewah))"
# "Aku ga ada di grup itu" is about a group, "aku ga ada pulsa" about money.
AND_NO_MORE = (
    r"(?! (?:di|dalam|pas|waktu|saat|yang) (?!dunia|sini)|(?: untuk)? (?:akun|uang|pulsa|kuota|hp|waktu|foto|video"
    r"|urusan|hubungan|jadwal|kelas))"
)

LEAP = r"(?:(?:me)?(?:loncat|lompat)|terjun|nyebur|jump(?:s|ed|ing)?|leap(?:s|ed|t)?)"
OFF = r"(?:dari|ke|off|from|out of|in front of)"
HIGH_UP = (
    r"(?:gedung|jembatan|atap|genteng|rooftop|balkon|jurang|tebing|menara|apartemen|flyover|rel|sumur"
    r"|bridge|building|roof|balcony|cliff|window|train|tracks)"
)
FLOOR = r"(?:lantai|floor|ketinggian|atas sana|sini)"
IN_PLAY = (
    r"(?! (?:\w+ ){0,2}(?:(?:di|in|on) )?(?:game\w*|roblox|minecraft|gta|pubg|ff|epep|ml|parkour|bungee|film|video))"
)

SWALLOW = (
    r"(?:(?:me)?minum|(?:me)?nenggak|(?:me)?nelan|telan|dr[aiu]nk(?:s|ing)?|swallow(?:s|ed|ing)?|took|taken?|taking)"
)
POISON = (
    r"(?:racun|baygon|autan|bayclin|wipol|pemutih|pembersih|pestisida|insektisida|sianida|potas|deterjen|bleach|poison"
    r"|pesticide|obat (?:nyamuk|serangga|rumput|hama)|(?:obat|pil)(?:nya|ku)? (?:banyak|sekaligus|sebanyak|semua)"
    r"|(?:semua|banyak|puluhan|segenggam|sebotol) (?:obat|pil)"
    r"|(?:all|a (?:bunch|lot|handful|bottle) of|too many) (?:of )?(?:the |my )?(?:pills|tablets|meds|medicine))"
)

SELF_INDONESIAN = r"diri(?:ku|mu|nya|mereka)?"
CUT = r"(?:silet|(?:me)?nyayat|(?:di)?sayat|(?:ng|meng)?iris|(?:me)?motong|(?:meng|ng)gores(?:in)?|barcode)"
SKIN = rf"(?:(?:tangan|lengan|pergelangan|nadi|urat|paha|kaki|perut|kulit|badan){OWN}?|{SELF_INDONESIAN})"
NO_FOOD = r"(?! (?:ayam|sapi|kambing|ikan|jeruk|apel|mangga|pisang|bawang|buah|kain|baju))"
MY_SKIN = r"my (?:wrists?|arms?|legs?|thighs?|skin|veins?)"
MYSELF = r"my ?sel(?:f|ves)"
# Done to oneself it has one meaning, in every form of the word.
KILL = (
    r"(?:kil+(?:s|ed|ing)?|hang(?:s|ed|ing)?|hung|off(?:s|ed|ing)?|end(?:s|ed|ing)?|drown(?:s|ed|ing)?|stab(?:s|bed"
    r"|bing)?"
    r"|shot|poison(?:s|ed|ing)?|strangl(?:e|es|ed|ing)|suffocat(?:e|es|ed|ing)|unaliv(?:e|es|ed|ing)|neck|rop(?:e|ing)"
    r"|harm(?:s|ed|ing)?|punish(?:es|ed|ing)?)"
)
# Done to oneself it may be intended or accidental: "cut yourself some slack", "hurt himself playing football".
HURT = (
    r"(?:hurt(?:s|ing)?|injur(?:e|es|ed|ing)|cut(?:s|ting)?|burn(?:s|ed|t|ing)?|shoot(?:s|ing)?|hit(?:s|ting)?"
    r"|punch(?:es|ed|ing)?|bit(?:e|es|ing)|delet(?:e|es|ed|ing))"
)
HARMLESS_OBJECT = (
    r"(?! (?:(?:some |a )?(?:slack|off|out|loose|break|slice)|in the foot|(?:play|train|practis|practic|cook|runn)"
    r"ing|(?:at|in|during) (?:the )?(?:gym|football|futsal|sports?|training)|from (?!life|this|the (?:world|earth))))"
)
HURT_INDONESIAN = (
    r"(?:(?:me)?muku?l|(?:me)?nampar|(?:meng)?gigit|(?:me)?nyakar|(?:men)?cakar|(?:nge|me)?luka|(?:me)?nyakit"
    r"|(?:me)?nyiksa|(?:mem)?bakar|(?:me)?nyundut|(?:me)?nusuk|tusuk|(?:me)?nyekik|(?:men)?cekik)(?:i|in|kan)?"
)
# Used only of oneself, so "sendiri" need not follow.
KILL_INDONESIAN = (
    r"(?:(?:meng|nge)?habis(?:i|in|kan)|ngabisin|(?:me)?nenggelam(?:kan|in)|tenggelam(?:kan|in)|(?:me)?nabrak(?:kan|in)"
    r"|tabrak(?:kan|in)|(?:me|nge)?racun(?:i|in)|(?:me)?nembak|tembak|(?:mem)?bakar|(?:meng|ng)?gantung|(?:me)?nusuk"
    r"|tusuk)"
)

# Words between "how" and "to die": nothing that could be a lamp or a fish.
HOW = r"(?:cara(?:nya)?|gimana|obat|pil|tempat)"
HOW_TO = (
    r"(?:how (?:to|do i|can i|do you)|(?:way|ways) to|(?:best|easiest|quickest|fastest) way to|i (?:should|deserve to))"
)
EASILY = (
    r"(?:(?:cara(?:nya)?|agar|supaya|biar|untuk|aku|bisa|cepat|langsung|gampang|mudah|paling|yang|tidak|tanpa|rasa"
    r"|sakit|tenang|ya|sih|easily|quickly|fast|just|peacefully|painlessly) ){0,8}"
)
NO_USE = (
    r"(?:tidak (?:ada |punya )?(?:lagi )?(?:ber)?(?:guna|arti|makna)(?:nya)?|tidak layak|percuma|sia sia|hampa"
    r"|hancur (?:lebur|total|semua))"
)
# "Give up the game" is about a game, "udah gak kuat lagi main" about a match.
A_THING = (
    r"(?! (?:game|the game|this game|main|gaming|smoking|sugar|coffee|my (?:seat|account|phone|job)"
    r"|on (?!life|me|everything|living)))"
)
AT_PLAY = r"(?! (?:main|buka|bayar|beli|nyala|angkat|pakai|pake|download|naik|nonton|lari|jalan|makan|pedas))"
NO_SPORT = r"(?! (?:jauh|tali|tinggi|galah|payung|indah|kelas|level|ke (?:kolam|air|laut|level)|di (?:kolam|game)))"
NO_BARGAIN = r"(?! (?:shopee|tiktok|tokopedia|skincare|belanja|make ?up|baju))"  # "racun" also tempts to buy
FROM_A_LIST = (
    r"(?! from (?:the |my |this )?(?:internet|google|social|instagram|facebook|tiktok|chat|group|list|photos?|search"
    r"|feed|online|game))"
)
# "Nyusul ibu ke pasar" means following somebody to the market; without a place it may mean joining the dead.
FAMILY = r"(?:ibu|mama|bunda|ayah|bapak|papa|nenek|kakek|oma|opa|adik|kakak|abang)(?:ku)?"
THEY_THINK = r"(?:think|feel|say|believe)s? (?:that )?(?:he|she|they|i)"

# Phones and lamps die too: "HP-ku mau mati", "mati lampu". Removed before the grammar is applied.
THING = (
    r"(?:hp|hape|handphone|ponsel|phone|laptop|komputer|pc|layar|tv|kamera|bat(?:e?rai|re|erei|tery)|printer|kulkas"
    r"|lampu|listrik|wifi|internet|sinyal|mesin|motor|mobil|kipas|ac|aki|jam|kompor|remote|keyboard|charger|notif\w*"
    r"|akun|game|kucing|anjing|ayam|ikan|lele|cupang|burung|tanaman|bunga|pohon|server|genset)(?:ku|mu|nya)?"
)
STILL = rf"(?:ku|mu|nya|kamar|rumah|sudah|tiba|juga|cepat|sering|mendadak|bisa|total|agar|supaya|biar|{WANT}|{NOT})"
