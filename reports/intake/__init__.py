"""The report form: from "Are you safe right now?" to the receipt code."""
