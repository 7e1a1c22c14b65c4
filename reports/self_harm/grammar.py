"""Phrases in which people say that a life may be at risk and that no list can contain, in both languages (H5).

Applied after ``detector`` has normalised the spelling: "gak", "ngga" and "tdk" are then all "tidak", "gue" is "aku",
"buat" is "untuk", and "himself" is "myself". This module contains only patterns, which are never displayed.

A repeated group always has a limit: without one, a text that repeats its words takes time that grows with the square of
its length (``test_risk_time``).
"""

from .patterns import (
    A_THING,
    AND_NO_MORE,
    AT_PLAY,
    BETTER,
    CANT,
    CUT,
    DEATH,
    DONT,
    EASILY,
    FAMILY,
    FLOOR,
    FROM_A_LIST,
    GAP,
    GONE,
    HARMLESS_OBJECT,
    HIGH_UP,
    HOW,
    HOW_TO,
    HURT,
    HURT_INDONESIAN,
    IN_PLAY,
    KILL,
    KILL_INDONESIAN,
    LEAP,
    LIFE,
    LONG_FOR,
    ME,
    MY_SKIN,
    MYSELF,
    NO_BARGAIN,
    NO_FOOD,
    NO_SPORT,
    NO_USE,
    NOT,
    OFF,
    ONE,
    OWN,
    POISON,
    SELF_INDONESIAN,
    SKIN,
    STILL,
    SWALLOW,
    THEY_THINK,
    THING,
    TIRED,
    WANT,
)

