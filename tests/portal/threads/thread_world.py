"""Threads, recordings and mails made by hand; a row of each model of the room."""

import io
import struct
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.threads.attachments import Upload, receive_all
from bpc.portal.threads.models import FormerText, Message, ReadMark, StaffNote, Thread
from bpc.portal.threads.writing import Said, open_thread, write

NOW = timezone.now()
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def upload(data: bytes = PDF, name: str = "devis.pdf") -> Upload:
    """A file as a browser sends it."""
    return Upload(io.BytesIO(data), len(data), name)


def said(text: str = "Bonjour à tous.", files: Iterable[Upload] = (), **more: Any) -> Said:
    """A message as a form gives it."""
    return Said(text, more.pop("language", "fr"), tuple(receive_all(files)), **more)


def start_thread(project: Project, actor: User, text: str = "Bonjour à tous.", **more: Any) -> Thread:
    """A subject with its first message."""
    at = more.pop("at", NOW)
    subject = more.pop("subject", "Le devis du séchoir")
    return open_thread(
        project=project, subject=subject, language="fr", said=said(text, **more), actor=actor, at=at
    )


def add_message(
    thread: Thread, actor: User, text: str = "C’est noté.", at: datetime = NOW, **more: Any
) -> Message:
    """One more message."""
    return write(thread=thread, said=said(text, **more), actor=actor, at=at)


def amr(seconds: float) -> bytes:
    """A recording of an older telephone: frames of 20 ms."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * round(seconds * 50)


def mp3(seconds: float) -> bytes:
    """Frames of 26.1 ms at 32 kbit/s and 44.1 kHz, one channel."""
    frame = b"\xff\xfb\x10\xc0" + bytes(100)
    return frame * round(seconds * 44_100 / 1152)


def aac(seconds: float) -> bytes:
    """ADTS frames of 1,024 samples at 16 kHz, one channel."""
    size = 64
    heading = bytes([0xFF, 0xF1, 0x60, 0x40 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5 | 0x1F, 0xFC])
    return (heading + bytes(size - 7)) * round(seconds * 16_000 / 1024)


def element(name: int, body: bytes, size: int | None = None) -> bytes:
    """An element of WebM; `size` 0xFF…: unknown, as a browser that records writes it."""
    told = (0x0100000000000000 | len(body)).to_bytes(8, "big") if size is None else size.to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + told + body


UNKNOWN = 0x01FFFFFFFFFFFFFF


def webm(seconds: float, codec: bytes = b"A_OPUS", kind: int = 2) -> bytes:
    """What Chromium's recorder writes: no length anywhere, one cluster of unknown size, a block each 60 ms."""
    heading = element(0x1A45DFA3, element(0x4282, b"webm"))
    track = element(0xAE, element(0x83, bytes([kind])) + element(0x86, codec))
    clusters = b""
    for start in range(0, round(seconds * 1000), 30_000):
        times = range(start, min(round(seconds * 1000), start + 30_000), 60)
        blocks = b"".join(
            element(0xA3, b"\x81" + struct.pack(">hB", t - start, 0x80) + b"opus") for t in times
        )
        clusters += element(0x1F43B675, element(0xE7, start.to_bytes(4, "big")) + blocks, UNKNOWN)
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3, "big")))
    return heading + element(0x18538067, info + element(0x1654AE6B, track) + clusters, UNKNOWN)


def box(name: bytes, body: bytes) -> bytes:
    """A box of MP4."""
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(seconds: float, *, in_pieces: bool = False, handler: bytes = b"soun") -> bytes:
    """A telephone's recording: its length in its heading, or in the pieces it was written by."""
    rate, told = 48_000, 0 if in_pieces else round(seconds * 48_000)
    mdhd = box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, rate, told, 0, 0))
    hdlr = box(b"hdlr", struct.pack(">II4s12x", 0, 0, handler) + b"\0")
    mvex = box(b"mvex", box(b"trex", struct.pack(">IIIIII", 0, 1, 1, 1024, 0, 0))) if in_pieces else b""
    moov = box(b"moov", box(b"trak", box(b"mdia", mdhd + hdlr)) + mvex)
    pieces = b""
    if in_pieces:
        for _piece in range(round(seconds)):
            trun = box(b"trun", struct.pack(">II", 0x100, 2) + struct.pack(">II", 24_000, 24_000))
            tfhd = box(b"tfhd", struct.pack(">II", 0x020000, 1))
            pieces += box(b"moof", box(b"traf", tfhd + trun)) + box(b"mdat", b"sound")
    return box(b"ftyp", b"M4A \0\0\0\0") + moov + (pieces or box(b"mdat", b"sound"))


def _ogg_page(packet: bytes, granule: int, rank: int, kind: int) -> bytes:
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, granule, 7, rank, 0, 1) + bytes([len(packet)])
    return head + packet


def opus(seconds: float) -> bytes:
    """What WhatsApp sends: two headings, then a last page dated by its samples (48 kHz)."""
    heading = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 3) + b"bpc" + struct.pack("<I", 0)
    return (
        _ogg_page(heading, 0, 0, 2)
        + _ogg_page(tags, 0, 1, 0)
        + _ogg_page(b"\xfc" + bytes(40), round(seconds * 48_000), 2, 4)
    )


def mail(to: str, sender: str, text: str = "D’accord, à mardi.", **headings: str) -> EmailMessage:
    """A mail as a telephone sends it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, "Re: Banque de Projets Coopératifs"
    made["Message-ID"] = headings.pop("message_id", f"<{uuid4()}@example.org>")
    for name, value in headings.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def fill_threads(project: Project, owner: User, advisor: User) -> None:
    """One row of each model; a note kept, one shared, an answer to each."""
    thread = start_thread(project, owner, files=[upload()])
    first = thread.messages.get()
    FormerText.objects.create(message=first, text="Bonjour", language="fr", until=NOW)
    ReadMark.objects.get_or_create(thread=thread, user=advisor)
    for shared_at in (None, NOW):
        note = StaffNote.objects.create(
            project=project, author=advisor, text="À revoir.", language="fr", shared_at=shared_at
        )
        StaffNote.objects.create(project=project, root=note, author=advisor, text="Oui.", language="fr")
