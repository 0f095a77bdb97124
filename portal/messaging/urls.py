from django.urls import path

from portal.messaging.views import (
    blocking,
    by_link,
    files,
    inbox,
    marking,
    reporting,
    thread,
    writing,
)  # fmt: skip

app_name = "messaging"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("ile/", inbox.unread, name="unread"),
    path("nowa/", writing.new, name="new"),
    path("zablokowani/", blocking.blocked, name="blocked"),
    path("zablokowani/<uuid:block>/odblokuj/", blocking.unblock, name="unblock"),
    path("link/<str:token>/", by_link.conversation, name="by_link"),
    path("link/<str:token>/nowe/", by_link.newer, name="by_link_newer"),
    path("link/<str:token>/odpowiedz/", by_link.reply, name="by_link_reply"),
    path("link/<str:token>/przeczytane/", by_link.mark_read, name="by_link_mark_read"),
    path(
        "link/<str:token>/pliki/<uuid:file>/", by_link.attachment, name="by_link_attachment"
    ),
    path("<uuid:pk>/", thread.conversation, name="conversation"),
    path("<uuid:pk>/nowe/", thread.newer, name="newer"),
    path("<uuid:pk>/odpowiedz/", writing.reply, name="reply"),
    path("<uuid:pk>/przeczytane/", marking.mark_read, name="mark_read"),
    path("<uuid:pk>/wycisz/", marking.mute, name="mute"),
    path("<uuid:pk>/wlacz/", marking.unmute, name="unmute"),
    path("<uuid:pk>/zglos/<int:number>/", reporting.report, name="report"),
    path("<uuid:pk>/zablokuj/<int:number>/", blocking.block, name="block"),
    path("<uuid:pk>/pliki/<uuid:file>/", files.attachment, name="attachment"),
]  # fmt: skip
