"""Editors keep places, contacts and the states of services in the CMS."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms_pages.models import ServiceAvailability, ServiceIndexPage, ServicePage
from portal.places.models import Contact, OpeningHours, Place
from tenants.binding import bind
from tenants.models import Tenant
from tests.cms_pages.cms import open_page
from tests.conftest import SiteClient


def contact_form(role: str, *numbers: str, **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = nested_form_data(
        {
            "role": role,
            "topics": "Usługi",
            "email": "",
            "person_name": "",
            "place": "",
            "room": "",
            "duty": "",
            "ordinal": "0",
            "phones": inline_formset([{"number": n, "label": ""} for n in numbers]),
            **more,
        }
    )
    return form | {"duty_days": ["1", "3"]}


def test_editor_adds_a_contact_with_numbers_in_order(srem: Tenant, editor: SiteClient) -> None:
    editor.post(
        "/cms/snippets/places/contact/add/",
        contact_form("Organizator", "(0-25) 755 41 01", "607900235", is_lead="on"),
    )
    with bind(srem):
        contact = Contact.objects.with_phones().get()
        assert [line.number for line in contact.numbers] == ["25 755 41 01", "607 900 235"]
        assert contact.duty_days == [1, 3]
    assert "25 755 41 01" in open_page(editor, "/o-nas/")


def test_editor_changes_a_number(srem: Tenant, editor: SiteClient) -> None:
    editor.post("/cms/snippets/places/contact/add/", contact_form("Kasa", "61 222 22 22"))
    with bind(srem):
        contact = Contact.objects.get()
        phone = contact.phones.get()
    path = f"/cms/snippets/places/contact/edit/{contact.pk}/"
    assert "61 222 22 22" in open_page(editor, path)
    form = contact_form("Kasa", "61 333 33 33")
    form |= {"phones-INITIAL_FORMS": "1", "phones-0-id": str(phone.pk)}
    editor.post(path, form)
    with bind(srem):
        assert Contact.objects.get().phones.get().number == "61 333 33 33"


def test_second_first_contact_is_refused_in_words(srem: Tenant, editor: SiteClient) -> None:
    with bind(srem):
        Contact.objects.create(role="Sekretariat", is_lead=True)
    answer = editor.post("/cms/snippets/places/contact/add/", contact_form("Kasa", is_lead="on"))
    assert answer.status_code == 200
    assert not answer.context["form"].is_valid()
    with bind(srem):
        assert Contact.objects.count() == 1


def place_form(*hours: tuple[str, str, str]) -> dict[str, Any]:
    empty = {name: inline_formset([]) for name in ("opening_exceptions", "rooms", "access_facts")}
    form: dict[str, Any] = nested_form_data(
        {
            "name": "Urząd", "street": "", "postcode": "", "city": "", "directions": "",
            "phone": "", "closed_until": "", "closed_note": "", "latitude": "", "longitude": "",
            "ordinal": "0", "is_main": "on",
            "opening_hours": inline_formset(
                [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in hours]
            ),
            **empty,
        }
    )  # fmt: skip
    return form


def test_editor_adds_a_place_with_hours(srem: Tenant, editor: SiteClient) -> None:
    editor.post(
        "/cms/snippets/places/place/add/",
        place_form(("1", "8:00", "12:00"), ("1", "13:00", "16:00"), ("2", "7:30", "15:30")),
    )
    with bind(srem):
        assert OpeningHours.objects.filter(place=Place.objects.main()).count() == 3


def test_overlapping_hours_are_named_by_their_day(srem: Tenant, editor: SiteClient) -> None:
    answer = editor.post(
        "/cms/snippets/places/place/add/",
        place_form(("3", "8:00", "12:00"), ("3", "11:00", "16:00")),
    )
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    with bind(srem):
        assert not Place.objects.exists()


def test_editor_pauses_a_service(srem: Tenant, editor: SiteClient) -> None:
    with bind(srem):
        index = ServiceIndexPage.objects.get(locale__language_code="pl")
        service = index.add_child(
            instance=ServicePage(
                title="Dowóz", slug="dowoz", area="pomoc-spoleczna", cost_kind="free"
            )
        )
    editor.post(
        "/cms/snippets/cms_pages/serviceavailability/add/",
        {"service": service.pk, "status": "paused", "note": "do końca roku"},
    )
    with bind(srem):
        assert ServiceAvailability.objects.get(service=service).status == "paused"
