"""The same things under the same ids in two sites, every text of them marked with a word of the
site: whoever sees the other site's word sees through the wall.

``release`` must make everything in one order, so that the counters of both sites stay level.
"""

import io
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.models import Embed
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    GroupApprovalTask,
    Site,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms_pages.models import (
    BasePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    RequiredDocument,
    ServiceAvailability,
    ServiceIndexPage,
    ServicePage,
    SiteDocument,
    SiteImage,
    StandardPage,
)
from cms_pages.views.files import theme_sheet
from events.listing import list_sessions
from portal.accounts.models import User
from portal.places.models import (
    AccessFacts,
    Contact,
    ContactPhone,
    OpeningException,
    OpeningHours,
    Place,
    Room,
)
from tenants.binding import bind
from tenants.models import Tenant
from tests.architecture.event_canaries import event_names, release_events
from tests.architecture.factor_canaries import add_second_factors
from tests.architecture.help_canaries import help_names, release_help
from tests.architecture.people_canaries import (
    SHARED,
    contacts,
    fail_job,
    release_people,
    tokens,
)
from tests.architecture.talk_canaries import release_talk, talk_names
from tests.cast import PASSWORD

SHARED_PASSWORD = "sezam"
# Of reports of danger.
READERS = ("director", "superuser")
_USER, _PLACE, _CONTACT, _STATE = (UUID(int=number) for number in range(1, 5))


@dataclass(frozen=True, slots=True)
class Canaries:
    """What a site was filled with: its word, and the ids that URLs are made of."""

    tenant: Tenant
    word: str
    ids: dict[str, str]
    # Of things that are only here, under the names of those that both sites hold.
    only_here: dict[str, str]
    # Id of a person → how to reach them.
    contacts: dict[str, tuple[str, ...]]


def release(
    tenant: Tenant, word: str, colour: tuple[int, int, int], ids_only_here: int
) -> Canaries:
    """Fill a site. ``colour`` paints its picture, so that files of two sites differ; from
    ``ids_only_here`` on it has ids that no other site has."""
    with bind(tenant):
        people = _people(tenant, word)
        pages = _pages(word, people["superuser"])
        files = _files(word, colour, people["superuser"])
        places = _places(word, ServicePage.objects.get(pk=pages["service"].pk))
        made = people | pages | files | places | _workflow(word, pages, people)
        owner = User.objects.get(email=f"ngo_member@{tenant.schema_name}.example")
        made |= release_people(word, SHARED, owner)
        made |= release_events(word, SHARED, owner, made, made["image"])
        readers = list(
            User.objects.filter(
                email__in=[f"{role}@{tenant.schema_name}.example" for role in READERS]
            ).order_by("email")
        )
        made |= release_help(word, SHARED, owner, made, readers)
        made |= release_talk(word, SHARED, owner, painted(colour))
        made["passkey"] = add_second_factors(owner, word)
        only_here = release_people(word, ids_only_here, owner)
        only_here |= release_events(word, ids_only_here, owner, only_here, made["image"])
        only_here |= release_help(word, ids_only_here, owner, only_here, readers)
        only_here |= release_talk(word, ids_only_here, owner, painted(colour))
        with transaction.atomic():
            list_sessions()
        names, their_names = (
            event_names(first_id, found) | help_names(first_id, found) | talk_names(found)
            for first_id, found in ((SHARED, made), (ids_only_here, only_here))
        )
        jobs = [str(fail_job(word)) for _job in range(2)]
        reached = contacts(made) | contacts(only_here)
        site = Site.objects.get()
        site.site_name = word
        site.save(update_fields=["site_name"])
        made |= {"site": site} | _small_things(word, pages, files, people["superuser"])
        picture = files["image"].get_rendition("max-20x20").file.name  # type: ignore[attr-defined]
        # Drawn before anybody looks: a look writes nothing.
        files["image"].get_renditions("width-480", "width-1000")  # type: ignore[attr-defined]
    ids = {name: str(thing.pk) for name, thing in made.items()}
    ids |= {
        "picture_file": picture,
        "document_file": files["document"].filename,  # type: ignore[attr-defined]
        "restricted_file": files["restricted"].filename,  # type: ignore[attr-defined]
        "reset_uid": urlsafe_base64_encode(force_bytes(people["user"].pk)),
        "reset_token": "c0ffee-0123456789abcdef",
        "theme": theme_sheet(tenant.colour)[0],
        "job": jobs[0],
        **tokens(SHARED),
        **names,
    }
    theirs = {name: str(thing.pk) for name, thing in only_here.items()}
    theirs |= {"job": jobs[1], **tokens(ids_only_here), **their_names}
    return Canaries(tenant, word, ids, theirs, reached)


