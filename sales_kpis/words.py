"""What the catalogue of KPIs does not name, in both languages: the workbook around them, the columns that
all of them share, and the codes in these columns, for workbook, page and terminal. A column or a code that is
not here goes by its own name.
"""

#: language -> what the workbook says beside the data
TITLES = {
    "en": {
        "title": "Sales KPIs",
        "about": "About",
        "scorecard": "Scorecard",
        "as_of": "As of",
        "published_at": "Published at (UTC)",
        "run_id": "Run",
        "currency": "Reporting currency",
        "sheets": ["Sheet", "What is in it", "Table in the marts", "Unit", "Rows"],
        "columns": ["Sheet", "Column", "Column in the marts", "Unit", "Meaning"],
        "itself": "The KPI itself.",
        "beside": "A figure beside the KPI.",
        "all_kpis": "All KPIs: against the period before, the year before and the target",
        "notes": [
            "An empty cell is no value: nothing to divide by, or a team so small that its figure is hidden.",
            "Shares run from 0 to 1 and are shown in percent.",
            "A text that begins with = + - @ or a control character has a quote before it: it is no formula.",
        ],
    },
    "tr": {
        "title": "Satış KPI'ları",
        "about": "Hakkında",
        "scorecard": "Karne",
        "as_of": "Rapor günü",
        "published_at": "Yayın zamanı (UTC)",
        "run_id": "Çalıştırma",
        "currency": "Raporlama para birimi",
        "sheets": ["Sayfa", "İçindekiler", "Tablo", "Birim", "Satır"],
        "columns": ["Sayfa", "Sütun", "Tablodaki sütun", "Birim", "Anlamı"],
        "itself": "KPI'ın kendisi.",
        "beside": "KPI'ın yanındaki rakam.",
        "all_kpis": "Tüm KPI'lar: önceki döneme, geçen yıla ve hedefe göre",
        "notes": [
            "Boş hücre değer yok demektir: bölünecek bir şey yoktur ya da küçük bir ekibin rakamı gizlidir.",
            "Oranlar 0 ile 1 arasındadır ve yüzde olarak gösterilir.",
            "Başında = + - @ veya denetim karakteri olan metnin önünde tek tırnak vardır: formül değildir.",
        ],
    },
}  # fmt: skip

#: language -> column -> its header and what it means
COLUMNS = {
    "en": {
        "kpi_name": ("KPI", "Name of the KPI."),
        "unit": ("Unit", "Unit of the values in this row."),
        "better": ("Better is", "Whether a higher or a lower value is better."),
        "period_grain": ("Period", "Month, quarter or year of the fiscal calendar."),
        "period_start": ("From", "First day of the period."),
        "period_end": ("To", "Last day of the whole period, also while it runs."),
        "is_complete": ("Complete", "Whether the period was over on the as-of day."),
        "dimension": ("By", "What the figures are broken down by; company: not at all."),
        "dimension_value": (
            "Value of", "Which of these: all for the company, unknown or unassigned where nothing says."
        ),
        "value": ("Value", "The KPI in this period, in its unit."),
        "previous_value": ("Period before", "The KPI in the period before."),
        "change": ("Change", "Value less period before; of shares in percentage points."),
        "year_ago_value": ("Year ago", "The KPI in the same period a year before."),
        "target_value": ("Target", "Target of the company for the period."),
        "status": ("Status", "Value against target."),
    },
    "tr": {
        "kpi_name": ("KPI", "KPI'ın adı."),
        "unit": ("Birim", "Bu satırdaki değerlerin birimi."),
        "better": ("İyi olan", "Yüksek değerin mi düşük değerin mi iyi olduğu."),
        "period_grain": ("Dönem", "Mali takvimin ayı, çeyreği veya yılı."),
        "period_start": ("Başlangıç", "Dönemin ilk günü."),
        "period_end": ("Bitiş", "Dönemin son günü; dönem sürerken de tüm dönemin sonu."),
        "is_complete": ("Tamamlandı", "Dönemin rapor gününde bitmiş olup olmadığı."),
        "dimension": ("Kırılım", "Rakamların neye göre ayrıldığı; şirket: ayrılmamış."),
        "dimension_value": (
            "Kırılım değeri", "Hangisi olduğu: şirket için all, bilinmiyorsa unknown, atanmamışsa unassigned."
        ),
        "value": ("Değer", "KPI'ın bu dönemdeki değeri, kendi biriminde."),
        "previous_value": ("Önceki dönem", "KPI'ın bir önceki dönemdeki değeri."),
        "change": ("Değişim", "Değer eksi önceki dönem; oranlarda yüzde puan."),
        "year_ago_value": ("Geçen yıl", "KPI'ın bir yıl önceki aynı dönemdeki değeri."),
        "target_value": ("Hedef", "Şirketin dönem hedefi."),
        "status": ("Durum", "Hedefe göre değer."),
    },
}  # fmt: skip

#: language -> column -> code -> word; dimensions in the order in which they are offered
CODES = {
    "en": {
        "unit": {
            "currency": "money", "share": "share", "days": "days", "months": "months", "count": "count",
            "ratio": "ratio",
        },
        "better": {"higher": "higher", "lower": "lower"},
        "period_grain": {"month": "Month", "quarter": "Quarter", "year": "Year"},
        "dimension": {
            "company": "Company", "team": "Team", "segment": "Segment", "region": "Region", "source": "Source",
            "rep": "Rep", "cohort": "Cohort",
        },
        "status": {
            "on_target": "On target", "off_target": "Behind target", "no_target": "No target",
            "no_value": "No value", "not_measured": "Not measured",
        },
    },
    "tr": {
        "unit": {
            "currency": "para", "share": "oran", "days": "gün", "months": "ay", "count": "adet",
            "ratio": "katsayı",
        },
        "better": {"higher": "yüksek", "lower": "düşük"},
        "period_grain": {"month": "Ay", "quarter": "Çeyrek", "year": "Yıl"},
        "dimension": {
            "company": "Şirket", "team": "Ekip", "segment": "Segment", "region": "Bölge", "source": "Kaynak",
            "rep": "Temsilci", "cohort": "Müşteri olunan yıl",
        },
        "status": {
            "on_target": "Hedefte", "off_target": "Hedefin gerisinde", "no_target": "Hedef yok",
            "no_value": "Değer yok", "not_measured": "Ölçülmüyor",
        },
    },
}  # fmt: skip


def header(column: str, language: str) -> str:
    return COLUMNS[language].get(column, (column,))[0]


def meaning(column: str, language: str) -> str:
    return COLUMNS[language].get(column, ("", ""))[1]


def word(column: str, code: str, language: str) -> str:
    """A value of a column in words; what is no code of it stays as it is."""
    return CODES[language].get(column, {}).get(code, code)
