from django.urls import path

from portal.demo import mailbox, views

urlpatterns = [
    path("", views.who, name="demo_who"),
    path("wejdz/<slug:key>/", views.enter, name="demo_enter"),
    path("wyjdz/", views.leave, name="demo_leave"),
    path("poczta/", mailbox.mailbox, name="demo_mailbox"),
    path("poczta/<uuid:pk>/", mailbox.opened, name="demo_message"),
    path("poczta/<uuid:pk>/jak-w-poczcie/", mailbox.as_a_page, name="demo_mail_as_a_page"),
]
