"""Representation of pages for other sites: link previews in chats, and data for search engines."""
