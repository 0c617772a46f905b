"""Large believable inputs of any size: the fourteen tables of five years, the same bytes each time.

    python -m benchmarks.generate FOLDER --size 1 --format csv

Size 1 has a million leads, ten million activities, two million rows of lead status history, 300,000
opportunities, 200,000 contracts, two million invoices, 60,000 accounts and 3,000 employees. All
columns are text, as an extract has them. Chance is a hash of a row's number, so that every row can
be made for itself and nothing is kept in memory.
"""

import argparse
from pathlib import Path

import duckdb

FIRST_DAY, AS_OF_DATE = "2021-11-16", "2026-11-15"

ROWS = {
    "accounts": 60_000,
    "leads": 1_000_000,
    "activities": 10_000_000,
    "opportunities": 300_000,
    "contracts": 200_000,
    "invoices": 2_000_000,
    "referrals": 20_000,
    "employees": 3_000,
}

# Of a thousand rows so many have …
BLANK_REQUIRED = 2
BROKEN_DATE = 2
UNKNOWN_CODE = 2
WHITE_SPACE = 5
REPEATED_KEY = 3
UNKNOWN_REFERENCE = 3
MERGED_LEAD = 4

#: The days after which a lead is decided: most within weeks, few after a year, one in twenty never.
DECIDED_AFTER = "cast(5 + 60 * pow(chance(i, 'decided') / 1000.0, 3) * 3 as integer)"

MACROS = f"""
    create macro below(i, salt, n) as cast(hash(i, salt) % n as bigint);
    create macro chance(i, salt) as below(i, salt, 1000);
    create macro pick(i, salt, words) as words[below(i, salt, len(words)) + 1];
    -- a number in [0, n), small ones more often: a few owners have most of the work
    create macro skewed(i, salt, n) as cast(floor(n * pow(hash(i, salt) % 100003 / 100003.0, 2)) as bigint);
    create macro id(prefix, i) as prefix || lpad(cast(i as varchar), 9, '0');
    -- more happens in spring and autumn than in summer, and more each year
    create macro day_of(i, salt, n) as cast(
        n * pow(hash(i, salt) % 1000003 / 1000003.0, 0.85) as integer
    );
    create macro stamp(moment, i) as case below(i, 'form', 4)
        when 0 then strftime(moment + interval 3 hour, '%Y-%m-%dT%H:%M:%S+03:00')
        when 1 then strftime(moment, '%Y-%m-%d %H:%M:%S')
        else strftime(moment, '%Y-%m-%dT%H:%M:%SZ')
    end;
    create macro day_text(d) as strftime(cast(d as date), '%Y-%m-%d');
    -- dirt: a value that is not there, is none, or has white space around it
    create macro required(i, salt, value) as
        case when chance(i, salt || 'blank') < {BLANK_REQUIRED} then null else value end;
    create macro dated(i, salt, value) as
        case when chance(i, salt || 'date') < {BROKEN_DATE}
            then pick(i, salt, ['2026-02-30', '31.12.2025', 'n/a', '2025-13-01']) else value end;
    create macro coded(i, salt, value) as case
        when chance(i, salt || 'code') < {UNKNOWN_CODE} then 'Legacy'
        when chance(i, salt || 'space') < {WHITE_SPACE} then ' ' || value || ' '
        else value
    end;
    create macro known(i, salt, value) as
        case when chance(i, salt || 'lost') < {UNKNOWN_REFERENCE} then value || '-gone' else value end;
"""


