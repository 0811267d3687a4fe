"""Logs: one JSON object a line on stderr. No bodies, addresses, names or endpoints, and no exception's own text."""

import logging
import sys
from typing import Final

import structlog

_LIBRARIES: Final = structlog.get_logger("midweek.libraries")


def configure_logging() -> None:
    """Set up logging for this process. Of libraries only warnings are kept, as templates without their values."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(handlers=[_Templates(logging.WARNING)], level=logging.WARNING, force=True)


class _Templates(logging.Handler):
    """Passes on where and what kind, never the values: libraries put whole requests into them."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__qualname__ if record.exc_info and record.exc_info[0] else None
        _LIBRARIES.warning("library", logger=record.name, where=f"{record.module}:{record.lineno}", error=error)
