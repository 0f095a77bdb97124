"""What is said about an activity: drafts, the picture, how it will look, and publishing it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from events.actions.publish_text import publish_text
from events.actions.save_text import Words, save_text
from events.forms_editing.refusing import form_page, refusals_on
from events.forms_editing.words import TextForm, picture_form
from events.models import Activity, ActivityText
from events.preview import preview_page
from events.texts import draft_of
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import activity_or_404, language_or_404, text_or_404
from portal.panel.events.texts_shown import texts_shown
from portal.panel.refusing import refusals_told


@requires(Permission.EDIT_EVENTS)
def text(request: OwnRequest, pk: UUID, language: str) -> HttpResponse:
    """Saving keeps a draft; what everybody reads stays."""
    found = activity_or_404(pk)
    draft = _draft(found, language_or_404(language))
    form = TextForm(request.POST or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            save_text(activity=found, language=language, words=form.words, acting_user=request.user)
            messages.success(request, _("The draft is saved. It shows once it is published."))
            return redirect("panel:events:activity", pk)
    return form_page(
        request, "panel/events/text.html", form, activity=found, draft=draft,
        shown=_shown(found, language),
    )  # fmt: skip


def _draft(activity: Activity, language: str) -> ActivityText:
    """The newest words; of a language nobody has written in, the picture of the others."""
    written = {text.language: text for text in activity.texts.select_related("latest_revision")}
    if language in written:
        return draft_of(written[language])
    picture = next((draft_of(text).picture for text in written.values()), None)
    return ActivityText(activity=activity, language=language, live=False, picture=picture)


def _shown(activity: Activity, language: str) -> object:
    return next(one for one in texts_shown(activity) if one.language == language)


@require_POST
@requires(Permission.EDIT_EVENTS)
def publish(request: OwnRequest, pk: UUID, language: str) -> HttpResponse:
    found = text_or_404(activity_or_404(pk), language)
    with refusals_told(request):
        publish_text(text=found, acting_user=request.user)
        messages.success(request, _("The words are published."))
    return redirect("panel:events:activity", pk)


@requires(Permission.EDIT_EVENTS)
def picture(request: OwnRequest, pk: UUID, language: str) -> HttpResponse:
    """A picture, said in words or marked as decoration; it belongs to the draft."""
    found = activity_or_404(pk)
    draft = draft_of(text_or_404(found, language))
    form = picture_form(
        request.POST or None, request.FILES or None, title=found.title, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), transaction.atomic():
            _save_picture(request, draft, form.save())
            messages.success(request, _("The picture is part of the draft now."))
            return redirect("panel:events:activity", pk)
    return form_page(
        request, "panel/events/picture.html", form, activity=found, draft=draft,
        shown=_shown(found, language),
    )  # fmt: skip


@require_POST
@requires(Permission.EDIT_EVENTS)
def remove_picture(request: OwnRequest, pk: UUID, language: str) -> HttpResponse:
    """The file stays among the site's pictures: another page may show it."""
    found = activity_or_404(pk)
    with refusals_told(request):
        _save_picture(request, draft_of(text_or_404(found, language)), None)
        messages.success(request, _("The draft has no picture now."))
    return redirect("panel:events:activity", pk)


def _save_picture(request: OwnRequest, draft: ActivityText, image: object) -> None:
    save_text(
        activity=draft.activity,
        language=draft.language,
        words=Words(title=draft.title, lead=draft.lead, body=draft.body, picture=image),
        acting_user=request.user,
    )


@require_safe
@requires(Permission.SEE_EVENTS)
def preview(request: OwnRequest, pk: UUID, language: str) -> HttpResponse:
    """The public page with the draft in it, for the office alone."""
    found = activity_or_404(pk)
    draft = draft_of(text_or_404(found, language))
    with override(language):
        return preview_page(request, found, draft, "panel/events/preview.html").render()
