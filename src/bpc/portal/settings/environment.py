"""Every environment variable the portal obeys, read once and typed.

`docs/operations.md` lists them; `tests/house/test_environment.py` compares both.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def _flag(name: str, default: bool) -> bool:
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name}={raw!r}: write 1 or 0")


def _words(name: str) -> list[str]:
    return [word for word in os.environ.get(name, "").replace(",", " ").split() if word]


@dataclass(frozen=True)
class Environment:
    """The deployment's choices. Everything else is code."""

    root: Path = ROOT
    var: Path = field(default_factory=lambda: Path(os.environ.get("BPC_VAR") or ROOT / "var"))
    data: Path = field(default_factory=lambda: Path(os.environ.get("BPC_DATA") or ROOT / "data"))
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    secret_key: str = field(default_factory=lambda: os.environ.get("SECRET_KEY", ""))
    allowed_hosts: list[str] = field(default_factory=lambda: _words("ALLOWED_HOSTS"))
    trusted_origins: list[str] = field(default_factory=lambda: _words("TRUSTED_ORIGINS"))
    public_url: str = field(default_factory=lambda: os.environ.get("PUBLIC_URL", ""))
    behind_proxy: bool = field(default_factory=lambda: _flag("BEHIND_PROXY", False))
    debug: bool = field(default_factory=lambda: _flag("DEBUG", False))
    demo: bool = field(default_factory=lambda: _flag("DEMO", True))
    port: int = field(default_factory=lambda: int(os.environ.get("PORT") or 8000))
    workers: int = field(default_factory=lambda: int(os.environ.get("WORKERS") or 2))
    email_url: str = field(default_factory=lambda: os.environ.get("EMAIL_URL", "console:"))
    email_from: str = field(
        default_factory=lambda: os.environ.get("EMAIL_FROM", "ne-pas-repondre@bpc.invalid")
    )
    reply_address: str = field(default_factory=lambda: os.environ.get("REPLY_ADDRESS", ""))
    private_partners: bool = field(default_factory=lambda: _flag("PRIVATE_PARTNERS", False))
    scanner: str = field(default_factory=lambda: os.environ.get("SCANNER", ""))
    sms_gateway: str = field(
        default_factory=lambda: os.environ.get("SMS_GATEWAY", "bpc.portal.people.sms.ConsoleGateway")
    )


ENVIRONMENT = Environment()
