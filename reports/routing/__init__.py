"""Routing: which team gets a new report. Supervisors edit the rules; child sexual matters are never routed."""
