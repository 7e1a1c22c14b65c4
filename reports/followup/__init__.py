"""The return with the code. It shows the state and what is new, never the story (H6)."""
