import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='BorderlineRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=101, unique=True)),
                ('title', models.CharField(max_length=500)),
                ('owner', models.CharField(blank=True, max_length=400)),
                ('level', models.CharField(blank=True, max_length=20)),
                ('area', models.CharField(blank=True, help_text='Subject area, as a list prints it.', max_length=200)),
                ('lists', models.JSONField(default=list, help_text='The official lists that hold it.')),
                ('clause', models.CharField(db_index=True, help_text='The clause of the rule that asks.', max_length=200)),
                ('because', models.CharField(max_length=700)),
            ],
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(max_length=40, unique=True)),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.CharField(max_length=150)),
                ('looked_at', models.PositiveIntegerField()),
                ('found', models.PositiveIntegerField()),
                ('kept', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('reason', models.TextField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='lot_by_whom'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='lot_why')],
            },
        ),
        migrations.CreateModel(
            name='LotDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='review.lot')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='What it is about, in a few words.', max_length=200)),
                ('author', models.CharField(max_length=150)),
                ('body', models.CharField(blank=True, help_text='Code of the body that the author acts for.', max_length=40)),
                ('body_name', models.CharField(blank=True, max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('source_title', models.CharField(blank=True, max_length=400)),
                ('source_url', models.CharField(blank=True, max_length=500)),
                ('source_date', models.CharField(blank=True, max_length=20)),
                ('locator', models.CharField(blank=True, help_text='Page, section or clause in the source.', max_length=300)),
                ('certainty', models.CharField(default='page', max_length=12)),
                ('came_by', models.CharField(default='form', help_text='form, spreadsheet, link, restore, …', max_length=20)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('decided_because', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'sent_at'], name='proposal_state'), models.Index(fields=['author', 'id'], name='proposal_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'waiting', 'asked', 'accepted', 'declined', 'withdrawn'))), name='proposal_state_known'), models.CheckConstraint(condition=models.Q(('certainty__in', ('page', 'document', 'official', 'judged', 'unverified', 'inferred', 'machine', 'default'))), name='proposal_certainty_known'), models.CheckConstraint(condition=models.Q(('author', ''), _negated=True), name='proposal_by_whom'), models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('source_title', ''), _negated=True)), _connector='OR'), name='proposal_sent_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('accepted', 'declined', 'withdrawn'))), models.Q(models.Q(('state__in', ('accepted', 'declined', 'withdrawn')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='proposal_ended_when'), models.CheckConstraint(condition=models.Q(models.Q(('decided_because__gt', ''), ('decided_by__gt', ''), ('state__in', ('accepted', 'declined'))), models.Q(models.Q(('state__in', ('accepted', 'declined')), _negated=True), ('decided_because', ''), ('decided_by', '')), _connector='OR'), name='proposal_decided_by_whom'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('author')), _negated=True), name='proposal_not_own_judge')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.CharField(max_length=150)),
                ('act', models.CharField(help_text='ask, answer, accept, decline, …', max_length=8)),
                ('text', models.TextField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='review.proposal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ProposedMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.CharField(help_text='Which source or search found it.', max_length=60)),
                ('register', models.CharField(blank=True, help_text='The official list of the row; blank: a thing.', max_length=40)),
                ('reference', models.CharField(help_text="The list's own reference, or the code of the other thing.", max_length=60)),
                ('title', models.CharField(max_length=500)),
                ('code', models.CharField(help_text='Code of the thing that it may be.', max_length=16)),
                ('matched_title', models.CharField(max_length=400)),
                ('score', models.FloatField(help_text='How alike, from 0 to 1.')),
                ('why', models.CharField(max_length=400)),
                ('only_similar', models.BooleanField(default=False, help_text='Worth seeing side by side, and not called the same.')),
                ('said', models.CharField(help_text='Hash of what both sides said of themselves when it was found.', max_length=32)),
                ('state', models.CharField(db_index=True, default='waiting', max_length=10)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('decided_on', models.DateField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('decision', models.PositiveBigIntegerField(help_text='The number of the decision in the audit trail.', null=True)),
                ('earlier', models.CharField(blank=True, help_text='An earlier decision, where it was proposed again since.', max_length=700)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'reference', 'code'), name='proposed_match_once'), models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'accepted', 'declined', 'withdrawn'))), name='proposed_match_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', False), ('decision__isnull', False), ('state__in', ('accepted', 'declined')), models.Q(('decided_by', ''), _negated=True), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state__in', ('accepted', 'declined')), _negated=True), ('decided_by', ''), ('decided_on__isnull', True), ('decision__isnull', True), ('reason', '')), _connector='OR'), name='proposed_match_decided_by_whom'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='proposed_match_score_range')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('asked', models.TextField(help_text='What is asked, as the invited read it.')),
                ('by', models.CharField(help_text='Who began it: a user name.', max_length=150)),
                ('body', models.CharField(blank=True, help_text='Code of the body that consults.', max_length=40)),
                ('body_name', models.CharField(help_text='Who consults, as the invited and the public read it.', max_length=200)),
                ('closes_on', models.DateField(help_text='The last day for comments.', null=True)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, help_text='What came of it; or why it was withdrawn.')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='round_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'open', 'closed', 'published', 'withdrawn'))), name='round_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('by', ''), _negated=True), models.Q(('body_name', ''), _negated=True)), name='round_by_whom'), models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(('closes_on__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='round_opened_until'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('closed', 'published')), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='round_closed_when'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('published', 'withdrawn')), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state__in', ('published', 'withdrawn')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='round_ended_with_outcome')],
            },
        ),
        migrations.CreateModel(
            name='InvitedBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(blank=True, db_index=True, help_text='Its code, where it has one.', max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('link_made_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(help_text='When it last said something.', null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invited', to='review.round')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='invited_body_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='invited_body_named'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('answered_at__isnull', True), _connector='OR'), name='invited_body_heard_stays')],
            },
        ),
        migrations.CreateModel(
            name='RoundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=700)),
                ('entity', models.CharField(blank=True, help_text='What it is: role, requirement, statement, …', max_length=60)),
                ('code', models.CharField(blank=True, help_text='IQF code of the thing; `framework:code`.', max_length=120)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='review.round')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('round', 'position'), name='round_line_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='round_line_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(max_length=8)),
                ('text', models.TextField(blank=True)),
                ('by', models.CharField(help_text='A user name, or `link: ` and the name of the body.', max_length=220)),
                ('at', models.DateTimeField(auto_now=True)),
                ('invited', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='review.invitedbody')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='review.roundline')),
            ],
            options={
                'ordering': ['line__position', 'invited__name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('line', 'invited'), name='comment_once'), models.CheckConstraint(condition=models.Q(('stance__in', ('agree', 'disagree', 'comment'))), name='comment_stance_known'), models.CheckConstraint(condition=models.Q(('stance', 'agree'), models.Q(('text', ''), _negated=True), _connector='OR'), name='comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='UploadLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('body', models.CharField(blank=True, help_text='Code of the organisation, where it has one.', max_length=40)),
                ('body_name', models.CharField(max_length=120)),
                ('entity', models.CharField(max_length=30)),
                ('of', models.CharField(blank=True, help_text='Code of the thing whose rows are asked for.', max_length=16)),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('body_name', ''), _negated=True), name='upload_link_for_whom'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True)), _connector='OR'), name='upload_link_withdrawn_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.CharField(max_length=30)),
                ('of', models.CharField(blank=True, max_length=16)),
                ('file', models.CharField(help_text='What the file was called.', max_length=150)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField(help_text='Empty once its changes are sent or withdrawn.')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='upload', to='review.proposal')),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='review.uploadlink')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=8)),
                ('text', models.TextField(blank=True)),
                ('proposal', models.PositiveBigIntegerField(null=True)),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(auto_now=True)),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='review.comment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ('accepted', 'declined', 'noted'))), name='answer_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'declined'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='answer_declined_why')],
            },
        ),
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('entity', models.CharField(max_length=60)),
                ('act', models.CharField(max_length=8)),
                ('key', models.JSONField(default=dict)),
                ('base', models.JSONField(default=dict)),
                ('wanted', models.JSONField(default=dict)),
                ('accepted', models.JSONField(null=True)),
                ('subject', models.CharField(blank=True, db_index=True, help_text='What it is about, by its code.', max_length=200)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='review.proposal')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['proposal', 'entity', 'subject'], name='proposed_change_about')],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'position'), name='proposed_change_once')],
            },
        ),
    ]
