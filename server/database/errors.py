"""What can go wrong at the door, by name, the same for both engines.

No message holds a value of a row: PostgreSQL's own texts do, so they are never passed on.
"""


class DatabaseError(Exception):
    """Something the database would not do. Nothing of the transaction was kept."""


class CannotOpen(DatabaseError):
    """The database can't be opened as it is; the message is a sentence for whoever runs the server."""


class StorageFailed(DatabaseError):
    """The database could not keep or reach the data: a full disk, a lost connection, a server that is closing.

    After a write it is safe to send the same write again.
    """


class ConstraintViolated(DatabaseError):
    """A row broke a rule of its table: unique, foreign key, not null or check."""


class StatementFailed(DatabaseError):
    """The statement itself was refused: wrong SQL, a write inside `read`, a value of the wrong type."""
