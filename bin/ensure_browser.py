"""Make sure a Chromium and a Java are there for the browser tests; install them when root, else say how."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def _install(package: str) -> bool:
    """Install a Debian package when allowed to."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"• Installation de {package} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            return False
    return True


def _playwright_has_its_own() -> bool:
    try:
        with sync_playwright() as playwright:
            return os.path.exists(playwright.chromium.executable_path)
    except Error:
        return False


def ensure_chromium() -> bool:
    """Whether a Chromium can be started: the system's, Playwright's, or one installed now."""
    if any(map(shutil.which, CHROMIUM_NAMES)) or _playwright_has_its_own():
        return True
    if _install("chromium"):
        return True
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603


def main() -> int:
    """0 when the tools are there, 1 with what to do otherwise."""
    missing = []
    if not ensure_chromium():
        missing.append("Chromium (Debian : apt-get install chromium)")
    if not shutil.which("java") and not _install("default-jre-headless"):
        missing.append("Java, pour le vérificateur du W3C (Debian : apt-get install default-jre-headless)")
    if missing:
        print("Il manque, pour les tests dans un vrai navigateur :", *missing, sep="\n  - ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
