"""Records what the package xplainable-preprocessing makes of a generated table, step type by step type.

Run with a Python that has it: python tests/golden/record-steps.py > tests/golden/steps.json
"""

import json
import math
import random

import pandas as pd
import xplainable_preprocessing
from xplainable_preprocessing.compiler import compile_spec
from xplainable_preprocessing.schema import PipelineSpec

random.seed(7)

TEXTS = [
    "1,234", "1,23", "1,2345", "12,345,678.90", "(5)", "( 5 )", "(5", "(-5)", "12%", " 12 %", "%12", "12%%", "$3", "3$", "$3$", "$ 3",
    "-$3", "$-3", "-$-3", "£2,000.50", "5-10", "5 - 10", "10-5", "-5--1", "5 to 10", "5 TO 10", "$5-$10", "5-$10", "5–10", "1e5", "1E5",
    "1e", "1e400", "1e-400", "NaN", "-0", "+7", "+-7", ".5", "5.", ".", "-", "−5", "３", "5 km", "5 km/h", "5km²", "5 €", "10+", "10+ years",
    "< 1 year", "<=50K", ">50K", "≥ 3", "<5+", "0x10", "1_000", "007", "1 000", "1\u202f000", "12 34", "Inf", "UNKNOWN", "Unknown ", "n/a",
    " N/A ", "NA", "null", "#N/A", "MISSING", "mißing", "Straße", "STRASSE", "ΣΑΣ", "ﬁ", "n.v.", "999", "999.0", "-1", "7", "7.0", "kr 5", "R5",
    "1.234,56", "1.234", "it's", '"quoted"', "x" * 70, "9" * 70, "0.1", "2011-01-01", "12:30", "5 (five)", "5.5.5", "1,234,56", "½", "", " ",
    "\t5\n", "\u00a05\u00a0", "a  b", "👩 5", "5 👩", None,
]
ROWS = len(TEXTS)
TABLE = {
    "text": ("text", TEXTS),
    "other; \"text\" 💥": ("text", random.sample(TEXTS, ROWS)),
    "number": ("number", [random.choice([0.5, -5.5, 12.0, 999.25, 1e10, 0.1]) for _ in range(ROWS)]),
    "integer": ("integer", [random.choice([0, 12, 999, -1, 7]) for _ in range(ROWS)]),
    "boolean": ("boolean", [random.random() < 0.5 for _ in range(ROWS)]),
}

MOMENTS = [
    "2024-02-29T23:59:59", "1999-12-31T00:00:00", "2021-01-03T12:30:15.250000", "1969-12-31T23:59:59.999999", "2020-12-28T06:30:00",
    "2011-01-01T06:30:00", "2016-01-03T00:00:00", "2015-12-31T08:00:00", "1900-03-01T01:02:03", "2100-04-30T18:00:00", None,
]
TABLE["day"] = ("date", [moment and moment[:10] for moment in random.choices(MOMENTS, k=ROWS)])
TABLE["moment"] = ("timestamp", random.choices(MOMENTS, k=ROWS))
TABLE["fraction"] = ("number", [random.choice([0.25, -2.0, 0.0, 3.0, None]) for _ in range(ROWS)])

CALENDAR = ["year", "month", "day", "hour", "minute", "second", "dayofweek", "dayofyear", "weekofyear", "quarter", "hour_of_week",
            "is_weekend", "is_month_start", "is_month_end", "month_index", "date"]

# Expressions look at one row at a time, so that some rows show all of it.
EXPRESSION_ROWS = 50
EXPRESSIONS = [
    "integer + number * 2 - -fraction / 4",
    "number / integer.where(integer != 0)",
    "fraction / integer",
    "(number - integer) ** 2 ** 0.5 / 3e-2",
    "-fraction ** 2 + 2 ** -1",
    "number ** fraction",
    "df['number'] * `integer` + df.fraction",
    "fraction > 1 & number < 100 | ~(integer == 7)",
    "not boolean or fraction != fraction",
    "-3 < fraction <= 0.25",
    "text == 'Unknown '",
    "text != '7'",
    "text in ['7', \"it's\", '']",
    "integer not in [0, -1]",
    "integer == [12, 999]",
    "log(number) + sqrt(fraction) + abs(integer) - exp(fraction)",
    "log10(abs(number)) + floor(fraction * 3) * ceil(number)",
    "fraction.fillna(-1) + fraction.abs()",
    "(number / fraction).clip(-10, 10)",
    "number.clip(upper=integer, lower=None)",
    "number.where(fraction.notna() & (fraction != 0), other=integer)",
    "text.where(text.notnull(), 'none')",
    "fraction.between(0, 3, inclusive='left')",
    "integer.isin([7, 12]).astype('int') * 2 + boolean",
    "fraction.isna()",
    "(fraction / 0).clip(0, inf)",
    "fraction.where(number > 0, nan)",
    "1 + 2 * 3",
]

