"""The demo: a practice, a therapist, and two clients with eight weeks of invented history."""

from server.demo.seed import Demo, seed

__all__ = ["Demo", "seed"]
