import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('demo', models.BooleanField(default=False, help_text='Made by the demo: signs in there and nowhere else.')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'db_table': 'accounts_user',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('actor', models.CharField(help_text='User name, or the source that brought the change.', max_length=150)),
                ('action', models.CharField(help_text='What was done, in the imperative: create role, change unit.', max_length=60)),
                ('subject', models.CharField(help_text='Text identifier of what was changed; it outlives the row.', max_length=200)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
                ('origin', models.CharField(blank=True, help_text='What brought it: `proposal:12`, where that is known.', max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'id'], name='audit_subject'), models.Index(fields=['actor', 'id'], name='audit_actor'), models.Index(fields=['action', 'id'], name='audit_action'), models.Index(fields=['at'], name='audit_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor', ''), _negated=True), name='audit_actor_named')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(help_text='Keyed hash of the secret in the link.', max_length=64, unique=True)),
                ('by', models.CharField(help_text='Who made it: a user name, or the door it was asked for at.', max_length=150)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('body', models.CharField(help_text='Code of the authority or organisation.', max_length=40)),
                ('role', models.CharField(choices=[('contributor', 'contributor'), ('editor', 'editor'), ('reviewer', 'reviewer'), ('administrator', 'administrator')], max_length=20)),
                ('email', models.EmailField(blank=True, help_text='Where it was sent; blank: handed over by whoever made it.', max_length=254)),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'made_at'], name='invitation_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ('contributor', 'editor', 'reviewer', 'administrator'))), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_ends_one_way')],
            },
        ),
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Keyed hash of the name typed, in lower case, and of the door.', max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['name', 'at'], name='sign_in_failure_name')],
            },
        ),
        migrations.CreateModel(
            name='AuditAbout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Permanent code of a thing that the changed row joins.', max_length=16)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='about', to='accounts.auditevent')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'event'], name='audit_about_code')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(help_text='Code of the authority or organisation.', max_length=40)),
                ('role', models.CharField(choices=[('contributor', 'contributor'), ('editor', 'editor'), ('reviewer', 'reviewer'), ('administrator', 'administrator')], max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body'], name='membership_body')],
                'constraints': [models.UniqueConstraint(fields=('user', 'body'), name='membership_once'), models.CheckConstraint(condition=models.Q(('role__in', ('contributor', 'editor', 'reviewer', 'administrator'))), name='membership_role_known')],
            },
        ),
        migrations.CreateModel(
            name='PasswordReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(help_text='Keyed hash of the secret in the link.', max_length=64, unique=True)),
                ('by', models.CharField(help_text='Who made it: a user name, or the door it was asked for at.', max_length=150)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='reset_ends_one_way')],
            },
        ),
    ]
