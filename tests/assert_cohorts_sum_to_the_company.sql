-- each customer of a cohort, and each that is still active, stands once in every dimension
with

sums as (

    select
        dimension,
        cohort_start,
        quarters_since,
        sum(customers) as customers,
        sum(active_customers) as active_customers
    from {{ ref('rpt_customer_cohorts') }}
    group by dimension, cohort_start, quarters_since

)

select sums.*
from sums
inner join sums as company
    on
        company.dimension = 'company'
        and sums.cohort_start = company.cohort_start
        and sums.quarters_since = company.quarters_since
where
    sums.customers <> company.customers
    or sums.active_customers <> company.active_customers
