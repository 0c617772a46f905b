"""Files as they arrive: what each must get. The users' file is the one that goes wrong, in many ways.

Verdicts: FILE, the run stops with one line that says all the words; ROW, rows are rejected with these
reasons and every other is staged; LOAD, exactly these users are staged.
"""

from typing import NamedTuple

HEADER = b"user_id,full_name,email,employee_id\n"
TWO_USERS = HEADER + b"U1,Ada,ada@example.com,E1\nU2,Bora,,\n"

ADA = ("U1", "Ada", "ada@example.com", "E1")
BORA = ("U2", "Bora", None, None)
BOTH = [ADA, BORA]


class BadFile(NamedTuple):
    """name: what is wrong; fault: its number in the list of faults; content: the file's bytes, None for no
    file; expected: words of the error, (key, reasons) of rejected rows, or the rows that are staged."""

    name: str
    fault: str
    content: bytes | None
    verdict: str
    expected: list


def stops(name: str, fault: str, content: bytes | None, *words: str) -> BadFile:
    return BadFile(name, fault, content, "FILE", list(words))


def rejects(name: str, fault: str, content: bytes, *rows: tuple[str, str]) -> BadFile:
    return BadFile(name, fault, content, "ROW", list(rows))


def loads(name: str, fault: str, content: bytes, rows: list[tuple]) -> BadFile:
    return BadFile(name, fault, content, "LOAD", rows)


def user(user_id: str, full_name: str | None = None, email: str | None = None) -> tuple:
    return (user_id, full_name, email, None)


LONG = "x" * 200_000

