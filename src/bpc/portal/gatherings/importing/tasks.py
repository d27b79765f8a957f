"""The long work on a file of ideas, done by the background worker: batch by batch, resumed where it stopped."""

import logging

from django.utils import timezone
from django_tasks import task

from bpc.portal.gatherings.importing import applying
from bpc.portal.gatherings.models import IdeaImport
from bpc.portal.people.models import User
from bpc.portal.register.sheets import UnreadableError

_log = logging.getLogger(__name__)


@task()
def apply_file(key: int, run: int, asked_by: int) -> str:
    """Take in what is left of the file; returns the state it ends in, or "gone" when others have taken it over."""
    problem, line = "", 0
    try:
        actor = User.objects.get(pk=asked_by)
        row = applying.begin(key=key, run=run, at=timezone.now())
        for lines in applying.batches(row, actor):
            applying.take_in(row=row, lines=lines, actor=actor, at=timezone.now())
        applying.finish(key=key, run=run, actor=actor, at=timezone.now())
    except applying.Superseded:
        return "gone"
    except UnreadableError as error:
        problem, line = error.code, error.line
    except applying.LineFailed as error:
        _log.exception("a line of a file of ideas could not be taken in")
        problem, line = "unexpected", error.line
    except Exception:
        _log.exception("work on a file of ideas stopped")
        problem = "unexpected"
    if problem:
        try:
            applying.stop(key=key, run=run, problem=problem, line=line, at=timezone.now())
        except applying.Superseded:
            return "gone"
    return str(IdeaImport.objects.values_list("state", flat=True).get(pk=key))
