"""Starter content: files in both languages, and the code that reads them."""
