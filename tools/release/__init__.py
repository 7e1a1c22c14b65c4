"""What a release freezes: its migrations, and a database of that version with a row in every table.

``tests/upgrade/<version>/`` holds it. ``docs/releasing.md`` says when to write it and how it is used.
"""