def _people(tenant: Tenant, word: str) -> dict[str, Model]:
    for user in User.objects.select_related("person"):
        user.last_name = user.person.last_name = word
        user.save(update_fields=["last_name"])
        user.person.save(update_fields=["last_name"])
    superuser = User.objects.create_superuser(
        email=f"superuser@{tenant.schema_name}.example", password=PASSWORD, last_name=word
    )
    user = User.objects.create_user(
        id=_USER, email=f"{word}@example.org", phone="+48600100200", password=f"{PASSWORD}-{word}",
        first_name=word,
    )  # fmt: skip
    group = Group.objects.create(name=word)
    user.groups.add(Group.objects.get(name="Moderators"), group)
    editor, director = (
        User.objects.get(email=f"{role}@{tenant.schema_name}.example")
        for role in ("editor", "director")
    )
    return {
        "superuser": superuser, "user": user, "group": group, "editor": editor,
        "director": director,
    }  # fmt: skip


def _pages(word: str, user: Model) -> dict[str, Model]:
    for page in BasePage.objects.filter(depth__gte=2).order_by("path").specific():
        page.title, page.lead = f"{page.title} {word}", word
        if page.locale.language_code == "pl":
            page.save_revision(user=user).publish()
        else:
            page.save()
    home = HomePage.objects.get(locale__language_code="pl")
    news_index = NewsIndexPage.objects.get(locale__language_code="pl")
    service_index = ServiceIndexPage.objects.get(locale__language_code="pl")
    body = [("text", f"<p>{word}</p>")]
    page = _published(home, StandardPage(title=f"Strona {word}", slug="strona", body=body), user)
    news = _published(news_index, NewsPage(title=word, slug="nowina", lead=word, body=body), user)
    service = ServicePage(
        title=word, slug="usluga", lead=word, area="kultura", cost_kind="free", cost=word,
        official_name=word, legal_basis=word, exemptions=word, who=[("item", word)],
        documents=[RequiredDocument(text=word)],
    )  # fmt: skip
    _published(service_index, service, user)
    draft = StandardPage(title=f"Szkic {word}", slug="szkic", live=False, body=body)
    home.add_child(instance=draft)
    draft.save_revision(user=user)
    alias = page.create_alias(parent=home, update_slug="to-samo")
    locked = StandardPage(
        title=f"Zamek {word}", slug="zamek", locked=True, locked_by=user, locked_at=timezone.now()
    )
    _published(home, locked, user)
    page.title = f"Poprawiona {word}"
    revision = page.save_revision(user=user)
    page.refresh_from_db()
    english = HomePage.objects.get(locale__language_code="en")
    return {
        "home": home, "english_home": english, "page": page, "news": news, "service": service,
        "draft": draft, "alias": alias, "locked": locked, "revision": revision,
        "service_index": service_index, "news_index": news_index,
    }  # fmt: skip


def _published(parent: BasePage, page: BasePage, user: Model) -> BasePage:
    parent.add_child(instance=page)
    page.save_revision(user=user).publish()
    return page


