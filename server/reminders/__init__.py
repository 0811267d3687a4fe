"""Reminders: the engine that sends what is due, and the sender that hands it to push services."""
