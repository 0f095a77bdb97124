"""What editing pages leaves behind about those who edit."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from cms_pages.models import SiteDocument, SiteImage
from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person, User
from portal.accounts.privacy import Declaration

COMMENTS = "wagtail_admin_comments"


def export(person: Person) -> dict[str, Any]:
    """What was written and when; the pages themselves are the office's and public."""
    logins = _logins_of(person)
    return {
        "comments": [
            {"at": comment.created_at, "text": comment.text}
            for model in (Comment, CommentReply)
            for comment in model.objects.filter(user__in=logins)
        ],
        "edits": [
            {"at": entry.timestamp, "page": entry.label, "action": entry.action}
            for entry in PageLogEntry.objects.filter(user__in=logins).order_by("timestamp")
        ],
        "files": [
            {"at": file.created_at, "title": file.title}
            for model in (SiteImage, SiteDocument)
            for file in model.objects.filter(uploaded_by_user__in=logins)
        ],
    }


def erase(person: Person) -> None:
    """Pages, pictures and their history stay, without an author; words of comments go."""
    logins = _logins_of(person)
    for profile in UserProfile.objects.filter(user__in=logins).exclude(avatar=""):
        # Once nothing can bring the row back.
        transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
    UserProfile.objects.filter(user__in=logins).delete()
    FormState.objects.filter(user__in=logins).delete()
    # Wagtail notes under their name who made or changed a login.
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        object_id__in=[str(login) for login in logins],
    ).delete()
    for login in logins:
        _take_comments_out_of_drafts(str(login))
    CommentReply.objects.filter(user__in=logins).delete()
    Comment.objects.filter(user__in=logins).delete()


def _take_comments_out_of_drafts(login: str) -> None:
    """A draft holds a copy of the comments on it."""
    for revision in Revision.objects.filter(content__icontains=login):
        comments = revision.content.get(COMMENTS, [])
        revision.content[COMMENTS] = [
            comment | {"replies": [r for r in comment.get("replies", []) if r["user"] != login]}
            for comment in comments
            if comment["user"] != login
        ]
        if revision.content[COMMENTS] != comments:
            revision.save(update_fields=["content"])


def _logins_of(person: Person) -> list[UUID]:
    logins = User.objects.filter(person__in=everybody_who_is(person))
    return list(logins.values_list("pk", flat=True))


DECLARATION = Declaration(
    key="editing",
    label=_("What you wrote and changed as an editor"),
    basis=_("a public task: informing residents (GDPR art. 6(1)(e))"),
    kept_for=_("comments until you delete your account; pages stay, without your name"),
    tables=(
        "cms_pages_basepage",
        "cms_pages_siteimage",
        "cms_pages_sitedocument",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailcore_apitoken",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_pagesubscription",
        "wagtailcore_revision",
        "wagtailcore_taskstate",
        "wagtailcore_uploadedfile",
        "wagtailcore_workflowstate",
        "wagtaildocs_document",
        "wagtailimages_image",
        "wagtailusers_userprofile",
    ),
    export=export,
    erase=erase,
    names={
        "comments": _("Comments"),
        "edits": _("Changes to pages"),
        "page": _("Page"),
        "files": _("Files you uploaded"),
        "title": _("Title"),
    },
)
