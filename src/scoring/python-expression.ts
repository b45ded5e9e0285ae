/** How an exported file works out an expression: the Python of `javascript-expression`. */
export const pythonExpression = String.raw`
def guarded(change):
    """A function of a number as JavaScript has it: outside of its domain there is no value, and too large is infinite."""
    def changed(*values):
        try:
            return change(*values)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf
    return changed


def divide(a, b):
    if b != 0:
        return a / b
    if a == 0 or a != a:
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def logarithm(of):
    return lambda value: -math.inf if value == 0 else of(value)


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0] if finite(value) else value


def whole_part(of):
    """Floor and the like, which Python gives as whole numbers of any size."""
    return lambda value: float(of(value)) if finite(value) else value


MATHS = {name: guarded(change) for name, change in {
    "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "log": logarithm(math.log), "log10": logarithm(math.log10), "floor": whole_part(math.floor), "ceil": whole_part(math.ceil), "sin": math.sin, "cos": math.cos,
    "cosh": math.cosh, "tanh": math.tanh, "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan, "arcsinh": math.asinh, "arccosh": math.acosh, "expm1": math.expm1,
    "sinh": lambda value: math.copysign(math.inf, value) if abs(value) > 711 else math.sinh(value),
    "arctanh": lambda value: math.copysign(math.inf, value) if abs(value) == 1 else math.atanh(value),
    "log1p": lambda value: -math.inf if value == -1 else math.log1p(value),
}.items()}
CONVERSIONS = {"truncated": whole_part(math.trunc), "whole": lambda value: value if finite(value) and value == math.floor(value) else math.nan, "single": guarded(single)}


def remainder(a, b):
    """As C's fmod."""
    return math.nan if b == 0 or not finite(a) or b != b else math.fmod(a, b)


def modulo(a, b):
    rest = remainder(a, b)
    return rest + b if rest != 0 and rest == rest and (b < 0) != (rest < 0) else rest


def floor_divide(a, b):
    if b == 0:
        return divide(a, b)
    rest = remainder(a, b)
    quotient = divide(a - rest, b) - (1 if rest != 0 and rest == rest and (b < 0) != (rest < 0) else 0)
    if not finite(quotient):
        return quotient
    whole = float(math.floor(quotient))
    return whole + 1 if quotient - whole > 0.5 else whole


def power(a, b):
    if a == -1 and not finite(b):
        return 1.0
    if a == 0 and b < 0:
        return -math.inf if math.copysign(1.0, a) < 0 and finite(b) and b % 2 == 1 else math.inf
    if a < 0 and finite(a) and finite(b) and b != math.floor(b):
        return math.nan
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf


ARITHMETICS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": divide, "//": floor_divide, "%": modulo, "**": power}
COMPARISONS = {
    "==": lambda a, b: cell_key(a) == cell_key(b), "!=": lambda a, b: cell_key(a) != cell_key(b),
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}


def half_to_even(value):
    if not finite(value):
        return math.nan if value != value else value
    whole = float(math.floor(value))
    rest = value - whole
    return whole if rest < 0.5 or (rest == 0.5 and whole % 2 == 0) else whole + 1


def rounded(value, decimals):
    scale = 10.0 ** abs(decimals)
    if decimals == 0:
        return half_to_even(value)
    return half_to_even(value * scale) / scale if decimals > 0 else half_to_even(value / scale) * scale


def number_or_gap(value):
    return None if value != value else value


def on_number(node, row, change):
    value = evaluate(node["operand"], row)
    return number_or_gap(change(float(value))) if is_number(value) else None


def on_text(node, row, change):
    text = evaluate(node["operand"], row)
    return None if text is None else change(text_of(text))


def column_value(node, row):
    cell = row.get(node["column"]["id"])
    if node["type"] == "text" or node["column"]["type"] == "text":
        return None if cell is None else text_of(cell)
    value = cell_number(cell, node["column"]["type"])
    return value if node["type"] == "number" or value is None else value != 0


def calculated(node, row):
    a, b = evaluate(node["left"], row), evaluate(node["right"], row)
    if node["operator"] == "**" and (is_number(b) and b == 0 or is_number(a) and a == 1):
        return 1.0
    return number_or_gap(ARITHMETICS[node["operator"]](float(a), float(b))) if is_number(a) and is_number(b) else None


def compared(node, row):
    a, b = evaluate(node["left"], row), evaluate(node["right"], row)
    return node["operator"] == "!=" if a is None or b is None else COMPARISONS[node["operator"]](a, b)


def limited(node, row):
    held, end = evaluate(node["value"], row), evaluate(node["limit"], row)
    if not is_number(held) or not is_number(end):
        return held
    return max(held, end) if node["side"] == "lower" else min(held, end)


def angle(node, row):
    y, x = evaluate(node["y"], row), evaluate(node["x"], row)
    return number_or_gap(math.atan2(y, x)) if is_number(y) and is_number(x) else None


def written(node, row):
    value = evaluate(node["operand"], row)
    return None if value is None else ("True" if value else "False") if isinstance(value, bool) else text_of(value)


def joined(node, row):
    a, b = evaluate(node["left"], row), evaluate(node["right"], row)
    return None if a is None or b is None else text_of(a) + text_of(b)


def counted(node, row):
    value = evaluate(node["operand"], row)
    return None if value is None else float(value)


def found_in(text, pattern):
    return pattern_of(pattern["pattern"], pattern["ignoreCase"]).finditer(word_ends(text) if pattern["wordEnds"] else text)


def is_word(one):
    return one == "_" or unicodedata.category(one)[0] in "LN"


def word_ends(text):
    """In ASCII, for patterns that tell where words end."""
    return "".join(one if one <= "\x7f" else "\x0b" if one in BLANKS else "_" if is_word(one) else "\x01" for one in text)


def truth(node, row):
    return evaluate(node, row) is True


EVALUATORS = {
    "literal": lambda node, row: node["value"],
    "column": column_value,
    "arithmetic": calculated,
    "negative": lambda node, row: on_number(node, row, lambda value: -value),
    "math": lambda node, row: on_number(node, row, MATHS[node["function"]]),
    "compare": compared,
    "logic": lambda node, row: (truth(node["left"], row) and truth(node["right"], row)) if node["operator"] == "and" else (truth(node["left"], row) or truth(node["right"], row)),
    "not": lambda node, row: not truth(node["operand"], row),
    "missing": lambda node, row: evaluate(node["operand"], row) is None,
    "where": lambda node, row: evaluate(node["value"] if truth(node["condition"], row) else node["other"], row),
    "fill": lambda node, row: evaluate(node["other"], row) if evaluate(node["value"], row) is None else evaluate(node["value"], row),
    "limit": limited,
    "count": counted,
    "angle": angle,
    "round": lambda node, row: on_number(node, row, lambda value: rounded(value, node["decimals"])),
    "convert": lambda node, row: on_number(node, row, CONVERSIONS[node["to"]]),
    "truthy": lambda node, row: (lambda value: not (is_number(value) and value == 0))(evaluate(node["operand"], row)),
    "written": written,
    "join": joined,
    "case": lambda node, row: on_text(node, row, str.lower if node["to"] == "lower" else str.upper),
    "strip": lambda node, row: on_text(node, row, lambda text: strip_of(text, node["characters"])),
    "length": lambda node, row: on_text(node, row, lambda text: float(len(text))),
    "affix": lambda node, row: on_text(node, row, lambda text: text.startswith(node["text"]) if node["side"] == "start" else text.endswith(node["text"])),
    "matches": lambda node, row: on_text(node, row, lambda text: any(True for _ in found_in(text, node["pattern"]))),
    "matchCount": lambda node, row: on_text(node, row, lambda text: float(sum(1 for _ in found_in(text, node["pattern"])))),
}


def evaluate(node, row):
    return EVALUATORS[node["kind"]](node, row)
`
