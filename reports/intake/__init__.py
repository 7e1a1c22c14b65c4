"""The first visit: from "Are you safe right now?" to the code."""
