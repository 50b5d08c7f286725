import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=20)),
                ('starts', models.CharField(blank=True, max_length=10)),
                ('ends', models.CharField(blank=True, max_length=10)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='places.area')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('country', 'region', 'subregion', 'authority', 'district', 'lsip', 'combined authority'))), name='area_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=10)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='places.area')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'group', 'edition'), name='area_membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.CharField(max_length=10)),
                ('how', models.CharField(max_length=10)),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='places.area')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='became', to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('old', 'new'), name='reorganisation_once'), models.CheckConstraint(condition=models.Q(('how__in', ('code', 'merged', 'divided'))), name='reorganisation_known')],
            },
        ),
    ]
