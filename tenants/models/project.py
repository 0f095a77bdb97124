from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.keys import UuidModel
from tenants.models.institution import Institution
from tenants.models.municipality import Municipality
from tenants.models.tenant import Tenant


class DatePrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")


def _one_of(field: str, values: list[str], name: str) -> models.CheckConstraint:
    """The database knows the choices of a field too."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class Project(UuidModel):
    """An EU-funded partnership, as its source document states it.

    A blank field was not stated. Dates of month precision hold the first day of the first and the
    last day of the last month.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=255)
    leader = models.ForeignKey(Institution, models.PROTECT, related_name="projects_led")
    leader_site = models.ForeignKey(
        Tenant, models.SET_NULL, null=True, blank=True, related_name="projects_led"
    )
    leader_site_slug = models.SlugField(
        _("first label of the leader's domain"), max_length=63, blank=True
    )
    programme = models.CharField(_("programme"), max_length=255, blank=True)
    programme_axis = models.CharField(_("axis of the programme"), max_length=255, blank=True)
    programme_measure = models.CharField(_("measure of the programme"), max_length=255, blank=True)
    investment_priority = models.TextField(_("investment priority"), blank=True)
    funding_period = models.CharField(_("funding period"), max_length=9, blank=True)
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    date_precision = models.CharField(max_length=5, choices=DatePrecision)
    months = models.PositiveSmallIntegerField(_("months as published"), null=True, blank=True)
    published_on = models.DateField(_("source published on"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    goal = models.TextField(_("goal"), blank=True)
    effects = models.TextField(_("effects"), blank=True)
    fees = models.TextField(_("fees"), blank=True)
    model = models.TextField(_("model of the centre"), blank=True)
    tasks_note = models.TextField(_("note on tasks"), blank=True)
    tasks_total = models.PositiveSmallIntegerField(_("number of tasks"), null=True, blank=True)
    milestones_total = models.PositiveSmallIntegerField(
        _("number of milestones"), null=True, blank=True
    )
    service_areas = models.JSONField(_("service areas"), default=list, blank=True)
    planned_services = models.JSONField(_("planned services"), default=list, blank=True)

    class Meta:
        ordering = ("title",)
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="project_ends_after_start"
            ),
            _one_of("date_precision", DatePrecision.values, "project_precision_known"),
            models.CheckConstraint(
                condition=Q(funding_period="") | Q(funding_period__regex=r"^\d{4}-\d{4}$"),
                name="project_funding_period_format",
            ),
            models.CheckConstraint(
                condition=Q(hashtag="") | Q(hashtag__regex=r"^#\w+$"), name="project_hashtag_format"
            ),
        )

    def __str__(self) -> str:
        return self.title


class FundingKind(models.TextChoices):
    TOTAL = "total", _("total value of the project")
    EU = "eu", _("European Funds")
    STATE_BUDGET = "state_budget", _("state budget")
    NATIONAL_PUBLIC = "national_public", _("national public funds")
    OWN = "own", _("own contribution")
    GRANT = "grant", _("grant")
    OUTSOURCED_SERVICES = "outsourced_services", _("for outsourced services")
    NGO_SERVICES = "ngo_services", _("for services of non-governmental organisations")


