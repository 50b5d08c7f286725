import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceOfLearning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=300)),
                ('date', models.CharField(blank=True, help_text='When it ended: to the day, month or year.', max_length=10)),
                ('provider', models.CharField(blank=True, help_text='Who gave the course, or where it was done.', max_length=200)),
                ('hours', models.PositiveIntegerField(null=True)),
                ('text', models.TextField(blank=True, help_text="What was done and learned, in the person's words.")),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'evidence of learning',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('course', 'practice', 'shadowing', 'reflection', 'reference'))), name='evidence_kind_known'), models.CheckConstraint(condition=models.Q(('date__regex', '^(\\d{4}(-\\d{2}(-\\d{2})?)?)?$')), name='evidence_date'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='evidence_has_title')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='claimed', max_length=10)),
                ('message', models.TextField(blank=True, help_text='What the person tells the assessor.')),
                ('how', models.TextField(blank=True, help_text="How it was assessed, in the assessor's words.")),
                ('reason', models.TextField(blank=True, help_text='Why it was credited or declined.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims_to_assess', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='people.evidenceoflearning')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('claimed', 'assessed', 'credited', 'declined', 'withdrawn'))), name='claim_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('claimed', 'assessed', 'credited'))), fields=('evidence',), name='claim_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('credited', 'declined')), models.Q(('reason', ''), _negated=True), models.Q(('how', ''), _negated=True)), models.Q(models.Q(('state__in', ('credited', 'declined')), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='claim_decided_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Portfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text='As it is printed; blank: the user name.', max_length=120)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='portfolio', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OwnRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.role')),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.portfolio')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('portfolio', 'role'), name='own_role_once')],
            },
        ),
        migrations.CreateModel(
            name='HeldItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('title', models.CharField(blank=True, help_text="In the person's words, where it is not listed.", max_length=300)),
                ('awarded_by', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=100)),
                ('achieved', models.CharField(blank=True, help_text='To the day, month or year; blank: not said.', max_length=10)),
                ('note', models.TextField(blank=True)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('qualification', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.qualification')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.unit')),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='people.portfolio')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('listed', 'historic', 'overseas', 'other'))), name='held_item_kind_known'), models.CheckConstraint(condition=models.Q(('achieved__regex', '^(\\d{4}(-\\d{2}(-\\d{2})?)?)?$')), name='held_item_date'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'listed'), ('qualification__isnull', False), ('title', ''), ('unit__isnull', True)), models.Q(('kind', 'listed'), ('qualification__isnull', True), ('title', ''), ('unit__isnull', False)), models.Q(models.Q(('kind', 'listed'), _negated=True), ('qualification', None), ('unit', None), models.Q(('title', ''), _negated=True)), _connector='OR'), name='held_item_is_one_thing'), models.UniqueConstraint(fields=('portfolio', 'qualification'), name='held_qualification_once'), models.UniqueConstraint(fields=('portfolio', 'unit'), name='held_unit_once')],
            },
        ),
        migrations.AddField(
            model_name='evidenceoflearning',
            name='portfolio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='people.portfolio'),
        ),
        migrations.CreateModel(
            name='SelfRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.framework')),
                ('portfolio', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='people.portfolio')),
            ],
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('row', models.ForeignKey(help_text='The row of a matrix.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.statement')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.statement')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grades', to='people.selfrating')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__in', (0, 1, 2, 3))), name='grade_known'), models.UniqueConstraint(condition=models.Q(('row', None)), fields=('rating', 'statement'), name='grade_of_statement_once'), models.UniqueConstraint(fields=('rating', 'statement', 'row'), name='grade_of_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(help_text="Whom it is for, in the owner's words.", max_length=120)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.portfolio')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='share_link_for_whom')],
            },
        ),
        migrations.CreateModel(
            name='ShownThing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shows', to='people.evidenceoflearning')),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.statement')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement__isnull', True), ('unit__isnull', False)), models.Q(('statement__isnull', False), ('unit__isnull', True)), _connector='OR'), name='shown_thing_is_one'), models.UniqueConstraint(fields=('evidence', 'unit'), name='shown_unit_once'), models.UniqueConstraint(fields=('evidence', 'statement'), name='shown_statement_once')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(help_text='Code of the organisation or authority.', max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='team_named')],
            },
        ),
        migrations.AddField(
            model_name='selfrating',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='people.team'),
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'user'), name='team_member_once')],
            },
        ),
        migrations.CreateModel(
            name='ClaimedThing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credited', models.BooleanField(null=True)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='things', to='people.claim')),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.statement')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement__isnull', True), ('unit__isnull', False)), models.Q(('statement__isnull', False), ('unit__isnull', True)), _connector='OR'), name='claimed_thing_is_one'), models.UniqueConstraint(fields=('claim', 'unit'), name='claimed_unit_once'), models.UniqueConstraint(fields=('claim', 'statement'), name='claimed_statement_once')],
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['assessor', 'state'], name='claim_assessor_state'),
        ),
        migrations.AddConstraint(
            model_name='selfrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('portfolio__isnull', False), ('team__isnull', True)), models.Q(('portfolio__isnull', True), ('team__isnull', False)), _connector='OR'), name='self_rating_of_one'),
        ),
    ]
