"""Reports by the tier they must get: one line for each row of product §7 and for each way into it."""

ADULT, TEEN, CHILD = {"age": "adult"}, {"age": "16_17"}, {"age": "under_13"}


def case(category="unsure", about="me", **answers) -> dict:
    return {"about": about, "category": category} | answers


P0 = {
    "danger now": case(safety="danger", **ADULT),
    "another person in danger": case(safety="other_in_danger", **ADULT),
    "self-harm, said first": case(safety="self_harm", **ADULT),
    "self-harm, by category": case("self_harm", **ADULT),
    "self-harm of a friend": case("self_harm", about="friend", whose_life="friend", **ADULT),
    "self-harm, in prose": case("scam", risk="yes", **ADULT),
    "attack with place or time": case("hate_extremism", call_for_violence="place_or_time", **ADULT),
    "threat with place or time": case("threats_stalking", threatened_with=["violence"], time_and_place="yes", **ADULT),
    "child with ongoing contact": case("grooming", still_contact="yes", **TEEN),
    "age unknown with ongoing contact": case("grooming", still_contact="yes", age="unknown"),
    "planned meeting": case("grooming", meeting="later", **TEEN),
    "planned meeting as the price": case("sextortion", threats_now="stopped", they_want=["meeting"], **ADULT),
    "child being sold or used": case("child_exploitation", with_person_now="goes_on"),
    "child perhaps being used": case("child_exploitation", with_person_now="unknown"),
    "lives with the child": case("offline_harm", relation="lives_with", **TEEN),
    "teaches or guards the child": case("sexual_harassment", relation="guards", **TEEN),
    "teacher who bullies": case("cyberbullying", same_school="teacher", **TEEN),
    "lives with someone of unknown age": case("unsure", relation="lives_with"),
    "under 13, sexual": case("sexual_harassment", **CHILD),
    "under 13, violent": case("offline_harm", hurt_how=["body"], **CHILD),
    "under 13, threatened": case("threats_stalking", **CHILD),
    "live sextortion": case("sextortion", threats_now="yes", **ADULT),
    "sextortion with a deadline": case("sextortion", threats_now="stopped", deadline="today", **ADULT),
    "sextortion, nothing more known": case("sextortion", **ADULT),
    "sexual material of a child": case("csam", about="public_post"),
    "shared picture of a teen": case("ncii", **TEEN),
    "under 18 in the picture": case("ncii", picture_minor="yes", **ADULT),
    "perhaps under 18 in the picture": case("ncii", picture_minor="unknown", **ADULT),
    "own picture of a bullied teen": case("cyberbullying", own_image="yes", **TEEN),
}
P1 = {
    "not sure whether safe": case("scam", safety="unsure", **ADULT),
    "other sexual matter of a minor": case("sexual_harassment", **TEEN),
    "sexual matter, age not told": case("sexual_harassment"),
    "grooming without contact": case("grooming", still_contact="no", meeting="no", **TEEN),
    "naked picture in a child's file": case("scam", evidence_sexual_check="yes", **TEEN),
    "exploitation that is over": case("child_exploitation", with_person_now="over"),
    "sexual crime": case("offline_harm", hurt_how=["sexual"], **ADULT),
    "intimate image online": case("ncii", still_online="yes", **ADULT),
    "sextortion that stopped": case("sextortion", threats_now="stopped", deadline="no", **ADULT),
    "credible threat": case("threats_stalking", threatened_with=["violence"], **ADULT),
    "loan collector who threatens": case("scam", loan_collector="threatens", **ADULT),
    "call for violence": case("hate_extremism", call_for_violence="yes", **ADULT),
    "stalker who knows the place": case("threats_stalking", threatened_with=["nothing"], knows_place="yes", **ADULT),
    "stalker who perhaps tracks": case("threats_stalking", threatened_with=["nothing"], tracker="unknown", **ADULT),
    "live home address": case("doxxing", exposed=["home"], still_online="yes", **ADULT),
    "home address, not told whether live": case("doxxing", exposed=["home"], **ADULT),
    "someone came": case("doxxing", came_because="came", **ADULT),
    "money under 24 h": case("scam", money_sent="yes_24h", **ADULT),
    "hurt at home": case("offline_harm", **ADULT),
}
P2 = {
    "ongoing bullying": case("cyberbullying", how_often="daily", **ADULT),
    "bullying, nothing more known": case("cyberbullying", **ADULT),
    "afraid though it stopped": case("cyberbullying", how_often="over", school_fear="yes", **TEEN),
    "stalking": case("threats_stalking", threatened_with=["nothing"], knows_place="no", tracker="no", **ADULT),
    "account takeover": case("account_abuse", account_kind="taken", **ADULT),
    "account, perhaps taken over": case("account_abuse", account_kind="unknown", **ADULT),
    "code given away": case("scam", gave_data=["otp"], **ADULT),
    "money 1 to 7 days ago": case("scam", money_sent="yes_week", **ADULT),
    "money, perhaps": case("scam", money_sent="unsure", **ADULT),
    "scam of a teen": case("scam", **TEEN),
    "harassment of an adult": case("sexual_harassment", **ADULT),
    "data made public": case("doxxing", exposed=["phone"], still_online="unknown", **ADULT),
    "hate": case("hate_extremism", about="public_post", call_for_violence="no", **ADULT),
    "dare that hurt someone": case("gambling_dangerous", already_hurt="yes", **ADULT),
    "gambling for children": case("gambling_dangerous", about="public_post", for_children="yes"),
    "unsure": case("unsure", **ADULT),
    "no category": {"about": "me", "words": "Tolong."} | ADULT,
}
P3 = {
    "past bullying": case("cyberbullying", how_often="over", school_fear="no", **ADULT),
    "data no longer public": case("doxxing", exposed=["phone"], still_online="no", came_because="no", **ADULT),
    "general scam": case("scam", money_sent="no", **ADULT),
    "money long ago": case("scam", money_sent="yes_longer", **ADULT),
    "fake account": case("account_abuse", account_kind="fake", **ADULT),
    "gambling": case("gambling_dangerous", **ADULT),
    "tip where someone may be hurt": case("gambling_dangerous", about="public_post", already_hurt="unknown"),
}
P4 = {
    "tip about gambling": case("gambling_dangerous", about="public_post", for_children="no", already_hurt="no"),
    "tip about a scam": case("scam", about="public_post", money_sent="no"),
    "tip about a fake account": case("account_abuse", about="public_post", account_kind="fake"),
}
TABLE = [(name, number, answers) for number, rows in enumerate((P0, P1, P2, P3, P4)) for name, answers in rows.items()]
