"""Texts of made-up reports. Each begins with "Contoh" or "Example", names no method and shows no harm."""

# How often each category is reported on a site like this one, in percent. An assumption for the demo, not a source.
CATEGORIES = {
    "cyberbullying": 18,
    "scam": 18,
    "account_abuse": 13,
    "sextortion": 8,
    "threats_stalking": 7,
    "doxxing": 5,
    "ncii": 5,
    "sexual_harassment": 5,
    "hate_extremism": 5,
    "gambling_dangerous": 4,
    "grooming": 4,
    "offline_harm": 3,
    "self_harm": 2,
    "csam": 2,
    "child_exploitation": 1,
}
STORIES = {
    "cyberbullying": (
        "Contoh: mereka mengejek aku di grup kelas sejak minggu lalu.",
        "Example: they make fun of me in the class group since last week.",
    ),
    "scam": (
        "Contoh: aku diminta membayar dulu untuk hadiah yang tidak pernah datang.",
        "Example: someone asked me to pay first for a prize that never came.",
    ),
    "account_abuse": (
        "Contoh: ada akun yang memakai nama dan fotoku.",
        "Example: an account uses my name and my photo.",
    ),
    "sextortion": (
        "Contoh: ia minta uang dan mengancam menyebarkan fotoku.",
        "Example: he asks for money and threatens to share my photo.",
    ),
    "": (
        "Contoh: ini mulai bulan lalu dan aku belum cerita ke siapa pun.",
        "Example: this began last month and I have told nobody yet.",
    ),
}
# A question from staff, the reporter's answer, and the last message from staff; in both languages.
THREADS = {
    "id": (
        "Contoh: terima kasih sudah bercerita. Apakah ini masih terjadi minggu ini?",
        "Contoh: iya, masih. Semalam ada lagi.",
        "Contoh: kami sudah melihat semuanya. Langkah berikutnya ada di halaman bantuan. Kamu boleh menulis lagi.",
    ),
    "en": (
        "Example: thank you for telling us. Is it still happening this week?",
        "Example: yes, it is. There was more last night.",
        "Example: we have looked at everything. The next steps are on the help page. You can write again.",
    ),
}

# Team notes: why a message says what it says, and why a case is passed on.
NOTES = {
    "id": (
        "Contoh catatan tim: sudah dibandingkan dengan laporan lain, belum ada yang sama.",
        "Contoh alasan: ada anak yang mungkin dalam bahaya.",
    ),
    "en": (
        "Example of a team note: compared with other reports, none is the same yet.",
        "Example of a reason: a child may be in danger.",
    ),
}


def story_of(category: str, language: str) -> str:
    """Return the text of a report in this category and language."""
    return STORIES.get(category, STORIES[""])[language == "en"]
