"""Made-up cases for a demo: what was told, what was done since, and both sealed as real ones are."""
