"""The ways in which people on call are reached: mail, ntfy, an SMS gateway, a signed webhook. Each says the same."""
