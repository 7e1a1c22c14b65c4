"""Back up and restore a whole site: database, evidence and pictures in one sealed file. Keys are never in it."""
