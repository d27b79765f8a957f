"""Addresses of the pages in `web/teaching`: the desk of those who write courses. The rights of each version are
checked by the actions, on the version."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.teaching import files, keeping, lessons, part_pages, quiz_pages, views

RIGHT = "training.write"
_ALL = "mon-espace/cours"
_ONE = f"{_ALL}/<slug:code>"
_LESSONS = f"{_ONE}/lecons"
_LESSON = f"{_LESSONS}/<slug:lesson>"
_QUIZ = f"{_LESSON}/quiz"
_VERSION = f"{_ONE}/versions/<int:number>"

patterns = [
    page("lectures/<int:pk>", files.lesson_sound, name="lesson_sound", right=PUBLIC),
    page(_ALL, views.desk, name="teaching", right=RIGHT),
    page(f"{_ALL}/nouveau", keeping.start, name="teaching_start", right=RIGHT),
    page(f"{_ALL}/importer", keeping.bring_files, name="teaching_import", right=RIGHT),
    page(_ONE, views.course, name="teaching_course", right=RIGHT),
    page(f"{_ONE}/presentation", lessons.course_words, name="teaching_words", right=RIGHT),
    page(f"{_ONE}/brouillon", keeping.open_draft, name="teaching_draft", right=RIGHT),
    page(f"{_ONE}/abandonner", keeping.discard, name="teaching_discard", right=RIGHT),
    page(f"{_ONE}/soumettre", keeping.submit, name="teaching_submit", right=RIGHT),
    page(f"{_ONE}/reprendre", keeping.take_back, name="teaching_take_back", right=RIGHT),
    page(f"{_ONE}/renvoyer", keeping.send_back, name="teaching_send_back", right="training.review"),
    page(f"{_ONE}/publier", keeping.publish, name="teaching_publish", right="training.review"),
    page(f"{_ONE}/retirer", keeping.retire, name="teaching_retire", right="training.review"),
    page(f"{_ONE}/remettre", keeping.bring_back, name="teaching_bring_back", right="training.review"),
    page(f"{_ONE}/versions", views.compare_versions, name="teaching_compare", right=RIGHT),
    page(f"{_VERSION}/reprendre", keeping.take_up, name="teaching_take_up", right=RIGHT),
    page(f"{_VERSION}/cours.zip", files.course_zip, name="teaching_zip", right=RIGHT),
    page(
        f"{_VERSION}/questions.<slug:language>.gift", files.course_gift, name="teaching_moodle", right=RIGHT
    ),
    page(f"{_VERSION}/scorm.<slug:language>.zip", files.course_scorm, name="teaching_scorm", right=RIGHT),
    page(f"{_VERSION}/<slug:lesson>", views.preview, name="teaching_preview", right=RIGHT),
    page(
        f"{_VERSION}/<slug:lesson>.<slug:language>.gift",
        files.lesson_gift,
        name="teaching_gift_out",
        right=RIGHT,
    ),
    page(_LESSONS, lessons.lessons, name="teaching_lessons", right=RIGHT),
    page(f"{_LESSONS}/nouvelle", lessons.lesson_new, name="teaching_lesson_new", right=RIGHT),
    page(_LESSON, lessons.lesson, name="teaching_lesson", right=RIGHT),
    page(f"{_LESSON}/place", lessons.lesson_move, name="teaching_lesson_move", right=RIGHT),
    page(f"{_LESSON}/retirer", lessons.lesson_remove, name="teaching_lesson_remove", right=RIGHT),
    page(f"{_LESSON}/texte/<slug:language>", lessons.lesson_text, name="teaching_text", right=RIGHT),
    page(f"{_LESSON}/schema", part_pages.diagram, name="teaching_diagram", right=RIGHT),
    page(f"{_LESSON}/exercice", part_pages.exercise, name="teaching_exercise", right=RIGHT),
    page(f"{_LESSON}/voix/<slug:language>", files.sound, name="teaching_sound", right=RIGHT),
    page(_QUIZ, quiz_pages.quiz, name="teaching_quiz", right=RIGHT),
    page(f"{_QUIZ}/gift", quiz_pages.gift, name="teaching_gift", right=RIGHT),
    page(f"{_QUIZ}/nouvelle/<slug:kind>", part_pages.question_new, name="teaching_question_new", right=RIGHT),
    page(f"{_QUIZ}/<slug:question>", part_pages.question, name="teaching_question", right=RIGHT),
    page(
        f"{_QUIZ}/<slug:question>/retirer",
        quiz_pages.question_remove,
        name="teaching_question_remove",
        right=RIGHT,
    ),
]
