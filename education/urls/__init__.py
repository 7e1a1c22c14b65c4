"""Addresses: ``pages`` stand under a language prefix, ``plain`` ones do not."""
