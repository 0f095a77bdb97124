
import django.db.models.deletion
import tenants.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_login_needs_a_person'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('content', models.JSONField()),
                ('sender', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ('-created_at',),
                'indexes': [models.Index(fields=['sender', '-created_at'], name='message_by_sender')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('content_type', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='notifications.message')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
            },
        ),
        migrations.CreateModel(
            name='SenderIdentity',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('sender_name', models.CharField(blank=True, help_text='Stands before the e-mail address; empty means the name of the site.', max_length=80, verbose_name="sender's name")),
                ('reply_to', models.EmailField(blank=True, help_text='A mailbox that somebody reads every day.', max_length=254, verbose_name='where answers go')),
                ('sms_name', models.CharField(blank=True, help_text='Up to 11 letters without Polish signs, as registered with the provider.', max_length=11, verbose_name='name of the SMS sender')),
            ],
            options={
                'verbose_name': 'sender',
                'verbose_name_plural': 'senders',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='sender_identity_only_one'), models.CheckConstraint(condition=models.Q(('sms_name', ''), ('sms_name__regex', '^[A-Za-z0-9 .-]{3,11}$'), _connector='OR'), name='sender_identity_sms_name_format')],
            },
        ),
        migrations.CreateModel(
            name='ChannelChoice',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(max_length=20)),
                ('is_wanted', models.BooleanField(default=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channel_choices', to='accounts.person')),
            ],
            options={
                'verbose_name': 'choice of messages',
                'verbose_name_plural': 'choices of messages',
                'constraints': [models.UniqueConstraint(fields=('person', 'category'), name='channel_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=tenants.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('inbox', 'on the site'), ('call', 'phone call'), ('letter', 'letter')], max_length=6)),
                ('language', models.CharField(default='pl', max_length=2)),
                ('is_urgent', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('delivered', 'delivered'), ('done', 'done'), ('needs_human', 'needs a human'), ('expired', 'too late'), ('withdrawn', 'withdrawn')], default='waiting', max_length=11)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('provider_id', models.CharField(blank=True, max_length=80)),
                ('finished_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('handled_by', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='accounts.person')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.message')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', '-is_urgent', 'due_at', 'id'], name='delivery_waiting'), models.Index(condition=models.Q(('state', 'needs_human')), fields=['-created_at'], name='delivery_failed'), models.Index(fields=['person', 'channel', '-created_at'], name='delivery_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('message', 'person', 'channel'), name='delivery_once_a_person_and_channel'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('person__isnull', False)), models.Q(('channel__in', ['email', 'sms']), ('person__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='delivery_to_a_person_or_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='delivery_finished_at_matches_state')],
            },
        ),
    ]
