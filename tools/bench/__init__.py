"""What ``make bench`` measures; each module has a ``run()`` that returns rows of the table."""
