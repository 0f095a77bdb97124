"""Nothing about a person is kept undeclared, and some things are kept about nobody."""

import re

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.accounts.models import Person, User
from portal.accounts.privacy import declarations
from tenants.template import labels

# Tables with words in them that are about no resident, staff or volunteer: table → what it holds.
NOT_ABOUT_PEOPLE = {
    "accounts_consenttext": "what anybody may agree to",
    "accounts_privacynotice": "what everybody is told",
    "accounts_tries": "digests of addresses, for an hour",
    "auth_group": "names of groups",
    "auth_permission": "names of permissions",
    "django_content_type": "names of models",
    "notifications_senderidentity": "the office's own name",
    "simple_translation_simpletranslation": "a permission",
    "taggit_tag": "words for pictures",
    "volunteering_matchrun": "figures of a computation",
    "wagtailadmin_admin": "a permission",
}
# Editorial content: written by the office about services and activities, published, and searched.
EDITORIAL = re.compile(
    r"^(cms_pages_|places_|wagtailcore_(collection|locale|site|pageviewrestriction|task$|workflow$"
    r"|groupapprovaltask|referenceindex)|wagtailimages_rendition|wagtailredirects_|wagtailembeds_"
    r"|wagtailsearch_|events_(activity|activitytext|capacitypool|series|session)$"
    r"|volunteering_(district|opportunity|shift)$)"
)
# Said by minors only: until the day they come of age a guardian has to consent (art. 17 of the
# Civil Code), and some tasks have a lowest age.
OF_MINORS = {"volunteering.VolunteerProfile.born_on"}
NEVER = re.compile(r"pesel|diagnos|health|disab|illness|birth|born_", re.IGNORECASE)

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def models_of_sites() -> list[type[models.Model]]:
    app_labels = labels(settings.TENANT_APPS)
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in app_labels and not model.__module__.startswith("tests.")
    ]


def declared() -> set[str]:
    return {table for declaration in declarations() for table in declaration.tables}


def test_every_row_that_points_at_a_person_or_login_is_declared() -> None:
    undeclared = {
        f"{model._meta.db_table}.{field.name}"
        for model in models_of_sites()
        for field in model._meta.local_fields
        if field.related_model in (Person, User) and model._meta.db_table not in declared()
    }
    assert undeclared == set()


def test_every_table_with_words_is_declared_or_about_no_person() -> None:
    undecided = {
        model._meta.db_table
        for model in models_of_sites()
        if any(isinstance(field, TEXT) for field in model._meta.local_fields)
        and model._meta.db_table not in declared() | NOT_ABOUT_PEOPLE.keys()
        and not EDITORIAL.match(model._meta.db_table)
    }
    assert undecided == set()


def test_what_is_declared_exists() -> None:
    tables = {model._meta.db_table for model in models_of_sites()}
    assert declared() - tables == set()
    assert NOT_ABOUT_PEOPLE.keys() - tables == set()


def test_a_table_is_declared_once() -> None:
    tables = [table for declaration in declarations() for table in declaration.tables]
    assert len(tables) == len(set(tables))


def test_no_field_asks_for_a_pesel_number_a_birth_date_or_anything_about_health() -> None:
    asked = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if NEVER.search(field.name) or NEVER.search(str(getattr(field, "verbose_name", "")))
    }
    assert asked == OF_MINORS
