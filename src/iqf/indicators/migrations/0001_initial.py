import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=120, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('definition', models.TextField(blank=True, help_text="What the figures are, in the producer's or our own words.")),
                ('counting', models.CharField(max_length=20)),
                ('location_basis', models.CharField(max_length=12)),
                ('named_by', models.CharField(blank=True, max_length=80)),
                ('complete_for', models.CharField(blank=True, max_length=80)),
                ('profile', models.CharField(default='as published', max_length=14)),
                ('rounded_to', models.PositiveSmallIntegerField(null=True)),
                ('low_below', models.PositiveSmallIntegerField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='evidence.source')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('counting__in', ('learners', 'starts', 'achievements', 'aims', 'enrolments', 'people', 'workers', 'full-time equivalents', 'several', 'other', 'not stated'))), name='dataset_counting_known'), models.CheckConstraint(condition=models.Q(('location_basis__in', ('residence', 'delivery', 'workplace', 'none', 'not stated'))), name='dataset_location_known'), models.CheckConstraint(condition=models.Q(('profile__in', ('as published', 'protected'))), name='dataset_profile_known')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('major', models.PositiveSmallIntegerField()),
                ('minor', models.PositiveSmallIntegerField()),
                ('current', models.BooleanField()),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=260)),
                ('rows', models.PositiveBigIntegerField()),
                ('first_period', models.CharField(blank=True, max_length=40)),
                ('last_period', models.CharField(blank=True, max_length=40)),
                ('levels', models.JSONField(default=list, help_text='Geographic levels that it has, the highest first.')),
                ('published_on', models.CharField(blank=True, help_text='Where it is known.', max_length=10)),
                ('ingested_at', models.DateTimeField(auto_now_add=True)),
                ('changes', models.JSONField(default=list)),
                ('screening', models.JSONField(default=list)),
                ('protection', models.JSONField(default=dict)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='indicators.dataset')),
            ],
            options={
                'ordering': ('dataset', '-major', '-minor'),
                'constraints': [models.UniqueConstraint(fields=('dataset', 'major', 'minor'), name='release_once'), models.UniqueConstraint(fields=('dataset', 'sha256'), name='release_bytes_once'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('dataset',), name='release_one_is_current')],
            },
        ),
        migrations.CreateModel(
            name='Column',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=10)),
                ('label', models.CharField(max_length=300)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('decimals', models.PositiveSmallIntegerField(null=True)),
                ('counting', models.CharField(blank=True, help_text='What an indicator counts.', max_length=20)),
                ('group', models.CharField(blank=True, max_length=200)),
                ('hint', models.TextField(blank=True)),
                ('total', models.CharField(blank=True, max_length=300)),
                ('order', models.PositiveSmallIntegerField()),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='columns', to='indicators.release')),
            ],
            options={
                'ordering': ('release', 'order'),
                'constraints': [models.UniqueConstraint(fields=('release', 'name'), name='column_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('time', 'place', 'filter', 'indicator'))), name='column_kind_known')],
            },
        ),
    ]
