-- rows of single employees: published only where groups of one may be seen
select * from {{ ref('fct_rep_ramp_ups') }}
where {{ setting('small_group_minimum') }} = 1
