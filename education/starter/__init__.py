"""The launch content as files in both languages, and how to read them."""
