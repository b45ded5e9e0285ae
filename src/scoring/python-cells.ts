/** How an exported file reads texts, numbers and times: the Python of `javascript-cells`, function by function. */
export const pythonCells = String.raw`
BLANKS = set(SETTINGS["blanks"])
MINUS_SIGNS = set(SETTINGS["minusSigns"])
DAY = 86400000000
EPSILON = 2.0 ** -52


def is_number(cell):
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def finite(value):
    return value - value == 0


def js_text(value):
    """A number as JavaScript writes it."""
    if value != value:
        return "NaN"
    if not finite(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(float(value))).as_tuple()
    digits = "".join(map(str, digits)).rstrip("0")
    exponent += len(decimal.Decimal(repr(float(value))).as_tuple().digits)
    minus = "-" if sign else ""
    if len(digits) <= exponent <= 21:
        return minus + digits + "0" * (exponent - len(digits))
    if 0 < exponent <= 21:
        return minus + digits[:exponent] + "." + digits[exponent:]
    if -6 < exponent <= 0:
        return minus + "0." + "0" * -exponent + digits
    power = exponent - 1
    return minus + digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "e" + ("+" if power >= 0 else "-") + str(abs(power))


def text_of(cell):
    """A cell as JavaScript writes it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else js_text(cell)


SCRIPT_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def text_number(text):
    """A text as JavaScript reads it as a number."""
    text = text.strip()
    if SCRIPT_NUMBER.match(text):
        return float(text)
    if re.match(r"0[xX][0-9a-fA-F]+\Z", text) or re.match(r"0[oO][0-7]+\Z", text) or re.match(r"0[bB][01]+\Z", text):
        return float(int(text, 0))
    return math.nan


def collapse(text):
    return " ".join(part for part in "".join(" " if one in BLANKS else one for one in text).split(" ") if part)


def compact(text):
    return collapse("".join("-" if one in MINUS_SIGNS else one for one in text))


def strip_of(text, characters):
    start, end = 0, len(text)
    while start < end and text[start] in characters:
        start += 1
    while end > start and text[end - 1] in characters:
        end -= 1
    return text[start:end]


def folded(text, pairs):
    table = table_of(pairs)
    return "".join(table.get(one, one) for one in text)


TABLES = {}


def table_of(entries):
    """The entries as a table, made once; a truth value and a number that equal each other are apart."""
    if id(entries) not in TABLES:
        table = {}
        for key, value in entries:
            table[cell_key(key)] = value
        TABLES[id(entries)] = table
    return TABLES[id(entries)]


def cell_key(cell):
    return ("truth", cell) if isinstance(cell, bool) else cell


PATTERNS = {}
CATEGORIES = {}


def category(name):
    """The characters of a category of Unicode, as ranges of a character class."""
    if name not in CATEGORIES:
        ranges = []
        for code in range(sys.maxunicode + 1):
            if unicodedata.category(chr(code)).startswith(name):
                if ranges and ranges[-1][1] == code - 1:
                    ranges[-1][1] = code
                else:
                    ranges.append([code, code])
        CATEGORIES[name] = "".join("\\U%08x-\\U%08x" % (first, last) for first, last in ranges)
    return CATEGORIES[name]


def pattern_of(text, ignore_case):
    """A pattern of JavaScript as one of Python."""
    key = (text, ignore_case)
    if key not in PATTERNS:
        PATTERNS[key] = re.compile(translated(text), re.IGNORECASE if ignore_case else 0)
    return PATTERNS[key]


TOKEN = re.compile(r"\\x\{([0-9a-f]+)\}|\\([pP])\{(\w+)\}|\\(.)|(.)", re.DOTALL)


def translated(text):
    made, inside = [], False
    for number, sign, name, escaped, plain in (found.groups() for found in TOKEN.finditer(text)):
        if number is not None:
            made.append("\\U%08x" % int(number, 16))
        elif name is not None:
            made.append("\\d" if (sign, name) == ("p", "Nd") else "\\D" if (sign, name) == ("P", "Nd") else category(name) if inside else "[" + category(name) + "]")
        elif escaped is not None:
            made.append("\\" + escaped)
        elif plain == "$" and not inside:
            made.append("\\Z")
        elif inside and plain in "[&~|" or inside and plain == "-" and made[-1] == "-":
            made.append("\\" + plain)
        else:
            inside = plain == "[" or inside and plain != "]"
            made.append(plain)
    return "".join(made)


def float_text(value):
    """A number as Python writes a float, which JavaScript was taught here."""
    return repr(float(value))


ISO_TIME = re.compile(r"\s*([+-]?[0-9]{4,6})-([0-9][0-9])-([0-9][0-9])(?:[T ]([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9])(?:[.,]([0-9]{1,9}))?)?)?\s*(?:Z|\+00:?00)?\s*\Z")


def days_of(year, month, day):
    """Days since 1970 of a date of our calendar."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil(days):
    """Year, month and day of days since 1970."""
    days += 719468
    era = days // 146097
    of_era = days - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def date_text(days):
    return "%04d-%02d-%02d" % civil(days)


def iso_micros(text):
    """Microseconds since 1970 of an ISO date or time; None where it is none."""
    found = ISO_TIME.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    days = days_of(year, month, day) if 1 <= month <= 12 else None
    if days is None or civil(days) != (year, month, day) or hour > 23 or minute > 59 or second > 59:
        return None
    return days * DAY + ((hour * 60 + minute) * 60 + second) * 1000000 + int((found.group(7) or "").ljust(6, "0")[:6])


def cell_number(cell, type):
    """A cell as a number: days of a date, seconds of a timestamp; None where it is none."""
    if cell is None:
        return None
    if type in ("date", "timestamp"):
        if is_number(cell):
            return cell if finite(cell) else None
        micros = iso_micros(cell) if isinstance(cell, str) else None
        return None if micros is None else micros // DAY if type == "date" else micros / 1e6
    if isinstance(cell, str):
        text = cell.strip()
        if type == "boolean" and text.lower() in ("true", "false"):
            return 1.0 if text.lower() == "true" else 0.0
        cell = text_number(text)
    return float(cell) if finite(cell) else None


def typed_cell(cell, type):
    if cell is None or type in ("date", "timestamp"):
        return cell
    if type == "text":
        return text_of(cell)
    value = cell_number(cell, type)
    return None if value is None else value != 0 if type == "boolean" else value + 0.0


PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
UNIT_SIGNS = set("%/. °²³")


def is_letter(one):
    return unicodedata.category(one).startswith("L")


def is_unit(text):
    return len(text) <= 20 and all(one in UNIT_SIGNS or is_letter(one) for one in text) and any(map(is_letter, text))


def written_number(text, step):
    """A text that writes a number, by the words of a step; None where it is none."""
    whole = compact(text)
    key = folded(whole, step["fold"])
    texts = table_of(step["texts"])
    if key in texts:
        return texts[key]
    if key in step["gaps"] or len(whole) > 64:
        return None
    if step["decimal"] == "." and PLAIN_NUMBER.match(whole):
        return known_number(float(whole), step)
    match = pattern_of(step["pattern"], True).match(whole)
    return None if match is None else number_of_groups([group or "" for group in match.groups()], step)


def number_of_groups(groups, step):
    opened, bound, sign, before, sign2, digits, range_currency, digits2, plus, percent, after, closed, unit = groups
    unit = unit.strip()
    minus = "-" in (sign, sign2)
    if (opened == "") != (closed == "") or (opened and (not step["negativeParens"] or minus)):
        return None
    if (sign and sign2) or (before and after) or (range_currency and not before) or (plus and bound):
        return None
    value = digits_number(digits, step)
    if minus or opened:
        value = -value
    if digits2:
        high = digits_number(digits2, step)
        if step["ranges"] is None or bound or plus or opened or high < value:
            return None
        value = (value + high) / 2 if step["ranges"] == "mean" else value if step["ranges"] == "low" else high
    if unit and not (step["units"] and is_unit(unit)):
        return None
    if percent and step["fraction"]:
        value /= 100
    if not finite(value):
        return None
    return known_number(value, step) if not bound and not plus and not digits2 else value


def digits_number(digits, step):
    grouped = digits if step["thousands"] is None else digits.replace(step["thousands"], "")
    return text_number(grouped if step["decimal"] == "." else grouped.replace(step["decimal"], "."))


def known_number(value, step):
    if not finite(value) or value in step["gapNumbers"]:
        return None
    values = table_of(step["values"])
    return values[value] if value in values else value
`
