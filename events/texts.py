"""Drafts of what is said about an activity, and the words everybody reads."""

from events.models import ActivityText


def draft_of(text: ActivityText) -> ActivityText:
    """The newest words; readers may still have others."""
    draft: ActivityText = text.get_latest_revision_as_object()
    return draft


def make_public(text: ActivityText) -> None:
    """The newest words are what everybody reads; harmless when they are already."""
    if text.live and not text.has_unpublished_changes:
        return
    revision = text.latest_revision or text.save_revision()
    # Who may publish is decided by our own permissions; the audit is ours too.
    revision.publish(log_action=False)
