"""Reports that came by phone, by letter or in person, entered by staff on behalf of the person who reports."""
