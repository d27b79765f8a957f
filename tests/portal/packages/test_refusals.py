"""Every way a package is broken or harmful, refused with its reason and the file at fault; what is good, read."""

import io
import stat
import struct
import zlib
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from bpc.portal.packages import archives
from bpc.portal.packages.receiving import received_package
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.packages.states import Kind
from tests.portal.packages.package_world import changed, files_of, h5p, scorm, zipped


def refusal(data: bytes, size: int | None = None) -> tuple[Refusal, str, str]:
    with pytest.raises(RefusedPackage) as refused:
        received_package(io.BytesIO(data), len(data) if size is None else size)
    return refused.value.reason, refused.value.path, refused.value.detail


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> ZipInfo:
    made = ZipInfo(name)
    made.external_attr = mode << 16
    return made


def with_entry(made: ZipInfo) -> bytes:
    return zipped(files_of(scorm()), made)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"bonjour", Refusal.NOT_A_ZIP),
        (b"PK\x03\x04" + b"\0" * 60, Refusal.NOT_A_ZIP),
        (scorm()[:-30], Refusal.NOT_A_ZIP),
        (zipped({"index.html": "<p>"}), Refusal.UNKNOWN_KIND),
    ],
)
def test_what_is_no_package(data: bytes, reason: Refusal) -> None:
    assert refusal(data) == (reason, "", "")


def test_too_heavy_is_told_before_reading() -> None:
    assert refusal(b"PK", size=archives.MAX_BYTES + 1) == (Refusal.TOO_HEAVY, "", "60")


@pytest.mark.parametrize(
    "name",
    [
        "../index.html", "a/../../b.html", "/etc/passwd.txt", "C:/windows/a.html", "a\\b.html", "a//b.html",
        "./a.html", "dossier /a.html", "a\x1b.html", "n" * 200 + ".html", "../", "\u202e\0.html",
    ],
)  # fmt: skip
def test_paths_that_lead_elsewhere(name: str) -> None:
    made = entry("placeholder")
    made.filename = name
    reason, path, _detail = refusal(with_entry(made))
    assert reason == Refusal.BAD_PATH
    assert path


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices(kind: int) -> None:
    assert refusal(with_entry(entry("a.html", kind | 0o777))) == (Refusal.LINK, "a.html", "")


def test_two_files_of_one_name() -> None:
    assert refusal(with_entry(entry("INDEX.html"))) == (Refusal.TWICE, "INDEX.html", "")


def test_locked() -> None:
    data = bytearray(scorm())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of the first file
    assert refusal(bytes(data)) == (Refusal.LOCKED, "imsmanifest.xml", "")


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 4)
    assert refusal(scorm()) == (Refusal.TOO_MANY_FILES, "", "4")


