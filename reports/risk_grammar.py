"""How people say that a life may be at risk: turns of phrase that no list can hold, in both languages (H5).

Read after ``risk`` has made the spelling plain: there "gak", "ngga" and "tdk" are all "tidak", "gue" is "aku", "buat"
is "untuk". Only patterns stand here; they are never shown to anyone.
"""

# Letters that people stretch are allowed to repeat; a gap is up to two words of any kind.
GAP = r"(?:\w+ ){0,2}"
ONE = r"(?:\w+ )?"
LONG_FOR = r"(?:(?:ke)?(?:p[ei]ng[ei]n+|peng?|pgn|pngn|pgen|pngen|ingin)(?:nya)?)"
WANT = rf"(?:{LONG_FOR}|(?:mau+|mo|mw)(?:nya)?|wanna|want(?:s|ed)? to|ready to)"
NOT = r"tidak"
TIRED = r"(?:cap+ek?|cpk|lelah|bos[ae]n|mal[ae]s|muak|ogah|jenuh|benci|nyerah|menyerah|nyesel|menyesal)"
ME = r"(?:aku|ku|diriku)"
BETTER = (
    r"(?:(?:lebih|lbh) baik(?:nya)?|mending(?:an|kan)?|baiknya|(?:se)?andai(?:nya|kan)?|(?:se)?harusnya|coba(?: aja)?)"
)
DONT = r"(?:dont|don t|do not)"
CANT = r"(?:cant|can t|cannot)"
DEATH = r"(?:mati+|mate+k|mampus|mod(?:i|y)?ar|mok[ao][dt]+|koit|metong|meninggoy|paeh|die+|dead)"
LIFE = r"(?:hidup(?:ku)?|ada di dunia)(?! (?:tanpa (?:hp|internet|wifi|medsos|tiktok|game|kopi)|sehat|hemat|mewah))"
# "Aku ga ada di grup itu" is about a group, "aku ga ada pulsa" about money.
AND_NO_MORE = (
    r"(?! (?:di|dalam|pas|waktu|saat|yang) (?!dunia|sini)|(?: untuk)? (?:akun|uang|pulsa|kuota|hp|waktu|foto|video"
    r"|urusan|hubungan))"
)
HIGH_UP = r"(?:lantai|gedung|jembatan|atap|rooftop|balkon|jurang|rel|bridge|building|roof|train|tracks)"
SKIN = r"(?:tangan|lengan|pergelangan|nadi|urat|paha|kulit|diri|badan)(?:ku)?"
MY_SKIN = r"my (?:wrists?|arms?|legs?|thighs?|skin|veins?)"
POISON = r"(?:racun|baygon|bleach|poison|(?:obat|pil) (?:banyak|sekaligus|sebanyak|semua))"
# What stands between "how" and "to die": nothing that could be a lamp or a fish.
HOW = r"(?:cara(?:nya)?|gimana|obat|pil|tempat)"
HOW_TO = (
    r"(?:how (?:to|do i|can i|do you)|(?:way|ways) to|(?:best|easiest|quickest|fastest) way to|i (?:should|deserve to))"
)
EASILY = (
    r"(?:(?:cara(?:nya)?|agar|supaya|biar|untuk|aku|bisa|cepat|langsung|gampang|mudah|paling|yang|tidak|tanpa|rasa"
    r"|sakit|tenang|ya|sih|easily|quickly|fast|just|peacefully|painlessly) )*"
)
NO_USE = (
    r"(?:tidak (?:ada |punya )?(?:lagi )?(?:ber)?(?:guna|arti|makna)(?:nya)?|tidak layak|percuma|sia sia|hampa"
    r"|hancur (?:lebur|total|semua))"
)
# "Give up the game" is about a game.
A_THING = (
    r"(?! (?:game|the game|this game|main|gaming|smoking|sugar|coffee|my (?:seat|account|phone|job)"
    r"|on (?!life|me|everything|living)))"
)

