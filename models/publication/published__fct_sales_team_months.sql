-- rows of single employees: published only where groups of one may be seen
select * from {{ ref('fct_sales_team_months') }}
where {{ setting('small_group_minimum') }} = 1
