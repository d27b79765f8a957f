"""What a trainer's browser sends and reads on the desk."""

import html
import re
from typing import Any

from django.test import Client

from bpc.portal.people.models import User
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import Part, read_part
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.training.training_world import CODE

DESK, HOME = "/fr/mon-espace/cours", f"/fr/mon-espace/cours/{CODE}"
LESSON = f"{HOME}/lecons/cost"


def signed_in(person: User) -> Client:
    """A browser of this person."""
    client = Client()
    sign_in_with_factor(client, person)
    return client


def plain(page: Any) -> str:
    """The page as it is read."""
    return html.unescape(page.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def boxes(page: Any) -> dict[str, Any]:
    """What a browser would send: every input, text and choice of the page's last form with its value."""
    form = re.findall(r"<form [^>]*class=\"stack[^>]*>.*?</form>", page.content.decode(), re.S)[0]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        kind = re.search(r' type="([^"]*)"', tag)
        if name is None or (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            continue
        said = html.unescape(value[1]) if value else "on"
        if kind and kind[1] == "checkbox":
            found.setdefault(name[1], []).append(said)
        elif not kind or kind[1] != "file":
            found[name[1]] = said if value else ""
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = html.unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def stored(part: Part, code: str = CODE) -> Any:
    """What the open version says of a part."""
    return read_part(CourseVersion.objects.get(course__code=code, state="draft").content, part)


def beside(page: Any, box: str) -> str:
    """What is said beside a box."""
    found = re.search(rf'id="id_{box}_error">(.*?)</div></div>', page.content.decode(), re.S)
    return html.unescape(found[1]) if found else ""
