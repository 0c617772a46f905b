{#-
    The KPIs in their order: the one list from which the scorecard, the dimensions of KPIs and their
    figures, the targets' check, the page, the workbook and the dashboards are made.

    kpi: the model's name without `kpi_`; definition_en and definition_tr: one sentence for whoever
        looks at the figure; figures: the columns of that model which are its figures,
        in their order, each with a short name in both languages and its unit; the first is the KPI
        itself; rests_on: figures (`*` for all of them) -> inputs without which they are not measured, null
        and not zero, whatever the other inputs hold; has_small_groups: its figures are about people, and `models/publication` hides those
        of few; matures_when: a row of the model can still change after its period's end, until this
        holds.
-#}
{% macro kpi_catalogue() %}
    {{ return([
        {
            'kpi': 'annual_contract_value',
            'name_en': 'Annual Contract Value', 'name_tr': 'Yıllık Sözleşme Değeri',
            'definition_en': 'What the active contracts are worth in a year, per active customer, on the last day of the period.',
            'definition_tr': 'Dönemin son günündeki aktif sözleşmelerin, aktif müşteri başına bir yıllık değeri.',
            'unit': 'currency', 'better': 'higher',
            'rests_on': {'*': ['crm.contracts']},
            'figures': [
                ('acv_per_customer', 'Contract value per customer', 'Müşteri başına sözleşme değeri', 'currency'),
                ('median_acv_per_customer', 'Median per customer', 'Müşteri başına medyan', 'currency'),
                ('total_acv', 'Total annual value', 'Toplam yıllık değer', 'currency'),
                ('active_customers', 'Active customers', 'Aktif müşteri', 'count'),
                ('active_contracts', 'Active contracts', 'Aktif sözleşme', 'count'),
                ('new_acv', 'Signed: new', 'İmzalanan: yeni', 'currency'),
                ('expansion_acv', 'Signed: expansion', 'İmzalanan: genişleme', 'currency'),
                ('renewal_acv', 'Signed: renewals', 'İmzalanan: yenileme', 'currency'),
            ],
        },
        {
            'kpi': 'customer_lifetime_value',
            'name_en': 'Customer Lifetime Value', 'name_tr': 'Müşteri Yaşam Boyu Değeri',
            'definition_en': 'What a customer has paid so far, on average over everyone who has become a customer.',
            'definition_tr': 'Müşteri olmuş herkesin bugüne kadar ödediğinin ortalaması.',
            'unit': 'currency', 'better': 'higher',
            'rests_on': {
                '*': ['crm.contracts or crm.invoices'],
                'average_clv median_clv p90_clv total_spend': ['crm.invoices'],
            },
            'figures': [
                ('average_clv', 'Average paid per customer', 'Müşteri başına ortalama ödeme', 'currency'),
                ('median_clv', 'Median', 'Medyan', 'currency'),
                ('p90_clv', '90th percentile', '90. yüzdelik', 'currency'),
                ('total_spend', 'Total paid', 'Toplam ödeme', 'currency'),
                ('customers', 'Customers', 'Müşteri', 'count'),
            ],
        },
        {
            'kpi': 'new_pipeline_leads',
            'name_en': 'New Leads in the Pipeline', 'name_tr': 'Satış Sürecine Eklenen Yeni Müşteri Adayı Sayısı',
            'definition_en': 'Leads that entered the pipeline in the period.',
            'definition_tr': 'Dönem içinde satış sürecine giren adayların sayısı.',
            'unit': 'count', 'better': 'higher',
            'rests_on': {'*': ['crm.leads']},
            'figures': [
                ('new_leads', 'New leads', 'Yeni aday', 'count'),
            ],
        },
        {
            'kpi': 'lead_waiting_time',
            'name_en': 'Average Lead Waiting Time', 'name_tr': 'Potansiyel Müşterilerin Ortalama Bekleme Süresi',
            'definition_en': 'How long the leads that are open on the last day of the period have waited, on average.',
            'definition_tr': 'Dönemin son gününde açık olan adayların ortalama bekleme süresi.',
            'unit': 'days', 'better': 'lower',
            'rests_on': {
                '*': ['crm.leads', 'crm.opportunities'],
                'average_idle_days stale_leads': ['crm.activities'],
            },
            'figures': [
                ('average_waiting_days', 'Average waiting time', 'Ortalama bekleme süresi', 'days'),
                ('median_waiting_days', 'Median waiting time', 'Medyan bekleme süresi', 'days'),
                ('p90_waiting_days', '90th percentile of waiting time', 'Bekleme süresinin 90. yüzdeliği', 'days'),
                ('average_idle_days', 'Average time without a touch', 'Temassız geçen ortalama süre', 'days'),
                ('stale_leads', 'Stale leads', 'Bayat aday', 'count'),
                ('open_leads', 'Open leads', 'Açık aday', 'count'),
            ],
        },
        {
            'kpi': 'lead_conversion_rate',
            'name_en': 'Conversion Rate', 'name_tr': 'Dönüşüm Oranı',
            'definition_en': 'Share of the leads that entered in the period that have been won so far.',
            'definition_tr': 'Dönem içinde giren adaylardan bugüne kadar kazanılanların oranı.',
            'unit': 'share', 'better': 'higher',
            'matures_when': 'open_leads = 0 or conversion_rate_in_window is not null',
            'rests_on': {
                '*': ['crm.leads'],
                'conversion_rate won_leads lost_leads open_leads conversion_rate_in_window average_days_to_win win_rate':
                    ['crm.opportunities'],
            },
            'figures': [
                ('conversion_rate', 'Conversion rate', 'Dönüşüm oranı', 'share'),
                ('entered_leads', 'Leads that entered', 'Giren aday', 'count'),
                ('won_leads', 'Won leads', 'Kazanılan aday', 'count'),
                ('lost_leads', 'Lost leads', 'Kaybedilen aday', 'count'),
                ('open_leads', 'Open leads', 'Açık aday', 'count'),
                ('conversion_rate_in_window', 'Conversion rate within the window', 'Süre içinde dönüşüm oranı', 'share'),
                ('average_days_to_win', 'Average time to win', 'Kazanmaya kadar ortalama süre', 'days'),
                ('win_rate', 'Win rate of decided leads', 'Sonuçlanan adaylarda kazanma oranı', 'share'),
            ],
        },
        {
            'kpi': 'sales_team_retention',
            'name_en': 'Sales Team Loyalty Rate', 'name_tr': 'Satış Ekibi Sadakat Oranı',
            'definition_en': 'Share of the sales people of the day before the period that are still in sales at its end.',
            'definition_tr': 'Dönemden önceki gün satışta olanlardan dönem sonunda hâlâ satışta olanların oranı.',
            'unit': 'share', 'better': 'higher',
            'has_small_groups': true,
            'rests_on': {'*': ['hr.employees', 'hr.job_assignments']},
            'figures': [
                ('sales_retention_rate', 'Loyalty rate', 'Sadakat oranı', 'share'),
                ('headcount_start', 'Headcount at the start', 'Dönem başı kişi sayısı', 'count'),
                ('retained_headcount', 'Still there at the end', 'Dönem sonunda kalan', 'count'),
                ('joiners', 'Joiners', 'Katılan', 'count'),
                ('separations', 'Separations', 'Ayrılan', 'count'),
                ('voluntary_separations', 'Separations: voluntary', 'Ayrılan: kendi isteğiyle', 'count'),
                ('involuntary_separations', 'Separations: involuntary', 'Ayrılan: işten çıkarma', 'count'),
                ('transfers_out', 'Separations: transfers', 'Ayrılan: başka bölüme geçiş', 'count'),
                ('headcount_end', 'Headcount at the end', 'Dönem sonu kişi sayısı', 'count'),
                ('average_tenure_months', 'Average tenure', 'Ortalama kıdem', 'months'),
                ('turnover_rate', 'Turnover rate', 'Devir oranı', 'share'),
            ],
        },
        {
            'kpi': 'rep_ramp_up_time',
            'name_en': 'Ramp-up Time', 'name_tr': 'Ramp-up (Satışa Hazırlık) Süresi',
            'definition_en': 'Days from the start in sales to the first completed customer meeting, over the reps that started in the period.',
            'definition_tr': 'Dönem içinde satışa başlayanlarda, başlangıçtan tamamlanan ilk müşteri görüşmesine kadar geçen gün.',
            'unit': 'days', 'better': 'lower',
            'has_small_groups': true,
            'matures_when': 'ramping_reps = 0',
            'rests_on': {
                '*': ['hr.employees', 'hr.job_assignments'],
                'average_ramp_up_days median_ramp_up_days ramped_reps left_before_ramp_reps ramping_reps':
                    ['crm.activities', 'crm.users'],
                'average_days_to_first_win': ['crm.opportunities', 'crm.users'],
            },
            'figures': [
                ('average_ramp_up_days', 'Average ramp-up time', 'Ortalama hazırlık süresi', 'days'),
                ('median_ramp_up_days', 'Median ramp-up time', 'Medyan hazırlık süresi', 'days'),
                ('new_reps', 'New reps', 'Yeni temsilci', 'count'),
                ('ramped_reps', 'Ramped up', 'Hazır olan', 'count'),
                ('left_before_ramp_reps', 'Left before', 'Hazır olmadan ayrılan', 'count'),
                ('ramping_reps', 'Not yet', 'Henüz hazır olmayan', 'count'),
                ('average_days_to_first_win', 'Average time to the first win', 'İlk kazanıma kadar ortalama süre', 'days'),
            ],
        },
        {
            'kpi': 'customer_referrals',
            'name_en': 'Customer Referrals', 'name_tr': 'Referans Müşteri Sayısı',
            'definition_en': 'Leads that active customers referred in the period.',
            'definition_tr': 'Aktif müşterilerin dönem içinde yönlendirdiği adayların sayısı.',
            'unit': 'count', 'better': 'higher',
            'rests_on': {
                '*': ['crm.referrals', 'crm.contracts'],
                'won_referrals referral_conversion_rate': ['crm.leads', 'crm.opportunities'],
            },
            'figures': [
                ('referrals', 'Referrals', 'Referans', 'count'),
                ('referring_customers', 'Referring customers', 'Referans veren müşteri', 'count'),
                ('won_referrals', 'Won referrals', 'Kazanılan referans', 'count'),
                ('referral_conversion_rate', 'Conversion rate of referrals', 'Referansların dönüşüm oranı', 'share'),
                ('referrals_per_100_customers', 'Referrals per 100 customers', '100 müşteri başına referans', 'ratio'),
            ],
        },
        {
            'kpi': 'customer_retention',
            'name_en': 'Customer Retention Rate', 'name_tr': 'Müşteri Tutma Oranı',
            'definition_en': 'Share of the customers of the day before the period that are still active at its end.',
            'definition_tr': 'Dönemden önceki gün aktif olan müşterilerden dönem sonunda hâlâ aktif olanların oranı.',
            'unit': 'share', 'better': 'higher',
            'rests_on': {'*': ['crm.contracts']},
            'figures': [
                ('customer_retention_rate', 'Retention rate', 'Tutma oranı', 'share'),
                ('customers_start', 'Customers at the start', 'Dönem başı müşteri', 'count'),
                ('retained_customers', 'Retained', 'Tutulan', 'count'),
                ('churned_customers', 'Churned', 'Kaybedilen', 'count'),
                ('new_customers', 'New', 'Yeni', 'count'),
                ('reactivated_customers', 'Reactivated', 'Geri dönen', 'count'),
                ('customers_end', 'Customers at the end', 'Dönem sonu müşteri', 'count'),
                ('gross_revenue_retention', 'Gross revenue retention (GRR)', 'Brüt gelir tutma (GRR)', 'share'),
                ('net_revenue_retention', 'Net revenue retention (NRR)', 'Net gelir tutma (NRR)', 'share'),
            ],
        },
    ]) }}
{% endmacro %}
