"""A company of texts that engines read in different ways: each stands in every column of its type, a row each."""

from tests.python.reference import TABLES

DATES = [
    "2026-02-28", "2024-02-29", "2026-02-29", "2026-02-30", "2026-04-31", "2026-06-31", "1900-02-29",
    "2100-02-29", "2026-2-3", "2026-02-3", "26-02-03", "20260203", "2026/02/03", "03.02.2026",
    "02/03/2026", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "0001-01-01", "1899-12-31",
    "1900-01-01", "2100-12-31", "2101-01-01", "9999-12-31", "9999-02-30", "99999-01-01", "epoch",
    "today", "now", "infinity", "-infinity", "2026-01-05 ", " 2026-01-05", "\u00a02026-01-05\u00a0",
    "2026-01-05\n", "2026-01-05\u2028", "2026-01-05\u0085", "２０２６-01-05", "٢٠٢٦-٠١-٠٥", "2026-W01-1",
    "2026-005", "Jan 5, 2026", "2026-01-05 BC", "J2460000", "+2026-01-05", "2026‐01‐05", "2026-01",
    "2026",
]  # fmt: skip
TIMES = [
    "T00:00", "T23:59:59", "T24:00:00", "T24:00", "T23:60", "T23:59:60", " 09:30", "  09:30", "t09:30",
    "T9:30", "T09", "T0930", "T09:30:00.", "T09:30:00.1", "T09:30:00.123456", "T09:30:00.1234567",
    "T23:59:59.999999", "T23:59:59.9999999", "T23:59:59.999999999", "T09:30:00,5", "T09:30Z",
    "T09:30z", "T09:30 Z", "T09:30:00UTC", "T09:30:00 UTC", "T09:30:00 Europe/Istanbul", "T09:30+03",
    "T09:30+3", "T09:30+0300", "T09:30+03:00", "T09:30-03:00", "T09:30+03:60", "T09:30+03:0",
    "T09:30+13:59", "T09:30+14", "T09:30+14:00", "T09:30+14:01", "T09:30-14:00", "T09:30+15:00",
    "T09:30:00.999999999+05:30", "T09:30:00-00:00", "T09:30:00+00:00:30", "T00:30+03:00", "T09:30 PM",
    "T09:30:00Z+03:00", "\u00a009:30", "T09:30\n", "T09:30\u2028",
]  # fmt: skip
STAMPS = [
    *DATES,
    *(f"2026-01-05{time}" for time in TIMES),
    # the ends of a day, of a month and of summer time
    "2026-02-28T22:59:59.9999999+02:00", "2024-02-30T09:00Z", "2026-03-29T02:30:00", "2015-11-08",
    "2016-03-27", "2026-10-25T03:30:00+03:00", "9999-12-31T23:59:59Z", "9999-02-30T00:00",
    # midnight twice and not at all in Havana
    "2018-11-04", "2018-03-11", "1900-01-01T00:00:00+14:00", "2100-12-31T23:59:59-14:00",
]  # fmt: skip
NUMBERS = [
    "1", "-1", "+1", "0", "-0", "007", ".5", "5.", "-.5", ".", "", "-", "+", "+-1", "--1", "1e3", "1E3",
    "0x10", "0b1", "1_000", "1,000", "1.000,5", "1.5.5", "1 000", " 1 ", "\u00a01.5\u00a0", "NaN", "nan",
    "inf", "Infinity", "-inf", "null", "None", "true", "½", "１２", "١٢", "1.5f", "1.5d", "1L", "$1", "1%",
    "(1)", "1-", "999999999999999", "1000000000000000", "999999999999999.999999999999",
    "0.000000000001", "0.0000000000001", "0.1234567890123456789", "1.50000000000000000000", "1\n", "1\u2028",
]  # fmt: skip
WORDS = [
    "Sales", "SALES", " sales ", "İSTANBUL", "istanbul", "ISTANBUL", "ıstanbul", "Işık", "IŞIK", "İ", "I",
    "ı", "i̇", "ΟΔΟΣ", "ΟΔΟΣ ΣΑΣ", "ὈΔΥΣΣΕΎΣ", "Straße", "STRASSE", "ǅ", "Ǆ", "Ⅷ", "Ⓐ", "K", "Å", "ﬁ",
    "É", "É", "Ⱥ", "ẞ", "Mid - Market", "a\u00a0b", "a\tb", "a\nb", "a\r\nb", "a--b", "a_-_b",
    "- a -", "a\u2003b", "a‐b", "\u200ba\u200b", "\ufeffa", "a\u0085", "a\u2028b", "\u2029", "\x01\x1f",
    "a\x7fb", "a\x1ba", "a\x0bb", "a\x0cb", "'", '"', '""', "\\", "\\n", "\\\\", "/", "{{ x }}", "{% x %}",
    "--", "/* x */", "; drop table x", "%s", "%", "_", "$$", "`", "|", "a|b", ",", "NULL", "null", "NA",
    "None", "=1+1", "😀", "👩‍👩‍👧", "\U0001d400", "日本", "עברית", "a" * 5000, "29051_00040",
    "12345678901234567890", "ne\u0301e", "née",
]  # fmt: skip

TEXTS = {
    "date": DATES,
    "stamp": STAMPS,
    "number": NUMBERS,
    "text": WORDS,
    "label": WORDS,
    "currency": ["TRY", "try", " Try ", "usd", "USD", "tRY", "TRİ", "trı", "XXX", "", " ", "US D", "ß"],
    "code": WORDS,
}

PLAIN = {
    "date": "2026-01-05",
    "stamp": "2026-01-05T10:00:00Z",
    "number": "12.5",
    "text": "x",
    "label": "Sales",
    "currency": "TRY",
}


def spellings(code: str) -> list[str]:
    """A code as systems write it."""
    words = code.split("_")
    return [
        code.upper(),
        " ".join(words).title(),
        " - ".join(words),
        "\u00a0-\t".join(words),
        code.replace("i", "İ"),
        code.replace("i", "I"),
        code.replace("i", "ı"),
        code.replace("s", "ſ"),
        code.replace("k", "\u212a"),
        f" {code}\r\n",
        f"{code}\u2003",
        f"-{code}",
        f"{code}s",
    ]


def awkward_company() -> dict[str, list[dict[str, str | None]]]:
    """'crm.leads' -> rows, column -> text. In each row one column is awkward, and the others are plain."""
    company: dict[str, list[dict]] = {}
    for table, columns in TABLES.items():
        rows = company[table] = []
        for column in columns:
            texts = list(TEXTS[column.kind])
            for code in column.codes:
                texts += spellings(code)
            for text in texts:
                row = {
                    other.name: other.codes[0] if other.codes else PLAIN[other.kind]
                    for other in columns
                }
                for other in columns:
                    if other.is_key and other.kind == "text":
                        row[other.name] = f"{table}-{column.name}-{len(rows)}"
                # blank and missing are the same to a CSV file
                row[column.name] = text or None
                rows.append(row)
    return company
