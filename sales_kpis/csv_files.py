"""One CSV file, byte by byte: is it what the specification says, and how many rows has it?

A CSV file is UTF-8 (a byte-order mark is fine) with a header, commas, RFC 4180 quotes and as many
fields in each row as in the header. Whatever is not so is an error that names the line: a reader would
guess there, and a guess is a wrong number. The file is read once, in pieces, whatever its size.
"""

import codecs
import csv
import hashlib
import io
import operator
import re
from collections import Counter
from pathlib import Path

#: Bytes read at a time, and the greatest length of a record: what DuckDB's reader is given, too.
PIECE = 16 * 2**20

#: The columns of a header that DuckDB's reader is asked for.
MOST_COLUMNS = 500

# a field's limit is the record's
csv.field_size_limit(2 * PIECE)

_commas_of = operator.methodcaller("count", b",")


class InputError(Exception):
    """An input that cannot be read: its table, its place (a file), the line where there is one, and why.

    Lines count from 1, bytes from 0.
    """

    def __init__(self, place: str, reason: str, line: int | None = None, table: str | None = None):
        super().__init__(place, reason, line, table)
        self.place, self.reason, self.line, self.table = place, reason, line, table

    def __str__(self) -> str:
        subject = f"Input {self.table}: {self.place}" if self.table else self.place
        return f"{subject}{f', line {self.line}' if self.line else ''}: {self.reason}"


