"""One SQL text, as each engine wants it."""

import pytest

from server.database import StatementFailed
from server.database.sql import Engine, statements, translate


@pytest.mark.parametrize(
    ("said", "sqlite", "postgresql"),
    [
        ("SELECT :a, :b_2, :a", "SELECT ?, ?, ?", "SELECT %(a)s, %(b_2)s, %(a)s"),
        (
            "x {in:ids} AND y = :y",
            "x IN (SELECT value FROM json_each(?)) AND y = ?",
            "x = ANY(%(ids)s) AND y = %(y)s",
        ),
        ("a {bytes}) {clustered}", "a BLOB) WITHOUT ROWID", "a BYTEA) "),
        ("SELECT 1 {skip_locked}", "SELECT 1 ", "SELECT 1 FOR UPDATE SKIP LOCKED"),
        ("a LIKE '%:x {y}' || :x", "a LIKE '%:x {y}' || ?", "a LIKE '%%:x {y}' || %(x)s"),
        ("5 % 3", "5 % 3", "5 %% 3"),
        ("'it''s :x', \":x\"", "'it''s :x', \":x\"", "'it''s :x', \":x\""),
        (
            "1 -- :x {y}\n/* :z {in:q} */ + :a",
            "1 -- :x {y}\n/* :z {in:q} */ + ?",
            "1 -- :x {y}\n/* :z {in:q} */ + %(a)s",
        ),
        ("x::text = :x", "x::text = ?", "x::text = %(x)s"),
    ],
)
def test_words_and_parameters_become_the_engines_own(said: str, sqlite: str, postgresql: str) -> None:
    assert (translate(said, "sqlite").text, translate(said, "postgresql").text) == (sqlite, postgresql)


def test_an_unknown_word_is_named() -> None:
    with pytest.raises(StatementFailed, match=r"doesn't know \{colour\}"):
        translate("SELECT {colour}", "sqlite")


@pytest.mark.parametrize(
    "said", ["COMMIT", " -- done\n rollback", "/* x */ Begin", "PRAGMA query_only = OFF", "SAVEPOINT a"]
)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_work_may_not_begin_or_end_transactions(said: str, engine: Engine) -> None:
    with pytest.raises(StatementFailed, match="begins and ends transactions itself"):
        translate(said, engine)


def test_a_missing_value_is_named() -> None:
    with pytest.raises(StatementFailed, match="a value for :b"):
        translate("SELECT :a, :b", "sqlite").positional({"a": 1})


@pytest.mark.parametrize("value", ["text", b"bytes", None, 3])
def test_only_a_list_fits_an_in_list(value: str | bytes | int | None) -> None:
    with pytest.raises(StatementFailed, match="needs a list"):
        translate("x {in:ids}", "postgresql").named({"ids": value})


def test_a_list_fits_nowhere_else() -> None:
    with pytest.raises(StatementFailed, match="only be given to"):
        translate("SELECT :ids", "sqlite").positional({"ids": ["a"]})


def test_a_script_is_split_at_its_semicolons_only() -> None:
    script = "-- first; really\nINSERT INTO t VALUES ('a;b');\n/* ; */ SELECT \";\" ;;\n-- the end"

    assert statements(script) == ["-- first; really\nINSERT INTO t VALUES ('a;b')", '/* ; */ SELECT ";"']
