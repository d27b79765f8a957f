"""What a version still lacks before others may read it: of the course as written, and of its recordings."""

from bpc.datasets.training_courses import Unready, unready
from bpc.portal.training.contents import read_content
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.sounds import is_behind


class NotReady(Exception):
    """The version may not be submitted or published; `lacks` says every reason."""

    def __init__(self, lacks: list[Unready]) -> None:
        super().__init__(", ".join(one.code for one in lacks))
        self.lacks = lacks


def lacks_of(version: CourseVersion) -> list[Unready]:
    """Everything that keeps the version from being published, lesson by lesson."""
    lacks = list(unready(read_content(version.content)))
    for sound in version.sounds.all():
        if is_behind(sound, version.content):
            lacks.append(Unready("sound_behind", sound.lesson, sound.language))
    return lacks


def refuse_unready(version: CourseVersion) -> None:
    """Raises `NotReady` with every reason."""
    if lacks := lacks_of(version):
        raise NotReady(lacks)
