"""Pictures that say what they show, and documents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture with the text that stands for it, or marked as mere decoration (WCAG 1.1.1)."""

    alt_text = models.CharField(
        _("text instead of the picture"),
        max_length=255,
        blank=True,
        help_text=_("What a person who cannot see the picture should know."),
    )
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("The picture adds no information; screen readers skip it."),
    )

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "is_decorative")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = (
            models.CheckConstraint(
                condition=(Q(is_decorative=True, alt_text=""))
                | (Q(is_decorative=False) & ~Q(alt_text="")),
                name="image_alt_or_decorative",
                violation_error_message=_(
                    "Describe the picture, or mark it as decoration (not both)."
                ),
            ),
        )

    @property
    def default_alt_text(self) -> str:
        return self.alt_text


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            ),
        )


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
