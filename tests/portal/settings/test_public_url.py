"""One address for the links in messages, and production does not start on a wrong one."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from bpc.portal.settings.public_url import public_origin


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://projets.exemple.ma/", "https://projets.exemple.ma"),
    ],
)
def test_the_origin_without_its_slash(url: str, origin: str) -> None:
    assert public_origin(url) == origin


@pytest.mark.parametrize(
    "url",
    ["", "projets.exemple.ma", "ftp://projets.exemple.ma", "https://", "https://a@projets.exemple.ma",
     "https://projets.exemple.ma/site", "https://projets.exemple.ma?x=1"],
)  # fmt: skip
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        public_origin(url)


@pytest.mark.parametrize(
    "hosts", [["projets.exemple.ma"], [".exemple.ma"], ["autre.ma", "Projets.Exemple.ma"]]
)
def test_in_public_its_host_is_one_of_those_answered_for(hosts: list[str]) -> None:
    assert public_origin("https://projets.exemple.ma", hosts=hosts) == "https://projets.exemple.ma"


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("http://projets.exemple.ma", ["projets.exemple.ma"]),
        ("https://projets.exemple.ma", ["autre.ma"]),
        ("https://mauvaisexemple.ma", [".exemple.ma"]),
    ],
)
def test_in_public_another_host_or_no_tls_is_refused(url: str, hosts: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        public_origin(url, hosts=hosts)


@pytest.mark.parametrize(
    ("public_url", "said"),
    [
        ("", "PUBLIC_URL must be the public address"),
        ("https://ailleurs.ma", "its host must be one of ALLOWED_HOSTS"),
        ("https://projets.exemple.ma", ""),
    ],
)
def test_production_starts_with_a_right_one_only(public_url: str, said: str) -> None:
    environment = {
        **os.environ,
        "SECRET_KEY": "s" * 50,
        "ALLOWED_HOSTS": "projets.exemple.ma",
        "PUBLIC_URL": public_url,
    }
    started = subprocess.run(
        [sys.executable, "-c", "from bpc.portal.settings.prod import PUBLIC_URL; print(PUBLIC_URL)"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said:
        assert said in started.stderr
        assert started.returncode != 0
    else:
        assert started.stdout.strip() == public_url
