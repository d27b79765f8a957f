"""Sign-in, sign-up and recovery: one field for the e-mail address or the telephone number."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.actions import give_consent
from bpc.portal.people.consents import SERVICE
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import User

CONTACT_LABEL = _("E-mail ou numéro de téléphone")


def contact_field(autocomplete: str = "username") -> forms.CharField:
    """The one field for either address."""
    return forms.CharField(
        label=CONTACT_LABEL,
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": autocomplete,
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


def _holder_of(email: str) -> User | None:
    """Whose account a code sent to this address opens: who proved to hold it, else who signed up with it.

    An address that somebody added to their account and never proved opens nothing: its real owner would enter
    the account of another without knowing.
    """
    users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values_list("user_id", flat=True)
    theirs = (user for user in users if user.pk in proved or (user.email or "").lower() == email.lower())
    return next(theirs, None)


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """E-mail address or number, then the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = contact_field("username")
        self.fields["remember"].label = _("Rester connecté sur cet appareil")
        self.order_fields(["login", "password", "remember"])

    def clean_login(self) -> str:
        """The address or number as stored."""
        return str(parse_contact(self.cleaned_data["login"]))


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """An address or number, a password (or a passkey), and having been told what is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # "email" stays known to allauth's view through its initial value only
        del self.fields["email"], self.fields["phone"]
        self.fields["contact"] = contact_field("email")
        self.fields["contact"].help_text = _("Nous y envoyons un code pour vérifier que c’est bien vous.")
        self.fields["contact"].initial = self.initial.get("email", "")
        self.fields["informed"] = forms.BooleanField(
            label=_("J’ai lu comment mes données sont utilisées."),
            error_messages={"required": _("Cochez cette case pour créer votre compte.")},
        )
        self.order_fields(["contact", "password1", "informed"])

    def clean_contact(self) -> str:
        """Fill what allauth knows as `email` and `phone`.

        Whether it is taken is told by message, never on the page.
        """
        contact = parse_contact(self.cleaned_data["contact"])
        self.cleaned_data["email"], self.cleaned_data["phone"] = contact.email, contact.phone
        if contact.email:
            self.cleaned_data["email"] = self.clean_email()
        return str(contact)

    def try_save(self, request: HttpRequest) -> Any:
        """Save; when the same contact was saved a moment ago by another request, answer as for a taken one."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth's hook once the account stands: note what the person was told, in which version."""
        give_consent(user=user, purpose=SERVICE, actor=user, at=timezone.now())


class PhoneResetProcess(PasswordResetVerificationProcess):  # type: ignore[misc]
    """The same recovery with the code sent to a telephone; allauth's views carry it on from the session."""

    @classmethod
    def initiate(cls, *, request: HttpRequest, user: Any, email: str) -> "PhoneResetProcess":
        """Begin with this class: allauth's own method always makes its own, whose code leaves by e-mail."""
        process = cls(request, state=cls.initial_state(user, email), user=user)
        process.send()
        process.persist()
        return process

    def send(self) -> None:
        """Keep the code in the session; tell an unknown number so, by message only."""
        number, adapter = self.state["email"], get_adapter()
        if not self.user:
            adapter.send_unknown_account_sms(number)
            return
        self.state["code"] = adapter.generate_password_reset_code()
        adapter.send_verification_code_sms(user=self.user, phone=number, code=self.code)


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]
    """A code to the address or number, then a new password."""

    contact: Contact

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = contact_field("username")

    def clean_email(self) -> str:
        """Either address; an unknown one passes, so that the page tells nothing."""
        self.contact = parse_contact(self.cleaned_data["email"])
        if self.contact.email:
            user = _holder_of(self.contact.email)
        else:
            user = get_adapter().get_user_by_phone(self.contact.phone)
        self.users = [user] if user else []
        return str(self.contact)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the code where the person asked for it."""
        process = PhoneResetProcess if self.contact.phone else PasswordResetVerificationProcess
        process.initiate(request=request, user=self.users[0] if self.users else None, email=str(self.contact))
        return str(self.contact)


class RequestLoginCodeForm(AllauthRequestLoginCodeForm):  # type: ignore[misc]
    """A code instead of a password, to either address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        self.fields["contact"] = contact_field("username")

    def clean_contact(self) -> str:
        """Fill what allauth knows as `email` and `phone`, under its own limit of requests."""
        contact = parse_contact(self.cleaned_data["contact"])
        if not ratelimit.consume(allauth_context.request, action="request_login_code", key=str(contact)):
            raise ValidationError(get_adapter().error_messages["too_many_login_attempts"])
        if contact.email:
            self._user = _holder_of(contact.email)
        else:
            self._user = get_adapter().get_user_by_phone(contact.phone)
        self.cleaned_data["email"], self.cleaned_data["phone"] = contact.email, contact.phone
        return str(contact)
