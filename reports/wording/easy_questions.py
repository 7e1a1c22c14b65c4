"""The questions in easy words: short words that a child of ten knows. Declared beside the ordinary text."""

from safetycenter.wording import pgettext

EASY = {
    "Public post, account or message": pgettext("easy", "Something on the internet that many people see"),
    "What is this about?": pgettext("easy", "Which one is most like what happened?"),
    "Choose the closest one.": pgettext("easy", "It does not have to fit exactly."),
    "How old is the person this happened to?": pgettext("easy", "How old is the one it happened to?"),
    "Why we ask: under-18s get more protection. If you don't say, you get it too.": pgettext(
        "easy", "Why we ask: we protect children more. If you don't say, we protect you too."
    ),
    "Why we ask: under-18s get more protection. If you don't know, we treat the person as a child.": pgettext(
        "easy", "Why we ask: we protect children more. If you don't know, we think of that person as a child."
    ),
    "Who is doing this?": pgettext("easy", "Who does this?"),
    "Why we ask: we take care that this person does not learn of your report from us.": pgettext(
        "easy", "Why we ask: we take care that this person does not hear of it from us."
    ),
    "Someone else known in real life, for example from school": pgettext(
        "easy", "Someone else I have met, for example at school"
    ),
    "Someone known only online": pgettext("easy", "Someone I only know from the internet"),
    "Does the person doing this live with them, teach them or look after them?": pgettext(
        "easy", "Does the one who does this live with the one it happened to, teach them or look after them?"
    ),
    "Does that person live with you, teach you or look after you?": pgettext(
        "easy", "Do you live with that person? Or is it your teacher, or someone who looks after you?"
    ),
    "Is there still contact with the person doing this?": pgettext(
        "easy", "Does the one it happened to still talk or chat with the one who does this?"
    ),
    "Are you still in contact with the person doing this?": pgettext(
        "easy", "Do you still talk or chat with that person?"
    ),
    "Can it still be seen, or is it still being passed on?": pgettext("easy", "Can people still see it or send it on?"),
    "Does the person doing this know where to find the person this happened to?": pgettext(
        "easy", "Does the one who does this know where the one it happened to is?"
    ),
    "Does the person doing this know where to find the child?": pgettext(
        "easy", "Does the one who does this know where the child is?"
    ),
    "Does that person know where you live or study, or where you are now?": pgettext(
        "easy", "Does that person know your home, your school, or where you are now?"
    ),
    "Is it a loan app (pinjol) debt collector?": pgettext(
        "easy", "Is it someone who wants money back for a loan app (pinjol)?"
    ),
    "Is there anything sexual, any hitting or any threat?": pgettext(
        "easy", "Is there anything about bodies or sex, any hitting or any threat?"
    ),
    "Something sexual, including words or pictures": pgettext(
        "easy", "Something about bodies or sex, also in words or pictures"
    ),
    "Hitting or another way of hurting": pgettext("easy", "Hitting or hurting"),
    "A threat": pgettext("easy", "Someone says they will do something bad"),
    "Is the person this happened to afraid, or being threatened?": pgettext(
        "easy", "Is the one it happened to afraid, or does someone threaten them?"
    ),
    "Are you afraid of someone, or being threatened?": pgettext(
        "easy", "Are you afraid of someone? Or does someone threaten you?"
    ),
    "The police, a doctor or an agency": pgettext("easy", "The police, a doctor or another helper"),
    "Is there a private picture or video of the person this happened to?": pgettext(
        "easy", "Is there a private photo or video of the one it happened to?"
    ),
    "Naked or sexual, also made with AI. Help is free; we never need to see it.": pgettext(
        "easy", "Without clothes, or about sex. A fake one counts too. There is free help. We never need to see it."
    ),
    "Why we ask: which help is right depends on whose picture it is.": pgettext(
        "easy", "Why we ask: then we know which help is right."
    ),
    "Mine: I can be seen in it": pgettext("easy", "Me: I am in the picture"),
    "Someone else's: I cannot be seen in it": pgettext("easy", "Someone else: I am not in the picture"),
    "What was threatened?": pgettext("easy", "What do they say they will do?"),
    "Does the threat name a time or a place?": pgettext("easy", "Did they say when or where they will do it?"),
    "To spread pictures or private things": pgettext("easy", "Show pictures or secrets to others"),
    "Could there be an unknown app or tracker on the phone or bag?": pgettext(
        "easy", "Could a hidden app or thing in the phone or bag show others the place?"
    ),
    "What was made public?": pgettext("easy", "What was shown to others?"),
    "Does it call for violence or terror?": pgettext("easy", "Does it tell people to hurt or scare others?"),
    "Is the person this happened to afraid to go to school?": pgettext(
        "easy", "Is the one it happened to afraid to go to school?"
    ),
    "Something sexual and unwanted": pgettext("easy", "Touching or sexual things that are not wanted"),
    "Who is having these thoughts?": pgettext("easy", "Who wants to hurt themselves?"),
    "Are the threats still going on?": pgettext("easy", "Does the one who does this still threaten?"),
    "Many people do, out of fear. It is not your fault, and you can still report it.": pgettext(
        "easy", "Many people do, because they are afraid. It is not your fault. What you tell us still counts."
    ),
    "Many people do, out of fear. It is nobody's fault but the blackmailer's.": pgettext(
        "easy", "Many people do, because they are afraid. Only the one who threatens is at fault."
    ),
    "Can they still contact the person this happened to?": pgettext(
        "easy", "Can they still reach the one it happened to?"
    ),
    "Is the picture real or made with AI?": pgettext("easy", "Is the picture real, or made by a computer (AI)?"),
    "Control of the phone, or an app they sent": pgettext(
        "easy", "They can use the phone from far away, or put an app on it"
    ),
    "Someone took it over": pgettext("easy", "Someone else took it"),
    "Is someone already hurt or in debt because of it?": pgettext(
        "easy", "Was someone hurt, or does someone owe money because of it?"
    ),
    "What happened? One sentence is fine": pgettext("easy", "What happened? Just a little is okay"),
    "Any language is fine, even mixed.": pgettext(
        "easy", "You don't have to write. One word is okay. For example: who does it? Where? How do you feel?"
    ),
    "Mixed languages are fine. If there is a picture, don't describe it.": pgettext(
        "easy", "You don't have to write. One word is okay. If there is a picture, don't describe it."
    ),
    "Why we ask: nobody may keep such pictures of someone under 18, not even as proof. It is not your fault.": pgettext(
        "easy",
        "Why we ask: nobody may keep such pictures of a child under 18, not even as proof. It is not your fault.",
    ),
    "Is there an adult who is helping the person this happened to?": pgettext(
        "easy", "Is a grown-up helping the one it happened to?"
    ),
    "Is there an adult who is helping the child?": pgettext("easy", "Is a grown-up helping the child?"),
    "Choose as many as you like. We can't promise everything, but we'll be honest about what we can do.": pgettext(
        "easy", "Choose as many as you like. Maybe we can't do everything. We'll be honest with you."
    ),
    "Help to reach an agency that can protect me or them": pgettext("easy", "Help to find people who can protect"),
    "Does this person work for the people who run this site?": pgettext(
        "easy", "Does this person work for this website?"
    ),
}