class FundingSource(UuidModel):
    """An amount or a share with the text the source published; a derived one never was."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="funding")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=FundingKind)
    label = models.CharField(_("label"), max_length=160, blank=True)
    amount = models.DecimalField(
        _("amount, złoty"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    share = models.CharField(_("share as published"), max_length=20, blank=True)
    published = models.CharField(_("text as published"), max_length=200, blank=True)
    is_derived = models.BooleanField(_("derived by us"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("project", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["project", "ordinal"], name="funding_ordinal_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | ~Q(share=""), name="funding_amount_or_share"
            ),
            models.CheckConstraint(
                condition=Q(is_derived=True, published="")
                | (Q(is_derived=False) & ~Q(published="")),
                name="funding_stated_or_derived",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_amount_positive"
            ),
            _one_of("kind", FundingKind.values, "funding_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount or self.share}"


class ProjectPartner(UuidModel):
    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    ordinal = models.PositiveSmallIntegerField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="partnerships")
    name = models.CharField(_("name as published"), max_length=120)
    unit_name = models.CharField(_("unit as published"), max_length=200, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    unit_former_name = models.CharField(_("former name of the unit"), max_length=200, blank=True)
    unit_current_name = models.CharField(_("new name of the unit"), max_length=200, blank=True)
    unit_transformed_on = models.DateField(_("unit transformed on"), null=True, blank=True)

    class Meta:
        ordering = ("project", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "ordinal"],
                name="partner_ordinal_once",
                deferrable=models.Deferrable.DEFERRED,  # two partners may change places
            ),
            models.UniqueConstraint(fields=["project", "municipality"], name="partner_once"),
            models.CheckConstraint(
                condition=Q(unit_transformed_on__isnull=True)
                & Q(unit_former_name="", unit_current_name="")
                | Q(unit_transformed_on__isnull=False)
                & ~Q(unit_former_name="")
                & ~Q(unit_current_name=""),
                name="partner_transformation_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProjectTask(UuidModel):
    class Scope(models.TextChoices):
        LEADER = "leader", _("leader")
        EVERY_PARTNER = "every_partner", _("every partner")
        PARTNER = "partner", _("one partner")

    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    scope = models.CharField(max_length=14, choices=Scope)
    partner = models.ForeignKey(ProjectPartner, models.CASCADE, null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("project", "scope", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "scope", "partner", "ordinal"],
                name="task_ordinal_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(scope="partner", partner__isnull=False)
                | (Q(partner__isnull=True) & ~Q(scope="partner")),
                name="task_partner_matches_scope",
            ),
            _one_of("scope", ["leader", "every_partner", "partner"], "task_scope_known"),
        )

    def __str__(self) -> str:
        return self.text


class ProjectStage(UuidModel):
    class Kind(models.TextChoices):
        STAGE = "stage", _("stage")
        MILESTONE = "milestone", _("milestone")

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=9, choices=Kind)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=255)
    starts_on = models.DateField()
    ends_on = models.DateField()
    date_precision = models.CharField(max_length=5, choices=DatePrecision)
    months = models.PositiveSmallIntegerField(_("months as published"), null=True, blank=True)

    class Meta:
        ordering = ("project", "kind", "number")
        constraints = (
            models.UniqueConstraint(fields=["project", "kind", "number"], name="stage_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_after_start"
            ),
            _one_of("kind", ["stage", "milestone"], "stage_kind_known"),
            _one_of("date_precision", DatePrecision.values, "stage_precision_known"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class TargetGroup(UuidModel):
    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("residents")
        STAFF = "staff", _("staff")

    project = models.ForeignKey(Project, models.CASCADE, related_name="target_groups")
    kind = models.CharField(max_length=9, choices=Kind)
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("project", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["project", "ordinal"], name="group_ordinal_once"),
            _one_of("kind", ["residents", "staff"], "group_kind_known"),
        )

    def __str__(self) -> str:
        return self.text


class Indicator(UuidModel):
    """A target of the project; ``derived_target`` is our arithmetic, never shown as published."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=255)
    qualifier = models.CharField(_("qualifier as published"), max_length=40, blank=True)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    derived_target = models.PositiveIntegerField(_("derived target"), null=True, blank=True)
    per_partner = models.PositiveIntegerField(_("target of each partner"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40)

    class Meta:
        ordering = ("project", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "ordinal"],
                name="indicator_ordinal_once",
                deferrable=models.Deferrable.DEFERRED,  # one may be put in between
            ),
            models.UniqueConstraint(fields=["project", "name"], name="indicator_name_once"),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(derived_target__isnull=True),
                name="indicator_stated_or_derived",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | Q(per_partner__isnull=False),
                name="indicator_has_target",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProjectResult(UuidModel):
    project = models.ForeignKey(Project, models.CASCADE, related_name="results")
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("project", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=["project", "ordinal"], name="result_ordinal_once"),
        )

    def __str__(self) -> str:
        return self.text
