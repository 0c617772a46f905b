{#-
    The KPIs in their order: the one list from which the scorecard, dim_kpis and the targets'
    check are made.

    kpi: the model's name without `kpi_`; value_column: the column of that model which is the KPI
        itself; has_small_groups: its figures are about people, and `models/publication` hides those
        of few.
-#}
{% macro kpi_catalogue() %}
    {{ return([
        {
            'kpi': 'annual_contract_value', 'value_column': 'acv_per_customer',
            'name_en': 'Annual Contract Value', 'name_tr': 'Yıllık Sözleşme Değeri',
            'unit': 'currency', 'better': 'higher',
        },
        {
            'kpi': 'customer_lifetime_value', 'value_column': 'average_clv',
            'name_en': 'Customer Lifetime Value', 'name_tr': 'Müşteri Yaşam Boyu Değeri',
            'unit': 'currency', 'better': 'higher',
        },
        {
            'kpi': 'new_pipeline_leads', 'value_column': 'new_leads',
            'name_en': 'New Leads in the Pipeline', 'name_tr': 'Satış Sürecine Eklenen Yeni Müşteri Adayı Sayısı',
            'unit': 'count', 'better': 'higher',
        },
        {
            'kpi': 'lead_waiting_time', 'value_column': 'average_waiting_days',
            'name_en': 'Average Lead Waiting Time', 'name_tr': 'Potansiyel Müşterilerin Ortalama Bekleme Süresi',
            'unit': 'days', 'better': 'lower',
        },
        {
            'kpi': 'lead_conversion_rate', 'value_column': 'conversion_rate',
            'name_en': 'Conversion Rate', 'name_tr': 'Dönüşüm Oranı',
            'unit': 'share', 'better': 'higher',
        },
        {
            'kpi': 'sales_team_retention', 'value_column': 'sales_retention_rate',
            'name_en': 'Sales Team Loyalty Rate', 'name_tr': 'Satış Ekibi Sadakat Oranı',
            'unit': 'share', 'better': 'higher',
            'has_small_groups': true,
        },
        {
            'kpi': 'rep_ramp_up_time', 'value_column': 'average_ramp_up_days',
            'name_en': 'Ramp-up Time', 'name_tr': 'Ramp-up (Satışa Hazırlık) Süresi',
            'unit': 'days', 'better': 'lower',
            'has_small_groups': true,
        },
        {
            'kpi': 'customer_referrals', 'value_column': 'referrals',
            'name_en': 'Customer Referrals', 'name_tr': 'Referans Müşteri Sayısı',
            'unit': 'count', 'better': 'higher',
        },
        {
            'kpi': 'customer_retention', 'value_column': 'customer_retention_rate',
            'name_en': 'Customer Retention Rate', 'name_tr': 'Müşteri Tutma Oranı',
            'unit': 'share', 'better': 'higher',
        },
    ]) }}
{% endmacro %}
