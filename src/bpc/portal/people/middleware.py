"""Staff do not pass without their second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

_SESSION_KEY = "second_factor_present"
# Pages a staff member needs to set the factor up, or to leave.
_OPEN_NAMES = {"account_logout", "account_reauthenticate", "set_language", "healthz"}


class StaffSecondFactorMiddleware:
    """Send a staff member without a second factor to the page that sets one up, whatever was asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Redirect before the view runs; the answer is remembered in the session once the factor stands."""
        user = request.user
        if not user.is_authenticated or request.session.get(_SESSION_KEY) or not user.is_staff_member:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if is_mfa_enabled(user):
            request.session[_SESSION_KEY] = True
            return None
        if name in _OPEN_NAMES or (name or "").startswith("mfa_"):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))
