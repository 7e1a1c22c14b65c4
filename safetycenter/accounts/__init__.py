"""Staff accounts: sign-in to the desk with a second factor, by django-allauth."""
