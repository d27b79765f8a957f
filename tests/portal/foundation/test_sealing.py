"""A secret opens for its purpose and under its key, and for nothing else."""

from typing import Any

import pytest

from bpc.portal.foundation.sealing import BrokenSeal, seal, unseal


def test_a_secret_comes_back_and_never_shows() -> None:
    kept = seal("mot de passe", "essai")
    assert unseal(kept, "essai") == "mot de passe"
    assert "mot" not in kept
    assert seal("mot de passe", "essai") != kept  # two rows do not tell that they hold the same


def test_another_purpose_an_altered_row_another_key_open_nothing(settings: Any) -> None:
    kept = seal("mot de passe", "essai")
    with pytest.raises(BrokenSeal):
        unseal(kept, "autre")
    with pytest.raises(BrokenSeal):
        unseal(kept[:-4] + "AAA=", "essai")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "y" * 50
    with pytest.raises(BrokenSeal):
        unseal(kept, "essai")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert unseal(kept, "essai") == "mot de passe"
