"""The command `midweek`: serving, the demo, and what whoever runs the server does by hand."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Final

import uvloop

from server import __version__, commands, content
from server.commands import Stop
from server.content import ContentError
from server.database import DatabaseError
from server.errors import Problem
from server.log import configure_logging
from server.sealing import Unreadable
from server.settings import BadSetting, Settings

Command = Callable[[argparse.Namespace, Mapping[str, str]], int]
_SENTENCES: Final = (BadSetting, ContentError, DatabaseError, Problem, Stop, Unreadable)
"""Exceptions whose text is a sentence for whoever typed the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    said = _parser().parse_args(arguments)
    command: Command = said.command
    try:
        return command(said, os.environ)
    except _SENTENCES as problem:
        print(problem, file=sys.stderr)
        return 1
    except ExceptionGroup as several:
        return _say_each(several)
    except KeyboardInterrupt:
        return 130


def _say_each(several: ExceptionGroup[Exception]) -> int:
    """What went wrong while the app was open comes in a group; only sentences are said, anything else is raised."""
    known, unknown = several.split(_SENTENCES)
    if known is None or unknown is not None:
        raise several
    for problem in known.exceptions:
        if isinstance(problem, ExceptionGroup):
            return _say_each(problem)
        print(problem, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="midweek", description="The companion for the days between sessions.")
    parser.add_argument("--version", action="version", version=f"midweek {__version__}")
    add = parser.add_subparsers(required=True, metavar="command", title="commands").add_parser
    _plain(add, "serve", _serve, "answer requests until stopped")
    _plain(add, "demo", _demo, "serve a practice with invented people in it")
    _plain(add, "migrate", _migrate, "bring the databases up to date")
    key = _plain(add, "vapid", _vapid, "show the key that push services know this server by")
    key.add_argument("--rotate", action="store_true", help="make a new one; devices move to it when next opened")
    _backup_arguments(_plain(add, "backup", _backup, "copy the database into a folder; the server may run"))
    _restore_arguments(_plain(add, "restore", _restore, "put a backup in the place of the database"))
    _plain(add, "new-epoch", _new_epoch, "tell a PostgreSQL database that it was restored")
    check = _plain(add, "check-exercises", _check_exercises, "look for mistakes in the exercises")
    check.add_argument("folder", nargs="?", type=Path, help="where they are, if elsewhere")
    check.add_argument("--seal", action="store_true", help="settle the versions there are: their words change no more")
    new = _plain(add, "new-exercise", _new_exercise, "begin an exercise: a folder with two files that pass the check")
    new.add_argument("name", help="its id, such as two-steps-back")
    practice = _plain(add, "create-practice", _create_practice, "add a practice")
    practice.add_argument("name")
    _therapist_arguments(_plain(add, "create-therapist", _create_therapist, "add someone who works in a practice"))
    _approve_arguments(_plain(add, "approve", _approve, "note that a clinician approved an exercise"))
    return parser


def _plain(
    add: Callable[..., argparse.ArgumentParser], name: str, command: Command, about: str
) -> argparse.ArgumentParser:
    parser = add(name, help=about, description=about.capitalize() + ".")
    parser.set_defaults(command=command)
    return parser


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where the copy goes, under a name with the time")
    parser.add_argument(
        "--keys", action="store_true", help="copy the keys instead; keep them elsewhere, a week at most"
    )


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a backup made by midweek backup")
    parser.add_argument("--check", action="store_true", help="only prove that it can be restored; the server may run")


def _therapist_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The password comes from MIDWEEK_PASSWORD or is asked for. Without one, the printed link is the way in."
    )
    parser.add_argument("--practice", required=True, help="the practice's name or id")
    parser.add_argument("--name", required=True, help="what they type to sign in")
    parser.add_argument("--display-name", required=True, help="what clients see")
    parser.add_argument("--role", choices=["therapist", "admin"], default="therapist")


def _approve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--practice", required=True, help="the practice's name or id")
    parser.add_argument("--exercise", required=True, help="the exercise's id; the version on disk is approved")
    parser.add_argument("--by", required=True, help="the clinician who approved it")


def _serve(_: argparse.Namespace, environ: Mapping[str, str]) -> int:
    configure_logging()
    return _run(commands.serve(Settings.from_env(environ)))


def _demo(_: argparse.Namespace, environ: Mapping[str, str]) -> int:
    configure_logging()
    return _run(commands.demo(Settings.from_env({"MIDWEEK_DATA": "data/demo", **environ})))


def _migrate(_: argparse.Namespace, environ: Mapping[str, str]) -> int:
    return _run(commands.migrate(Settings.from_env(environ)))


def _vapid(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    return _run(commands.vapid(Settings.from_env(environ), said.rotate))


def _backup(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    commands.backup(Settings.from_env(environ), said.folder, said.keys)
    return 0


def _restore(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    settings = Settings.from_env(environ)
    return _run(commands.check_backup(settings, said.file) if said.check else commands.restore(settings, said.file))


def _new_epoch(_: argparse.Namespace, environ: Mapping[str, str]) -> int:
    return _run(commands.new_epoch(Settings.from_env(environ)))


def _check_exercises(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    folder: Path = said.folder or Settings.from_env(environ).exercises
    problems = content.check(folder)
    if said.seal and not problems:
        print(f"Settled: {', '.join(content.seal(folder)) or 'nothing new'}.")
    print("\n".join(problems) if problems else content.summary(folder))
    return 1 if problems else 0


def _new_exercise(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    name: str = said.name
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Stop(f"'{name}' can't be an id. Nothing was made. Use small letters, digits and hyphens: two-steps-back.")
    folder = Settings.from_env(environ).exercises
    try:
        home = content.begin(folder, name)
    except FileExistsError:
        raise Stop(f"There is an exercise '{name}' already. Nothing was changed. Choose another name.") from None
    print(f"{home} has a structure and English words to begin from. Change both, then: midweek check-exercises")
    return 0


def _create_practice(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    return _run(commands.create_practice(Settings.from_env(environ), said.name))


def _create_therapist(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    person = commands.NewPerson(
        practice=said.practice,
        role=said.role,
        name=said.name,
        display_name=said.display_name,
        password=commands.asked_password(environ),
    )
    return _run(commands.create_therapist(Settings.from_env(environ), person))


def _approve(said: argparse.Namespace, environ: Mapping[str, str]) -> int:
    return _run(commands.approve(Settings.from_env(environ), said.practice, said.exercise, said.by))


def _run(command: Coroutine[None, None, None]) -> int:
    uvloop.run(command)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
