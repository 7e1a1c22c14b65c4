"""The moderation desk, mounted in the Django admin: the queue, the case page and the actions on a case."""
