-- rows of single employees: published only where groups of one may be seen
select * from {{ ref('fct_sales_spells') }}
where {{ setting('small_group_minimum') }} = 1
