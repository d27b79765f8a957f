"""Addresses of the courses and of what one learns."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.training import mine, project_page, views

_COURSE = "formations/<slug:code>"
_LESSON = f"{_COURSE}/<slug:lesson>"

patterns = [
    page("formations", views.courses, name="courses", right=PUBLIC),
    page(_COURSE, views.course, name="course", right=PUBLIC),
    page(f"{_COURSE}/commencer", views.course_begin, name="course_begin", right=SIGNED_IN),
    page(_LESSON, views.lesson, name="lesson", right=PUBLIC),
    page(f"{_LESSON}/exercice", views.lesson_exercise, name="lesson_exercise", right=PUBLIC),
    page(f"{_LESSON}/questions", views.lesson_quiz, name="lesson_quiz", right=PUBLIC),
    page(
        "mon-espace/projets/<str:reference>/formation",
        project_page.project_training,
        name="project_training",
        right=SIGNED_IN,
    ),
    page("mon-espace/formation", mine.my_training, name="my_training", right=SIGNED_IN),
    page("mon-espace/formation/revision", mine.review, name="review", right=SIGNED_IN),
]
