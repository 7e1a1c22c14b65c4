"""The texts of reporters' pages in other wordings: formal for adults who report for a child, and in easy words."""
