from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms_pages.areas import ServiceArea
from cms_pages.blocks import BodyBlock, StepListBlock, TextListBlock
from cms_pages.entries import Entry, entries
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.partner_services import partner_services
from cms_pages.slugs import SERVICES
from portal.places.models import Contact, Place
from tenants.binding import current_tenant
from tenants.keys import UuidModel

SIMILAR_SHOWN = 4


class CostKind(models.TextChoices):
    FREE = "free", _("free of charge")
    PARTLY_PAID = "partly_paid", _("partly paid")
    PAID = "paid", _("paid")
    SET_BY_COUNCIL = "set_by_council", _("set by a resolution of the municipal council")


class ServiceIndexPage(SectionPage):
    """The directory of services; a leader's lists those of its partners."""

    body = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    fixed_slug = SERVICES
    template = "cms_pages/pages/service_index.html"
    subpage_types: ClassVar[list[str]] = ["cms_pages.ServicePage"]

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("body")]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "body")

    class Meta:
        verbose_name = _("directory of services")
        verbose_name_plural = _("directories of services")

    def page_context(self) -> dict[str, Any]:
        """``areas``: pairs of an area and its services, in the order of the Act; for a leader
        also ``partner_services``. A query each."""
        listed = entries(ServicePage.objects.live().defer("who", "how").order_by("title"))
        by_area: dict[str, list[Entry]] = defaultdict(list)
        for entry in listed:
            by_area[entry.page.area].append(entry)
        tenant = current_tenant()
        return {
            "services": listed,
            "areas": [(area, by_area[area]) for area in ServiceArea if by_area[area]],
            "partner_services": partner_services(tenant) if tenant.is_leader else [],
        }


class ServicePage(BasePage):
    """One social service: for whom, how to apply, what it costs. Whether it accepts applications
    now is :class:`ServiceAvailability`, which no revision can turn back."""

    official_name = models.CharField(
        _("official name"),
        max_length=200,
        blank=True,
        help_text=_("As the law or resolution says."),
    )
    area = models.CharField(_("area"), max_length=40, choices=ServiceArea)
    # Not even a draft may be without: the database knows no such service.
    area.required_on_save = True  # type: ignore[attr-defined]
    who = StreamField(TextListBlock(), verbose_name=_("for whom"), blank=True)
    how = StreamField(StepListBlock(), verbose_name=_("how to apply"), blank=True)
    cost_kind = models.CharField(_("payment"), max_length=14, choices=CostKind)
    cost_kind.required_on_save = True  # type: ignore[attr-defined]
    cost = models.TextField(_("what it costs"), blank=True)
    exemptions = models.TextField(_("who pays less or nothing"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("more about it"), blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where"),
        help_text=_("Empty: where its contact sits, or the main place."),
    )
    contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who helps"),
        help_text=_("Empty: the first contact of the site."),
    )

    template = "cms_pages/pages/service.html"
    parent_page_types: ClassVar[list[str]] = ["cms_pages.ServiceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("official_name"),
        FieldPanel("area"),
        FieldPanel("who"),
        FieldPanel("how"),
        MultiFieldPanel(
            [
                FieldPanel("cost_kind"),
                FieldPanel("cost"),
                InlinePanel("cost_options", heading=_("Prices"), label=_("Price")),
                FieldPanel("exemptions"),
            ],
            _("Cost"),
        ),
        InlinePanel("documents", heading=_("What to bring"), label=_("Document")),
        FieldRowPanel(["contact", "place"]),
        FieldPanel("legal_basis"),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (
        *BasePage.searched,
        "official_name",
        "get_area_display",
        "who",
        "how",
        "cost",
        "exemptions",
        "body",
    )
    search_fields: ClassVar[list[index.BaseField]] = [
        *BasePage.search_fields,
        index.FilterField("area"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(area__in=ServiceArea.values), name="service_area_of_the_act"
            ),
            models.CheckConstraint(
                condition=models.Q(cost_kind__in=CostKind.values), name="service_cost_kind_known"
            ),
        )

    def searched_texts(self) -> Iterator[str]:
        yield from super().searched_texts()
        yield from (document.text for document in self.documents.all())

    def page_context(self) -> dict[str, Any]:
        """``availability``, ``cost_options``, ``documents``, ``contact``, ``place`` with its hours,
        and ``similar`` services of the same area: a query each."""
        contacts = Contact.objects.with_phones()
        contact = (
            contacts.filter(pk=self.contact_id).first()
            if self.contact_id
            else contacts.order_by("-is_lead", "ordinal", "role").first()
        )
        place_id = self.place_id or (contact and contact.place_id)
        places = Place.objects.with_hours()
        availability, similar = self._availability_and_similar()
        return {
            "availability": availability,
            "cost_options": list(self.cost_options.all()),
            "documents": list(self.documents.select_related("document")),
            "contact": contact,
            "place": places.filter(pk=place_id).first() if place_id else places.main(),
            "similar": similar[:SIMILAR_SHOWN],
        }

    def _availability_and_similar(self) -> "tuple[ServiceAvailability | None, list[Entry]]":
        """Both from one query over the services of the area; availability is the Polish page's."""
        alike = ServicePage.objects.live().filter(area=self.area).select_related("availability")
        listed = entries(alike.defer("who", "how").order_by("title"))
        availability = next(
            (
                getattr(entry.original, "availability", None)
                for entry in listed
                if entry.original.translation_key == self.translation_key
            ),
            None,
        )
        others = [e for e in listed if e.original.translation_key != self.translation_key]
        return availability, others


class CostOption(UuidModel):
    """A row of the price list: for whom, and how much, as words („5,00 zł za godzinę”)."""

    sort_order_field = "ordinal"  # Wagtail's name for „editors drag the rows into order”

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="cost_options")
    label = models.CharField(_("for whom or for what"), max_length=160)
    price = models.CharField(_("price"), max_length=80)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("ordinal", "label")
        verbose_name = _("price")
        verbose_name_plural = _("prices")

    def __str__(self) -> str:
        return f"{self.label}: {self.price}"


class RequiredDocument(UuidModel):
    """Something to bring or fill in; with the form itself, if there is one."""

    sort_order_field = "ordinal"

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="documents")
    text = models.CharField(_("what"), max_length=250)
    document = models.ForeignKey(
        "cms_pages.SiteDocument",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form to download"),
    )
    ordinal = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("ordinal", "text")
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")

    def __str__(self) -> str:
        return self.text


class ServiceAvailability(UuidModel):
    """Whether a service takes applications now. Kept apart from the page, because publishing an
    older text must not reopen a closed service."""

    class Status(models.TextChoices):
        ACCEPTING = "accepting", _("taking applications")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    service = models.OneToOneField(
        ServicePage, models.CASCADE, related_name="availability", verbose_name=_("service")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status)
    note = models.CharField(
        _("note"), max_length=160, blank=True, help_text=_("“We usually start after 10 days.”")
    )

    class Meta:
        ordering = ("service",)
        verbose_name = _("state of a service")
        verbose_name_plural = _("states of services")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=["accepting", "paused", "ended"]),
                name="availability_status_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service}: {self.get_status_display()}"
