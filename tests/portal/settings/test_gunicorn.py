"""What gunicorn reads besides its command line."""

import gc

from gunicorn.config import Config

from bpc.portal.settings import gunicorn


def test_gunicorn_knows_every_name_it_is_given() -> None:
    given = {name for name in vars(gunicorn) if not name.startswith("_")} - {"gc", "Any"}
    assert given >= {"when_ready", "worker_class", "threads"}
    assert given <= set(Config().settings)


def test_what_is_loaded_is_set_apart_from_the_collector() -> None:
    try:
        gunicorn.when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