TO_DIE = (
    rf"{WANT} {GAP}{DEATH}",
    rf"{LONG_FOR} {ONE}meninggal",
    rf"{HOW} {EASILY}(?:mati+(?! (?:in|kan|nya|lampu|hp|rasa|pucuk))|meninggal|meninggoy|mokad|metong|koit)",
    rf"{HOW_TO} {EASILY}(?:die(?! cut)|be dead|suicide|disappear forever)",
    r"mati+ (?:yang )?(?:cepat|tenang|tanpa (?:rasa )?sakit|tidak sakit|perlahan)",
    r"(?:painless|quick|easy|peaceful) (?:death|way out|way to go)",
    r"die (?:painlessly|without pain|peacefully in my sleep|tonight)",
    r"b+[uv]*n+d+i*r+",
    r"b+[uv]*n+[uv]*h+ ?d+i*r+i+(?:ku)?",
    r"su[ei]?[csi]+c?[iy]d\w*|suiside\w*|suecide|sucid\w*",
    rf"{BETTER} {ONE}{ME} {ONE}(?:{DEATH}|{NOT} {ONE}(?:ada{AND_NO_MORE}|lahir|dilahir(?:kan|in)|hidup))",
    rf"{BETTER} {NOT} {ONE}(?:lahir|dilahir(?:kan|in))",
    rf"(?:kalau|semoga|smoga) {ME} {GAP}(?:{DEATH}|{NOT} ada lagi)",
    rf"{ME} (?:pantas|pantes|layak|cocok)(?:nya)? {DEATH}",
    r"(?:kepikiran|mikirin|terlintas|memikirkan) (?:untuk |buat )?(?:mati|mokad|meninggal)",
    rf"(?:(?:me)?ny?uruh|disuruh|suruh|doain) {GAP}{DEATH}",
    r"mati+ aj[ae] mending",
    r"mati aja (?:lo|lu|loe|kamu|kau|sana|sono)",
    r"gantung diri",
    rf"{WANT} {GAP}(?:loncat|lompat|terjun|jump) {ONE}(?:dari|ke|off|from|in front of) {GAP}{HIGH_UP}",
    rf"(?:minum|nenggak|nelan|telan|drink|drinking|swallow) {POISON}",
    r"nyusul (?:alm|almarhum|almarhumah)",
    r"(?:wish|hope) i (?:\w+ ){0,2}(?:die|dead|disappear|born|alive|wake up|exist)",
    r"(?:cut|cutting|hang|hanging|off|offing|burn|burning|drown|shoot|stab|poison|neck|delete) myself",
    rf"(?:cut|cutting|slit|slitting|slash|slashing) {MY_SKIN}",
)
NOT_TO_LIVE = (
    rf"(?:{NOT}|{TIRED}) {GAP}{LIFE}",
    rf"{NOT} (?:ada|punya) alasan (?:lagi )?untuk {ONE}hidup",
    rf"hidup(?:ku)? {GAP}{NO_USE}(?! (?:banget )?(?:kalau|tanpa|sih))",
    rf"(?:untuk apa|ngapain|kenapa) {ONE}(?:(?:aku|masih|harus) )*hidup(?:ku)?(?! (?:di|sehat|sama))",
    r"(?:apa|mana) (?:gunanya|artinya|gunaku) (?:aku )?hidup",
    rf"lebih (?:baik|bahagia|senang|seneng|tenang) {ONE}tanpa {ME}(?! (?:kirim|tahu|tau|minta|ikut|sadar|bilang))",
    rf"{NOT} {ONE}bangun lagi",
    r"(?:tidur|istirahat|tenang|pergi) selama+nya",
    rf"{WANT} (?:banget )?(?:hilang|ngilang|menghilang|lenyap) (?:aja|saja|selama+nya|dari (?:dunia|bumi))",
    rf"{WANT} pergi {ONE}dari (?:dunia|bumi)",
    r"(?:(?:me)?ng)?akhir(?:i|in) (?:aja |saja )?(?:semua(?:nya)?|hidup(?:ku)?)",
    r"(?:selamat tinggal|pamit dari|goodbye(?: cruel)?) (?:dunia|world)",
    # "I don't live in Bandung" is an address; only not wanting to is meant.
    rf"{DONT} {GAP}{WANT} {GAP}(?:live|exist|wake up|be (?:here|alive))",
    rf"{CANT} {ONE}(?:live|exist|do life)(?! without (?:my |the )?(?:phone|wifi|internet|music))",
    rf"(?:{WANT}|gonna|going to) {GAP}end (?:it|this|everything|things)",
    r"want (?:it all|everything) to (?:end|be over|stop)",
    rf"(?:{WANT}|could|gonna) {ONE}(?:disappear|sleep) (?:forever|for good)",
    r"(?:better|happier) (?:off )?without me",
    rf"better (?:off )?if i (?:was|were|am|wasn t|wasnt|weren t|werent) {GAP}(?:gone|dead|here|around|born|alive)",
    r"(?:tired|sick|done|so done|over) (?:of|with) (?:living|life|my life|being alive|being here)",
    r"hate (?:my life|myself|living|being alive)",
    r"my life (?:is|has) (?:no (?:meaning|point|purpose|use)|pointless|meaningless|useless|worthless|over)",
    r"(?:what s|whats|what is) the point (?:of|in) (?:living|life|being alive|going on)",
    r"life (?:is|isn t|isnt|is not|not) (?:pointless|meaningless|worth (?:living|it))",
    r"not worth (?:living|being alive)",
    r"(?:no point|no reason|no will) (?:in |to )?(?:living|live|be alive|go on)",
    r"nothing (?:left )?to live for",
    r"(?:nobody|noone|no one|no body|who) (?:would|will|ll|d|is gonna) (?:even )?(?:miss me|care if i|notice if i)",
    rf"i (?:just |wanna |want to |m |m gonna )?(?:give|giving) up{A_THING}",
)
SELF_HARM = (
    r"nyilet\w*",
    rf"(?:silet|(?:me)?nyayat|sayat|(?:ng|meng)?iris|(?:me)?motong|(?:meng|ng)gores(?:in)?|barcode) {ONE}{SKIN}",
    r"(?:me)?nyayat(?:in)?(?! (?:hati|perasaan|jiwa|kalbu))",
    r"(?:nge ?|mau |ingin |pengen |aku )(?:cut|cutting)(?:in)?"
    r"(?! (?:off|video|film|foto|lagu|rambut|baju|kertas|stiker|adegan))",
    r"(?:muku?l|nampar|gigit|nyakar|cakar|ngelukai|lukai|melukai|nyakit|nyakiti|nyiksa|bakar|nyundut)(?:i|in)?"
    r" diri(?: sendiri|ku)",
    r"(?:jedotin|benturin|membenturkan) kepala sendiri",
)
OTHERS_DONT_MIND = (
    r"aku (?:cuma |hanya |cuman |memang )?(?:jadi )?beban(?! (?:kerja|tugas|pikiran|hidupnya))",
    r"(?:tidak (?:ada|bakal ada)|siapa) yang (?:bakal |akan )?(?:kangen|nyariin|kehilangan|sedih|peduli) (?:kalau )?"
    r"aku(?: mati| hilang| pergi| tidak ada)",
    r"i (?:m|am) (?:just |only |such )?a burden",
)
GRAMMAR = (*TO_DIE, *NOT_TO_LIVE, *SELF_HARM, *OTHERS_DONT_MIND)

