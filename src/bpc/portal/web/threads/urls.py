"""Addresses of the pages in `web/threads`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.threads import message_views, note_views, thread_views

_ONE = "mon-espace/projets/<str:reference>"
_THREAD = f"{_ONE}/messages/<int:pk>"
_MESSAGE = f"{_THREAD}/<int:number>"

patterns = [
    page("mon-espace/messages", thread_views.my_threads, name="my_threads", right=SIGNED_IN),
    page(f"{_ONE}/messages", thread_views.threads, name="threads", right=SIGNED_IN),
    page(f"{_ONE}/messages/nouveau", thread_views.thread_new, name="thread_new", right=SIGNED_IN),
    page(_THREAD, thread_views.thread, name="thread", right=SIGNED_IN),
    page(f"{_MESSAGE}/corriger", message_views.message_change, name="message_change", right=SIGNED_IN),
    page(f"{_MESSAGE}/retirer", message_views.message_withdraw, name="message_withdraw", right=SIGNED_IN),
    page(f"{_THREAD}/fichiers/<int:file>", message_views.message_file, name="message_file", right=SIGNED_IN),
    page(f"{_ONE}/notes", note_views.staff_notes, name="staff_notes", right=SIGNED_IN),
    page("mon-espace/notes-partagees", note_views.shared, name="shared_notes", right="threads.shared_notes"),
    page("mon-espace/notes/<int:pk>/repondre", note_views.note_answer, name="note_answer", right=SIGNED_IN),
    page("mon-espace/notes/<int:pk>/partager", note_views.note_share, name="note_share", right=SIGNED_IN),
    page("mon-espace/notes/<int:pk>/effacer", note_views.note_delete, name="note_delete", right=SIGNED_IN),
]
