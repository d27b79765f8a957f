"""The steps of a sign-in that differ from allauth's."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class EitherVerificationStage(EmailVerificationStage):  # type: ignore[misc]
    """Demand a verified e-mail address only of accounts that have one: others verified their number."""

    def handle(self) -> tuple[Any, bool]:
        """Let through a person, or the decoy of a person, known by a telephone number alone."""
        user = self.login.user
        if user is None and not self.login.email:
            return None, False
        if user is not None and not user.email and not self.login.email:
            return None, bool(user.phone_verified)
        response, proceed = super().handle()
        return response, proceed
