"""Checklists of the desk: what to do in a case, by category, and which of it is done."""