class CsvFile:
    """A CSV file, read once from its beginning; the names of its columns are there after `header()`."""

    def __init__(self, path: Path):
        self.path = path
        self.columns: list[str] = []
        self._file = path.open("rb")
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._bytes_read = 0
        self._hash = hashlib.sha256()
        # what has been read and is not looked at yet, and the line on which it begins
        self._rest = b""
        self._line = 1
        self._is_at_end = False
        # b"\n" or b"\r\n", as the header's
        self._line_end = b""

    def __enter__(self) -> "CsvFile":
        return self

    def __exit__(self, *_) -> None:
        self._file.close()

    @property
    def sha256(self) -> str:
        """Of the bytes, in hexadecimal digits; of the whole file once its rows have been counted."""
        return self._hash.hexdigest()

    def error(self, reason: str, line: int | None = None) -> InputError:
        return InputError(str(self.path), reason, line)

    def header(self) -> list[str]:
        """The names of the columns, white space at their ends aside; one without a name is ''.

        Raises InputError: an empty file, a blank first line, a name that stands twice, too many columns.
        """
        self._read()
        if self._rest.startswith(codecs.BOM_UTF8):
            self._rest = self._rest[3:]
        if not self._rest:
            raise self.error("the file is empty, without a header")
        record = self._take_record()
        if not record.strip():
            raise self.error("the first line is blank; it must be the header", 1)
        first, *more = csv.reader(io.StringIO(record.decode(), newline=""))
        if more:
            raise self.error("lines end with a carriage return alone", 1)
        names = [name.strip() for name in first]
        if len(names) > MOST_COLUMNS:
            raise self.error(f"there are {len(names)} columns, more than {MOST_COLUMNS}", 1)
        for name, count in Counter(name.lower() for name in names if name).items():
            if count > 1:
                raise self.error(f"two columns are called {name}", 1)
        self.columns = names
        return names

    def count_rows(self) -> int:
        """The rows behind the header; a blank line is none.

        Raises InputError at the first byte that is no UTF-8, a NUL, a row with more or fewer fields
        than the header, a quote that is never closed, stands inside an unquoted field or is
        followed by text, a line that ends in another way than the header.
        """
        width = len(self.columns)
        field = rb'(?:"(?:[^"]++|"")*+"|[^",\r\n]*+)'
        row = re.compile(rb"(?:%s,){%d}%s%s" % (field, width - 1, field, self._line_end))
        carriage_returns = len(self._line_end) - 1
        # a row of one column may be blank, and then it is no row
        as_plain_rows = {0, width - 1} if width > 1 else {0}
        rows = 0
        while True:
            piece = self._rest
            # whole lines without a quote: commas are all there is to count
            end = piece.rfind(b"\n") + 1
            lines = piece[:end]
            self._check_length(piece)
            if (
                b'"' not in lines
                and lines.count(b"\r") == lines.count(b"\n") * carriage_returns
                and lines.count(self._line_end) == lines.count(b"\n")
            ):
                commas = Counter(map(_commas_of, lines.split(b"\n")[:-1]))
                if commas.keys() <= as_plain_rows:
                    blanks = self._blank_lines(lines) if commas[0] else 0
                    if width == 1 or commas[0] == blanks:
                        rows += sum(commas.values()) - blanks
                        self._line += sum(commas.values())
                        self._rest = piece[end:]
                        if not self._read():
                            return rows
                        continue
            position = 0
            while position < len(piece):
                if piece.startswith(self._line_end, position):
                    end = position + len(self._line_end)
                elif match := row.match(piece, position):
                    end = match.end()
                    if end - position > PIECE:
                        raise self._too_long(self._line)
                    rows += 1
                elif not self._is_at_end and len(piece) - position <= PIECE:
                    # the last record of the piece goes on in the next
                    break
                else:
                    raise self._error_at(piece, position, width)
                self._line += piece.count(b"\n", position, end)
                position = end
            self._rest = piece[position:]
            if not self._read() and not self._rest:
                return rows

    def _check_length(self, piece: bytes) -> None:
        """A line longer than half of all that is looked at goes over its middle.

        Raises InputError: such a line; a reader would stop there and show what is in it.
        """
        start, end = piece.rfind(b"\n", 0, PIECE) + 1, piece.find(b"\n", PIECE)
        if end - start > PIECE:
            raise self._too_long(self._line + piece.count(b"\n", 0, start))

    def _too_long(self, line: int) -> InputError:
        return self.error(f"the row is longer than {PIECE // 2**20} MiB", line)

    @staticmethod
    def _blank_lines(lines: bytes) -> int:
        return sum(line in (b"", b"\r") for line in lines.split(b"\n")[:-1])

    def _read(self) -> bool:
        """One piece more, checked for its bytes; False at the end of the file, which ends a line, too."""
        piece = self._file.read(PIECE)
        self._hash.update(piece)
        try:
            self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            # the decoder had kept the beginning of a character that the piece before was cut in
            offset = self._bytes_read + len(piece) - len(error.object) + error.start
            if self._bytes_read == 0 and piece[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                raise self.error("byte 0 is a mark of UTF-16; UTF-8 is needed") from None
            line = self._line_of(piece, offset)
            byte = error.object[error.start]
            raise self.error(
                f"byte {offset} (0x{byte:02x}) is no UTF-8; is the file Windows-1254 or ISO-8859-9?", line
            ) from None
        nul = piece.find(b"\0")
        if nul >= 0:
            offset = self._bytes_read + nul
            raise self.error(f"byte {offset} is a NUL", self._line_of(piece, offset))
        self._bytes_read += len(piece)
        self._rest += piece
        if not piece and not self._is_at_end:
            self._is_at_end = True
            if self._rest and not self._rest.endswith(b"\n"):
                cut_line_end = b"\r" if self._line_end == b"\r\n" else b""
                self._rest = self._rest.removesuffix(cut_line_end) + (self._line_end or b"\n")
                return True
        return bool(piece)

    def _line_of(self, piece: bytes, offset: int) -> int:
        """The line of a byte of the piece that is being read."""
        return self._line + self._rest.count(b"\n") + piece.count(b"\n", 0, max(0, offset - self._bytes_read))

    def _take_record(self) -> bytes:
        """The first record; a header is not longer than a piece."""
        quoted = re.compile(rb'(?:"(?:[^"]++|"")*+"|[^"\n])*+\n')
        while True:
            if match := quoted.match(self._rest):
                self._rest = self._rest[match.end() :]
                self._line += match[0].count(b"\n")
                self._line_end = b"\r\n" if match[0].endswith(b"\r\n") else b"\n"
                return match[0].rstrip(b"\r\n") or b" "
            if self._is_at_end or len(self._rest) > PIECE:
                raise self.error("a quote of the header is never closed", 1)
            self._read()

    def _error_at(self, piece: bytes, position: int, width: int) -> InputError:
        """What is wrong with the record that begins there: fields are walked one by one."""
        start, fields = position, 0
        while True:
            line = self._line + piece.count(b"\n", start, position)
            name = self.columns[fields] if fields < width else f"field {fields + 1}"
            if piece[position : position + 1] == b'"':
                closed = re.compile(rb'"(?:[^"]++|"")*+"').match(piece, position)
                if not closed:
                    return self.error(f"the quote of {name} that opens here is never closed", line)
                end = closed.end()
                if piece[end : end + 1] not in (b",", b"\n", b"\r"):
                    # what it is stays unsaid: it may be somebody's name, and this goes into a log
                    return self.error(
                        f"the quoted text of {name} that opens here is followed by text;"
                        " is a quote not closed, or not doubled?",
                        line,
                    )
            else:
                end = re.compile(rb'[^",\r\n]*+').match(piece, position).end()
                if piece[end : end + 1] == b'"':
                    return self.error(f"{name} has a quote in the middle of a text that has none around it", line)
            fields += 1
            if piece[end : end + 1] != b",":
                break
            position = end + 1
        if not piece.startswith(self._line_end, end):
            ends = {b"\n": "a line feed", b"\r\n": "carriage return and line feed"}
            found = next((end_ for end_ in ends if piece.startswith(end_, end)), None)
            other = ends.get(found, "a carriage return alone")
            return self.error(f"the line ends with {other}, the header with {ends[self._line_end]}", line)
        line = self._line
        return self.error(f"the row has {fields} fields, the header {width}", line)
