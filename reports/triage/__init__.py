"""The moderators' room, mounted in the admin: the queue, the case page, and what can be done there."""
