from django.conf import settings
from django.db import migrations

# The default locale comes from Wagtail's own migration; ids are equal in every schema.
LOCALES = """
INSERT INTO wagtailcore_locale (language_code) VALUES ('en'), ('uk')
ON CONFLICT (language_code) DO NOTHING;
"""

# Wagtail's welcome page; a site gets its own tree when it is provisioned.
EMPTY_TREE = """
DELETE FROM wagtailcore_site WHERE root_page_id IN (
    SELECT id FROM cms_pages_basepage WHERE path = '00010001' AND title LIKE 'Welcome to your new %'
);
DELETE FROM cms_pages_basepage WHERE path = '00010001' AND title LIKE 'Welcome to your new %';
UPDATE cms_pages_basepage SET numchild = (
    SELECT count(*) FROM cms_pages_basepage AS child WHERE child.depth = 2
) WHERE path = '0001';
"""

# Django would make these rows only after the last migration; the groups need them now.
PERMISSIONS = """
INSERT INTO django_content_type (app_label, model) VALUES
    ('places', 'place'), ('places', 'contact'), ('cms_pages', 'serviceavailability'),
    ('wagtailredirects', 'redirect'), ('simple_translation', 'simpletranslation')
ON CONFLICT (app_label, model) DO NOTHING;

INSERT INTO auth_permission (name, content_type_id, codename)
SELECT wanted.name, type.id, wanted.codename
FROM (VALUES
    ('places', 'place', 'add_place', 'Can add place'),
    ('places', 'place', 'change_place', 'Can change place'),
    ('places', 'place', 'delete_place', 'Can delete place'),
    ('places', 'place', 'view_place', 'Can view place'),
    ('places', 'contact', 'add_contact', 'Can add contact'),
    ('places', 'contact', 'change_contact', 'Can change contact'),
    ('places', 'contact', 'delete_contact', 'Can delete contact'),
    ('places', 'contact', 'view_contact', 'Can view contact'),
    ('cms_pages', 'serviceavailability', 'add_serviceavailability', 'Can add state of a service'),
    ('cms_pages', 'serviceavailability', 'change_serviceavailability', 'Can change state of a service'),
    ('cms_pages', 'serviceavailability', 'delete_serviceavailability', 'Can delete state of a service'),
    ('cms_pages', 'serviceavailability', 'view_serviceavailability', 'Can view state of a service'),
    ('wagtailredirects', 'redirect', 'add_redirect', 'Can add redirect'),
    ('wagtailredirects', 'redirect', 'change_redirect', 'Can change redirect'),
    ('wagtailredirects', 'redirect', 'delete_redirect', 'Can delete redirect'),
    ('wagtailredirects', 'redirect', 'view_redirect', 'Can view redirect'),
    ('simple_translation', 'simpletranslation', 'submit_translation', 'Can submit translations')
) AS wanted (app_label, model, codename, name)
JOIN django_content_type AS type USING (app_label, model)
ON CONFLICT (content_type_id, codename) DO NOTHING;

INSERT INTO auth_group_permissions (group_id, permission_id)
SELECT team.id, permission.id
FROM auth_group AS team, auth_permission AS permission
JOIN django_content_type AS type ON type.id = permission.content_type_id
WHERE team.name IN ('Editors', 'Moderators') AND (
    (type.app_label = 'places' AND type.model IN ('place', 'contact'))
    OR (type.app_label = 'cms_pages' AND type.model = 'serviceavailability')
    OR permission.codename = 'submit_translation'
    OR (type.app_label = 'wagtailredirects' AND team.name = 'Moderators')
)
ON CONFLICT (group_id, permission_id) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cms_pages", "0003_page_types_and_media"),
        ("places", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("simple_translation", "0001_initial"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(LOCALES, migrations.RunSQL.noop),
        migrations.RunSQL(EMPTY_TREE, migrations.RunSQL.noop),
        migrations.RunSQL(PERMISSIONS, migrations.RunSQL.noop),
    ]
