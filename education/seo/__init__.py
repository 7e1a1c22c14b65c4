"""How a page looks from outside: in a chat that previews its link, and to search engines."""