def _files(word: str, colour: tuple[int, int, int], user: Model) -> dict[str, Model]:
    collection = Collection.get_first_root_node().add_child(name=word)
    secret = Collection.get_first_root_node().add_child(name=f"Zamknięte {word}")
    restriction = CollectionViewRestriction.objects.create(
        collection=secret,
        restriction_type=CollectionViewRestriction.PASSWORD,
        password=SHARED_PASSWORD,
    )
    picture = painted(colour)
    image = SiteImage.objects.create(
        title=word, alt_text=word, collection=collection, uploaded_by_user=user,
        file=ContentFile(picture, "obraz.png"), width=40, height=30,
    )  # fmt: skip
    image.tags.add(word)
    document = SiteDocument.objects.create(
        title=word, collection=collection, uploaded_by_user=user,
        file=ContentFile(word.encode(), "pismo.txt"),
    )  # fmt: skip
    document.tags.add(word)
    restricted = SiteDocument.objects.create(
        title=f"Zamknięte {word}", collection=secret, uploaded_by_user=user,
        file=ContentFile(word.encode(), "tajne.txt"),
    )  # fmt: skip
    uploaded = {
        f"uploaded_{model._meta.model_name.removeprefix('site')}": UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(content, name),
            uploaded_by_user=user,
        )
        for model, content, name in (
            (SiteImage, picture, f"{word}.png"),
            (SiteDocument, word.encode(), f"{word}.txt"),
        )
    }
    return {
        "collection": collection, "secret": secret, "restriction": restriction, "image": image,
        "document": document, "restricted": restricted, **uploaded,
    }  # fmt: skip


def painted(colour: tuple[int, int, int]) -> bytes:
    """A small PNG of one colour."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "PNG")
    return picture.getvalue()


def _places(word: str, service: ServicePage) -> dict[str, Model]:
    place = Place.objects.create(
        id=_PLACE, name=word, street=word, city=word, directions=word, is_main=True,
        closed_note=word, postcode="00-001", phone="22 100 20 30",
    )  # fmt: skip
    room = Room.objects.create(id=_PLACE, place=place, name=word)
    OpeningHours.objects.create(
        id=_PLACE, place=place, weekday=1, opens=time(7, 30), closes=time(15, 30)
    )
    OpeningException.objects.create(id=_PLACE, place=place, on=date(2030, 1, 7), note=word)
    AccessFacts.objects.create(id=_PLACE, place=place, lift="yes", lift_note=word)
    contact = Contact.objects.create(
        id=_CONTACT, role=word, topics=word, person_name=word, email=f"{word}@example.org",
        place=place, room=room, duty=word, is_lead=True,
    )  # fmt: skip
    ContactPhone.objects.create(id=_CONTACT, contact=contact, number="22 100 20 40", label=word)
    state = ServiceAvailability.objects.create(
        id=_STATE, service=service, status="accepting", note=word
    )
    return {"place": place, "contact": contact, "availability": state}


def _workflow(word: str, pages: dict[str, Model], people: dict[str, Model]) -> dict[str, Model]:
    for task in GroupApprovalTask.objects.all():
        task.name = f"{task.name} {word}"
        task.save(update_fields=["name"])
    task = GroupApprovalTask.objects.create(name=word)
    task.groups.add(Group.objects.get(name="Moderators"))
    workflow = Workflow.objects.create(name=word)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=pages["news_index"])
    news = pages["news"]
    news.title = f"Zmieniona {word}"  # type: ignore[attr-defined]
    news.save_revision(user=people["editor"])  # type: ignore[attr-defined]
    state = workflow.start(news, people["editor"])
    return {
        "task": task, "workflow": workflow, "workflow_state": state,
        "task_state": state.current_task_state,
    }  # fmt: skip


def _small_things(
    word: str, pages: dict[str, Model], files: dict[str, Model], user: Model
) -> dict[str, Model]:
    page = pages["page"]
    Comment.objects.create(page=page, user=user, text=word, contentpath="title")
    Embed.objects.create(
        url=f"https://example.org/{word}", hash=word, type="rich", title=word, html=word,
        last_updated=timezone.now(),
    )  # fmt: skip
    redirect = Redirect.objects.create(old_path=f"/{word}", redirect_link=f"/{word}/")
    session = EditingSession.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(StandardPage),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    return {"redirect": redirect, "session": session}