STEPS = [
    ("NullTokensTransformer", {}, None),
    ("NullTokensTransformer", {}, ["text", "integer"]),
    ("NullTokensTransformer", {"tokens": ["unknown", "Straße", "ΣΑΣ", "FI"], "values": [0, 12, -5.5], "flag_suffix": "_was"}, None),
    ("NullTokensTransformer", {"tokens": ["NA"], "strip": False, "case_sensitive": True, "flag_suffix": "_f"}, ["text"]),
    ("ParseNumericTransformer", {}, ["text", "other; \"text\" 💥", "number", "integer", "boolean"]),
    ("ParseNumericTransformer", {"columns": ["text"], "percent": "fraction", "ranges": "low", "na_values": [999, "-1", "n.v."],
                                 "mapping": {"< 1 year": 0.5, "10+ years": None, "7": 70}}, None),
    ("ParseNumericTransformer", {"columns": ["text"], "thousands": ".", "decimal": ",", "currency": "R€", "units": False, "suffix": "_number"}, None),
    ("ParseNumericTransformer", {"thousands": None, "currency": None, "negative_parens": False, "ranges": "high"}, ["text"]),
    ("ParseNumericTransformer", {"thousands": " ", "currency": ["kr", "$"], "ranges": None}, ["text"]),
    ("RenameColumnsTransformer", {"mapping": {"text": "renamed", "integer": "text"}}, None),
    ("TypeCastTransformer", {"dtypes": {"text": "float64", "number": "float32", "integer": "float", "boolean": "int64"}}, None),
    ("TypeCastTransformer", {"dtypes": {"integer": "string", "boolean": "string", "text": "string"}}, ["boolean", "integer", "text"]),
    ("DropColumnsTransformer", {"columns": ["text"]}, None),
    ("DropColumnsTransformer", {}, ["text", "boolean"]),
    ("TextCleanTransformer", {"operations": ["strip"]}, None),
    ("TextCleanTransformer", {"operations": ["remove_extra_whitespace", "mask_digits"]}, ["text"]),
    ("TextCleanTransformer", {"operations": ["remove_digits", "strip"]}, None),
    ("DateTimeExtractTransformer", {}, ["day"]),
    ("DateTimeExtractTransformer", {"components": CALENDAR + ["elapsed_days", "elapsed_hours"], "origin": "2011-01-01T06:30:00", "drop_original": False},
     ["moment", "day"]),
    ("DateTimeExtractTransformer", {"components": CALENDAR[:11], "as_categorical": True}, ["moment"]),
    ("DateTimeExtractTransformer", {"components": ["year", "month_index", "month"], "as_categorical": ["year"]}, ["day", "moment"]),
    *[("ExpressionTransformer", {"expression": expression, "output_column": "made"}, None) for expression in EXPRESSIONS],
    ("ExpressionTransformer", {"expression": "integer * 2", "output_column": "integer"}, None),
    ("ExpressionTransformer", {"expression": "integer * 2", "output_column": "twice"}, ["integer"]),
    ("OrdinalMapTransformer", {"order": ["unknown", "7", "5 km", "straße", "( 5 )"]}, ["text", "other; \"text\" 💥"]),
    ("OrdinalMapTransformer", {"columns": ["integer"], "mapping": {"7.0": 1.5, "0": None, "12": -3}, "missing_value": 0}, None),
    ("OrdinalMapTransformer", {"order": {"text": ["5", "7", "n/a"], "boolean": [False, True]}, "mapping": {"text": {"0007": 9, "5.0": 0.1}},
                               "start": -1, "missing_value": 99, "case_sensitive": True}, None),
]


def series(kind, values):
    if kind in ("date", "timestamp"):
        return pd.Series(pd.to_datetime(pd.Series(values), format="ISO8601"))
    return pd.Series(values, dtype=object if kind == "text" else None)


def plain(value, kind=None):
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()[: 10 if kind == "date" else None]
    if isinstance(value, str):
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def rows_of(out):
    kinds = [TABLE.get(name, (None,))[0] for name in out.columns]
    return [[plain(v, kind) for v, kind in zip(row, kinds)] for row in out.astype(object).values.tolist()]


def main():
    frame = pd.DataFrame({name: series(kind, values) for name, (kind, values) in TABLE.items()})
    cases = []
    for kind, params, columns in STEPS:
        step = {"id": f"step_{len(cases)}", "type": kind, "params": params}
        if columns is not None:
            step["columns"] = columns
        spec = {"version": "2.0", "steps": [step]}
        out = compile_spec(PipelineSpec(**spec)).fit_transform(frame)
        cases.append({"step": step, "columns": list(out.columns), "rows": rows_of(out)[: EXPRESSION_ROWS if kind == "ExpressionTransformer" else None]})
    print(json.dumps({
        "package": "xplainable-preprocessing", "version": xplainable_preprocessing.__version__, "pandas": pd.__version__,
        "table": {name: {"type": kind, "values": values} for name, (kind, values) in TABLE.items()}, "cases": cases,
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
