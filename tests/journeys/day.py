"""The ten kinds of case of a moderator's day, which is walked by keyboard, with a mouse and with a finger."""

SCAM = {"category": "scam", "age": "adult", "money_sent": "no"}
KINDS = {  # kind of case: what it answers
    "bullying": {},
    "bullying, answered in own words": {"platform": "tiktok"},
    "account": {"category": "account_abuse", "age": "adult"},
    "scam, with a question": SCAM,
    "bullying, read and asked": {"age": "adult"},
    "account, in English": {"language": "en", "category": "account_abuse", "age": "adult"},
    "in the wrong category": {"category": "account_abuse", "age": "adult"},
    "for a colleague": SCAM,
    "for the lead": SCAM,
    "scam, given back": SCAM,  # the last one, because it waits again
}
