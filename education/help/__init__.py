"""Help texts of the report form and of first aid: each speaks to one person about one matter.

This is the interface for other code. ``reports`` imports nothing from here; its templates use the tags of
``education.templatetags.help_texts``, which have the same names and arguments:

    {% load help_texts %}
    {% help_for "scam" "child" as help %}       the whole text: title, lines, steps, say, closing, number, tools, guide

``block``: a file of ``starter/help/``. The slug of each report category is one; the others are situations in the form,
such as "money" (money was sent) or "meeting". A block has further names, its ``aliases``: the tiles of the first page
("blackmail", "hurt", "life", "other") and help pages of the form ("at_home", "tracked").
``person``: whom the text addresses (``HelpBlock.Person``): "me", "child" (in the reader's care), "pupil", "friend",
"stranger" (also a post), "did_it" (something that the reader did). In the wording of the page
(``safetycenter.wording``), "me" gets the text "adult" (formal) or "easy" of the block, if it has one. An unknown block
is "unsure", an unknown person is "me": no argument makes the call fail. ``language``: "id" or "en"; by default the
active one.

``{% guide_for_help help "minor" %}`` shows the link to the guide of a text that fits a reader of this age ("minor",
"adult", or "" if it is not known; ``education.help.readers``), if readers can see that guide.

The result is a ``HelpText``:

- ``lines``: the first aid, three lines with at most 40 words together. They are also the first steps of the help page.
- ``number``: the role of the helpline to show (``HelplineRole.Role``), for ``{% helplines_short help.number %}``.
- ``tool``: the role of the tool or site that helps, or "". First aid shows none: nobody has said yet whose picture it
  is. ``guide``: the number of a guide, or None.
- ``title``, ``steps`` (more steps; ``prescribed`` are those with a sentence of a safety rule, ``further`` the others),
  ``say`` (a sentence to say or to show on the screen), ``closing`` (paragraphs).

Texts of editors come from memory, read once for each cache version. What editors have not published, or not in this
language, is the shipped text; so is everything if the database does not answer.
"""

from .texts import HelpText, help_for

__all__ = ["HelpText", "help_for"]
