import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ListColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=40, unique=True)),
                ('columns', models.JSONField(help_text='As the file prints them, in its order.')),
                ('retrieval', models.CharField(help_text='SHA-256 of the file.', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='ListReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=40, unique=True)),
                ('reader', models.CharField(help_text='Hash of the code that read them; another reads them anew.', max_length=32)),
                ('cells', models.JSONField(help_text="By reference: hash of the row's cells as the file prints them.")),
            ],
        ),
        migrations.CreateModel(
            name='OfficialRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(help_text='Which official list: early-years, …', max_length=40)),
                ('reference', models.CharField(help_text="The list's own reference for the row.", max_length=60)),
                ('kind', models.CharField(default='qualification', help_text='What the row is about. A bare title is search and matching material, never a fact.', max_length=16)),
                ('number', models.CharField(blank=True, db_index=True, help_text='Qualification number as stored.', max_length=8)),
                ('title', models.CharField(max_length=500)),
                ('owner', models.CharField(blank=True, max_length=300)),
                ('level', models.CharField(blank=True, help_text='One level, or two where the list says so: 1/2.', max_length=4)),
                ('facts', models.JSONField(help_text='The row as read: known notations parsed, by field.')),
                ('printed', models.JSONField(help_text="The row as printed, by the file's own column names.")),
                ('row', models.PositiveIntegerField(help_text='Row number in the file that last changed it.')),
                ('retrieval', models.CharField(help_text='SHA-256 of the file that last changed it.', max_length=64)),
                ('fingerprint', models.CharField(help_text='Hash of what the row says; equal where nothing changed.', max_length=32)),
                ('retired', models.BooleanField(default=False)),
                ('retired_by', models.CharField(blank=True, help_text='SHA-256 of the first file without the row.', max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'reference'), name='official_row_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('qualification', 'organisation', 'role', 'standard', 'framework', 'version', 'approval', 'component', 'code', 'title', 'subject'))), name='official_row_kind_known'), models.CheckConstraint(condition=models.Q(('retired', True), ('retired_by', ''), _connector='OR'), name='official_row_retired_by_what')],
            },
        ),
        migrations.CreateModel(
            name='RowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts', models.JSONField()),
                ('printed', models.JSONField()),
                ('row', models.PositiveIntegerField()),
                ('retrieval', models.CharField(max_length=64)),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
                ('official_row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='register.officialrow')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
    ]
