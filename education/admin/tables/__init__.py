"""Tables of the content for spreadsheets: export, and import with a dry run, into drafts and draft changes."""
