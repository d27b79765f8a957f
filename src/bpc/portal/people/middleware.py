"""Staff do not pass without their second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from bpc.portal.people.second_factor import strong_authenticators, was_shown

# To leave, to probe, and to prove who one is: open at every stage
_ALWAYS_OPEN = {"account_logout", "account_reauthenticate", "healthz"}
_TO_SHOW = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# Setting a factor up may first need a verified address or a password
_TO_SET_UP = {
    "account_email", "account_email_verification_sent", "account_verify_phone", "account_set_password",
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
}  # fmt: skip


class StaffSecondFactorMiddleware:
    """Whatever a staff member asks, first set the second factor up, then show it in this browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Runs before the view; static files never come here."""
        if request.path.startswith("/api/"):
            return None  # reads no session: it answers everybody as it answers strangers
        user = request.user
        if not user.is_authenticated or not user.is_staff_member:
            return None
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if name in _ALWAYS_OPEN:
            return None
        authenticators = strong_authenticators(user)
        if not authenticators:
            return None if name in _TO_SET_UP else _send(request, reverse("mfa_index"))
        if name in _TO_SHOW or was_shown(request, authenticators):
            return None
        only_keys = set(authenticators.values()) == {"webauthn"}
        page = reverse("mfa_reauthenticate_webauthn" if only_keys else "mfa_reauthenticate")
        back = request.get_full_path() if request.method == "GET" else reverse("web:my_space")
        return _send(request, f"{page}?{urlencode({'next': back})}")


def _send(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect; for a fragment, one that moves the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
