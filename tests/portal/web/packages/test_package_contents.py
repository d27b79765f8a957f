"""The address of a package's files: what it serves, and the policy that keeps its code away from everything else."""

from typing import Any

import pytest
from django.test import Client

from bpc.portal.packages.actions import withdraw_package
from bpc.portal.packages.models import Package
from bpc.portal.packages.passes import pass_to
from bpc.portal.people.roles import Role
from tests.portal.packages.package_world import NOW, added, files_of, h5p, published, scorm, zipped
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def address(package: Package, path: str = "index.html", person: Any = None) -> str:
    return f"/paquets/{pass_to(package, person or make_user())}/{path}"


def policy_of(answer: Any) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_page_carries_the_run_time_first_and_the_strict_policy() -> None:
    package = published()
    where = address(package)
    answer = Client().get(where)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    text = answer.content.decode()
    assert text.index("package-shelter.js") < text.index("scorm12.min.js") < text.index("package-scorm.js")
    assert text.index("package-scorm.js") < text.index("<meta charset")
    policy, own = policy_of(answer), f"http://testserver{where.removesuffix('index.html')}"
    assert policy["sandbox"] == "allow-scripts allow-forms"
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == policy["frame-src"] == policy["form-action"] == policy["base-uri"] == own
    assert policy["frame-ancestors"] == "http://testserver"
    assert {source for part in policy.values() for source in part.split() if "//" in source} == {
        own, "http://testserver", "http://testserver/static/web/"
    }  # fmt: skip


@pytest.mark.parametrize("path", ["index.html", "pot.png", "absent.html", "imsmanifest.xml"])
def test_every_answer_is_sealed(path: str) -> None:
    answer = Client().get(address(published(), path))
    assert answer["Content-Security-Policy"].startswith(
        "sandbox allow-scripts allow-forms; default-src 'none'"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "X-Frame-Options" not in answer
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pot.png", "image/png"), ("course.js", "text/javascript"), ("course.css", "text/css"),
        ("imsmanifest.xml", "text/xml"), ("son.mp3", "audio/mpeg"), ("POT.PNG", "image/png"),
    ],
)  # fmt: skip
def test_types_are_ours(path: str, kind: str) -> None:
    package = published(zipped({**files_of(scorm()), "son.mp3": "<html>pas un son"}))
    answer = Client().get(address(package, path))
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert int(answer["Content-Length"]) == len(body(answer)) > 0


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"), ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"), ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
        ("bytes=20-", 416, b"", "bytes */10"), ("lignes=1-2", 200, b"0123456789", None),
    ],
)  # fmt: skip
def test_sounds_and_films_are_sent_in_parts(
    asked: str, status: int, content: bytes, told: str | None
) -> None:
    package = published(zipped({**files_of(scorm()), "film.mp4": "0123456789"}))
    answer = Client().get(address(package, "film.mp4"), headers={"range": asked})
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, content, told)


def test_an_empty_file_is_a_file() -> None:
    package = published(zipped({**files_of(scorm()), "vide.css": ""}))
    answer = Client().get(address(package, "vide.css"))
    assert (answer.status_code, body(answer)) == (200, b"")


def test_the_address_opens_nothing_else() -> None:
    package, other = published(), published(h5p())
    person, trainer = make_user(), make_user(Role.TRAINER)
    good = address(package, person=person)
    assert Client().get(good).status_code == 200
    assert Client().get(good.replace("index.html", "h5p.json")).status_code == 404
    assert Client().get(good.replace("index.html", "-/lecteur")).status_code == 404  # it is no H5P content
    assert Client().get(good.replace("~", "~x", 1)).status_code == 404
    assert Client().get(f"/paquets/{package.pk}.{person.pk}/index.html").status_code == 404
    assert Client().post(good).status_code == 405
    for path in ("../../manage.py", "%2e%2e/%2e%2e/manage.py", "..%2Fimsmanifest.xml", "imsmanifest.xml/"):
        assert Client().get(good.replace("index.html", path)).status_code == 404, path
    withdraw_package(package=package, actor=trainer, at=NOW)
    assert Client().get(good).status_code == 404
    draft = added(zipped({**files_of(scorm()), "a.txt": "a"}))
    assert Client().get(address(draft, person=person)).status_code == 404
    assert Client().get(address(draft, person=trainer)).status_code == 200
    assert Client().get(address(other, "h5p.json", person)).status_code == 200


def test_the_stage_of_an_h5p_content_is_sealed_as_its_files() -> None:
    package = published(h5p())
    answer = Client().get(address(package, "-/lecteur"))
    assert answer.status_code == 200
    assert policy_of(answer)["sandbox"] == "allow-scripts allow-forms"
    assert policy_of(answer)["connect-src"].startswith("http://testserver/paquets/")
    assert b"h5p-standalone/main.bundle.js" in answer.content
    assert "Set-Cookie" not in answer


def test_the_parameters_of_the_manifest_are_in_the_first_address() -> None:
    files = files_of(scorm())
    manifest = files["imsmanifest.xml"]
    assert isinstance(manifest, bytes)
    files["imsmanifest.xml"] = manifest.replace(b'resource">', b'resource" parameters="?a=1&amp;b=2">', 1)
    package = added(zipped(files))
    trainer = Client()
    sign_in_with_factor(trainer, make_user(Role.TRAINER))
    page = trainer.get(f"/fr/mon-espace/modules-partenaires/{package.reference}/apercu").content.decode()
    assert "/index.html?a=1&amp;b=2" in page
