from django.urls import URLPattern

app_name = "my_account"

urlpatterns: list[URLPattern] = []
