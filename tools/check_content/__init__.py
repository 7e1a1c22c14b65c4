"""Check the starter content that is shipped by the writers' rules: ``make check-content``."""
