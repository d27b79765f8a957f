"""Files of a kept package: found, read in parts, their pages given the run-time; passes that open them."""

from typing import Any

import pytest
from django.core import signing

from bpc.portal.packages.actions import withdraw_package
from bpc.portal.packages.contents import find_entry, page_with, pieces_of, read_entry
from bpc.portal.packages.passes import LASTS, package_behind, pass_to
from bpc.portal.people.roles import Role
from tests.portal.packages.package_world import NOW, added, files_of, published, scorm, zipped
from tests.portal.world import make_user


@pytest.mark.django_db
def test_files_are_found_whatever_their_capitals() -> None:
    package = added(zipped({**files_of(scorm()), "Vidéo/Intro.MP4": b"0123456789" * 100_000}))
    entry = find_entry(package, "vidéo/intro.mp4")
    assert entry is not None
    assert (entry.path, entry.content_type, entry.size) == ("Vidéo/Intro.MP4", "video/mp4", 1_000_000)
    assert b"".join(pieces_of(package, entry, 700_003, 700_012)) == b"3456789012"
    assert sum(map(len, pieces_of(package, entry, 0, 999_999))) == 1_000_000
    for wrong in ("absent.html", "../imsmanifest.xml", "", "/etc/passwd"):
        assert find_entry(package, wrong) is None
    page = find_entry(package, "index.html")
    assert page is not None
    assert read_entry(package, page) == files_of(scorm())["index.html"]


TAG = "<script src='/a.js'></script>"


@pytest.mark.parametrize(
    ("marked", "written", "told"),
    [
        ("|<p>", "utf-8", "utf-8"),
        ("<!DOCTYPE html>\n<HTML lang=fr>\n<HEAD profile=x>|<title>", "utf-8", "utf-8"),
        ("<!-- <head> --><html>|<script>", "utf-8", "utf-8"),
        ("<html>|<header>", "utf-8", "utf-8"),
        ("<html><head>|<meta charset=latin-1>é", "utf-8-sig", "utf-8"),
        ("<head>|<meta charset=windows-1256>س", "windows-1256", "cp1256"),
        ('<head>|<meta content="text/html; charset=iso-8859-1">é', "iso-8859-1", "iso8859-1"),
        ("<head>|é", "utf-16", "utf-8"),
    ],
)
def test_the_run_time_comes_first_in_every_page(marked: str, written: str, told: str) -> None:
    """At the mark; the page is served in an encoding that reads it."""
    done, encoding = page_with(marked.replace("|", "").encode(written), TAG)
    assert (done.decode(encoding).lstrip("\ufeff"), encoding) == (marked.replace("|", TAG), told)


@pytest.mark.parametrize(
    "declared", [b"hex", b"rot13", b"utf-16", b"nothing", b"idna", b"utf-8\r\nSet-Cookie:a"]
)
def test_an_encoding_no_browser_reads_is_not_repeated(declared: bytes) -> None:
    assert page_with(b"<head><meta charset=" + declared + b">\xe9", "")[1] in ("", "utf-8")


@pytest.mark.django_db
def test_a_pass_opens_one_package_to_one_person_for_some_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    package, person, trainer = published(), make_user(), make_user(Role.TRAINER)
    signed = pass_to(package, person)
    assert package_behind(signed) == package
    for forged in (signed[:-1] + ("a" if signed[-1] != "a" else "b"), signed.replace(".", ".1", 1), "x", ""):
        assert package_behind(forged) is None
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + LASTS.total_seconds() + 5)
    assert package_behind(signed) is None
    monkeypatch.undo()
    withdraw_package(package=package, actor=trainer, at=NOW)
    assert package_behind(signed) is None
    assert package_behind(pass_to(package, trainer)) == package


@pytest.mark.django_db
def test_a_pass_ends_with_the_account(settings: Any) -> None:
    package, person = published(), make_user()
    signed = pass_to(package, person)
    person.is_active = False
    person.save()
    assert package_behind(signed) is None
    settings.SECRET_KEY = "another-" + "x" * 40
    assert package_behind(pass_to(package, make_user())) == package
    assert package_behind(signed) is None