TO_DIE = (
    rf"{WANT} {GAP}{DEATH}",
    rf"{LONG_FOR} {ONE}(?:meninggal|wafat|tewas)",
    rf"{HOW} {EASILY}(?:mati+(?! (?:in|kan|nya|lampu|hp|rasa|pucuk))|meninggal|meninggoy|mokad|metong|koit)",
    rf"{HOW_TO} {EASILY}(?:die(?! cut)|be dead|suicide|disappear forever)",
    r"mati+ (?:yang )?(?:cepat|tenang|tanpa (?:rasa )?sakit|tidak sakit|perlahan)",
    r"(?:painless|quick|easy|peaceful) (?:death|way out|way to go)",
    r"die (?:painlessly|without pain|peacefully in my sleep|tonight)",
    r"b+[uv]*n+d+i*r+(?:in|nya)?",
    rf"b+[uvo]*n+[uvo]*h+ ?d+i*r+i+{OWN}?",
    rf"b+[uo]n+[uo] ?d+i*r+i+{OWN}?",
    r"su[ei]?[csi]+c?[iy]d\w*|suiside\w*|suecide|sucid\w*|suiced\w*|sueside|sewicide|soocide|suacide",
    rf"{BETTER} {ONE}{ME} {ONE}(?:{DEATH}|{NOT} {ONE}(?:ada{AND_NO_MORE}|lahir|dilahir(?:kan|in)|hidup))",
    rf"{BETTER} {NOT} {ONE}(?:lahir|dilahir(?:kan|in))",
    rf"(?:kalau|semoga|smoga|besok) {ME} {GAP}(?:{DEATH}|{NOT} ada lagi)",
    rf"besok {ME} {ONE}{NOT} ada{AND_NO_MORE}|{ME} {NOT} (?:akan|bakal|bakalan) ada lagi",
    rf"{ME} (?:pantas|pantes|layak|cocok)(?:nya)? {DEATH}",
    r"(?:kepikiran|mikirin|terlintas|memikirkan) (?:untuk |buat )?(?:mati|mokad|meninggal)",
    rf"(?:(?:me)?ny?uruh|disuruh|suruh|doain) {GAP}{DEATH}",
    r"mati+ aj[ae] mending",
    r"mati aja (?:lo|lu|loe|kamu|kau|sana|sono)",
    r"nyusul (?:alm|almarhum|almarhumah)|nyusul \w+ (?:di |ke )(?:surga|alam sana|akhirat)",
    rf"{WANT} {GAP}(?:(?:dipanggil|dijemput) (?:tuhan|allah|malaikat|ajal|maut)|pindah (?:alam|dunia))",
    r"(?:cabut|mencabut|ambil) (?:aja |saja )?nyawa(?:ku| aku)",
    rf"(?:(?:meng)?(?:habis|akhir|hilang)(?:i|in|kan)|ngabisin|(?:men)?cabut) (?:nyawa|hidup){OWN}? sendiri",
    r"(?:tolong|mending|ayo) bunuh (?:aja |saja )?aku|bunuh (?:aku )?(?:aja|saja|dong)(?: aku)?",
    r"(?:please|someone|somebody|just) kil+ me|kil+ me (?:please|pls|plz|now|already)|let me die",
    r"(?:wish|hope) i (?:\w+ ){0,2}" + GONE,
    rf"(?:wish(?:es|ed) (?:he|she|they)|they wish they) {GAP}{GONE}",
    rf"{THEY_THINK} (?:\w+ ){{0,3}}{GONE}",
    rf"t(?:ell|ells|old|elling) {GAP}to (?:go )?die|go (?:and )?die|rather (?:be )?{DEATH}",
    rf"(?:besok|nanti malam|malam ini|hari ini|sebentar lagi) {ME} {ONE}"
    rf"(?:loncat|lompat|terjun|gantung diri){NO_SPORT}",
    rf"{ME} (?:{WANT} )?(?:loncat|lompat|terjun) (?:aja|saja)(?: (?:sekarang|malam ini|besok))?(?! \w)",
    rf"{ME} (?:sudah|barusan|baru) {ONE}(?:beli|(?:siap|nyiap)\w*|punya|simp[ae]n|pes[ae]n) {ONE}"
    rf"(?:racun{NO_BARGAIN}|sianida|potas)",
    rf"(?:beli|(?:siap|nyiap)\w*) racun(?! (?:tikus|semut|serangga|rumput|kecoa|hama|nyamuk|lalat)){NO_BARGAIN}",
    rf"{WANT} {ONE}(?:me)?nyusul {ONE}{FAMILY}(?! (?!(?:ke|di) (?:surga|alam|akhirat|sana|kubur\w*))\w)",
    r"(?:wan(?:na|tto)|iwan(?:na|tto))die|(?:pengen|pingin|ingin|mau)(?:mati|bundir)",
)
IN_WHAT_WAY = (
    rf"(?:{LEAP} {ONE}{OFF} {GAP}{HIGH_UP}|{LEAP} {ONE}(?:dari|from) {GAP}{FLOOR}){IN_PLAY}",
    rf"{WANT} {GAP}{LEAP} {ONE}{OFF} {GAP}{FLOOR}",
    rf"{SWALLOW} {GAP}{POISON}",
    rf"(?:{WANT}|coba|nyoba|kepikiran) (?:banget |aja )?(?:ng)?od|overdos\w*|od(?:ed|d)? on",
    rf"{KILL} ?{MYSELF}(?! laughing)",
    rf"{HURT} ?{MYSELF}{HARMLESS_OBJECT}",
    rf"(?:cuts?|cutting|slit(?:s|ting)?|slash(?:es|ed|ing)?) {MY_SKIN}",
    rf"(?:do|does|did|done|doing) (?:something|anything|harm) {ONE}to {MYSELF}",
    r"(?:might|will|ll|going to|gonna|about to|could|may) do something (?:stupid|drastic)",
    r"(?:takut|khawatir|kuatir) (?:\w+ ){0,3}nekat|(?:mau|bakal|akan|bisa) nekat|berbuat (?:hal )?nekat",
    r"self ?harm(?:s|ed|er|ing)?|self ?injur\w+|self ?delet(?:e|ed|ing|ion)",
    r"(?:me)?nyilet\w*",
    rf"{CUT} {ONE}{SKIN}{NO_FOOD}",
    rf"(?:tangan|lengan|nadi|paha){OWN}? (?:suka |sering |di ){{0,4}}(?:di)?s(?:ilet|ayat)\w*",
    rf"(?:po|mo|memo)tong (?:urat|nadi|pergelangan){OWN}?",
    r"(?:me)?nyayat(?:in)?(?! (?:hati|perasaan|jiwa|kalbu))",
    r"(?:nge ?|mau |ingin |pengen |aku )(?:cut|cutting)(?:in)?"
    r"(?! (?:off|video|film|foto|lagu|rambut|baju|kertas|stiker|adegan))",
    rf"{HURT_INDONESIAN} diri(?: sendiri|{OWN}|mereka)",
    rf"{KILL_INDONESIAN} {SELF_INDONESIAN}",
    rf"(?:jedotin|benturin|membenturkan) kepala{OWN}? sendiri",
)
PLAINLY = (
    r"no (?:point|reason|use|sense) (?:\w+ ){0,3}(?:liv(?:e|ing)|be(?:ing)? (?:here|alive)|go(?:ing)? on|exist\w*"
    r"|wak(?:e|ing) up|in life)",
    r"(?:don ?t|dont|do not|can ?t|cannot|cant) see (?:a|any|my|the) (?:future|reason|point|way out|way forward)(?! "
    r"(?:of|in) (?:the |this |my )?"
    r"(?:homework|game|app|post))",
    r"(?:what ?s|whats|what is) the (?:point|use) (?:of|in) (?:liv|go|be|life|all|wak|try)\w*(?: (?:this|on|here"
    r"|alive|up|anymore))?",
    r"(?:don ?t|dont|do not) deserve to (?:live|be alive|exist|be here)|(?:shouldn ?t|should not) be alive",
    r"(?:wish|want|hope) (?:i |to )(?:\w+ ){0,2}(?:not wake up|never wake up|never woke up|wouldn ?t wake up|go to"
    r" sleep forever|fall asleep forever"
    r"|stop breathing|stop existing|not exist|not be here|cease to exist)",
    r"(?:sleep|asleep) (?:and|n) (?:never|not) wake(?: up)?|not (?:want(?:ing)? to )?wake up (?:tomorrow|again"
    r"|anymore)",
    r"(?:better|happier|easier) (?:off )?(?:if i|when i|once i|without me)(?! (?:go|come|do|help|study|pay|work))",
    r"(?:won ?t|wont|will not) (?:be (?:here|around|alive)|see (?:me )?(?:tomorrow|me again)|wake up)(?! (?:for "
    r"(?:the )?(?:class|party|meeting)|at (?:home|school)))",
    r"(?:wrote|writing|written|write|left|leaving|leave) (?:\w+ ){0,2}(?:suicide|goodbye|farewell|last) (?:note"
    r"|letters?|message)",
    r"by the time you (?:read|see) this|this is (?:my )?(?:last|final) (?:goodbye|message|night|day alive)",
    r"(?:bought|got|have|tied|made|found|hid|hiding|saving|saved|stash\w*|collect\w*|count\w*) (?:\w+ ){0,2}(?:rope"
    r"|noose|razor ?blades?|blades?|pills)"
    r" (?:\w+ ){0,3}(?:to (?:do|end|die|kill|hang|take)|ready|tonight|for tonight|under|all)|(?:rope|noose) (?:is )?"
    r"(?:ready|around my neck)",
    r"(?:take|took|swallow(?:ed)?|taking|drank) (?:\w+ ){0,3}(?:pills|tablets|paracetamol|panadol|sleeping pills"
    r"|bleach|meds)(?! (?:for|because|as prescribed))",
    r"(?:stand(?:ing)?|stood|sitting|sat) (?:on|at) (?:\w+ ){0,3}(?:bridge|roof|rooftop|ledge|edge|tracks)(?: of)?",
    r"(?:life|living|this life) (?:is|isn ?t|is not|isnt|feels|has) (?:\w+ ){0,2}(?:pointless|meaningless|worthless"
    r"|hopeless|worth (?:it|living)|too (?:much|hard|painful)"
    r"|unbearable|no meaning)|hate (?:being alive|living|existing|my existence)",
    r"(?:done|finished|through|over it|tired|exhausted|sick) (?:with|of) (?:life|living|existing|being alive"
    r"|everything and|this life|breathing)",
    r"(?:cant|can ?t|cannot) (?:\w+ )?(?:go on|keep going|keep living|live|carry on|do life|do this life|cope) "
    r"(?:anymore|any more|any longer|like this|with this)",
    r"(?:no ?one|nobody|who) (?:would |will |ll |d )?(?:even )?(?:care|cares|cry|notice|miss me|miss)(?: \w+){0,2} "
    r"(?:if|when) i (?:\w+ ){0,2}(?:die|died|gone|dead|disappear\w*"
    r"|vanish\w*|left|killed)",
    r"(?:cut|cuts|cutting|slit) (?:\w+ )?(?:wrists?|my (?:arms?|thighs?|legs?|skin|wrists?|hips?)|self|herself"
    r"|themself)",
    r"(?:tidak|sudah tidak) (?:\w+ ){0,2}(?:ada|punya|nemu|lihat|liat) (?:\w+ ){0,2}(?:gunanya|guna|artinya|arti"
    r"|alasan|tujuan|harapan|masa depan|maknanya|semangat)"
    r" (?:\w+ ){0,3}(?:hidup\w*|di dunia|bertahan)",
    r"(?:hidup\w*|dunia ini) (?:\w+ ){0,4}(?:tidak (?:ada|punya) (?:\w+ )?(?:arti|artinya|guna|gunanya|makna|harapan"
    r"|tujuan)|percuma|sia sia|hampa|berat banget|hancur)",
    r"(?:(?:tidak|sudah tidak) (?:\w+ )?(?:kuat|sanggup|mampu|tahan)|nyerah|menyerah|capek|cape|lelah) (?:\w+ ){0,3}"
    r"(?:jalan(?:in|i) (?:semua|hidup|ini)|hadapi|menjalani"
    r"|bertahan|(?:di )?dunia ini|hidup\w*|semuanya)",
    r"(?:buat|untuk) apa (?:\w+ ){0,3}(?:hidup\w*|bertahan|lanjut hidup|ada di dunia)",
    r"(?:pengen|pingin|pengin|ingin|mau|mw|pgn|kepengen|kepingin|arep|hoyong|hayang|handak|nak) (?:\w+ ){0,3}(?:tidur"
    r" (?:\w+ ){0,3}tidak (?:usah |pernah )?bangun"
    r"|tidak bangun(?: bangun)?|pergi (?:jauh )?(?:dari dunia|selamanya|untuk selamanya)|udahan (?:hidup|aja hidup)"
    r"|menghilang|lenyap|gantung diri|loncat|lompat dari|terjun|mengakhiri|ngakhirin|akhiri|akhirin (?:hidup|semua"
    r"|aja))(?! (?:tali|jauh|tinggi|galah|kelas|indah|payung|ke kolam))",
    r"(?:mungkin |kayaknya )?(?:ini|pesan|chat|malam|hari) (?:\w+ ){0,2}terakhir (?:aku|ku|kali aku)(?! (?:ujian"
    r"|sekolah|libur|kuliah|main|kerja|masuk|di (?:sekolah|kelas|sini)))",
    r"(?:pamit|selamat tinggal|maafin aku|maafkan aku) (?:\w+ ){0,4}(?:semua(?:nya)?|selamanya|dunia|terakhir|tidak "
    r"(?:akan )?ketemu lagi)",
    r"(?:surat|pesan) (?:wasiat|perpisahan|terakhir)(?! (?:kelas|sekolah|guru))",
    r"(?:udah |sudah |lagi )?(?:nyiap|siap|beli|bawa|ngumpul|kumpul|pegang|nyimpen|simpan)\w* (?:\w+ ){0,2}(?:tali"
    r"|silet|cutter|racun|obat tidur|obat)"
    r" (?:\w+ ){0,3}(?:untuk (?:gantung|mati|bunuh|akhir|nyayat)|gantung|biar mati|mau mati|di leher)",
    r"(?:minum|nenggak|nelen|telan|menelan|makan) (?:\w+ ){0,3}(?:obat|pil|paracetamol|parasetamol|panadol|baygon"
    r"|racun|pemutih|oskadon|bodrex)\w*"
    r" (?:\w+ ){0,3}(?:banyak|sekaligus|sebotol|semua\w*|satu strip|se ?strip|\d+ (?:biji|butir|tablet)|biar (?:mati"
    r"|tidak bangun|tidur terus)|supaya mati)",
    r"(?:semua(?:nya)?|mereka|keluarga\w*|dunia|ibu|orang orang) (?:\w+ ){0,4}(?:lebih (?:baik|bahagia|tenang|seneng"
    r"|senang)|mendingan) (?:\w+ ){0,3}(?:(?:kalau|tanpa) aku)"
    r"(?: tidak ada| mati| pergi| hilang| lenyap)?",
    r"(?:kalau|andai(?:kan)?|seandainya) aku (?:\w+ ){0,2}(?:mati|tidak ada|hilang|meninggal|lenyap) (?:\w+ ){0,4}"
    r"(?:peduli|nyari|nangis|sedih|kangen|seneng|senang|lega|bahagia|tenang)",
    r"(?:tangan|lengan|paha|kaki|kulit)(?:ku|nya)? (?:\w+ ){0,3}(?:(?:ku|aku)? ?(?:silet|sayat|gores|iris)\w*|di"
    r"(?:silet|sayat|gores|iris)\w*)|(?:nyilet|nyayat|silet|sayat|barcode)"
    r"\w* (?:\w+ ){0,2}(?:tangan|lengan|paha|kulit|nadi|diri)",
)
FAREWELLS = (
    rf"{WANT} {GAP}ke (?:surga|akhirat|alam sana)",
    r"tidak (?:bakal|akan|bakalan|bisa) (?:\w+ )?(?:lihat|liat|ngeliat|ketemu|denger|dengar) aku lagi(?! (?:di "
    r"(?:kelas|sekolah|grup|game)))",
    r"siap\w* semua\w* (?:\w+ ){0,5}pamit|semua(?:nya)? (?:\w+ ){0,3}aku pamit(?! (?:pulang|dulu|mau|ke))",
    r"(?:minta|doa|berdoa|biar|semoga) (?:\w+ ){0,2}(?:di)?cabut (?:aja )?(?:nyawa|umur)\w*",
    r"kenapa (?:sih )?aku masih (?:bangun|bernapas|bernafas|hidup|diberi (?:umur|hidup))(?! (?:pagi|jam|malam"
    r"|kesiangan))",
    r"goodbye (?:everyone|everybody|forever|my friends)(?! (?:see|have|thanks))",
    r"why (?:am i|i m|i am|im) (?:still |even )?(?:alive|living|breathing)",
    rf"{CANT} (?:do|take) (?:this|it) (?:any longer|any more|no more)",
    r"(?:chat|pesan|kirim|ngirim|mengirim|bilang|nulis|ngucapin|ucapin) (?:\w+ )?selamat tinggal",
    rf"{BETTER} {ONE}(?:dia|dirinya|aku) {NOT} ada (?:saja|aja|lagi)",
)
NOT_TO_LIVE = (
    rf"(?:{NOT}|{TIRED}) {GAP}{LIFE}",
    rf"{NOT} (?:{WANT}|sanggup|kuat|tahan|mampu) {ONE}hidup{OWN}",
    rf"{TIRED} {GAP}(?:hidup{OWN}|hirup(?! (?:udara|asap)))",
    rf"{NOT} (?:ada|punya) alasan (?:lagi )?untuk {ONE}hidup",
    rf"{NOT} (?:ada|punya) harapan(?: lagi)?(?= hidup|$)",
    rf"{NOT} (?:kuat|sanggup|tahan) lagi{AT_PLAY}",
    rf"hidup{OWN}? {GAP}{NO_USE}(?! (?:banget )?(?:kalau|tanpa|sih))",
    rf"(?:untuk apa|ngapain|kenapa) {ONE}(?:(?:aku|masih|harus) ){{0,4}}hidup(?:ku)?(?! (?:di|sehat|sama))",
    r"(?:apa|mana) (?:gunanya|artinya|gunaku) (?:aku )?hidup",
    rf"lebih (?:baik|bahagia|senang|seneng|tenang) {ONE}tanpa {ME}(?! (?:kirim|tahu|tau|minta|ikut|sadar|bilang))",
    rf"{NOT} {ONE}bangun lagi|{NOT} {WANT} {ONE}bangun besok",
    r"(?:tidur|istirahat|tenang|pergi) selama+nya",
    rf"{WANT} (?:banget )?(?:hilang|ngilang|menghilang|lenyap) (?:aja|saja|selama+nya|dari (?:dunia|bumi))",
    rf"{WANT} {ONE}semua(?:nya)?(?: ini)? (?:cepat )?(?:berakhir|berhenti|usai)",
    rf"{WANT} pergi {ONE}dari (?:dunia|bumi)",
    r"(?:me)?ninggal(?:kan|in) dunia(?! (?:maya|digital|game|online|hitam|malam))|leav(?:e|ing) this world",
    r"(?:resign|log ?out|unsubscribe|pensiun|berhenti) (?:dari |from |jadi ){1,4}(?:dunia|bumi|hidup|kehidupan"
    r"|manusia|life)(?! (?:maya|digital|game|online|malam|hacks?|insurance))",
    rf"(?:(?:me)?ng)?akhir(?:i|in) (?:aja |saja )?(?:semua(?:nya)?|(?:ke)?hidup(?:an)?{OWN}?)",
    r"(?:selamat tinggal|pamit dari|goodbye(?: cruel)?) (?:dunia|world)",
    r"goodbye (?:note|letter)|surat perpisahan(?! (?:sekolah|kelas|guru|teman|kerja|kantor|sd|smp|sma))",
    # "I don't live in Bandung" is an address; only not wanting to live matches.
    rf"{DONT} {GAP}{WANT} {GAP}(?:live|exist|wake up|be (?:here|alive))(?! (?:in|with|near) )",
    rf"{WANT} (?:not|stop) (?:exist\w*|liv(?:e|ing)|be(?:ing)? (?:alive|here))",
    r"shouldn ?t (?:be alive|exist|have been born)",
    r"(?:won ?t|will not|not (?:gonna|going to)) be (?:alive|here) (?:tomorrow|anymore|any more|much longer)",
    r"(?:think|thought|talk|dream)\w* (?:of|about) (?:dying|being dead|ending (?:it|everything|things|my life)"
    r"|not (?:living|being (?:here|alive)))",
    rf"{CANT} {ONE}(?:live|exist|do life)(?! without (?:my |the )?(?:phone|wifi|internet|music))",
    rf"(?:{WANT}|gonna|going to) {GAP}end (?:it|this|everything|things)",
    r"end it all|end(?:s|ed|ing)? my (?:own )?life",
    r"t(?:ake|akes|ook|aken|aking) my (?:own )?life(?! (?:back|seriously|lessons?|story|savings|easy|to|for|in))",
    r"want (?:it all|everything) to (?:end|be over|stop)",
    rf"(?:{WANT}|could|gonna) {ONE}(?:disappear|sleep) (?:forever|for good)",
    rf"{WANT} (?:just )?disappear{FROM_A_LIST}",
    rf"{ME} {WANT} {ONE}(?:hilang|menghilang|lenyap)(?! (?:dari (?!dunia|bumi|sini)|di ))",
    r"(?:better|happier) (?:off )?without me",
    r"(?:everyone|everybody|world|family|people) (?:\w+ ){0,3}(?:better|happier) (?:off )?without (?:him|my|them)",
    rf"better (?:off )?if i (?:was|were|am|wasn t|wasnt|weren t|werent) {GAP}(?:gone|dead|here|around|born|alive)",
    r"(?:tired|sick|done|so done|over) (?:of|with) (?:living|life|my life|being alive|being here)",
    r"hate[sd]? (?:my life|myself|living|being alive)",
    r"my life (?:is|has) (?:no (?:meaning|point|purpose|use)|pointless|meaningless|useless|worthless|over)",
    r"(?:what(?: i)? ?s the|sees? (?:the|a|any|no)|no) point (?:of|in|to) (?:live|living|life|being alive|going on)",
    r"life (?:is|isn t|isnt|is not|not) (?:pointless|meaningless|worth (?:living|it))",
    r"not worth (?:living|being alive)",
    r"(?:no reason|no will) (?:in |to )?(?:living|live|be alive|go on)",
    r"(?:lost|lose|losing) (?:my |the |all |any ){0,4}(?:will|reason|desire) to live",
    r"nothing (?:left )?to live for",
    rf"i (?:just |wanna |want to |m |m gonna )?(?:give|giving) up{A_THING}",
    r"g(?:ives?|ave|iven|iving) up (?:on )?(?:life|living|everything)",
)
OTHERS_DONT_MIND = (
    r"(?:nobody|noone|no one|no body|who) (?:would|will|ll|d|is gonna) (?:even )?(?:miss me|care if i|notice if i)",
    rf"(?:nobody|noone|no one) (?:would|will|ll|d) (?:even )?(?:miss (?:him|my|them)(?= if|$)"
    rf"|care if \w+ {GAP}{DEATH})",
    r"aku (?:cuma |hanya |cuman |memang )?(?:jadi )?beban(?! (?:kerja|tugas|pikiran|hidupnya))",
    r"(?:me|nge)?rasa (?:dirinya |diriku |dia |aku )?(?:cuma |hanya |jadi |sebagai ){0,4}"
    r"beban(?! (?:kerja|tugas|pikiran))",
    r"(?:tidak (?:ada|bakal ada)|siapa) yang (?:bakal |akan )?(?:kangen|nyariin|kehilangan|sedih|peduli) (?:kalau )?"
    r"aku(?: mati| hilang| pergi| tidak ada)",
    r"(?:i m|i am|says? (?:he|she)(?: i)?s|feel(?:s|ing)? like|felt like) (?:just |only |such )?a burden",
)
GRAMMAR = (*TO_DIE, *IN_WHAT_WAY, *PLAINLY, *FAREWELLS, *NOT_TO_LIVE, *OTHERS_DONT_MIND)

