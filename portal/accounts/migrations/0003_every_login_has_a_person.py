from django.db import migrations

PEOPLE = """
    INSERT INTO accounts_person (id, first_name, last_name, phone, email, street, postcode, city,
                                 channel, language, search_key, sort_key, created_at)
    SELECT id, first_name, last_name, coalesce(phone, ''), coalesce(email, ''), '', '', '',
           CASE WHEN email IS NULL THEN 'sms' ELSE 'email' END, 'pl',
           lower(translate(trim(first_name || ' ' || last_name),
                           'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzACELNOSZZ')),
           lower(translate(trim(last_name || ' ' || first_name),
                           'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzACELNOSZZ')),
           joined_at
    FROM accounts_user WHERE person_id IS NULL;
    UPDATE accounts_user SET person_id = id WHERE person_id IS NULL;
"""

# Until now a role was a group of Wagtail's.
ROLES = """
    INSERT INTO accounts_rolegrant (id, user_id, role, granted_at)
    SELECT gen_random_uuid(), membership.user_id,
           CASE auth_group.name WHEN 'Moderators' THEN 'director' ELSE 'editor' END, now()
    FROM accounts_user_groups membership JOIN auth_group ON auth_group.id = membership.group_id
    WHERE auth_group.name IN ('Editors', 'Moderators')
    ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    """A login without a person gets one, under the same id; sessions moved to a table of ours."""

    dependencies = [("accounts", "0002_people_and_roles")]

    operations = [
        migrations.RunSQL(PEOPLE, migrations.RunSQL.noop),
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