def test_a_table_that_lies_about_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The count at the end says one; the table is walked all the same, and not beyond what fits."""
    monkeypatch.setattr(archives, "MAX_FILES", 4)
    data = bytearray(scorm())
    struct.pack_into("<HH", data, len(data) - 22 + 8, 1, 1)
    assert refusal(bytes(data)) == (Refusal.TOO_MANY_FILES, "", "4")


def test_too_much_once_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    assert refusal(scorm()) == (Refusal.FILE_TOO_HEAVY, "index.html", "0")
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_UNPACKED", 3 * 1024 * 1024)
    many = {f"{rank}.txt": b"%d" % rank * 700_000 for rank in range(5)}
    assert refusal(zipped({**files_of(scorm()), **many})) == (Refusal.UNPACKED_TOO_HEAVY, "", "3")


def test_a_file_squeezed_to_fill_a_memory() -> None:
    assert refusal(zipped({"plein.txt": b"\0" * 6_000_000})) == (Refusal.BOMB, "plein.txt", "")


def test_a_file_that_unpacks_to_more_than_it_announces() -> None:
    """The announced size is believed to the byte: what lies beyond is never unpacked, and its sum is then wrong."""
    data = bytearray(zipped({"a.txt": b"b" * 50_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", data, data.index(mark) + offset, 100)
    assert refusal(bytes(data)) == (Refusal.DAMAGED, "a.txt", "")


def test_a_damaged_file() -> None:
    data = bytearray(scorm())
    at = data.index(b"course.js") + 40
    data[at : at + 20] = bytes(20)
    assert refusal(bytes(data)) == (Refusal.DAMAGED, "course.js", "")


def test_a_compression_that_is_not_read() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as made:
        made.writestr("imsmanifest.xml", "<manifest/>")
    assert refusal(out.getvalue()) == (Refusal.COMPRESSION, "imsmanifest.xml", "")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("admin.php", "<?php", Refusal.SERVER_CODE),
        ("res/Envoi.PHTML", "<?php", Refusal.SERVER_CODE),
        ("page.jsp", "", Refusal.SERVER_CODE),
        ("lance.exe", "MZ", Refusal.PROGRAM),
        ("image.png", b"MZ\x90\0", Refusal.PROGRAM),
        ("autre.zip", b"PK\x05\x06", Refusal.NESTED),
        ("image.jpg", zipped({"a": b"b"}), Refusal.NESTED),
    ],
)
def test_what_is_not_for_a_browser(name: str, content: bytes | str, reason: Refusal) -> None:
    assert refusal(zipped({**files_of(scorm()), name: content})) == (reason, name, "")


def test_what_stands_around_the_files_is_not_kept() -> None:
    """A ZIP may follow a program, hide bytes between its files, carry files nobody serves: written anew without."""
    files = {**files_of(scorm()), "modele.xlsx": "x", "__MACOSX/a": "x", ".DS_Store": "x", "LICENSE": "MIT"}
    kept = received_package(io.BytesIO(b"MZ" + b"\0" * 500 + zipped(files)), 1)
    assert kept.archive.content.startswith(b"PK\x03\x04")
    assert kept.archive.left_out == ("modele.xlsx", "LICENSE")
    assert sorted(kept.archive.paths) == [
        "course.css",
        "course.js",
        "imsmanifest.xml",
        "index.html",
        "pot.png",
    ]
    assert kept.digest == received_package(io.BytesIO(scorm()), 1).digest


def test_the_same_compression_is_kept_so_nothing_grows() -> None:
    data = zipped({**files_of(scorm()), "long.txt": zlib.adler32(b"a").to_bytes(4, "big") * 100_000})
    assert len(received_package(io.BytesIO(data), 1).archive.content) < 20_000


@pytest.mark.parametrize(("version", "kind"), [("1.2", Kind.SCORM_12), ("2004", Kind.SCORM_2004)])
def test_what_we_write_passes_our_own_judge(version: str, kind: Kind) -> None:
    said = received_package(io.BytesIO(scorm(version)), 1).described
    assert (said.kind, said.title, said.launch, said.mastery) == (
        kind,
        "Le prix et la marge",
        "index.html",
        70,
    )
    assert said.missing == ()


def manifest(data: bytes, old: str, new: str) -> bytes:
    text = files_of(data)["imsmanifest.xml"]
    assert isinstance(text, bytes)
    assert old in text.decode()
    return changed(data, imsmanifest_dot_xml=text.decode().replace(old, new))


ENTITY = '<!DOCTYPE manifest [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><manifest'


ITEM = 'identifierref="prix-et-marge-resource"'
HREF = 'sco" href="index.html"'


@pytest.mark.parametrize(
    ("old", "new", "reason", "detail"),
    [
        ("</manifest>", "", Refusal.BROKEN_XML, "26"),
        ("<manifest", ENTITY, Refusal.UNSAFE_XML, ""),
        ("<manifest", '<!DOCTYPE manifest SYSTEM "http://example.org/a"><manifest', Refusal.UNSAFE_XML, ""),
        (">1.2<", ">1.3.9<", Refusal.UNKNOWN_VERSION, "1.3.9"),
        (ITEM, "", Refusal.NO_LESSON, ""),
        ('scormtype="sco"', 'scormtype="asset"', Refusal.NO_LESSON, ""),
        ("</organizations>", "<organization/></organizations>", Refusal.SEVERAL_ORGANISATIONS, "2"),
        ("</organization>", '<item identifierref="b"/></organization>', Refusal.SEVERAL_LESSONS, "2"),
        (ITEM, 'identifierref="autre"', Refusal.NO_RESOURCE, "autre"),
        (HREF, 'sco" href="https://example.org/a"', Refusal.ELSEWHERE, "https://example.org/a"),
        (HREF, 'sco" href="//example.org/a"', Refusal.ELSEWHERE, "//example.org/a"),
    ],
)
def test_broken_manifests(old: str, new: str, reason: Refusal, detail: str) -> None:
    assert refusal(manifest(scorm(), old, new)) == (reason, "imsmanifest.xml", detail)


@pytest.mark.parametrize(
    ("href", "reason", "path"),
    [
        ("le%C3%A7on.html", Refusal.NO_LAUNCH, "leçon.html"),
        ("../index.html", Refusal.NO_LAUNCH, "../index.html"),
        ("", Refusal.NO_LAUNCH, "imsmanifest.xml"),
        ("pot.png", Refusal.NOT_A_PAGE, "pot.png"),
    ],
)
def test_a_first_page_that_is_not_there(href: str, reason: Refusal, path: str) -> None:
    assert refusal(manifest(scorm(), HREF, f'sco" href="{href}"')) == (reason, path, "")


def test_a_manifest_of_no_organisation_or_of_another_kind() -> None:
    empty = "<manifest><metadata><schemaversion>1.2</schemaversion></metadata></manifest>"
    assert refusal(changed(scorm(), imsmanifest_dot_xml=empty))[0] == Refusal.NO_ORGANISATION
    assert refusal(changed(scorm(), imsmanifest_dot_xml="<html/>"))[0] == Refusal.NOT_A_MANIFEST
    deep = "<manifest>" * 5000 + "</manifest>" * 5000
    assert refusal(changed(scorm(), imsmanifest_dot_xml=deep))[0] == Refusal.BROKEN_XML
    assert refusal(changed(scorm(), imsmanifest_dot_xml=b"\xff\xfe\0"))[0] == Refusal.BROKEN_XML


def test_a_folder_compressed_instead_of_what_it_holds() -> None:
    inside = {f"mon-module/{name}": content for name, content in files_of(scorm()).items()}
    assert refusal(zipped(inside)) == (Refusal.IN_A_FOLDER, "mon-module/imsmanifest.xml", "")


def test_what_a_manifest_says_is_read() -> None:
    data = manifest(scorm(), "<title>Le prix", "<title>  Le\n prix")
    data = manifest(
        data,
        'identifierref="prix-et-marge-resource"',
        'identifierref="prix-et-marge-resource" parameters="?niveau=1&amp;x=é"',
    )
    data = manifest(data, "</item>", "<adlcp:datafromlms>mode=court</adlcp:datafromlms></item>")
    data = manifest(data, '<file href="course.js"/>', '<file href="course.js"/><file href="absent.mp3"/>')
    data = manifest(data, HREF, 'sco" xml:base="./" href="Index.HTML#debut"')
    said = received_package(io.BytesIO(data), 1).described
    assert (said.title, said.launch, said.launch_data) == ("Le prix et la marge", "index.html", "mode=court")
    assert (said.launch_query, said.missing) == ("?niveau=1&x=%C3%A9#debut", ("absent.mp3",))


@pytest.mark.parametrize("said", ["beaucoup", "140", "nan", "-1"])
def test_a_mastery_that_is_no_score_is_not_believed(said: str) -> None:
    data = manifest(scorm(), "score>70<", f"score>{said}<")
    assert received_package(io.BytesIO(data), 1).described.mastery is None


def test_an_h5p_file_is_read() -> None:
    said = received_package(io.BytesIO(h5p()), 1).described
    assert (said.kind, said.title, said.language) == (Kind.H5P, "Une question sur le miel", "fr")
    assert (said.main_library, said.licence, said.credit) == (
        "H5P.PlainQuestion-1.0",
        "CC BY 4.0",
        "Association Tifaouine",
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (changed(h5p(), h5p_dot_json="{"), (Refusal.BROKEN_JSON, "h5p.json", "")),
        (changed(h5p(), h5p_dot_json="[]"), (Refusal.BROKEN_JSON, "h5p.json", "")),
        (changed(h5p(), h5p_dot_json="[" * 100_000), (Refusal.BROKEN_JSON, "h5p.json", "")),
        (h5p(preloadedDependencies=[{"machineName": "../a"}]), (Refusal.BROKEN_JSON, "h5p.json", "")),
        (h5p(mainLibrary="H5P.Other"), (Refusal.NO_MAIN_LIBRARY, "h5p.json", "H5P.Other")),
        (
            changed(h5p(), **{"H5P_dot_PlainQuestion-1_dot_0__library_dot_json": None}),
            (Refusal.NO_LIBRARY, "H5P.PlainQuestion-1.0/library.json", ""),
        ),
        (
            changed(h5p(), **{"H5P_dot_PlainLooks-1_dot_2__library_dot_json": None}),
            (Refusal.NO_LIBRARY, "H5P.PlainLooks-1.2/library.json", ""),
        ),
        (
            changed(h5p(), **{"H5P_dot_PlainLooks-1_dot_2__looks_dot_css": None}),
            (Refusal.NO_LIBRARY_FILE, "H5P.PlainLooks-1.2/looks.css", ""),
        ),
        (changed(h5p(), content__content_dot_json=None), (Refusal.NO_CONTENT, "content/content.json", "")),
        (changed(h5p(), content__content_dot_json="12"), (Refusal.BROKEN_JSON, "content/content.json", "")),
    ],
)
def test_broken_h5p_files(data: bytes, expected: tuple[Refusal, str, str]) -> None:
    assert refusal(data) == expected


def test_deflate_is_what_we_write() -> None:
    with ZipFile(io.BytesIO(scorm())) as opened:
        assert {info.compress_type for info in opened.infolist()} == {ZIP_DEFLATED}
