/** How an exported file reads a raw row and scores it: the Python of `javascript-model`. */
export const pythonModel = String.raw`
MODEL = PROGRAM["model"]


def key_of_name(name):
    return " ".join(unicodedata.normalize("NFC", name).split()).lower()


EXACT_NAMES = {column["name"]: column for column in PROGRAM["columns"]}
FORGIVEN_NAMES = {}
for _column in PROGRAM["columns"]:
    _key = key_of_name(_column["name"])
    FORGIVEN_NAMES[_key] = None if _key in FORGIVEN_NAMES else _column
READ_NAMES = set(PROGRAM["reads"])


def column_of(name):
    column = EXACT_NAMES.get(name) or FORGIVEN_NAMES.get(key_of_name(name))
    return column if column is not None and column["name"] in READ_NAMES else None


def read_row(row):
    """The cells of a raw row by column id; a column that it lacks is missing, one that the model does not read is ignored."""
    cells = {}
    for name, value in row.items():
        column = column_of(name) if isinstance(name, str) else None
        if column is None or (column["name"] != name and column["id"] in cells):
            continue
        cells[column["id"]] = read_cell(value, column)
    if READ_NAMES and not cells:
        raise ValueError("The row has none of the columns that the model reads: " + ", ".join(PROGRAM["reads"]))
    return cells


MISSING_TEXTS = set(SETTINGS["missingTexts"])
NUMBER_TEXT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")
MOMENT_FORM = re.compile(r"([0-9]{4}-[0-9][0-9]-[0-9][0-9])(?:[T ]([0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]{1,9})?)?))?\s?(Z|[+-][0-9][0-9](?::?[0-9][0-9])?)?\Z")


def refused(column, expected, value):
    return ValueError("Column %s: expected %s, received %.80r." % (json.dumps(column["name"], ensure_ascii=False), expected, value))


def read_cell(value, column):
    type, notation = column["type"], column.get("notation")
    sent = value
    if isinstance(value, str) and notation is not None:
        value = plain_notation(value.strip(), notation)
    if value is None:
        return None
    if type == "text":
        if isinstance(value, str):
            return value
        if is_number(value):
            return js_text(float(value))
        raise refused(column, "a text", sent)
    if isinstance(value, str) and (value == "" or (len(value) <= 20 and value.strip().lower() in MISSING_TEXTS)):
        return None
    if type in ("number", "integer"):
        if is_number(value):
            return float(value) if finite(value) else None
        number = float(value) if isinstance(value, str) and NUMBER_TEXT.match(value.strip()) else math.nan
        if finite(number):
            return number
        raise refused(column, "a number", sent)
    if type == "boolean":
        if isinstance(value, bool):
            return value
        text = value.strip().lower() if isinstance(value, str) else js_text(float(value)) if is_number(value) else ""
        if text not in ("true", "false", "0", "1"):
            raise refused(column, "true or false", sent)
        return text in ("true", "1")
    moment = read_moment(value.strip(), type) if isinstance(value, str) else None
    if moment is None:
        raise refused(column, "a date as 2026-03-01" if type == "date" else "a time as 2026-03-01T09:30:00", sent)
    return moment


def read_moment(text, type):
    """Times with a zone are converted to UTC."""
    found = MOMENT_FORM.match(text)
    if found is None:
        return None
    date, time, zone = found.groups()
    moment = date + "T" + (time or "00:00:00")
    if zone is not None and not re.match(r"(?:Z|[+-]00(?::?00)?)\Z", zone):
        micros = iso_micros(moment)
        if micros is None:
            return None
        hours, minutes = int(zone[1:3]), int(zone[3:].replace(":", "") or "0")
        # A zone is told to the millisecond, as JavaScript keeps time.
        micros = micros // 1000 * 1000 - (1 if zone[0] == "+" else -1) * (hours * 60 + minutes) * 60000000
        moment = moment_text(micros, "T")
    if cell_number(moment, type) is None:
        return None
    return moment[:10] if type == "date" else moment


def plain_notation(text, notation):
    """A number or date as its file wrote it, written plainly."""
    if notation in ("decimal_comma", "thousands_point"):
        fits = re.match(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:,[0-9]+)?\Z", text)
        return re.sub("[. ]", "", text).replace(",", ".", 1) if fits else text
    if notation == "thousands_comma":
        return text.replace(",", "") if re.match(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?\Z", text) else text
    found = re.match(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})(?: ([0-9]{1,2})(:[0-9][0-9](?::[0-9][0-9])?))?\Z", text)
    if found is None:
        return text
    first, _, second, third, hour, rest = found.groups()
    year_first = len(first) == 4
    if year_first != (notation == "year_first") or (len(third) > 2 if year_first else len(third) != 4):
        return text
    year, month, day = (first, second, third) if year_first else (third, second, first) if notation == "day_first" else (third, first, second)
    whole = year + "-" + month.rjust(2, "0") + "-" + day.rjust(2, "0")
    return whole if hour is None else whole + "T" + hour.rjust(2, "0") + rest


def prepare(row):
    """What the model reads of a raw row once the pipeline has prepared it."""
    cells = read_row(row)
    for step in PROGRAM["steps"]:
        OPERATIONS[step["op"]](cells, step)
    prepared = {}
    for feature in PROGRAM["features"]:
        cell = cells.get(feature["id"])
        prepared[feature["name"]] = None if cell is None else text_of(cell) if feature["type"] == "text" else cell_number(cell, feature["type"])
    return prepared


def read_number(value):
    if value is None:
        return math.nan
    number = text_number(value) if isinstance(value, str) else float(value)
    return number if finite(number) else math.nan


LEVEL_SLOTS = [{level: i + 2 for i, level in enumerate(read.get("levels", []))} for read in MODEL["reads"]]


def slot_of(value, i):
    read = MODEL["reads"][i]
    if read["kind"] == "category":
        return 0 if value is None else LEVEL_SLOTS[i].get(text_of(value), 1)
    number = read_number(value)
    return 0 if number != number else bisect.bisect_left(read["edges"], number) + 1


def part_of(term, values, slots, output):
    if term["kind"] == "curve":
        return term["scores"][output][slots[term["read"]]]
    if term["kind"] == "pair":
        first, second = term["reads"]
        return term["scores"][output][term["starts"][slots[first]] + term["offsets"][slots[second]]]
    number = read_number(values[term["read"]])
    return term["missing"][output] if number != number else term["slope"][output] * (number - term["mean"]) + term["shift"][output]


def leaf_of(tree, values, slots):
    at = 0 if tree["feature"] else -1
    while at >= 0:
        feature = tree["feature"][at]
        if slots[feature] == 0:
            left = tree["missingLeft"][at]
        elif tree["levels"][at] is None:
            left = read_number(values[feature]) <= tree["threshold"][at]
        else:
            left = slots[feature] - 2 in tree["levels"][at]
        at = tree["left"][at] if left else tree["right"][at]
    return tree["value"][~at]


def exponential(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def calibrated(value):
    calibration = MODEL["calibration"]
    if calibration["kind"] == "identity":
        return 1 / (1 + exponential(-value))
    if calibration["kind"] == "platt":
        return 1 / (1 + exponential(-(calibration["slope"] * value + calibration["intercept"])))
    scores, shares = calibration["scores"], calibration["probabilities"]
    if value <= scores[0]:
        return shares[0]
    if value >= scores[-1]:
        return shares[-1]
    above = bisect.bisect_right(scores, value)
    share = (value - scores[above - 1]) / (scores[above] - scores[above - 1])
    return shares[above - 1] + share * (shares[above] - shares[above - 1])


def score(row):
    """Scores a raw row: score, proba and pred as the API answers them, with what the score is made of."""
    prepared = prepare(row)
    values = [prepared.get(read["feature"]) for read in MODEL["reads"]]
    slots = [slot_of(value, i) for i, value in enumerate(values)]
    parts = [[part_of(term, values, slots, output) for output in range(len(MODEL["intercepts"]))] for term in MODEL["terms"]]
    sums = []
    for output, total in enumerate(MODEL["intercepts"]):
        for part in parts:
            total += part[output]
        for tree in (MODEL["trees"] or {output: []})[output]:
            total += leaf_of(tree, values, slots)
        sums.append(total)
    said = answer_of(sums)
    output = MODEL["classes"].index(said["pred"]) if len(sums) > 1 else 0
    said["base_value"] = MODEL["intercepts"][output]
    said["contributions"] = None if MODEL["trees"] is not None else [{"name": term["name"], "value": part[output]} for term, part in zip(MODEL["terms"], parts)]
    return said


def answer_of(sums):
    classes = MODEL["classes"]
    if MODEL["task"] == "binary":
        proba = calibrated(sums[0])
        return {"score": sums[0], "proba": proba, "pred": classes[1 if proba >= MODEL["threshold"] else 0]}
    if MODEL["task"] == "regression":
        scale = MODEL["logScale"]
        return {"score": sums[0], "pred": sums[0] if scale is None else exponential(min(scale["high"], max(scale["low"], sums[0]))) * scale["smear"]}
    highest = max(sums)
    weights = [exponential(one - highest) for one in sums]
    total = 0.0
    for weight in weights:
        total += weight
    shares = [weight / total for weight in weights]
    likeliest = shares.index(max(shares))
    return {"score": sums[likeliest], "proba": shares[likeliest], "probabilities": dict(zip(classes, shares)), "pred": classes[likeliest]}


def apart(a, b):
    return abs(a - b) / max(1.0, abs(b)) if is_number(a) and finite(a) else math.inf


def verify():
    """Scores the check rows of this file; the difference is relative where a number is above 1."""
    largest, predictions = 0.0, 0
    for check in CHECKS:
        said, expected = score(check["row"]), check["expected"]
        for key in ("score", "proba"):
            if key in expected:
                largest = max(largest, apart(said[key], expected[key]))
        for name, share in expected.get("probabilities", {}).items():
            largest = max(largest, apart(said["probabilities"][name], share))
        if is_number(expected["pred"]):
            largest = max(largest, apart(said["pred"], expected["pred"]))
        elif said["pred"] != expected["pred"]:
            predictions += 1
    return {"rows": len(CHECKS), "largest_difference": largest, "different_predictions": predictions}


def score_csv(path, out):
    """Scores the rows of a CSV file: each as it was, with what is said of it."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or [])
        writer = csv.writer(out)
        said_names = ["score", "pred"] if MODEL["task"] == "regression" else ["score", "proba", "pred"]
        writer.writerow(names + ["signalbox_" + name for name in said_names])
        for number, row in enumerate(reader):
            row.pop(None, None)
            try:
                said = score(row)
            except ValueError as error:
                sys.exit("Row %d: %s" % (number, error))
            writer.writerow([row[name] for name in names] + [said[name] for name in said_names])


def main(arguments):
    if arguments == ["--verify"]:
        found = verify()
        print(json.dumps(found))
        sys.exit(0 if found["largest_difference"] <= 1e-9 and found["different_predictions"] == 0 else 1)
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit("Usage: python3 model.py rows.csv > scored.csv, or python3 model.py --verify")
    score_csv(arguments[0], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
`
