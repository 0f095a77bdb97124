from django.urls import path

from portal.panel.safety.views import blocks, contacts, reports

app_name = "safety"

urlpatterns = [
    path("", reports.reports, name="reports"),
    path("kto-czyta/", contacts.contacts, name="contacts"),
    path("rozdzieleni/", blocks.blocks, name="blocks"),
    path("rozdzieleni/<uuid:pk>/usun/", blocks.remove, name="block_remove"),
    path("<uuid:pk>/", reports.report, name="report"),
    path("<uuid:pk>/zajmuje-sie/", reports.take_up, name="report_take_up"),
    path("<uuid:pk>/rozdziel/", reports.separate, name="report_keep_apart"),
    path("<uuid:pk>/zamknij/", reports.close, name="report_close"),
]
