"""Files that harm are refused: hidden in a PDF, in a photo, or seen by the scanner alone."""

import io
import socketserver
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from bpc.portal.foundation.scanning import Verdict, scan
from bpc.portal.projects.received import PaperRefusal, RefusedPaper, received_paper
from tests.portal.applications.application_world import PDF, picture

#: The string every scanner agrees to call a virus; it harms nothing.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def with_objects(content: bytes) -> bytes:
    """A PDF that keeps its objects compressed."""
    packed = zlib.compress(content, 9)
    stream = (
        b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    )
    return PDF.replace(b"trailer", stream + b"trailer")


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
HARMFUL = {
    "script in compressed objects": (with_objects(SCRIPT), PaperRefusal.ACTIVE),
    "script under an escaped name": (
        PDF.replace(b"/Catalog", b"/Catalog /J#61vaScript 1 0 R"),
        PaperRefusal.ACTIVE,
    ),
    "short name of a script": (PDF.replace(b"/Catalog", b"/Catalog /JS(app.alert(1))"), PaperRefusal.ACTIVE),
    "escaped encryption": (PDF.replace(b"/Root", b"/Encr#79pt 2 0 R /Root"), PaperRefusal.LOCKED),
    "objects that swell": (with_objects(b"\0" * 40_000_000), PaperRefusal.TOO_LARGE),
    "macros": (
        archive(**{"word/vbaProject.bin": b"x", "[Content_Types].xml": b"<Types/>"}),
        PaperRefusal.WRONG_TYPE,
    ),
    "archive that swells": (archive(a=b"\0" * 30_000_000), PaperRefusal.WRONG_TYPE),
    "program": (b"\x7fELF" + b"\0" * 200, PaperRefusal.WRONG_TYPE),
    "eicar alone": (EICAR, PaperRefusal.WRONG_TYPE),
    "svg": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', PaperRefusal.WRONG_TYPE),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_harms_is_refused(name: str) -> None:
    data, reason = HARMFUL[name]
    with pytest.raises(RefusedPaper) as refused:
        received_paper(io.BytesIO(data), len(data))
    assert refused.value.reason == reason


def test_compressed_objects_that_do_nothing_pass() -> None:
    data = with_objects(b"<< /Type /Page /JSomething 1 >>")
    assert received_paper(io.BytesIO(data), len(data)).content == data


def test_many_false_objects_cost_little() -> None:
    data = PDF.replace(b"trailer", b"/ObjStm stream\n\x78\x9c" * 200_000 + b"trailer")
    with pytest.raises(RefusedPaper) as refused:
        received_paper(io.BytesIO(data), len(data))
    assert refused.value.reason == PaperRefusal.TOO_LARGE


def test_a_photo_named_pdf_is_kept_as_what_it_is_without_its_place() -> None:
    place = Image.Exif()
    place.get_ifd(0x8825)[2] = (30.5, 0.0, 0.0)
    data = picture("JPEG", exif=place)
    kept = received_paper(io.BytesIO(data), len(data))
    assert kept.content_type == "image/jpeg"
    assert not Image.open(io.BytesIO(kept.content)).getexif().get_ifd(0x8825)


class _Scanner(socketserver.BaseRequestHandler):
    """Speaks INSTREAM as clamd does: pieces with their length, then what it thinks."""

    def handle(self) -> None:
        assert self._exactly(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            data += self._exactly(size)
        if b"silence" in data:
            return
        said = b"stream: Eicar-Signature FOUND" if EICAR in data else b"stream: OK"
        self.request.sendall((b"INSTREAM size limit exceeded. ERROR" if b"limit" in data else said) + b"\0")

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (piece := self.request.recv(size - len(data))):
            data += piece
        return data


@pytest.fixture
def scanner() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Scanner) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_scanner_sees_every_file_as_it_came(scanner: str) -> None:
    said = {
        words: scan(b"x" * 200_000 + words, scanner) for words in (b"", EICAR, b"silence", b"limit")
    }  # fmt: skip
    assert list(said.values()) == [Verdict.CLEAN, Verdict.FOUND, Verdict.NO_ANSWER, Verdict.NO_ANSWER]
    hidden = PDF.replace(b"trailer", b"% " + EICAR + b"\ntrailer")
    photo = picture("JPEG") + EICAR
    for data in (hidden, photo):
        with pytest.raises(RefusedPaper) as refused:
            received_paper(io.BytesIO(data), len(data), scanner)
        assert refused.value.reason == PaperRefusal.INFECTED
    assert received_paper(io.BytesIO(PDF), len(PDF), scanner).content == PDF


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "no port"])
def test_a_scanner_that_does_not_answer_lets_nothing_pass(address: str) -> None:
    with pytest.raises(RefusedPaper) as refused:
        received_paper(io.BytesIO(PDF), len(PDF), address)
    assert refused.value.reason == PaperRefusal.UNSCANNED
