"""Addresses of the courses and of what one learns."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.training import mine, offline, offline_sending, project_page, sounds, views

_COURSE = "formations/<slug:code>"
_LESSON = f"{_COURSE}/<slug:lesson>"
_OFFLINE = "formations/hors-ligne"  # before any course: none has this name

patterns = [
    page("formations", views.courses, name="courses", right=PUBLIC),
    # one folder for all courses on a telephone: its worker sees nothing else of the site
    page(_OFFLINE, offline.courses_offline, name="courses_offline", right=SIGNED_IN),
    page(f"{_OFFLINE}.js", offline.worker, name="courses_worker", right=PUBLIC),
    page(f"{_OFFLINE}/lecture.<slug:digest>.son", sounds.sound_offline, name="sound_offline", right=PUBLIC),
    page(f"{_OFFLINE}/<slug:code>", offline.course_offline, name="course_offline", right=SIGNED_IN),
    page(f"{_OFFLINE}/<slug:code>/envoi", offline_sending.course_send, name="course_send", right=SIGNED_IN),
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
