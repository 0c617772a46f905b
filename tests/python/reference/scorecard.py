"""Section 4, kpi_scorecard: "one row per KPI, period, dimension and dimension value, for every row of
the nine".
"""
from fractions import Fraction

from .shared_rules import COMPANY, MONTHS_IN, add_months

# kpi -> (first column, name in English, name in Turkish, unit, better)
DESCRIPTIONS = {
    "annual_contract_value": (
        "acv_per_customer", "Annual Contract Value", "Yıllık Sözleşme Değeri", "currency", "higher",
    ),
    "customer_lifetime_value": (
        "average_clv", "Customer Lifetime Value", "Müşteri Yaşam Boyu Değeri", "currency", "higher",
    ),
    "new_pipeline_leads": (
        "new_leads", "New Leads in the Pipeline",
        "Satış Sürecine Eklenen Yeni Müşteri Adayı Sayısı", "count", "higher",
    ),
    "lead_waiting_time": (
        "average_waiting_days", "Average Lead Waiting Time",
        "Potansiyel Müşterilerin Ortalama Bekleme Süresi", "days", "lower",
    ),
    "lead_conversion_rate": (
        "conversion_rate", "Conversion Rate", "Dönüşüm Oranı", "share", "higher",
    ),
    "sales_team_retention": (
        "sales_retention_rate", "Sales Team Loyalty Rate",
        "Satış Ekibi Sadakat Oranı", "share", "higher",
    ),
    "rep_ramp_up_time": (
        "average_ramp_up_days", "Ramp-up Time", "Ramp-up (Satışa Hazırlık) Süresi", "days", "lower",
    ),
    "customer_referrals": (
        "referrals", "Customer Referrals", "Referans Müşteri Sayısı", "count", "higher",
    ),
    "customer_retention": (
        "customer_retention_rate", "Customer Retention Rate",
        "Müşteri Tutma Oranı", "share", "higher",
    ),
}


def scorecard(kpis: dict[str, list[dict]], staged_targets: list[dict]) -> list[dict]:
    """The rows of kpi_scorecard. kpis: name without kpi_ -> its rows; numbers are Fraction or None."""
    targets = {
        (row["kpi"], row["period_grain"], row["period_start"]): Fraction(row["target"])
        for row in staged_targets
    }
    rows = []
    for kpi, (column, name_en, name_tr, unit, better) in DESCRIPTIONS.items():
        value_of = {_key(row, row["period_start"]): _number(row[column]) for row in kpis[kpi]}
        for row in kpis[kpi]:
            grain, start = row["period_grain"], row["period_start"]
            value = _number(row[column])
            # "previous_value (the period before, same dimension value; no row: null)"
            previous = value_of.get(_key(row, add_months(start, -MONTHS_IN[grain])))
            target = None
            # "target_value (company rows only)"
            if (row["dimension"], row["dimension_value"]) == COMPANY:
                target = targets.get((kpi, grain, start))
            rows.append(
                {
                    "kpi": kpi,
                    "kpi_name_en": name_en,
                    "kpi_name_tr": name_tr,
                    "unit": unit,
                    "better": better,
                    "period_grain": grain,
                    "period_start": start,
                    "period_end": row["period_end"],
                    "is_complete": row["is_complete"],
                    "dimension": row["dimension"],
                    "dimension_value": row["dimension_value"],
                    "value": value,
                    "previous_value": previous,
                    "change": None if None in (value, previous) else value - previous,
                    # "year_ago_value (the same period a year before)"
                    "year_ago_value": value_of.get(_key(row, add_months(start, -12))),
                    "target_value": target,
                    "status": status(value, target, better),
                }
            )
    return rows


def status(value: Fraction | None, target: Fraction | None, better: str) -> str:
    """ "on_target: value at the target or on its better side; off_target; no_target; no_value where
    there is a target and no value"
    """
    if target is None:
        return "no_target"
    if value is None:
        return "no_value"
    is_reached = value >= target if better == "higher" else value <= target
    return "on_target" if is_reached else "off_target"


def _key(row, start):
    return (row["period_grain"], start, row["dimension"], row["dimension_value"])


def _number(value):
    # A count is a number like the others here: the column has one type.
    return None if value is None else Fraction(value)
