"""Audit how far a service is led by the people who use it."""

__version__ = "0.1.0"
