import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('policy', models.CharField(max_length=6)),
                ('depth', models.CharField(default='areas', help_text='Which statements are judged.', max_length=10)),
                ('origin', models.CharField(max_length=4)),
                ('suggests', models.BooleanField(default=False, help_text='Raters who want suggestions see them at the desk.')),
                ('seed', models.PositiveIntegerField(help_text='Of the draw, where its units were chosen for it.', null=True)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.CharField(max_length=150)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='catalogue.framework')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'open', 'closed', 'accepted', 'withdrawn'))), name='batch_state_known'), models.CheckConstraint(condition=models.Q(('policy__in', ('single', 'double'))), name='batch_policy_known'), models.CheckConstraint(condition=models.Q(('depth__in', ('areas', 'statements'))), name='batch_depth_known'), models.CheckConstraint(condition=models.Q(('origin__in', ('desk', 'file'))), name='batch_origin_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('closed', 'accepted')), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='batch_closed_when')],
            },
        ),
        migrations.CreateModel(
            name='BatchUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('margin', models.FloatField(null=True)),
                ('drawn', models.BooleanField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='mapping.batch')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='catalogue.unit')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'unit'), name='batch_unit_once')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(default='rate', max_length=10)),
                ('done_at', models.DateTimeField(null=True)),
                ('draft', models.JSONField(default=dict, help_text='What the rater has entered and not handed in: no judgement yet.')),
                ('draft_version', models.PositiveIntegerField(default=0)),
                ('doubt', models.BooleanField(default=False, help_text='The rater is not sure about this unit.')),
                ('rationale', models.TextField(blank=True, help_text='Why, about the unit as a whole.')),
                ('row', models.PositiveIntegerField(help_text='Row of the file that it came in.', null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='mapping.batchunit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('task__in', ('rate', 'adjudicate'))), name='assignment_task_known'), models.UniqueConstraint(condition=models.Q(('task', 'adjudicate')), fields=('unit',), name='assignment_one_adjudicator')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(default='teaches', max_length=8)),
                ('verdict', models.PositiveSmallIntegerField()),
                ('doubt', models.BooleanField(default=False)),
                ('rationale', models.TextField(blank=True)),
                ('quotation', models.TextField(blank=True)),
                ('quoted_from', models.CharField(blank=True, max_length=40)),
                ('quoted_at', models.PositiveIntegerField(null=True)),
                ('confidence', models.FloatField(null=True)),
                ('at', models.DateTimeField(auto_now=True)),
                ('given', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='mapping.assignment')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='catalogue.statement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('given', 'statement', 'verb'), name='judgement_once'), models.CheckConstraint(condition=models.Q(('verdict__in', (0, 1, 2))), name='judgement_verdict_known'), models.CheckConstraint(condition=models.Q(('verb__in', ('teaches', 'assesses'))), name='judgement_verb_known'), models.CheckConstraint(condition=models.Q(('confidence__isnull', True), models.Q(('confidence__gte', 0), ('confidence__lte', 1)), _connector='OR'), name='judgement_confidence_share')],
            },
        ),
        migrations.CreateModel(
            name='Rater',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(max_length=8)),
                ('user', models.CharField(blank=True, db_index=True, max_length=150)),
                ('about', models.CharField(blank=True, help_text='Which machine, or from which body.', max_length=400)),
                ('wants_suggestions', models.BooleanField(default=True, help_text='At the desk, where the batch has them.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('person', 'machine'))), name='rater_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='rater_named'), models.UniqueConstraint(condition=models.Q(('user', ''), _negated=True), fields=('user',), name='rater_of_user_once')],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='rater',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='mapping.rater'),
        ),
        migrations.CreateModel(
            name='SuggestionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=64)),
                ('encoder', models.CharField(blank=True, max_length=80)),
                ('trained_on', models.PositiveIntegerField()),
                ('by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestion_runs', to='mapping.batch')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('probability', models.FloatField()),
                ('verdict', models.PositiveSmallIntegerField()),
                ('rank', models.PositiveIntegerField()),
                ('words', models.TextField(blank=True)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='catalogue.statement')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='mapping.batchunit')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='mapping.suggestionrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'unit', 'statement'), name='suggestion_once'), models.CheckConstraint(condition=models.Q(('verdict__in', (0, 1, 2))), name='suggestion_verdict_known'), models.CheckConstraint(condition=models.Q(('probability__gte', 0), ('probability__lte', 1)), name='suggestion_probability_share')],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='shown',
            field=models.ForeignKey(help_text='What the rater saw.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shown_to', to='mapping.suggestionrun'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['rater', 'done_at'], name='assignment_waiting'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('unit', 'rater'), name='assignment_once'),
        ),
    ]