BAD_FILES = [
    # there, and with a header
    stops("empty", "F01", b"", "empty"),
    stops("a byte-order mark alone", "F01", b"\xef\xbb\xbf", "empty"),
    stops("a line end alone", "F01", b"\n", "line 1", "blank"),
    stops("blanks alone", "F01", b"   \n", "line 1", "blank"),
    loads("header alone", "F02", HEADER, []),
    loads("header without a line end", "F02", HEADER.rstrip(), []),
    loads("header and blank lines", "F02", HEADER + b"\n\n", []),
    stops("missing", "F03", None, "no such file"),
    stops("a blank first line", "F01", b"\n" + TWO_USERS, "line 1", "blank"),
    stops("a title above the header", "F06", b"Users of 2026\n" + TWO_USERS, "line 1", "no column user_id"),
    stops("no header", "F06", b"U1,Ada,ada@example.com,E1\nU2,Bora,,\n", "line 1", "no column user_id"),
    # columns
    loads(
        "columns in another order",
        "F05",
        b"employee_id,email,full_name,user_id\nE1,ada@example.com,Ada,U1\n,,Bora,U2\n",
        BOTH,
    ),
    loads("two columns swapped", "F05", b"user_id,email,full_name,employee_id\nU1,ada@example.com,Ada,E1\n", [ADA]),
    stops("a renamed column", "F06", TWO_USERS.replace(b"email", b"e_mail"), "line 1", "no column email"),
    stops("a column in capitals", "F06", TWO_USERS.replace(b"email", b"EMAIL"), "no column email"),
    stops("a column with a blank inside", "F06", TWO_USERS.replace(b"full_name", b"full name"), "no column full_name"),
    stops("a column in Turkish letters", "F06", TWO_USERS.replace(b"email", "emaıl".encode()), "no column email"),
    loads("blanks around names", "F06", TWO_USERS.replace(b"email", b"  email\t"), BOTH),
    loads("quoted names", "F06", TWO_USERS.replace(b"email", b'"email"'), BOTH),
    loads("an extra column", "F07", b"user_id,full_name,email,employee_id,x\nU1,Ada,ada@example.com,E1,9\n", [ADA]),
    loads("an extra column in front", "F07", b"x,user_id,full_name,email,employee_id\n9,U1,Ada,ada@example.com,E1\n", [ADA]),
    loads("an extra column with a comma in its name", "F07", b'user_id,full_name,email,employee_id,"a,b"\nU1,Ada,ada@example.com,E1,9\n', [ADA]),
    stops("a missing column", "F08", b"user_id,full_name,email\nU1,Ada,\n", "line 1", "no column employee_id"),
    stops("the key's column is missing", "F08", b"full_name,email,employee_id\nAda,,\n", "no column user_id"),
    stops("a column twice", "F09", b"user_id,full_name,email,employee_id,email\nU1,A,,,\n", "two columns", "email"),
    stops("a column twice in another case", "F09", b"user_id,full_name,email,employee_id,Email\nU1,A,,,\n", "two columns", "email"),
    stops("an extra column twice", "F09", b"user_id,full_name,email,employee_id,x,X\nU1,A,,,,\n", "two columns", "x"),
    loads("extra columns without a name", "F09", b"user_id,full_name,email,employee_id,,\nU1,Ada,ada@example.com,E1,,\n", [ADA]),
    loads("an index column without a name", "F09", b",user_id,full_name,email,employee_id\n0,U1,Ada,ada@example.com,E1\n", [ADA]),
    # delimiters
    stops("semicolons", "F10", TWO_USERS.replace(b",", b";"), "line 1", "';'", "commas"),
    stops("tabs", "F10", TWO_USERS.replace(b",", b"\t"), "line 1", "commas"),
    stops("bars", "F10", TWO_USERS.replace(b",", b"|"), "line 1", "'|'"),
    stops("semicolons in the rows only", "F10", HEADER + b"U1;Ada;ada@example.com;E1\n", "line 2", "1 fields", "4"),
    stops("a line that says the delimiter", "F10", b"sep=,\n" + TWO_USERS, "no column user_id"),
    # encodings
    loads("a byte-order mark", "F11", b"\xef\xbb\xbf" + TWO_USERS, BOTH),
    loads("a byte-order mark and a quoted name", "F11", b'\xef\xbb\xbf"user_id",full_name,email,employee_id\nU2,Bora,,\n', [BORA]),
    stops("UTF-16, little end first", "F12", TWO_USERS.decode().encode("utf-16"), "UTF-16", "byte 0"),
    stops("UTF-16, big end first", "F12", b"\xfe\xff" + TWO_USERS.decode().encode("utf-16-be"), "UTF-16", "byte 0"),
    stops("UTF-16 without a mark", "F12", TWO_USERS.decode().encode("utf-16-le"), "NUL", "byte 1"),
    stops("UTF-32", "F12", TWO_USERS.decode().encode("utf-32"), "UTF-16", "byte 0"),
    stops("Windows-1254", "F13", HEADER + "U1,Işıl Şen,,\n".encode("cp1254"), "line 2", "byte 40", "0xfe"),
    stops("ISO-8859-9", "F13", HEADER + "U1,Ada,,\nU2,Ağa,,\n".encode("iso8859-9"), "line 3", "byte 49"),
    stops("one byte of Latin-1 at the end", "F13", TWO_USERS + b"U3,Jos\xe9,,\n", "line 4", "byte 78"),
    stops("a cut character at the end", "F13", TWO_USERS + "U3,ş".encode()[:-1], "byte 75"),
    stops("an overlong character", "F13", HEADER + b"U1,\xc0\xaf,,\n", "line 2", "byte 39"),
    stops("half a surrogate pair", "F13", HEADER + b"U1,\xed\xa0\x80,,\n", "line 2", "byte 39"),
    loads("Turkish letters, emoji", "F11", HEADER + "U1,İğüşöçı 🙂,,\n".encode(), [user("U1", "İğüşöçı 🙂")]),
    # line ends
    loads("CRLF", "F15", TWO_USERS.replace(b"\n", b"\r\n"), BOTH),
    loads("CRLF and quotes", "F15", TWO_USERS.replace(b"Ada", b'"Ada"').replace(b"\n", b"\r\n"), BOTH),
    loads("CRLF, the last line without", "F15", TWO_USERS.replace(b"\n", b"\r\n")[:-2], BOTH),
    stops("mixed line ends, LF first", "F15", HEADER + b"U1,Ada,ada@example.com,E1\r\nU2,Bora,,\n", "line 2", "carriage return and line feed, the header with a line feed"),
    stops("mixed line ends, CRLF first", "F15", HEADER.replace(b"\n", b"\r\n") + b"U1,Ada,ada@example.com,E1\r\nU2,Bora,,\n", "line 3", "a line feed, the header with carriage return"),
    stops("a blank line with another end", "F15", HEADER + b"U1,Ada,ada@example.com,E1\n\r\nU2,Bora,,\n", "line 3", "carriage return"),
    stops("CR alone", "F15", TWO_USERS.replace(b"\n", b"\r"), "carriage return alone"),
    stops("CR alone between two rows", "F15", HEADER + b"U1,Ada,ada@example.com,E1\rU2,Bora,,\n", "line 2", "carriage return"),
    loads("no line end at the end", "F16", TWO_USERS[:-1], BOTH),
    loads("blank lines between rows", "F15", HEADER + b"\nU1,Ada,ada@example.com,E1\n\n\nU2,Bora,,\n\n", BOTH),
    # cut off, and quotes
    stops("the last line cut off", "F16", TWO_USERS + b"U3,Ce", "line 4", "2 fields"),
    stops("cut off in a quoted text", "F16", TWO_USERS + b'U3,"Ce', "line 4", "never closed"),
    stops("a quote never closed", "F17", HEADER + b'U1,"Ada,,\nU2,Bora,,\n', "line 2", "full_name", "never closed"),
    stops("a quote never closed until the next one", "F17", HEADER + b'U1,"Ada,,\nU2,"Bora",,\n', "line 2", "followed by"),
    stops("a quote never closed in the last row", "F17", TWO_USERS + b'U3,Cem,"c@x,\n', "line 4", "email"),
    stops("a quote never closed in the header", "F17", b'user_id,"full_name,email,employee_id\nU1,A,,\n', "line 1", "quote"),
    stops("a quote inside an unquoted field", "F17", HEADER + b'U1,Ada "the first",,\n', "line 2", "full_name", "quote"),
    stops("a quote behind a blank", "F17", HEADER + b'U1, "Ada",,\n', "line 2", "full_name", "quote"),
    stops("text behind a closing quote", "F17", HEADER + b'U1,"Ada" B,,\n', "line 2", "followed by"),
    stops("a quote not doubled", "F17", HEADER + b'U1,"Ada "X" B",,\n', "line 2", "followed by"),
    stops("quotes with backslashes", "F17", HEADER + b'U1,"Ada \\"X\\" B",,\n', "line 2", "followed by"),
    loads("apostrophes are no quotes", "F17", HEADER + b"U1,O'Neil,'x',\n", [user("U1", "O'Neil", "'x'")]),
    loads("a comma in quotes", "F18", HEADER + b'U1,"Yilmaz, Ada",,\n', [user("U1", "Yilmaz, Ada")]),
    loads("a line break in quotes", "F18", HEADER + b'U1,"Ada\nYilmaz",,\nU2,Bora,,\n', [user("U1", "Ada\nYilmaz"), BORA]),
    loads("a CRLF in quotes", "F18", HEADER + b'U1,"Ada\r\nYilmaz",,\n', [user("U1", "Ada\r\nYilmaz")]),
    loads("doubled quotes", "F18", HEADER + b'U1,"Ada ""the first""",,\n', [user("U1", 'Ada "the first"')]),
    loads("nothing but doubled quotes", "F18", HEADER + b'U1,"""",,\n', [user("U1", '"')]),
    loads("all quoted", "F18", b'"user_id","full_name","email","employee_id"\n"U1","Ada","ada@example.com","E1"\n"U2","Bora","",""\n', BOTH),
    loads("a quoted header inside the data", "F18", HEADER + b'U1,"user_id,full_name",,\n', [user("U1", "user_id,full_name")]),
    # fields
    stops("a field too many", "F19", TWO_USERS + b"U3,Cem,,,x\n", "line 4", "5 fields", "4"),
    stops("a blank field too many", "F19", TWO_USERS + b"U3,Cem,,,\n", "line 4", "5 fields"),
    stops("a quoted blank field too many", "F19", TWO_USERS + b'U3,Cem,,,""\n', "line 4", "5 fields"),
    stops("a field too few", "F19", HEADER + b"U1,Ada,\nU2,Bora,,\n", "line 2", "3 fields"),
    stops("one field alone", "F19", HEADER + b"U1\n", "line 2", "1 fields"),
    stops("a line of blanks between rows", "F19", HEADER + b"U1,Ada,ada@example.com,E1\n  \t\nU2,Bora,,\n", "line 3", "1 fields", "4"),
    stops("a line of blanks at the end", "F19", TWO_USERS + b" ", "line 4", "1 fields", "4"),
    stops("a trailing comma in every row", "F19", HEADER + b"U1,Ada,,,\nU2,Bora,,,\n", "line 2", "5 fields"),
    stops("a comma in a number", "F19", HEADER + b"U1,Ada,,1,5\n", "line 2", "5 fields"),
    stops("a wrong row behind a line break in quotes", "F19", HEADER + b'U1,"A\nB",,\nU2\n', "line 4", "1 fields"),
    stops("a footer", "F38", TWO_USERS + b"TOPLAM,2\n", "line 4", "2 fields"),
    stops("a comment", "F38", b"# users\n" + TWO_USERS, "no column user_id"),
    loads("a field of 200 kB", "F20", HEADER + f"U1,{LONG},,\n".encode(), [user("U1", LONG)]),
    loads("a quoted field of 200 kB with line breaks", "F20", HEADER + b'U1,"' + b"ab\n" * 66_666 + b'z",,\n', [user("U1", "ab\n" * 66_666 + "z")]),
    stops("a quoted field of 17 MB", "F20", TWO_USERS + b'U3,"' + b"note " * 3_400_000 + b'",,\n', "line 4", "longer than 16 MiB"),
    stops("a field of 17 MB", "F20", TWO_USERS + b"U3," + b"note " * 3_400_000 + b",,\n", "line 4", "longer than 16 MiB"),
    stops("600 columns", "F20", HEADER[:-1] + b"".join(b",c%d" % n for n in range(600)) + b"\n", "line 1", "604 columns"),
    stops("a carriage return at the end", "F08", TWO_USERS + b"U3,Cem,,\r", "line 4", "carriage return"),
    stops("a NUL", "F21", HEADER + b"U1,A\0a,,\n", "line 2", "byte 40", "NUL"),
    stops("NULs at the end", "F21", TWO_USERS + b"\0" * 512, "line 4", "NUL"),
    stops("a zip archive", "F12", b"PK\x03\x04\x14\0\x06\0", "NUL"),
    stops("a web page", "F10", b"<!doctype html>\n<html><body>Sign in</body></html>\n", "line 1", "no column user_id"),
    stops("an object in JSON", "F10", b'[{"user_id": "U1"}]\n', "line 1"),
    # values
    loads("ids that look like numbers", "F22", HEADER + b"007,Ada,,\n29051_00040,B,,\n12345678901234567890,C,,\n", [user("007", "Ada"), user("12345678901234567890", "C"), user("29051_00040", "B")]),
    loads("words for nothing", "F23", HEADER + b"U1,NA,null,\nU2,None,NULL,\nU3,\\N,nan,\n", [user("U1", "NA", "null"), user("U2", "None", "NULL"), user("U3", "\\N", "nan")]),
    loads("SQL, Jinja, HTML and formulas", "F60", HEADER + b"U1,'; drop table x; --,{{ 7 * 7 }},\nU2,<script>alert(1)</script>,=1+1,\n", [user("U1", "'; drop table x; --", "{{ 7 * 7 }}"), user("U2", "<script>alert(1)</script>", "=1+1")]),
    rejects("a blank key", "F56", TWO_USERS + b",Cem,,\n", ("", "missing_user_id")),
    rejects("a key of white space", "F56", TWO_USERS + b'" \t",Cem,,\n', (" \t", "missing_user_id")),
    rejects("a row of nothing but commas", "F19", TWO_USERS + b",,,\n", ("", "missing_user_id")),
    rejects("the same row twice", "F31", TWO_USERS + b"U2,Bora,,\n", ("U2", "duplicate_key")),
    rejects("a footer of as many fields", "F38", TWO_USERS + b",2,,\n", ("", "missing_user_id")),
]
