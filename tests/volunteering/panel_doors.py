"""What each address of volunteering in the panel takes, by the name of its URL. That they keep to
it is tried in tests/architecture; here it says which links a role may be shown."""

from portal.accounts.permissions import Permission

P = Permission

TAKES = {
    **{
        f"help:{name}": P.SEE_HELP
        for name in (
            "requests", "csv", "xlsx", "match", "run_result", "figures", "figures_csv",
            "figures_xlsx", "request", "why_not", "not_chosen",
        )
    },
    **{
        f"volunteers:{name}": P.SEE_VOLUNTEERS
        for name in (
            "list", "csv", "xlsx", "profile", "districts", "hours", "hours_csv", "hours_xlsx",
        )
    },
    **{
        f"volunteers:{name}": P.ADMIT_VOLUNTEERS
        for name in ("admit", "check", "check_request", "check_refuse")
    },
    **{f"opportunities:{name}": P.SEE_OPPORTUNITIES for name in ("list", "opportunity", "shift")},
    **{f"opportunities:{name}": P.SEE_VOLUNTEERS for name in ("applicants", "sheet")},
    **{
        f"opportunities:{name}": P.EDIT_VOLUNTEERS
        for name in ("accept", "decline", "choose", "put", "give_back", "came", "did_not_come")
    },
    "safety:contacts": P.MANAGE_TEAM,
    "safety:blocks": P.SEE_HELP_CONTACTS,
    "safety:block_remove": P.SEE_HELP_CONTACTS,
}  # fmt: skip
# Everything else of a room. Reports of danger are for two people, whatever their role.
OTHERWISE = {
    "help:": P.RUN_HELP,
    "volunteers:": P.EDIT_VOLUNTEERS,
    "opportunities:": P.EDIT_OPPORTUNITIES,
    "safety:": P.ENTER_PANEL,
}


def takes(name: str) -> Permission:
    """
    Args:
        name: with its room: ``help:request``.
    """
    room, _colon, _rest = name.partition(":")
    return TAKES.get(name, OTHERWISE[f"{room}:"])
