"""What files of a package are, by the ending of their names: served with our type, left out, or refused."""

from pathlib import PurePosixPath

#: The only types ever served; a file of another ending stays out of what is kept.
TYPES = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "xht": "application/xhtml+xml",
    "js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "json": "application/json",
    "map": "application/json", "xml": "text/xml", "xsd": "text/xml", "dtd": "application/xml-dtd",
    "txt": "text/plain", "md": "text/plain", "csv": "text/csv", "vtt": "text/vtt", "srt": "text/plain",
    "wasm": "application/wasm", "pdf": "application/pdf",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml", "ico": "image/x-icon", "bmp": "image/bmp", "cur": "image/x-icon",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg", "ogg": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject", "gltf": "model/gltf+json", "glb": "model/gltf-binary",
}  # fmt: skip
PAGES = frozenset({"html", "htm", "xhtml", "xht"})

#: Run by web servers, not by browsers: in a lesson, a mistake or an attack on whoever unpacks it.
SERVER_CODE = frozenset({
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phps", "phar", "asp", "aspx", "ashx", "asmx",
    "jsp", "jspx", "jspf", "cgi", "fcgi", "pl", "py", "pyc", "rb", "cfm", "cfc", "shtml", "shtm", "stm",
})  # fmt: skip
PROGRAMS = frozenset({
    "exe", "dll", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "wsf", "hta", "lnk", "reg", "sh",
    "bash", "jar", "class", "apk", "app", "dmg", "deb", "rpm", "cpl", "pif",
})  # fmt: skip
ARCHIVES = frozenset({
    "zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "iso", "h5p", "imscc", "war",
})  # fmt: skip

#: First bytes that give away what a name hides.
_PROGRAM_SIGNS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe")
_ARCHIVE_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")


def ending_of(path: str) -> str:
    """The ending of a name, small letters, without its dot.

    >>> ending_of("res/Page.HTML"), ending_of("LICENSE"), ending_of(".htaccess")
    ('html', '', '')
    """
    return PurePosixPath(path).suffix[1:].lower()


def type_of(path: str) -> str:
    """The type a file is served with; "" for one that is not served.

    >>> type_of("video/intro.mp4"), type_of("modele.xlsx")
    ('video/mp4', '')
    """
    return TYPES.get(ending_of(path), "")


def is_program(start: bytes) -> bool:
    """Whether a file begins as a program does.

    >>> is_program(b"MZ\\x90\\x00"), is_program(b"<html>")
    (True, False)
    """
    return start.startswith(_PROGRAM_SIGNS)


def is_archive(start: bytes) -> bool:
    """Whether a file begins as an archive does.

    >>> is_archive(b"PK\\x03\\x04...."), is_archive(b"{}")
    (True, False)
    """
    return start.startswith(_ARCHIVE_SIGNS)
