/** How an exported file does the operations of `#steps/portable-step`: the Python of `javascript-steps`. */
export const pythonSteps = String.raw`
def op_numbers(row, step):
    row[step["to"]] = changed_number(cell_number(row.get(step["from"]), step["type"]), step["changes"])


def changed_number(value, changes):
    if value is None:
        return None
    value = float(value) + 0.0
    for change in changes:
        value = NUMBER_CHANGES[change[0]](value, *change[1:])
    return value if finite(value) else None


def op_within(row, step):
    value = None if step["type"] == "text" else cell_number(row.get(step["id"]), step["type"])
    low, high = step["low"], step["high"]
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        row[step["id"]] = None


def op_fill(row, step):
    cell = typed_cell(row.get(step["id"]), step["type"])
    row[step["id"]] = step["value"] if is_marked(cell, step["marker"]) else float(cell) if isinstance(cell, bool) and step["asNumber"] else cell


def op_flag(row, step):
    hit = is_marked(typed_cell(row.get(step["from"]), step["type"]), step["marker"])
    row[step["to"]] = float(hit) if step["asNumber"] else hit


def is_marked(cell, marker):
    if marker is None or isinstance(marker, str):
        return cell == marker
    return cell is not None and not isinstance(cell, str) and float(cell) == marker


def op_tokens(row, step):
    hit = is_token(row.get(step["from"]), step)
    if step["to"] is not None:
        row[step["to"]] = 1.0 if hit else 0.0
    elif hit:
        row[step["from"]] = None


def is_token(cell, step):
    if is_number(cell):
        return cell in step["numbers"]
    if not isinstance(cell, str):
        return False
    text = compact(cell) if step["strip"] else cell
    return (text if step["caseSensitive"] else folded(text, step["fold"])) in step["keys"]


def op_lookup(row, step):
    table = table_of(step["entries"])
    row[step["to"]] = table.get(cell_key(typed_cell(row.get(step["from"]), step["type"])), step["other"])


def op_scale(row, step):
    row[step["id"]] = scale_code(row.get(step["id"]), step)


def scale_code(cell, step):
    codes, numbers = table_of(step["codes"]), table_of(step["numbers"])
    if step["type"] in ("number", "integer"):
        value = cell_number(cell, step["type"])
        return step["missing"] if value is None else numbers.get(value)
    if cell is None:
        return step["missing"]
    text = compact(("True" if cell_number(cell, "boolean") == 1 else "False") if step["type"] == "boolean" else text_of(cell))
    key = folded(text, step["fold"])
    level = text if step["caseSensitive"] else key
    if text == "":
        return step["missing"]
    if level in codes:
        return codes[level]
    value = float(text) if PLAIN_NUMBER.match(text) else math.nan
    if value in numbers:
        return numbers[value]
    return step["missing"] if key in step["gaps"] else None


def op_cross(row, step):
    parts = [cross_text(row.get(part["id"]), part) for part in step["from"]]
    row[step["to"]] = None if None in parts else step["separator"].join(parts)


def cross_text(cell, part):
    if cell is None:
        return None
    if part["type"] == "text":
        return text_of(cell)
    value = cell_number(cell, part["type"])
    if value is None:
        return None
    if part["type"] == "boolean":
        return "False" if value == 0 else "True"
    if part["type"] in ("date", "timestamp"):
        micros = micros_of(cell, part["type"])
        return None if micros is None else moment_text(micros, " ")
    if value != math.floor(value) or abs(value) >= 1e18:
        return float_text(value)
    return ("-" if value < 0 else "") + str(int(abs(value))).rjust(part["width"], "0")


def micros_of(cell, type):
    if isinstance(cell, str):
        return iso_micros(cell)
    return math.floor(cell * (DAY if type == "date" else 1e6) + 0.5) if is_number(cell) and finite(cell) else None


def moment_text(micros, between):
    days, rest = micros // DAY, micros % DAY
    seconds = rest // 1000000
    fraction = "" if rest % 1000000 == 0 else ".%06d" % (rest % 1000000)
    return date_text(days) + between + "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60) + fraction


def op_time(row, step):
    row[step["to"]] = time_part(row.get(step["from"]), step)


def time_part(cell, step):
    micros = None if cell is None or isinstance(cell, bool) else micros_of(cell, step["type"])
    if micros is None:
        return step["missing"]
    days = micros // DAY
    rest = 0 if step["type"] == "date" else micros - days * DAY
    if step["part"] == "date":
        return date_text(days)
    if step["part"] == "elapsed":
        if step["origin"] is None:
            return None
        return (days * DAY + rest - int(step["origin"])) / 1e6 / (step["unit"] / 1e6)
    value = CALENDAR[step["part"]](days, rest)
    return float(value) if step["width"] is None else str(value).rjust(step["width"], "0")


def weekday(days):
    return (days + 3) % 7


def day_of_year(days):
    return days - days_of(civil(days)[0], 1, 1) + 1


CALENDAR = {
    "year": lambda days, rest: civil(days)[0],
    "month": lambda days, rest: civil(days)[1],
    "day": lambda days, rest: civil(days)[2],
    "hour": lambda days, rest: rest // 3600000000,
    "minute": lambda days, rest: rest // 60000000 % 60,
    "second": lambda days, rest: rest // 1000000 % 60,
    "dayofweek": lambda days, rest: weekday(days),
    "dayofyear": lambda days, rest: day_of_year(days),
    "weekofyear": lambda days, rest: (day_of_year(days - weekday(days) + 3) - 1) // 7 + 1,
    "quarter": lambda days, rest: (civil(days)[1] - 1) // 3 + 1,
    "is_weekend": lambda days, rest: 1 if weekday(days) >= 5 else 0,
    "is_month_start": lambda days, rest: 1 if civil(days)[2] == 1 else 0,
    "is_month_end": lambda days, rest: 1 if civil(days + 1)[2] == 1 else 0,
    "hour_of_week": lambda days, rest: weekday(days) * 24 + rest // 3600000000,
    "month_index": lambda days, rest: civil(days)[0] * 12 + civil(days)[1],
}


def op_parse(row, step):
    cell = row.get(step["from"])
    row[step["to"]] = None if cell is None else written_number(cell, step) if isinstance(cell, str) else known_number(float(cell), step)


NUMBER_BLANKS = set(" \t\n\v\f\r")
STRICT_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?\Z")


def op_cast(row, step):
    row[step["id"]] = cast_cell(row.get(step["id"]), step["kind"], step["type"])


def cast_cell(cell, kind, type):
    if kind == "truth":
        return cell is None or not (is_number(cell) or isinstance(cell, bool)) or float(cell) != 0
    if cell is None or kind == "same":
        return cell
    if kind == "string":
        return ("True" if cell else "False") if isinstance(cell, bool) else float_text(cell) if is_number(cell) and type == "number" else text_of(cell)
    if kind == "moment":
        if type == "text":
            return moment_of_text(text_of(cell))
        return cell + "T00:00:00" if type == "date" and isinstance(cell, str) and len(cell) == 10 else cell
    text = strip_of(cell, NUMBER_BLANKS) if isinstance(cell, str) else None
    value = float(cell) if text is None else float(text) if PLAIN_NUMBER.match(text) else math.nan
    if not finite(value):
        return None
    if kind == "cut":
        return float(math.trunc(value)) + 0.0 if abs(value) < 2 ** 53 else None
    if kind == "whole":
        return value + 0.0 if value == math.floor(value) and abs(value) < 2 ** 53 else None
    value = CONVERSIONS["single"](value) if kind == "single" else value
    return value if finite(value) else None


def moment_of_text(text):
    micros = iso_micros(text) if STRICT_TIME.match(text) else None
    return None if micros is None or abs(micros) > 9223372036854000 else moment_text(micros, "T")


def op_clean(row, step):
    cell = row.get(step["id"])
    if isinstance(cell, str):
        for change in step["changes"]:
            cell = cleaned_text(cell, *change)
        row[step["id"]] = cell


def cleaned_text(text, change, pattern=None, replacement=None, ignore_case=False):
    if change == "lower":
        return text.lower()
    if change == "upper":
        return text.upper()
    if change == "strip":
        return strip_of(text, BLANKS)
    if change == "collapse":
        return collapse(text)
    if change == "mend":
        return mended_text(text)
    if change == "unescape":
        return html.unescape(re.sub("&#0*[1-9][0-9]{9,};?", "\ufffd", text))
    if change == "compatible":
        pieces = pattern_of(pattern, False).split(text)
        return "".join(unicodedata.normalize("NFKC", piece) if i % 2 == 0 else piece for i, piece in enumerate(pieces))
    return pattern_of(pattern, ignore_case).sub(lambda _: replacement, text)


def mended_text(text):
    def character(found):
        try:
            return found.group().encode("latin-1").decode("cp1252")
        except UnicodeDecodeError:
            return found.group()

    text = re.sub("[\u0080-\u009f]", character, text)
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def op_figures(row, step):
    cell = row.get(step["from"])
    text = None if cell is None else text_of(cell)[: step["most"]]
    for figure in step["figures"]:
        row[figure["to"]] = None if text is None else figure_of(text, figure)


def figure_of(text, figure):
    def count(pattern):
        return float(len(text) if pattern is None else sum(1 for _ in pattern_of(pattern, figure["ignoreCase"]).finditer(text)))
    if figure["once"]:
        return 1.0 if pattern_of(figure["pattern"], figure["ignoreCase"]).search(text) else 0.0
    if figure["over"] is None:
        return count(figure["pattern"])
    whole = count(figure["over"]["pattern"])
    return 0.0 if whole == 0 else count(figure["pattern"]) / whole


def op_expression(row, step):
    value = evaluate(step["tree"], row)
    row[step["to"]] = None if is_number(value) and not finite(value) else value


def op_group(row, step):
    def key_of(cells):
        parts = tuple(None if cell is None else cell if key["bucket"] is not None else text_of(cell) if key["type"] == "text" else cell_number(cell, key["type"]) for cell, key in zip(cells, step["keys"]))
        return None if None in parts else parts
    width = len(step["keys"])
    if id(step) not in TABLES:
        TABLES[id(step)] = {key_of(cells[:width]): cells[width:] for cells in step["groups"]}
    key = key_of([row.get(key["id"]) if key["bucket"] is None else time_bucket(row.get(key["id"]), key["type"], key["bucket"]) for key in step["keys"]])
    found = None if key is None else TABLES[id(step)].get(key)
    made = [own_cell(row.get(one["from"]), one["type"], step["aggregate"]) if found is None or found[i] is None else found[i] for i, one in enumerate(step["outputs"])]
    for one, cell in zip(step["outputs"], made):
        row[one["to"]] = cell


def own_cell(cell, type, aggregate):
    if aggregate == "count":
        return 0.0 if cell is None else 1.0
    if aggregate == "any":
        nothing = cell is None or (cell == "" if type == "text" else type not in ("date", "timestamp") and cell_number(cell, type) == 0)
        return 0.0 if nothing else 1.0
    if aggregate in ("mean", "sum"):
        return None if type == "text" else cell_number(cell, type)
    return cell


def time_bucket(cell, type, bucket):
    time = cell_number(cell, "date" if type == "date" else "timestamp")
    if time is None:
        return None
    micros = math.floor(time * (DAY if type == "date" else 1e6) + 0.5)
    days = micros // DAY
    year, month, _ = civil(days)
    return {"h": micros // 3600000000, "D": days, "W": (days + 3) // 7, "M": year * 12 + month - 1, "Q": year * 4 + (month - 1) // 3, "Y": year}[bucket]


def power_curve(value, method, power):
    mirrored = method == "yeo-johnson" and value < 0
    if method == "box-cox" and value <= 0:
        return math.nan
    power = 2 - power if mirrored else power
    logarithm = math.log(value) if method == "box-cox" else math.log1p(abs(value))
    size = logarithm if abs(power) < (1e-19 if method == "box-cox" else EPSILON) else MATHS["expm1"](power * logarithm) / power
    return -size if mirrored else size


def share_of(value, values, first, last, normal):
    low, high = (values[0], values[-1]) if values else (0.0, 0.0)
    if not normal:
        return 0.0 if value == low else 1.0 if value == high else share_between(value, values, first, last)
    share = 0.0 if value - 1e-7 < low else 1.0 if value + 1e-7 > high else share_between(value, values, first, last)
    end = 1e-7 - EPSILON
    least, most = normal_quantile(end), normal_quantile(1 - end)
    return least if share <= 0 else most if share >= 1 else min(most, max(least, normal_quantile(share)))


def share_between(value, values, first, last):
    place = bisect.bisect_right(values, value)
    if place == 0:
        return first[0] if values else 0.0
    below = place - 1
    if values[below] == value:
        return 0.5 * (last[below] + first[below])
    if place == len(values):
        return last[below]
    slope = min(sys.float_info.max, divide(first[place] - last[below], values[place] - values[below]))
    return 0.5 * (slope * (value - values[below]) + last[below] - (slope * (values[place] - value) - first[place]))


def normal_quantile(share):
    """P. J. Wichura, Algorithm AS 241 (1988)."""
    tables = SETTINGS["normalQuantile"]
    q = share - 0.5
    if abs(q) <= 0.425:
        return q * ratio(0.180625 - q * q, tables["centre"])
    r = math.sqrt(-math.log(share if q < 0 else 1 - share))
    size = ratio(r - 1.6, tables["side"]) if r <= 5 else ratio(r - 5, tables["tail"])
    return -size if q < 0 else size


def ratio(x, sides):
    return polynomial(x, sides[0]) / polynomial(x, sides[1])


def polynomial(x, coefficients):
    total = 0.0
    for one in reversed(coefficients):
        total = total * x + one
    return total


NUMBER_CHANGES = {
    "add": lambda value, by: value + by,
    "subtract": lambda value, by: value - by,
    "multiply": lambda value, by: value * by,
    "divide": divide,
    "above": lambda value, threshold: 1.0 if value > threshold else 0.0,
    "equals": lambda value, other: 1.0 if value == other else 0.0,
    "clamp": lambda value, low, high: min(high, max(low, value)),
    "bin": lambda value, edges: float(bisect.bisect_right(edges, value)),
    "power": power_curve,
    "share": share_of,
}
OPERATIONS = {name[3:]: made for name, made in list(globals().items()) if name.startswith("op_")}
`
