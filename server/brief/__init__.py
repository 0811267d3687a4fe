"""The brief: one page before a session, made only of what the client shares. Pure."""

from server.brief.entries import Words, journal
from server.brief.page import PARTS, Asked, Brief, brief

__all__ = ["PARTS", "Asked", "Brief", "Words", "brief", "journal"]