ABOUT_THINGS = (
    r"(?:laper|lapar|haus|kepedes[ae]n|pedes|pedas|ngantuk|malu|ketawa|ngakak|gerah|panas) (?:\w+ ){0,3}mau mati",
    rf"{THING} (?:{STILL} ){{0,3}}(?:{DEATH}|hidup)",
    rf"{THING} {ONE}{NOT} (?:kuat|sanggup|tahan)",
    r"mati+ (?:lampu|listrik|air|gaya|kutu|matian|suri|pajak|hp|total|pajaknya|ketawa|tertawa)",
    r"(?:harga|cinta|setengah|jalan|titik|angka|pajak|suntik) mati",
    r"(?:mati+|die) (?:di|pas|waktu|dalam|in) (?:main )?(?:the )?(?:game|ml|ff|epep|pubg|roblox|minecraft)",
    r"die (?:cut|hard|cast)",
    r"(?:biaya|gaya|pola|kebutuhan|pasangan|teman|makhluk|lingkungan|riwayat|kartu|standar|kualitas|seumur) "
    rf"hidup{OWN}?",
    rf"(?:kucing|anjing|monyet|ayam|hamster|cat|dog){OWN}? {GAP}{LEAP}",
    rf"(?:game|main|parkour|bungee|mimpi|film) {GAP}{LEAP}",
)
