from django.urls import path

from portal.panel.messages.views import (
    announcements,
    audiences,
    conversations,
    inbox,
    reports,
    sending,
    writing,
)

app_name = "messages"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("zgloszone/", reports.reports, name="reports"),
    path("zgloszone/<uuid:pk>/", reports.decide, name="decide"),
    # Announcements
    path("ogloszenia/", announcements.announcements, name="announcements"),
    path("ogloszenia/nowe/", announcements.compose, name="compose"),
    path("ogloszenia/<uuid:pk>/", announcements.announcement, name="announcement"),
    path("ogloszenia/<uuid:pk>/popraw/", announcements.words, name="words"),
    path("ogloszenia/<uuid:pk>/odpowiedzi/", announcements.answers, name="answers"),
    path("ogloszenia/<uuid:pk>/do-kogo/", audiences.audience, name="audience"),
    path("ogloszenia/<uuid:pk>/do-kogo/dodaj/", audiences.add, name="audience_add"),
    path("ogloszenia/<uuid:pk>/do-kogo/usun/", audiences.remove, name="audience_remove"),
    path("ogloszenia/<uuid:pk>/sprawdz/", sending.check, name="check"),
    path("ogloszenia/<uuid:pk>/wyslij/", sending.send, name="send"),
    path("ogloszenia/<uuid:pk>/odwolaj/", sending.cancel, name="cancel"),
    path("ogloszenia/<uuid:pk>/ponow/", sending.resend, name="resend"),
    # One conversation
    path("<uuid:pk>/", conversations.conversation, name="conversation"),
    path("<uuid:pk>/nowe/", conversations.newer, name="newer"),
    path("<uuid:pk>/pliki/<uuid:file>/", conversations.attachment, name="attachment"),
    path("<uuid:pk>/odpowiedz/", writing.reply, name="reply"),
    path("<uuid:pk>/sprawdz/", writing.check_reply, name="check_reply"),
    path("<uuid:pk>/notatka/", writing.note, name="note"),
    path("<uuid:pk>/bez-odpowiedzi/", writing.put_aside, name="put_aside"),
]
