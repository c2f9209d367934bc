"""Holds the page, and nothing else: `involve_audit.resources` reads it."""
