"""How people sign up and sign in: django-allauth, and its own rate limits alone.

Behind a proxy the client's address is the last one the proxy itself wrote in X-Forwarded-For; without a proxy
that header is a stranger's word and is ignored. The limits live in the default cache.
"""

from bpc.portal.settings.environment import ENVIRONMENT

ACCOUNT_ADAPTER = "bpc.portal.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# allauth asks that a mandatory verification come with a mandatory e-mail; our form takes either in one field,
# and AccountAdapter.get_login_stages verifies the one that was given.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_FORMS = {
    "login": "bpc.portal.people.account_forms.LoginForm",
    "signup": "bpc.portal.people.account_forms.SignupForm",
    "reset_password": "bpc.portal.people.account_forms.ResetPasswordForm",
    "request_login_code": "bpc.portal.people.account_forms.RequestLoginCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True  # one address per account; the old one serves until the new one is verified
ACCOUNT_REAUTHENTICATION_REQUIRED = True

# One-time codes everywhere: a code can be read from a phone and typed on another screen, a link cannot
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # seconds; a text message may be slow in the mountains
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = {
    # a whole room may share one address (a training session, an operator): tight per number only. Codes sent to one
    # contact are counted by the day too: nobody's telephone is made to ring all night, and guessing gets nowhere
    "verify_phone": "1/30s/key,10/d/key,10/m/ip",
    "confirm_email": "1/10s/key,20/d/key",
    "request_login_code": "20/m/ip,3/m/key,15/d/key",
    "reset_password": "20/m/ip,3/m/key,15/d/key",
    "login_failed": "30/m/ip,5/300s/key",
    "signup": "30/m/ip",
    "change_phone": "3/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Banque de Projets Coopératifs"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: the clocks of old phones drift
MFA_ADAPTER = "bpc.portal.people.mfa_adapter.MFAAdapter"
ACCOUNT_USER_DISPLAY = "bpc.portal.people.mfa_adapter.account_label"
