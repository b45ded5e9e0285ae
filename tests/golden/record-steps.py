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
]


def plain(value):
    if value is None or value is pd.NA:
        return None
    if isinstance(value, str):
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def main():
    frame = pd.DataFrame({name: pd.Series(values, dtype=object if kind == "text" else None) for name, (kind, values) in TABLE.items()})
    cases = []
    for kind, params, columns in STEPS:
        step = {"id": f"step_{len(cases)}", "type": kind, "params": params}
        if columns is not None:
            step["columns"] = columns
        spec = {"version": "2.0", "steps": [step]}
        out = compile_spec(PipelineSpec(**spec)).fit_transform(frame)
        cases.append({"step": step, "columns": list(out.columns), "rows": [[plain(v) for v in row] for row in out.astype(object).values.tolist()]})
    print(json.dumps({
        "package": "xplainable-preprocessing", "version": xplainable_preprocessing.__version__, "pandas": pd.__version__,
        "table": {name: {"type": kind, "values": values} for name, (kind, values) in TABLE.items()}, "cases": cases,
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
