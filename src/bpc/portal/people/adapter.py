"""How allauth reads and writes our accounts: two kinds of address, messages in the person's language."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.people.contacts import parse_phone
from bpc.portal.people.models import User
from bpc.portal.people.notices import full_address
from bpc.portal.people.sms import gateway

_log = logging.getLogger(__name__)


class PhoneField(forms.CharField):
    """A telephone number in any usual form; its value is E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})

    def clean(self, value: Any) -> str:
        """E.164, empty when optional and empty."""
        text = str(super().clean(value))
        return parse_phone(text) if text else ""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts known by an e-mail address, a telephone number, or both."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account speaks the language of the page it was made on; no address is NULL, never empty."""
        user.language = get_language() or user.language
        user.email = form.cleaned_data.get("email") or None
        user.phone = form.cleaned_data.get("phone") or None
        user.set_password(form.cleaned_data.get("password1"))  # None, for who enters with a key: unusable
        if commit:
            user.save()
        return user

    def get_login_stages(self) -> list[str]:
        """allauth's stages, with the verification that accepts either address."""
        ours = "bpc.portal.people.stages.EitherVerificationStage"
        return [
            ours if stage.endswith(".EmailVerificationStage") else stage
            for stage in super().get_login_stages()
        ]

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Who first enters an account by a code owns it; whoever chose its password never proved to hold the contact.

        Without this, somebody could sign up with the number of another, leave it unverified, and come in with that
        password once the other person entered by a code.
        """
        by_code = any(one["method"] == "code" for one in get_authentication_records(request, user))
        if by_code and user.last_login is None and not login["signup"] and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            text = _(
                "Le mot de passe choisi à l’inscription ne sert plus : choisissez-en un dans votre profil."
            )
            messages.info(request, text)
        answer: HttpResponse | None = super().pre_login(request, user, **login)
        return answer

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """The only address can be replaced, not removed: reminders and codes would have nowhere to go."""
        others = EmailAddress.objects.filter(user_id=email_address.user_id).exclude(pk=email_address.pk)
        return bool(others.exists())

    # Telephone numbers

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """The field used wherever allauth asks for a number."""
        kwargs.setdefault("label", _("Numéro de téléphone"))
        return PhoneField(**kwargs)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Store the number on the account."""
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The number and whether it was verified; None without number."""
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The person proved to hold `phone`: from now on it is theirs."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """The active account holding the number, however it is written."""
        try:
            number = parse_phone(phone)
        except ValidationError:
            return None
        return User.objects.filter(phone=number, is_active=True).first()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth forgets the number here, so that all failures by phone would count against one person
        if phone := credentials.get("phone"):
            try:
                number = parse_phone(phone)
            except ValidationError:
                number = str(phone)
            return f"phone:{number}"
        return str(super()._get_login_attempts_cache_key(request, **credentials))

    # Messages

    @contextmanager
    def _told_on_the_page(self) -> Iterator[None]:
        """A provider that refuses or is away is told on the page, which offers to send again; nothing typed is lost."""
        try:
            yield
        except OSError:
            if self.request is None:
                raise
            _log.exception("a message of an account did not leave")
            messages.error(
                self.request, _("Le message n’a pas pu partir. Attendez un instant, puis recommencez.")
            )

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """The one-time code, in the person's language."""
        with translation.override(user.language):
            text = _("Banque de Projets Coopératifs : votre code est %(code)s. Ne le donnez à personne.")
            with self._told_on_the_page():
                gateway().send(phone, text % {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Said only to the telephone, never on the page, so that nobody learns who has an account."""
        text = _("Banque de Projets Coopératifs : ce numéro n’a pas de compte. Vous pouvez en créer un.")
        with self._told_on_the_page():
            gateway().send(phone, text)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Sent in place of a code when the number already has an account."""
        text = _("Banque de Projets Coopératifs : ce numéro a déjà un compte. Connectez-vous avec lui.")
        with self._told_on_the_page():
            gateway().send(phone, text)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account that has the address, else in the language of the page.

        The links are made anew: allauth takes their host from the request, where a stranger may write any.
        """
        language = User.objects.filter(email=email).values_list("language", flat=True).first()
        with translation.override(language or get_language()):
            links = {
                "password_reset_url": full_address(reverse("account_reset_password")),
                "signup_url": full_address(reverse("account_signup")),
            }
            with self._told_on_the_page():
                super().send_mail(template_prefix, email, {**context, **links})
