from tenants.work import site_task


@site_task(queue="messages")
def keep_promises(*, channel: str) -> None:
    """Send everything of the bound site that is due by ``channel``."""
