import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(help_text='Natural key of the fact inside its collection.', max_length=200)),
                ('collection', models.CharField(max_length=60)),
                ('row', models.PositiveIntegerField(help_text='Row number in the file, counting the header as row 1.', null=True)),
                ('locator', models.CharField(blank=True, help_text='Page, section or clause in the source.', max_length=300)),
                ('certainty', models.CharField(max_length=12)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('collection', 'subject'), name='citation_once'), models.CheckConstraint(condition=models.Q(('certainty__in', ('page', 'document', 'official', 'judged', 'unverified', 'inferred', 'machine', 'default'))), name='citation_certainty_known')],
            },
        ),
        migrations.CreateModel(
            name='Retrieval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=260)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('retrieved_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.CharField(blank=True, help_text='Who read it in.', max_length=150)),
                ('published_on', models.CharField(blank=True, help_text='Date of the snapshot, where it is known.', max_length=10)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('summary', models.JSONField(default=dict, help_text='Rows added, changed, unchanged and retired.')),
                ('report', models.JSONField(default=list, help_text='The data-quality report: one entry per kind of trouble.')),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=400)),
                ('publisher', models.CharField(blank=True, max_length=200)),
                ('date', models.CharField(blank=True, help_text='As known: a year, a month or a day.', max_length=20)),
                ('url', models.CharField(blank=True, db_index=True, max_length=500)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('licence', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Contradiction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, unique=True)),
                ('topic', models.CharField(max_length=120)),
                ('statement_a', models.TextField()),
                ('statement_b', models.TextField()),
                ('handling', models.TextField()),
                ('citation_a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contradicted', to='evidence.citation')),
                ('citation_b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contradicting', to='evidence.citation')),
            ],
        ),
        migrations.CreateModel(
            name='FieldMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(help_text='Code of the thing.', max_length=40)),
                ('field', models.CharField(max_length=40)),
                ('certainty', models.CharField(max_length=12)),
                ('note', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'field'), name='field_mark_once'), models.CheckConstraint(condition=models.Q(('certainty__in', ('page', 'document', 'official', 'judged', 'unverified', 'inferred', 'machine', 'default'))), name='mark_certainty_known')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('statement', models.TextField()),
                ('claim_type', models.CharField(max_length=40)),
                ('theme', models.CharField(max_length=60)),
                ('sectors', models.JSONField(default=list)),
                ('roles', models.JSONField(default=list, help_text='Local ids of the roles it speaks of.')),
                ('statements', models.JSONField(default=list, help_text='Framework statements it speaks of.')),
                ('geography', models.CharField(blank=True, max_length=120)),
                ('period', models.CharField(blank=True, max_length=20)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('evidence_kind', models.CharField(max_length=40)),
                ('strength', models.CharField(max_length=20)),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='evidence.citation')),
            ],
        ),
        migrations.CreateModel(
            name='NamedQualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('level', models.CharField(blank=True, help_text='As the document words it.', max_length=80)),
                ('owner', models.CharField(blank=True, max_length=200)),
                ('roles', models.JSONField(default=list, help_text='Local ids of the roles it is named for.')),
                ('note', models.TextField(blank=True)),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_qualifications', to='evidence.citation')),
            ],
        ),
        migrations.AddField(
            model_name='citation',
            name='retrieval',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='evidence.retrieval'),
        ),
        migrations.AddField(
            model_name='retrieval',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retrievals', to='evidence.source'),
        ),
        migrations.AddField(
            model_name='citation',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='evidence.source'),
        ),
        migrations.CreateModel(
            name='StatedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text="File and row: the figure's permanent address.", max_length=80, unique=True)),
                ('table', models.CharField(help_text='The file it stands in.', max_length=60)),
                ('label', models.CharField(help_text='What it counts, in words.', max_length=300)),
                ('period', models.CharField(max_length=40)),
                ('area', models.CharField(max_length=120)),
                ('indicator', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=30)),
                ('unit', models.CharField(max_length=40)),
                ('qualifier', models.CharField(blank=True, max_length=30)),
                ('note', models.TextField(blank=True)),
                ('role', models.CharField(blank=True, help_text='Local ids of the roles it speaks of.', max_length=120)),
                ('sector', models.CharField(blank=True, max_length=60)),
                ('rests_on', models.CharField(blank=True, help_text='Where the document says that it has it from.', max_length=400)),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='evidence.citation')),
            ],
        ),
    ]
