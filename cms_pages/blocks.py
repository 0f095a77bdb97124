"""What editors build pages from. Each block says what it means; how it looks is its template."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
# Inside a step, a quote or an answer a heading would break the outline of the page.
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms_pages/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms_pages/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    """The text that stands for the picture belongs to the picture itself."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms_pages/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(required=False, max_length=200, label=_("Whose words"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms_pages/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """Something not to be missed, set apart from the text around it."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Important")
        template = "cms_pages/blocks/callout.html"


class TableBlock(blocks.StructBlock):
    """A plain table with a heading for every column and row, so that it can be listened to."""

    caption = blocks.CharBlock(max_length=200, label=_("What the table shows"))
    columns = blocks.ListBlock(
        blocks.CharBlock(max_length=120), min_num=2, label=_("Headings of the columns")
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(
            blocks.CharBlock(required=False, max_length=250), label=_("Cells, first the heading")
        ),
        min_num=1,
        label=_("Rows"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms_pages/blocks/table.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(cleaned["columns"])
        for number, row in enumerate(cleaned["rows"], start=1):
            if len(row) != width:
                raise blocks.StructBlockValidationError(
                    block_errors={
                        "rows": ValidationError(
                            gettext("Row %(number)s has %(cells)s cells, the table %(width)s.")
                            % {"number": number, "cells": len(row), "width": width}
                        )
                    }
                )
        return cleaned


class SectionBlock(blocks.StructBlock):
    """A heading and what stands under it; privacy notices and standards are made of these."""

    heading = blocks.CharBlock(max_length=200, label=_("Heading"))
    text = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("Text"))

    class Meta:
        icon = "list-ul"
        label = _("Section")
        template = "cms_pages/blocks/section.html"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(SectionBlock(), label=_("Questions and answers"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        template = "cms_pages/blocks/accordion.html"


class DocumentsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "cms_pages/blocks/documents.html"


class UuidSnippetChooserBlock(SnippetChooserBlock):
    """Wagtail looks chosen snippets up by the ids of the JSON, which are text; ours are UUIDs."""

    def bulk_to_python(self, values: Iterable[str | None]) -> list[Any]:
        found: list[Any] = super().bulk_to_python([value and UUID(str(value)) for value in values])
        return found


class ContactBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    contact = UuidSnippetChooserBlock("places.Contact", label=_("Contact"))

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "cms_pages/blocks/contact.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Step"))
    text = blocks.TextBlock(label=_("What happens"))

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Step by step")
        template = "cms_pages/blocks/steps.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an ordinary page."""

    heading = HeadingBlock(max_length=200)
    text = TextBlock(features=TEXT_FEATURES)
    section = SectionBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    documents = DocumentsBlock()
    contact = ContactBlock()


class SectionsBlock(blocks.StreamBlock):
    """The body of a page of rules: nothing but headed sections."""

    section = SectionBlock()


class TextListBlock(blocks.StreamBlock):
    """A list of plain sentences."""

    item = blocks.CharBlock(max_length=500, icon="dot", label=_("Item"))


class StepListBlock(blocks.StreamBlock):
    step = StepBlock()
