"""What a package says of itself, once judged."""

from dataclasses import dataclass

from bpc.portal.packages.states import Kind

LONGEST_TITLE = 160
LONGEST_QUERY = 400
LONGEST_LAUNCH_DATA = 4096


@dataclass(frozen=True)
class Described:
    """The facts read in a manifest or in `h5p.json`; "" and None: not said."""

    kind: Kind
    title: str = ""
    language: str = ""
    launch: str = ""  # the first page, as written in the archive; H5P has none
    launch_query: str = ""  # what its address ends with, "?" or "#" included
    mastery: float | None = None  # the score that passes, out of 100
    launch_data: str = ""  # given to the lesson as it starts
    main_library: str = ""  # H5P: name and version
    licence: str = ""
    credit: str = ""
    missing: tuple[str, ...] = ()  # files it announces and does not hold
