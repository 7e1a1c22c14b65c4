"""Follow-up: reporters return with their receipt code. The pages show state and news, never the story (H6)."""
