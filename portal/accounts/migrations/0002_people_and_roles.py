
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import phonenumber_field.modelfields
import tenants.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'household',
                'verbose_name_plural': 'households',
            },
        ),
        migrations.CreateModel(
            name='PrivacyNotice',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('texts', models.JSONField()),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='published')),
            ],
            options={
                'verbose_name': 'version of the privacy notice',
                'verbose_name_plural': 'versions of the privacy notice',
                'ordering': ('-number',),
                'get_latest_by': 'number',
            },
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RemoveField(
            model_name='user',
            name='is_staff',
        ),
        migrations.AddField(
            model_name='user',
            name='phone_verified_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('news', 'news about events'), ('photos', 'photographs from events')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('texts', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'consent text',
                'verbose_name_plural': 'consent texts',
                'ordering': ('purpose', '-version'),
                'constraints': [models.UniqueConstraint(fields=('purpose', 'version'), name='consent_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('erased_at', models.DateTimeField(auto_now_add=True)),
                ('asked_by', models.UUIDField(null=True)),
                ('kept', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ('-erased_at',),
                'indexes': [models.Index(fields=['person'], name='erasure_person')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('ngo', 'foundation or association'), ('parish', 'parish or religious community'), ('school', 'school or kindergarten'), ('club', 'club'), ('kgw', "rural women's circle"), ('informal', 'informal group')], max_length=8, verbose_name='kind')),
                ('nip', models.CharField(blank=True, max_length=10, verbose_name='NIP')),
                ('regon', models.CharField(blank=True, max_length=14, verbose_name='REGON')),
                ('krs', models.CharField(blank=True, max_length=10, verbose_name='KRS')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=6, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='town or village')),
                ('status', models.CharField(choices=[('new', 'to be verified'), ('verified', 'verified'), ('refused', 'refused'), ('closed', 'closed')], default='new', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('search_key', models.CharField(default='', editable=False, max_length=200)),
                ('sort_key', models.CharField(default='', editable=False, max_length=420)),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'indexes': [models.Index(fields=['sort_key', 'id'], name='organisation_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('nip', ''), ('nip__regex', '^\\d{10}$'), _connector='OR'), name='organisation_nip_format'), models.CheckConstraint(condition=models.Q(('regon', ''), ('regon__regex', '^(\\d{9}|\\d{14})$'), _connector='OR'), name='organisation_regon_format'), models.CheckConstraint(condition=models.Q(('krs', ''), ('krs__regex', '^\\d{10}$'), _connector='OR'), name='organisation_krs_format'), models.UniqueConstraint(condition=models.Q(('nip', ''), _negated=True), fields=('nip',), name='organisation_nip_once'), models.UniqueConstraint(condition=models.Q(('krs', ''), _negated=True), fields=('krs',), name='organisation_krs_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('status', 'new')), models.Q(models.Q(('status', 'new'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='organisation_decided_at_matches_status'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'closed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='organisation_refused_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=6, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='town or village')),
                ('channel', models.CharField(blank=True, choices=[('email', 'e-mail'), ('sms', 'text message (SMS)'), ('phone', 'phone call'), ('letter', 'letter')], default='', max_length=6, verbose_name='how to reach you')),
                ('language', models.CharField(choices=[('pl', 'Polish'), ('en', 'English'), ('uk', 'Ukrainian')], default='pl', max_length=2, verbose_name='language')),
                ('search_key', models.CharField(default='', editable=False, max_length=180)),
                ('sort_key', models.CharField(default='', editable=False, max_length=400)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='accounts.household')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='accounts.person')),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.privacynotice')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logins', to='accounts.person'),
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('resident', 'resident'), ('volunteer', 'volunteer'), ('ngo_member', 'member of an organisation'), ('osl', 'local community organiser'), ('ous', 'social services organiser'), ('editor', 'editor'), ('director', 'director'), ('dpo', 'data-protection officer'), ('analyst', 'analyst of the project leader')], max_length=16, verbose_name='role')),
                ('granted_by', models.UUIDField(null=True, verbose_name='granted by')),
                ('granted_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                ('role', models.CharField(blank=True, choices=[('resident', 'resident'), ('volunteer', 'volunteer'), ('ngo_member', 'member of an organisation'), ('osl', 'local community organiser'), ('ous', 'social services organiser'), ('editor', 'editor'), ('director', 'director'), ('dpo', 'data-protection officer'), ('analyst', 'analyst of the project leader')], max_length=16, verbose_name='role')),
                ('organisation_role', models.CharField(blank=True, choices=[('coordinator', 'coordinator'), ('member', 'member')], max_length=11)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('invited_by', models.UUIDField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.UUIDField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ('-created_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('email', ''), _negated=True), ('phone', '')), models.Q(('email', ''), models.Q(('phone', ''), _negated=True)), _connector='OR'), name='invitation_by_email_or_phone'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('organisation_role', ''), ('role__in', ['analyst', 'director', 'dpo', 'editor', 'osl', 'ous'])), models.Q(('organisation__isnull', False), ('role', ''), models.Q(('organisation_role', ''), _negated=True)), _connector='OR'), name='invitation_to_staff_or_organisation'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_accepted_or_revoked')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationMember',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('coordinator', 'coordinator'), ('member', 'member')], default='member', max_length=11, verbose_name='role')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='accounts.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'member of an organisation',
                'verbose_name_plural': 'members of organisations',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='organisation_member_once')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('parent', 'parent'), ('legal', 'legal guardian'), ('carer', 'carer')], max_length=6, verbose_name='as')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wards', to='accounts.person')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardians', to='accounts.person')),
            ],
            options={
                'verbose_name': 'guardian',
                'verbose_name_plural': 'guardians',
                'constraints': [models.UniqueConstraint(fields=('guardian', 'ward'), name='guardianship_once'), models.CheckConstraint(condition=models.Q(('guardian', models.F('ward')), _negated=True), name='guardianship_of_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='FormerDetail',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('name', 'name'), ('phone', 'phone'), ('email', 'e-mail'), ('address', 'address')], max_length=7)),
                ('value', models.CharField(max_length=260)),
                ('search_key', models.CharField(default='', editable=False, max_length=260)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_details', to='accounts.person')),
            ],
            options={
                'verbose_name': 'former detail',
                'verbose_name_plural': 'former details',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='former_detail_trigrams', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'value'), name='former_detail_once')],
            },
        ),
        migrations.CreateModel(
            name='DifferentPeople',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('said_by', models.UUIDField(null=True)),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person')),
            ],
            options={
                'verbose_name': 'different people',
                'verbose_name_plural': 'different people',
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='different_people_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='different_people_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('news', 'news about events'), ('photos', 'photographs from events')], max_length=20)),
                ('means', models.CharField(choices=[('online', 'online'), ('paper', 'on paper'), ('phone', 'by phone')], max_length=6)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('recorded_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_recorded_by', models.UUIDField(blank=True, null=True)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='accounts.consenttext')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='accounts.person')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ('-given_at',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose'), name='consent_valid_once')],
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='person_name_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['phone'], name='person_phone_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['email'], name='person_email_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['sort_key', 'id'], name='person_in_order'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'email'), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='person_channel_email_has_address'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['sms', 'phone']), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='person_channel_phone_has_number'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'letter'), _negated=True), models.Q(models.Q(('city', ''), _negated=True), models.Q(('postcode', ''), _negated=True)), _connector='OR'), name='person_channel_letter_has_address'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('postcode', ''), ('postcode__regex', '^\\d{2}-\\d{3}$'), _connector='OR'), name='person_postcode_format'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='person_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('first_name', ''), ('last_name', ''), ('channel', ''), ('city', ''), ('email', ''), ('household__isnull', True), ('phone', ''), ('postcode', ''), ('street', '')), _connector='OR'), name='person_merged_keeps_nothing'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('channel', ''), ('city', ''), ('email', ''), ('household__isnull', True), ('phone', ''), ('postcode', ''), ('street', '')), _connector='OR'), name='person_erased_keeps_the_name_only'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(fields=('user', 'role'), name='role_granted_once'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['analyst', 'director', 'dpo', 'editor', 'osl', 'ous', 'volunteer'])), name='role_is_one_that_is_granted'),
        ),
    ]
