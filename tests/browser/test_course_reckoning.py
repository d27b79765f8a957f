"""What a telephone reckons without network is what the site reckons: formulas, marks, words, numbers, histories."""

import random
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext

from tests.browser import course_cases

_TRY = """async (cases) => {
  const base = "/static/web/js/";
  const { value } = await import(`${base}course-formulas.js`);
  const { mark, fold: folded } = await import(`${base}course-marks.js`);
  const { fold, reviews } = await import(`${base}course-progress.js`);
  const { readNumber, written } = await import(`${base}course-numbers.js`);
  const options = [{ fraction: 0 }, { fraction: 1 }];
  const questions = ["q", "r"].map((code) => ({ code, kind: "one", feedback: "", options }));
  const lessons = ["a", "b"].map((code) => ({ code, questions }));
  const due = (events, code) => reviews(lessons, events).filter(({ lesson }) => lesson === code);
  const statesOf = (events) => Object.fromEntries([...fold(events)].map(([code, one]) => [code, {
    answers: one.answers, fields: one.fields, wrote: Boolean(one.wroteAt), read: Boolean(one.readAt),
    reviews: Object.fromEntries(due(events, code).map(({ question, box, due }) => [question, [box, due]])),
  }]));
  return {
    formulas: cases.formulas.map(({ tree, known }) => value(tree, known)),
    marks: cases.marks.map(({ question, answer }) => mark(question, answer)),
    folds: cases.folds.map(([text]) => folded(text)),
    numbers: cases.numbers.map(([number, places]) => written(number, places)),
    typed: cases.typed.map(([text]) => { const found = readNumber(text); return Number.isNaN(found) ? "no" : found; }),
    events: cases.events.map(({ events }) => statesOf(events)),
  };
}"""


def test_the_device_reckons_marks_and_folds_as_the_site_does(
    open_context: Callable[..., BrowserContext],
) -> None:
    """Thousands of random formulas, answers, words, numbers and histories: one result on both sides."""
    dice = random.Random(uuid4().hex)
    cases = {
        "formulas": course_cases.formula_cases(dice, 2000), "marks": course_cases.mark_cases(dice, 2000),
        "folds": course_cases.fold_cases(), "numbers": course_cases.number_cases(dice, 300),
        "typed": course_cases.typed_cases(), "events": course_cases.event_cases(dice, 300),
    }  # fmt: skip
    page = open_context("desk", "fr").new_page()
    page.goto("/fr/formations")
    found = page.evaluate(_TRY, cases)
    assert found["formulas"] == [one["value"] for one in cases["formulas"]]
    assert found["marks"] == [one["mark"] for one in cases["marks"]]
    assert found["folds"] == [one[1] for one in cases["folds"]]
    assert found["numbers"] == [one[2] for one in cases["numbers"]]
    assert found["typed"] == [one[1] for one in cases["typed"]]
    assert found["events"] == [one["states"] for one in cases["events"]]
