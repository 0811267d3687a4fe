"""Midweek: the companion for the days between psychotherapy sessions."""

__version__ = "0.1.0"
