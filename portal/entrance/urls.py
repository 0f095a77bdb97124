"""Doors. The names without a namespace are allauth's own: its code asks for them."""

from allauth.account.views import account_inactive, logout
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import never_cache

from portal.entrance.views import confirming, factors, login, own_login, sign_up
from portal.entrance.views.code_pages import SendAgain
from portal.entrance.views.invitation import invitation

_ours = [
    path("kod/jeszcze-raz/", SendAgain.as_view(of=login.LoginCode), name="login_code_again"),
    path("zaloguj/haslo/", login.login_by_password, name="login_by_password"),
    path("zaloz/kod/", sign_up.SignUpCode.as_view(), name="sign_up_code"),
    path(
        "zaloz/kod/jeszcze-raz/", SendAgain.as_view(of=sign_up.SignUpCode),
        name="sign_up_code_again",
    ),
    path("nowy-adres/kod/", own_login.new_address_code, name="new_address_code"),
    path(
        "nowy-adres/kod/jeszcze-raz/", own_login.send_new_address_code_again,
        name="new_address_code_again",
    ),
    path("potwierdz/", confirming.confirm_by_code, name="confirm_by_code"),
    path("potwierdz/kod/", confirming.confirmation_code, name="confirmation_code"),
    path(
        "potwierdz/kod/jeszcze-raz/", confirming.send_confirmation_again,
        name="confirmation_code_again",
    ),
    path("zaproszenie/<str:token>/", invitation, name="invitation"),
]  # fmt: skip

_allauths = [
    path("zaloguj/", login.login, name="account_login"),
    path("kod/", login.LoginCode.as_view(), name="account_confirm_login_code"),
    path("zaloguj/klucz/", login.LoginByPasskey.as_view(), name="mfa_login_webauthn"),
    path("zaloguj/drugi-krok/", factors.show, name="mfa_authenticate"),
    path("wyloguj/", never_cache(logout), name="account_logout"),
    path("nieaktywne/", never_cache(account_inactive), name="account_inactive"),
    path("zaloz/", sign_up.sign_up, name="account_signup"),
    path("email/", own_login.change_email, name="account_email"),
    path("telefon/", own_login.change_phone, name="account_change_phone"),
    path("haslo/", own_login.set_password, name="account_set_password"),
    path("potwierdz/haslo/", confirming.by_password, name="account_reauthenticate"),
    path("potwierdz/drugi-krok/", confirming.by_second_factor, name="mfa_reauthenticate"),
    path("potwierdz/klucz/", confirming.by_passkey, name="mfa_reauthenticate_webauthn"),
    path("dwa-kroki/", factors.index, name="mfa_index"),
    path("dwa-kroki/klucz/", factors.add_passkey, name="mfa_add_webauthn"),
    path("dwa-kroki/klucz/<int:pk>/nazwij/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("dwa-kroki/klucz/<int:pk>/usun/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("dwa-kroki/aplikacja/", factors.add_app, name="mfa_activate_totp"),
    path("dwa-kroki/aplikacja/usun/", factors.remove_app, name="mfa_deactivate_totp"),
    path("dwa-kroki/kody/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("dwa-kroki/kody/nowe/", factors.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "dwa-kroki/kody/pobierz/", factors.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include(_allauths)),
    path("konto/", include((_ours, "entrance"))),
]
