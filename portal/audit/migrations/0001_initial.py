

import tenants.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('actor', models.UUIDField(null=True, verbose_name='who')),
                ('action', models.CharField(max_length=60, verbose_name='what')),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.UUIDField(null=True)),
                ('person', models.UUIDField(null=True, verbose_name='about whom')),
                ('details', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit entries',
                'ordering': ('-at', '-id'),
                'indexes': [models.Index(fields=['-at'], name='audit_newest'), models.Index(fields=['person', '-at'], name='audit_about_person'), models.Index(fields=['actor', '-at'], name='audit_by_actor')],
            },
        ),
    ]
