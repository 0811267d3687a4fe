"""Set up what a command needs, from a bare checkout: `set_up.py run | check | test`. Standard library only.

run: the virtual environment with the locked packages, and the built app. check: also the tools that check.
test: also the browsers, Chromium (with and without windows) and Firefox. What is there already is left alone, so a
repeat takes a moment. What is missing and can't be fetched is said in one sentence.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILT = ROOT / "pwa" / "dist" / "index.html"
APP_SOURCES = (
    "pwa/build",
    "pwa/src",
    "pwa/public",
    "pwa/index.html",
    "pwa/vite.config.ts",
    "pwa/package-lock.json",
    "exercises",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WINDOWLESS = "chromium-headless-shell"
FIREFOXES = ("firefox-esr", "firefox")
FIREFOX_APPLICATION = "/Applications/Firefox.app/Contents/MacOS/firefox"


def main(want: str) -> None:
    """Set up for `want`, or stop with a sentence that says what to do."""
    if sys.version_info < (3, 11):
        sys.exit(f"Midweek needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    _environment()
    _packages("run.txt" if want == "run" and not _installed("dev.txt") else "dev.txt")
    _app()
    if want == "test":
        _browser()
        _windowless()
        _firefox()


def find_browser() -> str | None:
    """The path of a Chromium or Chrome on this machine: $CHROMIUM, then the usual names, then Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    found = found or next((path for path in APPLICATIONS if Path(path).exists()), None)
    return found or _playwrights_own()


def find_windowless() -> str | None:
    """The same browser without its windows where it is installed, which is the same engine for half the work; else
    `find_browser`."""
    return os.environ.get("CHROMIUM") or shutil.which(WINDOWLESS) or find_browser()


def find_firefox() -> str | None:
    """The path of a Firefox on this machine: $FIREFOX, then the usual names."""
    named = os.environ.get("FIREFOX")
    if named:
        return named
    found = next((path for name in FIREFOXES if (path := shutil.which(name))), None)
    return found or (FIREFOX_APPLICATION if Path(FIREFOX_APPLICATION).exists() else None)


def _environment() -> None:
    if PYTHON.exists():
        return
    _say("making the virtual environment .venv")
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if _apt("python3-venv") and subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0:
        return
    sys.exit("Python can't make a virtual environment here. On Debian or Ubuntu: apt-get install python3-venv")


def _packages(lock: str) -> None:
    if _installed(lock):
        return
    _say(f"installing the packages of requirements/{lock} (a minute or two, once)")
    _pip("install", "--require-hashes", "-r", str(ROOT / "requirements" / lock))
    if not _stamp("run.txt").exists() and not _stamp("dev.txt").exists():
        _say("building the app and installing Midweek itself")
        _pip("install", "--no-build-isolation", "--no-deps", "-e", str(ROOT))
    for done in ("run.txt", lock):
        _stamp(done).write_text(_digest(done))


def _pip(*words: str) -> None:
    command: list[str] = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        sys.exit("The packages could not be installed; the lines above say why. Is there a network? Then run it again.")


def _installed(lock: str) -> bool:
    return _stamp(lock).exists() and _stamp(lock).read_text() == _digest(lock)


def _stamp(lock: str) -> Path:
    return VENV / f".installed-{lock}"


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / lock).read_bytes()).hexdigest()


def _app() -> None:
    built = BUILT.stat().st_mtime if BUILT.exists() else 0.0
    if _newest() <= built:
        return
    _say("building the app")
    if subprocess.run([PYTHON, ROOT / "hatch_build.py"], check=False, cwd=ROOT).returncode:
        BUILT.unlink(missing_ok=True)  # one that was written, and is too large, is not taken for built next time
        sys.exit("The app could not be built; the lines above say why.")


def _newest() -> float:
    paths = [ROOT / name for name in APP_SOURCES]
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return max(file.stat().st_mtime for file in files if "generated" not in file.parts)


def _browser() -> None:
    if find_browser():
        return
    _say("installing a browser for the tests")
    if _apt("chromium", "fonts-dejavu-core") and find_browser():
        return
    subprocess.run([VENV / "bin" / "playwright", "install", "chromium"], check=False)
    if not find_browser():
        sys.exit("The tests need a browser: install Chromium or Chrome, or set CHROMIUM to its path, and run it again.")


def _windowless() -> None:
    """Only spares time, so it is asked for once, and where it can't be had the browser itself does."""
    asked = VENV / f".asked-for-{WINDOWLESS}"
    if asked.exists() or find_windowless() != find_browser() or os.environ.get("CHROMIUM"):
        return
    _say("installing the browser without windows, in which most tests run in half the time")
    _apt(WINDOWLESS)
    asked.touch()


def _firefox() -> None:
    if find_firefox():
        return
    _say("installing Firefox, which the tests of reminders need besides")
    if _apt("firefox-esr") and find_firefox():
        return
    sys.exit("The tests of reminders need Firefox too: install it, or set FIREFOX to its path, and run it again.")


def _playwrights_own() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    found = sorted(cache.glob("chromium-*/chrome-*/chrome")) + sorted(cache.glob("chromium-*/chrome-*/Chromium.app"))
    return str(found[-1]) if found else None


def _apt(*names: str) -> bool:
    """Install Debian packages when that is possible without asking anyone."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    update = subprocess.run(["apt-get", "update", "-qq"], check=False, env=environ)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    return update.returncode == 0 and subprocess.run(install, check=False, env=environ).returncode == 0


def _say(what: str) -> None:
    print(f"midweek: {what}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
