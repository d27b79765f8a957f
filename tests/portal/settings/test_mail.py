"""One address says where mail goes."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from bpc.portal.settings.mail import mail_settings


def test_smtp_with_starttls() -> None:
    settings = mail_settings("smtp://ana:p%40ss@mail.example:2525")
    assert settings["EMAIL_HOST"] == "mail.example"
    assert settings["EMAIL_PORT"] == 2525
    assert settings["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (True, False)


def test_smtps_has_its_own_port() -> None:
    settings = mail_settings("smtps://mail.example")
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (
        465,
        True,
        False,
    )


@pytest.mark.parametrize("address", ["", "pigeon://x", "mail.example"])
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        mail_settings(address)
