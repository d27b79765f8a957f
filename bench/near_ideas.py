"""`python -m bench.near_ideas [--ideas 100000]`: ideas near to one being told, among few and among many.

In a site of its own, on SQLite: the crowd of ideas of the other benches, whose words are drawn from a hundred, so that
far more resemble each other than in life. Each question must be answered within the limit; the rival compares the idea
with the trigrams of every idea of its region, read one by one.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from bench import crowd  # noqa: E402  (after the settings)
from bench.databases import environment_of  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.core.text.similarity import nearest  # noqa: E402
from bpc.core.text.stems import analyse  # noqa: E402
from bpc.portal.ideas.models import Idea  # noqa: E402
from bpc.portal.ideas.near import near_ideas, rebuild  # noqa: E402
from bpc.portal.reference.models import Territory  # noqa: E402

LIMIT_MS = 50.0
QUESTIONS, SEED = 60, 7
RIVAL_QUESTIONS = 3
FAULTY = 1


def _questions() -> list[dict[str, Any]]:
    draw = random.Random(SEED)
    communes = list(Territory.objects.filter(level="commune").order_by("pk"))
    in_region = [place for place in communes if place.region_code == crowd.REGION]
    return [
        {
            "title": " ".join(draw.choices(words, k=4)), "text": " ".join(draw.choices(words, k=30)),
            "commune": draw.choice(in_region if number % 2 else communes),
        }
        for number, words in zip(range(QUESTIONS), [crowd.FRENCH, crowd.ARABIC] * QUESTIONS, strict=False)
    ]  # fmt: skip


def _milliseconds(asked: list[dict[str, Any]], answer: Callable[..., Any]) -> list[float]:
    times = []
    for question in asked:
        start = time.perf_counter()
        answer(None, **question)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)


def _one_by_one(_person: Any, *, title: str, text: str, commune: Territory) -> Any:
    """The rival: every idea of the region, by trigrams."""
    ideas = Idea.objects.filter(region=commune.region_code).values_list("pk", "title", "need", "proposal")
    texts = ((key, analyse(" ".join(words))) for key, *words in ideas.iterator(chunk_size=2000))
    return nearest(analyse(f"{title} {text}"), texts)


def measure(size: int) -> int:
    """Grow the site, ask, print; 1 when a question in twenty is slower than the limit."""
    worst = 0.0
    for number in (1_000, size):
        crowd.grow(number)
        rebuild()
        asked = _questions()
        first = _milliseconds(asked, near_ideas)  # words never seen are read once a process
        again = _milliseconds(asked, near_ideas)
        middle, late = again[len(again) // 2], again[len(again) * 19 // 20]
        print(
            f"{number:>9,} ideas   median {middle:6.1f} ms   19 in 20 {late:6.1f} ms"
            f"   first time {first[len(first) // 2]:6.1f} ms"
        )
        worst = late
    rival = _milliseconds(_questions()[1 : 2 * RIVAL_QUESTIONS : 2], _one_by_one)
    print(
        f"one by one, by trigrams: {rival[len(rival) // 2]:,.0f} ms, {rival[len(rival) // 2] / middle:,.0f} times"
    )
    print(f"limit {LIMIT_MS:.0f} ms for 19 questions in 20: {'ok' if worst <= LIMIT_MS else 'MISSED'}")
    return 0 if worst <= LIMIT_MS else FAULTY


def main() -> int:
    """In a site of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ideas", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="on the site of the environment: it is filled")
    asked = parser.parse_args()
    if asked.here:
        return measure(asked.ideas)
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_of(Path(folder), "")
        subprocess.run(
            [sys.executable, "manage.py", "prepare"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        command = [sys.executable, "-m", "bench.near_ideas", "--here", "--ideas", str(asked.ideas)]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpc.portal.settings.dev")
    sys.exit(main())
