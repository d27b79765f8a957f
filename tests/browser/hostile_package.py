"""A package that tries everything it should not: each attempt writes in its page whether it went through."""

from pathlib import Path

from tests.portal.packages.package_world import changed, scorm

_ATTEMPTS = (Path(__file__).parent / "hostile_attempts.js").read_text(encoding="utf-8")
COUNT = _ATTEMPTS.count('\n  "')


def hostile(foreign: str, stun: str) -> bytes:
    """The package, its other host at `foreign`, `stun` (`host:port`) for what goes by UDP."""
    page = (
        "<!doctype html><html><head><meta charset=utf-8><title>Leçon</title></head><body><h1>Leçon</h1>"
        f'<pre id="outcome"></pre><script>const FOREIGN = "{foreign}", STUN = "{stun}";</script>'
        '<script src="attempts.js"></script></body></html>'
    )
    return changed(scorm(), index_dot_html=page, attempts_dot_js=_ATTEMPTS)


def leaving(address: str) -> bytes:
    """A package that goes to another address by itself."""
    page = f"<!doctype html><html><head><title>Leçon</title></head><body><script>location.href = '{address}'</script>"
    return changed(scorm(), index_dot_html=page)


def forging(reports: str) -> bytes:
    """A package that speaks to our page over the head of the run-time: `reports` is a JavaScript list."""
    page = (
        "<!doctype html><html><head><title>Leçon</title></head><body><p>Leçon</p><script>"
        f"for (const one of {reports}) parent.postMessage(one, '*');"
        "</script>"
    )
    return changed(scorm(), index_dot_html=page)
