"""The room of editors in the admin."""
