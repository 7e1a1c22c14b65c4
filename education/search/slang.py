"""Convert Indonesian chat spellings to their standard form: "ngancem" is "mengancam"."""

import re
from collections.abc import Iterator

MIN_LENGTH = 6  # letters of a word with the ending -in; the -in of "login" is no ending
_LAST_E = re.compile(r"e([^aiueo]+)$")


def normalise_slang(word: str) -> Iterator[str]:
    """Return possible standard forms of ``word``. Most are not words; the dictionary decides.

    The ending -in replaces -kan or -i, an e in the last syllable replaces an a, and me- is dropped before ng, ny, n, m.
    """
    is_ended = word.endswith("in") and len(word) >= MIN_LENGTH
    for base in (word.removesuffix("in"), word) if is_ended else (word,):
        for form in dict.fromkeys((_LAST_E.sub(r"a\1", base), base)):
            yield form
            if form.startswith(("n", "m")):
                yield f"me{form}"
