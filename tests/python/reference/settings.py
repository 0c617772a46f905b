"""Section 2: the settings, their defaults and what is refused."""
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .cleaning import clean_code, clean_currency, trim

ACTIVITY_TYPES = ("call", "meeting", "demo", "email", "task")


class SettingsError(ValueError):
    """A setting that is refused; the message starts with the setting's name."""


@dataclass(frozen=True)
class Settings:
    """All settings of section 2, and small_group_minimum: "published figures about people: a team of
    fewer has none" (README). Dates are datetime.date, days and months are int, lists are tuples.

    as_of_date None is today in the business timezone; reporting_start_date None is "the first day of
    the fiscal year two before that of as_of_date". Raises SettingsError for a value that is refused.
    """

    as_of_date: date | None = None
    reporting_start_date: date | None = None
    reporting_currency: str = "TRY"
    base_currency: str = "TRY"
    business_timezone: str = "Europe/Istanbul"
    fiscal_year_start_month: int = 1
    sales_departments: tuple[str, ...] = ("sales",)
    customer_meeting_types: tuple[str, ...] = ("meeting", "demo")
    renewal_grace_days: int = 30
    stale_after_days: int = 30
    conversion_window_days: int = 90
    small_group_minimum: int = 5

    def __post_init__(self):
        """Clean, fill in the two dates and check.

        "A setting of the wrong type or out of range (month 13, -1 days, an unknown activity type or
        time zone, reporting_start_date after as_of_date), an empty one and one that does not exist
        are refused by name".
        """
        for name in ("reporting_currency", "base_currency"):
            self._set(name, clean_currency(self._text(name)))
        self._set("business_timezone", self._text("business_timezone"))
        try:
            zone = ZoneInfo(self.business_timezone)
        except (KeyError, ValueError, OSError) as error:
            raise SettingsError(
                f"business_timezone: {self.business_timezone!r} is no known time zone"
            ) from error

        self._check_whole_number("fiscal_year_start_month", 1, 12)
        self._check_whole_number("small_group_minimum", 1, None)
        for name in ("renewal_grace_days", "stale_after_days", "conversion_window_days"):
            self._check_whole_number(name, 0, None)
        for name in ("sales_departments", "customer_meeting_types"):
            self._set(name, self._cleaned_list(name))
        for activity_type in self.customer_meeting_types:
            if activity_type not in ACTIVITY_TYPES:
                raise SettingsError(
                    f"customer_meeting_types: {activity_type!r} is not one of "
                    + ", ".join(ACTIVITY_TYPES)
                )

        if self.as_of_date is None:
            self._set("as_of_date", datetime.now(zone).date())
        self._check_date("as_of_date")
        if self.reporting_start_date is None:
            fiscal_year = self.as_of_date.year
            if self.as_of_date.month < self.fiscal_year_start_month:
                fiscal_year -= 1
            self._set("reporting_start_date", date(fiscal_year - 2, self.fiscal_year_start_month, 1))
        self._check_date("reporting_start_date")
        if self.reporting_start_date > self.as_of_date:
            raise SettingsError(
                f"reporting_start_date: {self.reporting_start_date} is after "
                f"as_of_date {self.as_of_date}"
            )

    @classmethod
    def from_texts(cls, texts: dict[str, str]) -> "Settings":
        """Settings written as text: dates YYYY-MM-DD, whole numbers, lists separated by commas."""
        defaults = {field.name: field.default for field in fields(cls)}
        values = {}
        for name, text in texts.items():
            if name not in defaults:
                raise SettingsError(f"{name}: there is no such setting")
            if not trim(text):
                raise SettingsError(f"{name}: is empty")
            try:
                if name in ("as_of_date", "reporting_start_date"):
                    values[name] = date(*map(int, _parts(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)))
                elif isinstance(defaults[name], int):
                    values[name] = int(*_parts("(-?[0-9]+)", text))
                elif isinstance(defaults[name], tuple):
                    values[name] = tuple(text.split(","))
                else:
                    values[name] = text
            except ValueError as error:
                raise SettingsError(f"{name}: {text!r} is of the wrong type") from error
        return cls(**values)

    def _set(self, name, value):
        object.__setattr__(self, name, value)

    def _text(self, name) -> str:
        value = getattr(self, name)
        if not isinstance(value, str):
            raise SettingsError(f"{name}: {value!r} is no text")
        if trim(value) is None:
            raise SettingsError(f"{name}: is empty")
        return trim(value)

    def _cleaned_list(self, name) -> tuple[str, ...]:
        """ "The setting lists of codes and labels are cleaned alike." """
        value = getattr(self, name)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f"{name}: {value!r} is no list of texts")
        cleaned = tuple(clean_code(item) for item in value)
        if not cleaned or None in cleaned:
            raise SettingsError(f"{name}: is empty")
        return cleaned

    def _check_whole_number(self, name, smallest, greatest):
        value = getattr(self, name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise SettingsError(f"{name}: {value!r} is no whole number")
        if value < smallest or (greatest is not None and value > greatest):
            raise SettingsError(f"{name}: {value} is out of range")

    def _check_date(self, name):
        value = getattr(self, name)
        if isinstance(value, datetime) or not isinstance(value, date):
            raise SettingsError(f"{name}: {value!r} is no date")
        if not 1900 <= value.year <= 2100:
            raise SettingsError(f"{name}: {value} is out of range")


def _parts(pattern: str, text: str) -> tuple[str, ...]:
    # int() and date parsing of Python take spellings such as 1_000 that a setting does not have.
    match = re.fullmatch(pattern, trim(text))
    if match is None:
        raise ValueError(text)
    return match.groups()
