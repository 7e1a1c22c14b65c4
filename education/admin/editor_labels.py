"""Translations of the rich text editor's buttons and dialogs, by the library's labels."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "heading 2": _("Main heading"),
    "heading 3": _("Small heading"),
    "Heading 2": _("Main heading"),
    "Heading 3": _("Small heading"),
    "paragraph": _("Paragraph"),
    "Paragraph": _("Paragraph"),
    "Block type": _("Paragraph style"),
    "unordered list": _("Bulleted list"),
    "ordered list": _("Numbered list"),
    "List properties": _("Numbering style"),
    "List type": _("Number format"),
    "Start at": _("Start at"),
    "Decimal numbers": _("1, 2, 3"),
    "Lowercase letters": _("a, b, c"),
    "Uppercase letters": _("A, B, C"),
    "Lowercase Roman numerals": _("i, ii, iii"),
    "Uppercase Roman numerals": _("I, II, III"),
    "blockquote": _("Quotation"),
    "bold": pgettext_lazy("text", "Bold"),
    "italic": pgettext_lazy("text", "Italic"),
    "insert link": _("Add a link"),
    "remove link": _("Remove the link"),
    "Edit Link": _("Change the link"),
    "URL": pgettext_lazy("of a link", "Address"),
    "Title": _("Title"),
    "Update": pgettext_lazy("a button", "Save"),
    "Cancel": pgettext_lazy("a button", "Cancel"),
    "undo": _("Undo"),
    "redo": _("Redo"),
}
