"""Made-up cases for a demo: the answers, the actions on them since, and both sealed like those of real cases."""
