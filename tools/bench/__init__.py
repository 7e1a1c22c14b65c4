"""The measurements of ``make bench``; each module has a ``run()`` that returns rows of the table."""