def tables(size: float) -> dict[str, str]:
    """'crm/leads' -> the select that makes its rows."""
    rows = {name: max(1, round(number * size)) for name, number in ROWS.items()}
    n = argparse.Namespace(**rows, users=rows["employees"], days=1825)

    def repeated(count: int) -> str:
        """Row numbers, some of them twice, the second with a later updated_at."""
        return (
            f"(select range as i, 0 as copy from range({count}) union all "
            f"select range, 1 from range({count}) where chance(range, 'again') < {REPEATED_KEY})"
        )

    def once(count: int) -> str:
        return f"(select range as i, 0 as copy from range({count}))"

    lead = f"""
        select
            i,
            copy,
            timestamp '{FIRST_DAY}' + to_days(day_of(i, 'lead', {n.days}))
                + to_seconds(cast(21600 + below(i, 'time', 43200) as bigint)) as created_at,
            {DECIDED_AFTER} as days,
            case
                when chance(i, 'outcome') < 950
                    then case when i % 10 in (0, 3, 6) then 'Converted' else 'Disqualified' end
                else pick(i, 'open', ['New', 'Working', 'Qualified'])
            end as status
        from NUMBERS
    """
    leads = lead.replace("NUMBERS", repeated(n.leads))
    each_lead = lead.replace("NUMBERS", once(n.leads))
    # the leads 0, 3, 6, 10, 13, … lead to an opportunity, decided when the lead is
    opportunity = f"""
        select
            numbers.i,
            numbers.copy,
            numbers.lead_number,
            leads.created_at + interval 2 day as created_at,
            leads.created_at + to_days(leads.days) as closed_at,
            case
                when chance(numbers.lead_number, 'outcome') >= 950 then 'Proposal'
                when chance(numbers.i, 'won') < 450 then 'Closed - Won'
                else 'Closed - Lost'
            end as stage
        from (
            select i, copy, cast(i * {n.leads} // {n.opportunities} as bigint) as lead_number
            from NUMBERS
        ) as numbers
        inner join ({each_lead}) as leads on numbers.lead_number = leads.i
    """
    opportunities = opportunity.replace("NUMBERS", repeated(n.opportunities))
    each_opportunity = opportunity.replace("NUMBERS", once(n.opportunities))
    chains = max(1, n.contracts * 3 // 10)
    contract = f"""
        select
            i,
            copy,
            i % {chains} as chain,
            i // {chains} as place,
            date '{FIRST_DAY}' + cast(below(i % {chains}, 'start', 700) + (i // {chains}) * 365
                + case when chance(i, 'late') < 100 then below(i, 'gap', 60) else 0 end as integer) as start_date
        from {repeated(n.contracts)}
    """
    return {
        "crm/accounts": f"""
            select
                required(i, 'account', id('ACC', i)) as account_id,
                'Company ' || i as account_name,
                pick(i, 'segment', ['Enterprise', 'Mid - Market', 'SMB', 'smb ']) as segment,
                pick(i, 'industry', ['Retail', 'Software', 'Logistics']) as industry,
                pick(i, 'region', ['Marmara', 'Ege', 'İç Anadolu', 'Karadeniz', 'Akdeniz']) as region,
                known(i, 'owner', id('USR', skewed(i, 'owner', {n.users}))) as owner_user_id,
                '{FIRST_DAY}' as created_at,
                case copy when 0 then '2026-01-01' else '2026-06-01' end as updated_at
            from {repeated(n.accounts)}
        """,
        "crm/users": f"""
            select
                id('USR', range) as user_id,
                'User ' || range as full_name,
                'user' || range || '@company.example' as email,
                known(range, 'employee', id('EMP', range)) as employee_id
            from range({n.users})
        """,
        "crm/leads": f"""
            select
                required(i, 'lead', id('LEAD', i)) as lead_id,
                'Company, ' || below(i, 'company', {n.accounts}) as company_name,
                'Person ' || i as contact_name,
                'person' || i || '@lead.example' as email,
                '+90 555 ' || lpad(cast(i % 10000000 as varchar), 7, '0') as phone,
                pick(i, 'source', ['Web', 'Fair', 'Partner', 'Cold Call', 'Referral', 'Advertising']) as source,
                coded(i, 'lead', status) as status,
                known(i, 'rep', id('USR', skewed(i, 'rep', {n.users}))) as owner_user_id,
                dated(i, 'lead', stamp(created_at, i)) as created_at,
                case when status = 'Disqualified' then stamp(created_at + to_days(days), i) end as disqualified_at,
                case when status = 'Converted' then id('ACC', below(i, 'account', {n.accounts})) end
                    as converted_account_id,
                case when chance(i, 'merged') < {MERGED_LEAD} then id('LEAD', (i * 7 + 1) % {n.leads}) end
                    as merged_into_lead_id,
                stamp(created_at + to_days(days + copy), i) as updated_at
            from ({leads})
        """,
        "crm/lead_status_history": f"""
            select
                id('LEAD', i) as lead_id,
                coded(i, 'history' || step, step) as status,
                dated(i, 'history' || step, stamp(
                    created_at + case step when 'New' then interval 0 day else to_days(days) end, i
                )) as changed_at
            from (
                select i, created_at, days, unnest(['New', case status when 'New' then 'Working' else status end]) as step
                from ({each_lead})
            )
        """,
        "crm/opportunities": f"""
            select
                required(i, 'opportunity', id('OPP', i)) as opportunity_id,
                id('ACC', below(i, 'account', {n.accounts})) as account_id,
                known(i, 'lead', id('LEAD', lead_number)) as lead_id,
                id('USR', skewed(lead_number, 'rep', {n.users})) as owner_user_id,
                coded(i, 'type', 'New Business') as opportunity_type,
                coded(i, 'stage', stage) as stage,
                cast(1000 + below(i, 'amount', 90000) as varchar) as amount,
                'TRY' as currency,
                dated(i, 'opportunity', stamp(created_at, i)) as created_at,
                case when stage <> 'Proposal' then stamp(closed_at, i) end as closed_at,
                stamp(closed_at + to_days(copy), i) as updated_at
            from ({opportunities})
            -- the order of a join's rows is chance
            order by i, copy
        """,
        "crm/opportunity_stage_history": f"""
            select
                id('OPP', i) as opportunity_id,
                step as stage,
                dated(i, 'stages' || step, stamp(
                    case step when 'Discovery' then created_at else closed_at end, i
                )) as changed_at
            from (
                select i, created_at, closed_at, unnest(['Discovery', stage]) as step
                from ({each_opportunity})
            )
            order by i, step
        """,
        # eight of ten on a lead in the days after it entered, the others on opportunities and accounts
        "crm/activities": f"""
            select
                required(i, 'activity', id('ACT', i)) as activity_id,
                coded(i, 'kind', pick(i, 'kind', ['Call', 'Email', 'Meeting', 'Demo', 'Task'])) as activity_type,
                coded(i, 'status', case
                    when chance(i, 'status') < 780 then 'Completed'
                    when chance(i, 'status') < 860 then 'Scheduled'
                    when chance(i, 'status') < 940 then 'Cancelled'
                    else 'No Show'
                end) as status,
                known(i, 'user', id('USR', skewed(lead_number, 'rep', {n.users}))) as user_id,
                case when about < 800 then known(i, 'lead', id('LEAD', lead_number)) end as lead_id,
                case when about between 800 and 949 then id('OPP', below(i, 'opp', {n.opportunities})) end
                    as opportunity_id,
                case when about >= 900 then id('ACC', below(i, 'account', {n.accounts})) end as account_id,
                dated(i, 'activity', stamp(
                    timestamp '{FIRST_DAY}' + to_days(day_of(lead_number, 'lead', {n.days}))
                        + to_days(cast(40 * pow(chance(i, 'after') / 1000.0, 2) as integer))
                        + to_seconds(cast(21600 + below(i, 'time', 43200) as bigint)), i
                )) as occurred_at
            from (
                select i, below(i, 'lead', {n.leads}) as lead_number, chance(i, 'about') as about
                from {repeated(n.activities)}
            )
        """,
        "crm/contracts": f"""
            select
                required(i, 'contract', id('CON', i)) as contract_id,
                known(chain, 'account', id('ACC', chain % {n.accounts})) as account_id,
                id('OPP', i % {n.opportunities}) as opportunity_id,
                case when place > 0 then id('CON', i - {chains}) end as renewed_from_contract_id,
                coded(i, 'contract', case
                    when place = 0 then 'New'
                    when chance(i, 'upsell') < 150 then 'Upsell'
                    else 'Renewal'
                end) as contract_type,
                case when chance(i, 'draft') < 20 then 'Draft' when chance(i, 'cancelled') < 60 then 'Cancelled'
                    else 'Active' end as status,
                day_text(start_date - cast(below(i, 'signed', 20) as integer)) as signed_on,
                dated(i, 'contract', day_text(start_date)) as start_date,
                case when chance(i, 'open') >= 30 then day_text(start_date + 364) end as end_date,
                case when chance(i, 'draft') >= 20 and chance(i, 'cancelled') < 60
                    then day_text(start_date + cast(below(i, 'cancel', 300) as integer)) end as cancelled_on,
                cast(10000 + below(i, 'value', 200000) as varchar) || '.50' as total_value,
                cast(below(i, 'fees', 5000) as varchar) as one_time_fees,
                pick(i, 'currency', ['TRY', 'TRY', 'USD', 'EUR']) as currency,
                case copy when 0 then '2026-01-01' else '2026-06-01' end as updated_at
            from ({contract})
        """,
        "crm/invoices": f"""
            select
                required(i, 'invoice', id('INV', i)) as invoice_id,
                id('ACC', skewed(i, 'account', {n.accounts})) as account_id,
                id('CON', below(i, 'contract', {n.contracts})) as contract_id,
                coded(i, 'invoice', status) as status,
                dated(i, 'invoice', day_text(issued_on)) as issued_on,
                case when status = 'Paid' then day_text(issued_on + cast(below(i, 'paid', 60) as integer)) end
                    as paid_on,
                case when chance(i, 'credit') < 20 then '-' else '' end
                    || cast(100 + below(i, 'amount', 20000) as varchar) || '.' || 10 + below(i, 'cents', 90) as amount,
                pick(i, 'currency', ['TRY', 'TRY', 'USD', 'EUR']) as currency
            from (
                select
                    i,
                    date '{FIRST_DAY}' + day_of(i, 'issued', {n.days}) as issued_on,
                    case when chance(i, 'state') < 900 then 'Paid' when chance(i, 'state') < 980 then 'Open'
                        else 'Void' end as status
                from {repeated(n.invoices)}
            )
        """,
        "crm/referrals": f"""
            select
                id('REF', range) as referral_id,
                id('ACC', below(range, 'account', {n.accounts})) as referring_account_id,
                known(range, 'lead', id('LEAD', below(range, 'lead', {n.leads}))) as referred_lead_id,
                day_text(date '{FIRST_DAY}' + day_of(range, 'referral', {n.days})) as referred_on
            from range({n.referrals})
        """,
        "hr/employees": f"""
            select
                id('EMP', i) as employee_id,
                'Employee ' || i as full_name,
                'employee' || i || '@company.example' as email,
                '+90 555 ' || lpad(cast(i as varchar), 7, '0') as phone,
                day_text(hire_date) as hire_date,
                case when left_after < {n.days} then day_text(hire_date + left_after) end as termination_date,
                case when left_after < {n.days} then pick(i, 'reason', ['Voluntary', 'Involuntary', 'Other']) end
                    as termination_reason,
                cast(400000 + below(i, 'salary', 600000) as varchar) as annual_salary,
                '2026-01-01' as updated_at
            from (
                select
                    range as i,
                    date '{FIRST_DAY}' - 700 + day_of(range, 'hired', {n.days} + 600) as hire_date,
                    cast(90 + below(range, 'left', 6000) as integer) as left_after
                from range({n.employees})
            )
        """,
        "hr/job_assignments": f"""
            select
                id('EMP', i) as employee_id,
                case when chance(i, 'department') < 850 then 'Sales' else 'Marketing' end as department,
                'Team ' || (below(i, 'team', 25) + step) % 25 as team,
                'Representative' as job_title,
                id('EMP', i // 12) as manager_employee_id,
                day_text(hire_date + step * 400) as valid_from,
                case when step = 0 and moves then day_text(hire_date + 399) end as valid_to
            from (
                select
                    i,
                    unnest(case when chance(i, 'moves') < 300 then [0, 1] else [0] end) as step,
                    chance(i, 'moves') < 300 as moves,
                    hire_date
                from (
                    select
                        range as i,
                        date '{FIRST_DAY}' - 700 + day_of(range, 'hired', {n.days} + 600) as hire_date
                    from range({n.employees})
                )
            )
        """,
        "reference/exchange_rates": f"""
            select
                day_text(date '{FIRST_DAY}' - 60 + cast(range as integer)) as rate_date,
                currency,
                cast(round(base * (1 + range / 900.0) + below(range, currency, 100) / 200.0, 4) as varchar) as rate
            from range({n.days} + 60), (values ('USD', 12.0), ('EUR', 13.5), ('GBP', 16.0)) as rates (currency, base)
        """,
        "reference/kpi_targets": """
            select kpi, 'year' as period_grain, cast(year as varchar) || '-01-01' as period_start, target
            from
                (values ('lead_conversion_rate', '0.12'), ('new_pipeline_leads', '200000')) as targets (kpi, target),
                (values (2022), (2023), (2024), (2025), (2026)) as years (year)
        """,
    }


def generate(folder: Path, size: float, format_: str) -> None:
    """Write the fourteen files; `format_` is csv or parquet."""
    options = "format csv, header" if format_ == "csv" else "format parquet, compression zstd"
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        for name, select in tables(size).items():
            path = folder / f"{name}.{format_}"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({select}) to '{path}' ({options})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=float, default=1)
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    options = parser.parse_args()
    generate(options.folder, options.size, options.format)


if __name__ == "__main__":
    main()