# Phones and lamps die too: "HP-ku mau mati", "mati lampu". Taken out before the grammar reads.
THING = (
    r"(?:hp|hape|handphone|ponsel|phone|laptop|komputer|pc|layar|tv|kamera|bat(?:e?rai|re|erei|tery)|printer|kulkas"
    r"|lampu|listrik|wifi|internet|sinyal|mesin|motor|mobil|kipas|ac|aki|jam|kompor|remote|keyboard|charger|notif\w*"
    r"|akun|game|kucing|anjing|ayam|ikan|lele|cupang|burung|tanaman|bunga|pohon|server|genset)(?:ku|mu|nya)?"
)
STILL = rf"(?:ku|mu|nya|kamar|rumah|sudah|tiba|juga|cepat|sering|mendadak|bisa|total|agar|supaya|biar|{WANT}|{NOT})"
OF_THINGS = (
    rf"{THING} (?:{STILL} ){{0,3}}(?:{DEATH}|hidup)",
    r"mati+ (?:lampu|listrik|air|gaya|kutu|matian|suri|pajak|hp|total|pajaknya)",
    r"(?:harga|cinta|setengah|jalan|titik|angka|pajak|suntik) mati",
    r"(?:mati+|die) (?:di|pas|waktu|dalam|in) (?:main )?(?:the )?(?:game|ml|ff|epep|pubg|roblox|minecraft)",
    r"die (?:cut|hard|cast)",
    r"(?:biaya|gaya|pola|kebutuhan|pasangan|teman|makhluk|lingkungan|riwayat|kartu|standar|kualitas|seumur) hidup",
)
