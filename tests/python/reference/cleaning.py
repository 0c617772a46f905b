"""Section 1, "Cleaning": how a raw text is trimmed and how codes, labels and currencies are written.

Settings are cleaned by the same functions as the inputs, which is why they have a module of their own.
"""
import re

# "White space (U+0020, U+0009, U+000A, U+000D, U+00A0, no other)": str.strip() alone knows many more.
WHITE_SPACE = "\u0020\u0009\u000a\u000d\u00a0"
WHITE_SPACE_AND_HYPHENS = re.compile(f"[{WHITE_SPACE}-]+")


def trim(text: str | None) -> str | None:
    """The text without white space at its ends; None where nothing is left.

    "White space ... at both ends of a value goes; blank means missing."
    """
    if text is None:
        return None
    return text.strip(WHITE_SPACE) or None


def clean_code(text: str | None) -> str | None:
    """A code or a label as it is compared, or None where it is blank.

    "Codes and labels are lower-cased (Unicode; I with a dot and I become i whatever the database's
    language), and each run of white space and hyphens becomes one _ (`Closed - Won` is `closed_won`)."
    """
    trimmed = trim(text)
    if trimmed is None:
        return None
    return WHITE_SPACE_AND_HYPHENS.sub("_", "".join(map(_lower, trimmed)))


def clean_currency(text: str | None) -> str | None:
    """A currency as it is compared, or None where it is blank. "Currencies are upper-cased." """
    trimmed = trim(text)
    return None if trimmed is None else trimmed.upper()


def _lower(character: str) -> str:
    # Letter by letter, because the lower case of a whole word depends on its neighbours (final sigma);
    # and U+0130 would become an i followed by a combining dot.
    return "i" if character == "\u0130" else character.lower()
