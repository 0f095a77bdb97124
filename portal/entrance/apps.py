from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    name = "portal.entrance"
    label = "entrance"
    verbose_name = _("entrance")

    def ready(self) -> None:
        from portal.notifications.kinds import Kind, register  # noqa: PLC0415 (they need models)

        register(
            # Alike in everything: what becomes of a message must not tell which of them it was.
            Kind(
                key="entrance/code", label=_("code to log in with"),
                is_urgent=True, goes_to_inbox=False, is_secret=True,
            ),
            Kind(
                key="entrance/no_account", label=_("no account with this address"),
                is_urgent=True, goes_to_inbox=False, is_secret=True,
            ),
            Kind(
                key="entrance/has_account", label=_("there is an account already"),
                is_urgent=True, goes_to_inbox=False, is_secret=True,
            ),
            Kind(
                key="entrance/invitation", label=_("invitation"),
                goes_to_inbox=False, is_secret=True,
            ),
            Kind(
                key="entrance/security_notice", label=_("change to the security of a login"),
                is_urgent=True, goes_to_inbox=False,
            ),
        )  # fmt: skip
