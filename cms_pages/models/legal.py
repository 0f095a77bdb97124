"""Pages without which no form may go live: accessibility, privacy, protection of minors."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms_pages.blocks import BodyBlock, SectionsBlock, TextListBlock
from cms_pages.content import starter_texts
from cms_pages.models.base import BasePage, SectionPage
from cms_pages.slugs import ACCESSIBILITY, MINORS, PRIVACY
from portal.places.phones import PHONE_LENGTH, readable


class AccessibilityPage(SectionPage):
    """Declaration of accessibility, technical conditions v2.0 of 31.07.2024.

    The declaration is the Polish page; its element ids are never translated. A translation of it
    is a short text in ``body``.
    """

    class Status(models.TextChoices):
        FULL = "full", _("fully compliant")
        PARTIAL = "partial", _("partially compliant")
        NONE = "none", _("not compliant")

    # The words the technical conditions prescribe.
    OFFICIAL_STATUS: ClassVar[dict[str, str]] = {
        Status.FULL: "w pełni zgodna",
        Status.PARTIAL: "częściowo zgodna",
        Status.NONE: "niezgodna",
    }

    entity = models.CharField(_("entity"), max_length=200, blank=True)
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("Must contain the name of the entity.")
    )
    website = models.CharField(_("name of the website"), max_length=200, blank=True)
    scope = models.TextField(
        _("scope"), blank=True, help_text=_("Must contain the name of the website.")
    )
    published_on = models.DateField(_("website published on"), null=True, blank=True)
    updated_on = models.DateField(_("last major update"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.PARTIAL)
    status_text = models.TextField(_("status in a sentence"), blank=True)
    non_compliance = StreamField(
        TextListBlock(), verbose_name=_("not compliant with the annex"), blank=True
    )
    not_covered = StreamField(TextListBlock(), verbose_name=_("not covered by the law"), blank=True)
    disproportionate_burden = StreamField(
        TextListBlock(), verbose_name=_("disproportionate burden"), blank=True
    )
    burden_assessment = models.URLField(
        _("assessment of the burden"),
        blank=True,
        help_text=_("Only when a disproportionate burden is claimed."),
    )

    preparation = models.TextField(_("how the declaration was prepared"), blank=True)
    prepared_on = models.DateField(_("declaration prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("last review"), null=True, blank=True, help_text=_("At least once a year, by 31 March.")
    )
    conveniences = StreamField(TextListBlock(), verbose_name=_("conveniences"), blank=True)
    shortcuts = models.TextField(_("keyboard shortcuts"), blank=True)

    contact = models.TextField(_("how to report a barrier"), blank=True)
    contact_person = models.CharField(_("person or unit"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=PHONE_LENGTH, blank=True)
    procedure = StreamField(TextListBlock(), verbose_name=_("requests and complaints"), blank=True)

    mobile_apps = models.TextField(_("mobile applications"), blank=True)
    architecture = StreamField(SectionsBlock(), verbose_name=_("the building"), blank=True)
    architecture_url = models.URLField(_("page about the building"), blank=True)
    communication = StreamField(SectionsBlock(), verbose_name=_("communication"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("short text of a translation"), blank=True)

    fixed_slug = ACCESSIBILITY
    template = "cms_pages/pages/accessibility.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            ["entity", "intro", "website", "scope", FieldRowPanel(["published_on", "updated_on"])],
            _("What is declared"),
        ),
        MultiFieldPanel(
            [
                "status",
                "status_text",
                "non_compliance",
                "not_covered",
                "disproportionate_burden",
                "burden_assessment",
            ],
            _("State of digital accessibility"),
        ),
        MultiFieldPanel(
            [
                "preparation",
                FieldRowPanel(["prepared_on", "reviewed_on"]),
                "conveniences",
                "shortcuts",
            ],
            _("Preparation"),
        ),
        MultiFieldPanel(
            ["contact", "contact_person", FieldRowPanel(["email", "phone"]), "procedure"],
            _("Feedback and requests"),
        ),
        MultiFieldPanel(
            ["mobile_apps", "architecture", "architecture_url", "communication"],
            _("Other information"),
        ),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (
        *BasePage.searched,
        "intro",
        "status_text",
        "non_compliance",
        "conveniences",
        "contact",
        "procedure",
        "architecture",
        "communication",
        "body",
    )

    class Meta:
        verbose_name = _("declaration of accessibility")
        verbose_name_plural = _("declarations of accessibility")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=["full", "partial", "none"]),
                name="declaration_status_known",
            ),
        )

    def clean(self) -> None:
        super().clean()
        self.phone = readable(self.phone, field="phone")

    @property
    def official_status(self) -> str:
        return self.OFFICIAL_STATUS[self.status]

    @property
    def intro_parts(self) -> tuple[str, str, str]:
        """What stands before the entity's name, the name, and what stands after it."""
        return _around(self.intro, self.entity)

    @property
    def scope_parts(self) -> tuple[str, str, str]:
        """The same around the name of the website, which is a link."""
        return _around(self.scope, self.website)

    def page_context(self) -> dict[str, Any]:
        """``words`` for what the office has not supplied yet, in Polish as the declaration is."""
        texts = starter_texts()["accessibility"]
        return {
            "words": {
                "person": texts["contact_missing_person"],
                "email": texts["contact_missing_email"],
                "phone": texts["contact_missing_phone"],
                "missing": texts["missing"],
            }
        }


def _around(text: str, name: str) -> tuple[str, str, str]:
    before, _name, after = text.partition(name) if name else (text, "", "")
    return before, name, after


class PrivacyPage(SectionPage):
    """Who controls the data and what happens to them (GDPR, art. 13)."""

    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("short text of a translation"), blank=True)

    fixed_slug = PRIVACY
    template = "cms_pages/pages/privacy.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("sections"),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (*BasePage.searched, "sections", "body")

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")


class MinorsPage(SectionPage):
    """Standards for the protection of minors, whole and in a short version for children
    (Act of 13.05.2016, art. 22b–22c)."""

    legal_basis = models.TextField(_("legal basis"), blank=True)
    draft_notice = models.TextField(
        _("notice that this is a model"),
        blank=True,
        help_text=_("Delete it when the office has adopted its own standards."),
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    responsible = models.CharField(
        _("who is responsible"),
        max_length=250,
        blank=True,
        help_text=_("Whom to tell when a child is harmed: role, room, phone."),
    )
    sections = StreamField(SectionsBlock(), verbose_name=_("standards"), blank=True)
    child_title = models.CharField(_("title for children"), max_length=120, blank=True)
    child_lead = models.CharField(_("lead for children"), max_length=250, blank=True)
    child_rules = StreamField(
        TextListBlock(), verbose_name=_("short version for children"), blank=True
    )
    body = StreamField(BodyBlock(), verbose_name=_("short text of a translation"), blank=True)

    fixed_slug = MINORS
    template = "cms_pages/pages/minors.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("draft_notice"),
        FieldPanel("legal_basis"),
        FieldPanel("adopted_on"),
        FieldPanel("responsible"),
        FieldPanel("sections"),
        MultiFieldPanel(["child_title", "child_lead", "child_rules"], _("For children")),
        FieldPanel("body"),
    ]
    searched: ClassVar[tuple[str, ...]] = (
        *BasePage.searched,
        "responsible",
        "sections",
        "child_title",
        "child_rules",
        "body",
    )

    class Meta:
        verbose_name = _("standards for the protection of minors")
        verbose_name_plural = _("standards for the protection of minors")
