"""Records what the package xplainable-preprocessing makes of generated tables whose rows have an order, groups, times or long
texts: steps that look across rows, features of texts, crosses and expressions.

Run with a Python that has it: python tests/golden/record-steps-ordered.py > tests/golden/steps-ordered.json
"""

import json
import math
import random
import warnings

import numpy
import pandas as pd
import xplainable_preprocessing
from xplainable_preprocessing.compiler import compile_spec
from xplainable_preprocessing.schema import PipelineSpec

warnings.simplefilter("ignore")
random.seed(11)


def some(make, share=0.1):
    return None if random.random() < share else make()


def moments(rows):
    start = pd.Timestamp("2024-02-26T20:00:00")
    return [some(lambda: (start + pd.Timedelta(hours=random.randrange(80))).isoformat(), 0.06) for _ in range(rows)]


ROWS = 90
SERIES = {
    "shop": ("text", [some(lambda: random.choice(["a", "b", "Ü \"x\""])) for _ in range(ROWS)]),
    "desk": ("integer", [random.choice([1, 2]) for _ in range(ROWS)]),
    "rank": ("number", [some(lambda: random.choice([0.5, 1.0, 2.25, 3.0])) for _ in range(ROWS)]),
    "moment": ("timestamp", moments(ROWS)),
    "day": ("date", [(pd.Timestamp("2024-02-20") + pd.Timedelta(days=random.randrange(20))).isoformat()[:10] for _ in range(ROWS)]),
    "sales": ("number", [some(lambda: round(random.gauss(50, 20), 2)) for _ in range(ROWS)]),
    "count": ("integer", [random.randrange(-3, 12) for _ in range(ROWS)]),
    "open": ("boolean", [random.random() < 0.6 for _ in range(ROWS)]),
    "note": ("text", [some(lambda: random.choice(["holiday", "", "sale", "Zoo"]), 0.5) for _ in range(ROWS)]),
}

TEXTS = [
    "Free prize! Call 0800 123 4567 NOW or visit www.prize.com/claim?id=99999", "see example.com, Example.co.uk; not.example", "me@mail.org",
    "mail a.b+c@sub.example.net and x@y.z!", "http://a.com b.com https://c.de/www.d.org", "a.com.foo a.comx acom .com x@a.com", "-a.com a-b.io/path www.",
    "+44 (0)20 7946 0958", "12345678 12345678", "12345-12345-12345-12345", "1234567", "123456", "call+1234567 or 1-2-3-4-5-6-7", "x1234567", "1234567x 7654321",
    "£5 or €6, $7? ¥8 ₹9 50¢", "AT&T &amp; &#39; &#x1F600; &bogus &;", "don\x92t\x07 stop", "naïve café ÉCOLE", "ΣΑΣ ς straße STRASSE", "ΜΕΓΑΛΟ ⅣⅤ Ⓐ",
    "١٢٣٤٥٦٧ ５５５５５", "日本語のテキスト", "👩‍👧 family 👍🏽", "tab\tnew\nline  double", " ", "", "won wonder WON won't", "Claim  your\nfree prize", "u_n_der _won_ won",
    "1 000 000", "a" * 300, "x" * 70 + "@y.com", "www.a.com/www.b.com c.com", "a.com@www.x.org", "foo.www.com", "UPPER lower Title ǅ", "½ ² 3", None, None,
    "K\u212aelvin.com ſ.io", "é.com éa.com a.comé", "a.b.c.d.e.f.com", "ends with a.com.", "http:// www. https://x", "++49 170 1234567", "(555) 123-4567.", "12.34.56.78.90",
    "e@é.com é@e.fr", "x@y.museum.z9_", "00 11 22 33 44 55 66 77 88 99", "-123-4567-8901",
]
WORDS = {
    "body": ("text", TEXTS),
    "it's; \"so\" 💥": ("text", random.sample(TEXTS, len(TEXTS))),
    "hour": ("integer", [random.choice([0, 7, 12, 23]) for _ in TEXTS]),
    "half": ("number", [some(lambda: random.choice([1.0, 1.5, -2.0, 0.1, 1e-5, 12.0, 1e16, 123456.789])) for _ in TEXTS]),
    "weekend": ("boolean", [random.random() < 0.3 for _ in TEXTS]),
    "kind": ("text", [some(lambda: random.choice(["x", "Y y", "7", "_"])) for _ in TEXTS]),
    "day": ("date", [(pd.Timestamp("2024-02-28") + pd.Timedelta(days=random.randrange(4))).isoformat()[:10] for _ in TEXTS]),
    "moment": ("timestamp", [random.choice(["2024-02-29T23:59:59.250000", "2024-02-29T06:00:00"]) for _ in TEXTS]),
}
LEVELS = [0.0, 1.0, -1.0, 0.5, 2.5, -2.5, 7.125, -0.125, 1e-9, 123456.789, 3.0, 100.0, 0.7]
VALUES = {
    "a": ("number", [some(lambda: random.choice(LEVELS)) for _ in range(80)]),
    "b c": ("number", [some(lambda: random.choice(LEVELS)) for _ in range(80)]),
    "n": ("integer", [random.randrange(-7, 12) for _ in range(80)]),
    "yes": ("boolean", [random.random() < 0.5 for _ in range(80)]),
    "t": ("text", [some(lambda: random.choice(TEXTS + ["alpha", "Beta", "beta 2", "ΣΑΣ.", "ﬁn İz ǅ", "Alpha", "x\ny", "_a_", "zß"])) for _ in range(80)]),
    "when": ("text", ["2024-02-29 12:30:00"] + [some(lambda: random.choice(["2024-02-30 00:00:00", "1999-12-31 23:59:59", "none", "2300-01-01 00:00:00", "1970-01-01 00:00:00"])) for _ in range(79)]),
    "u": ("text", [random.choice(["alpha", "beta", "Z", "é", "zz", "  pad\t"]) for _ in range(80)]),
}
MARKUP = {
    "said": ("text", [
        "&lt;b&gt; &amp;amp; &ampfoo; &amp", "&notin; &notit; &notx &copy2024", "&#65;&#x41;&#X41&#0;&#13;&#128;&#129;&#x9f;", "&#55296; &#x110000; &#99999999999999999999; &#xfffe; &#11;",
        "&; &# &#x; &#xg; & b &&amp;&CounterClockwiseContourIntegral;", "&Amp; &AMP &NotEqualTilde; &nbsp;x&nGt;", "&#0065 &#x1F469; &#38;lt;", "&bogus; &ltimes &lt5 &gteq;",
        "donâ€™t", "don\x92t", "cafÃ© â‚¬", "café", "Ã", "â\x80\x99", "\x81Ã©", "Ã© 東", "ðŸ˜€ \r\n", "Ð¶", "Ã\xa0", "í\xa0€", "ô\x90\x80\x80", "Â£5 â€” â€œsoâ€\x9d",
        "ﬁ ﷺ \u212b A\u030a", "e\u0301\u0323 \u1e9b\u0323", "\u1100\u1161 \uac00", "①⑩㌀ ℌ", "ｶﾞ Ｆｕｌｌ", "\U0001d400\U0001d7d8", "\U0002f800 \uf900", "⁄ ½⁄ Ǆ x²", "plain", "", None,
    ]),
}
def written(first, others):
    """A column of texts that write dates: most in the first one's way, some in another or none."""
    return ("text", [first] + [others[i % len(others)] for i in range(59)])


ISO = ["2024-02-29", "1999-12-31T23:59:59", "2024/2/9", "20240229", "2024-02-29T12:30:15.25", "2024.02.28 06:00"]
DATES = {
    "american": written("01/02/2024", ["12/31/1999", "2/29/2024", "07/04/2021", "31/12/1999", "1/5/2019", "02/30/2024", None, "11/11/2011", "03/04/2005", "6/7/1968", *ISO[:2]]),
    "european": written("13/02/2024", ["01/02/2024", "31/12/1999", "29/2/2023", "28/2/2023", "02/12/2001", "9/9/1999"]),
    "points": written("29.02.2024 12:30", ["01.02.2024 00:00", "31.12.1999 23:59", "1.2.2003 4:05", "2024-02-29", "24.12.2020 18:00", "01.02.2024"]),
    "iso": written("2024-02-29", [*ISO, "2024-01-01", "2023-12-31", "2020-06-15", "1970-01-01", "nothing", None]),
    "named": written("Feb 29, 2024", ["Dec 31, 1999", "may 5, 2024", "Jan 1, 2001", "Nov 11, 2011", "Feb 30, 2024", "Sep 9, 1999"]),
    "short; \"named\" 💥": written("02-Jan-2024", ["31-Dec-1999", "5-May-2024", "29-feb-2024", "11-NOV-2011", "2024-02-29 10:00:00", "30-Jun-1990"]),
    "long": written("2 January 2024", ["31 December 1999", "5 May 2024", "29 February 2024", "11 November 2011"]),
    "whole": written("20240229", ["19991231", "20200615", "20010101", "20230230", "20111111", "19700101"]),
    "seconds": written("2024-02-29 12:30:15", ["1999-12-31 23:59:59", "2024-01-01 00:00:00", "2020-06-15 06:07:08", "2024-02-29", "2010-10-10 10:10:10", "2024-02-29 12:30:15.5"]),
    "half": written("2024-01-05 12:30 PM", ["2024-02-29 1:05 pm", "1999-12-31 11:59 PM", "2020-06-15 12:00 AM", "2011-11-11 07:08 am", "2024-02-30 1:00 PM", "2001-02-03 4:05 AM"]),
    "mostly words": written("2024-02-29", ["2024-01-01", "none", "unknown", "2023-12-31"]),
    "words": written("a", ["b", "2024-01-01", None]),
}
TABLES = {"series": SERIES, "words": WORDS, "values": VALUES, "markup": MARKUP, "dates": DATES}

EXPRESSIONS = [
    "a // `b c`", "a % `b c`", "n // 3 + n % 3", "n // -4 * 10 + n % -4", "a // 0.1", "n % 0", "n // 0", "7.5 // n.where(n != 0)",
    "sin(a) + cos(`b c`)", "sinh(n / 4) - cosh(n / 4) + tanh(a)", "arcsin(a) + arccos(a)", "arctan(a) * arcsinh(n)", "arccosh(a)", "arctanh(a)", "arctan2(a, n)",
    "expm1(n / 10)", "log1p(a)", "log1p(n) + expm1(a / 1e9)", "a.round()", "a.round(2) + `b c`.round(decimals=1)", "(a * 100).round(-1)", "(n / 2).round()", "(n / 8).round(2)",
    "t.str.len()", "t.str.lower()", "t.str.upper()", "t.str.strip()", "t.str.strip('a x')", "u.str.strip() + '|' + u", "t.str.startswith('a')", "t.str.endswith('2', na=False)",
    "t.str.contains('beta')", "t.str.contains('BETA', case=False, na=False)", "t.str.contains('a.b', regex=False, na=True)", "t.str.contains('a.b', na=False)",
    "t.str.contains(r'\\bfree\\b', case=False, na=False)", "t.str.contains(r'\\bwon\\b', na=False)", "t.str.contains('^[a-z]+$', na=False)", "t.str.contains(r'\\d{3,}\\s\\d', na=False)",
    "t.str.contains(r'(?:com|org)(/|$)', na=False)", "t.str.contains(r'[^\\w\\s]', na=False)", "t.str.contains('x.y|y$', na=False)", "t.str.contains('beta', flags=2, na=False)",
    "t.str.count('a')", "t.str.count(r'\\w+')", "t.str.count('[A-Z][a-z]')", "t.str.count(r'\\d+?')", "u.str.count('z') * 2 + (u.str.contains('é')).astype('int')",
    "u < 'beta'", "u >= 'Z'", "t < u", "t <= 'alpha'", "u.between('a', 'z')", "u + '-' + u.str.upper()", "u in ('alpha', 'Z')", "['zz'] == u",
    "(n * 1000003).astype('float32')", "(n / 2).astype('int')", "(n / 3).astype('float32')", "n.astype(str) + yes.astype(str)", "a.astype('bool')", "yes.astype('Int64') + n", "u.astype('category') == 'Z'",
    "n.where(n > 0x1, 0b11)", "u == \"\"\"alpha\"\"\"", "(u == '\\x5a') | (u == r'zz')", "~(n > 3) & (a < 2)", "abs(n) ** 0.5 // 1",
]

LAG, ROLL, TIME = "GroupedLagTransformer", "RollingAggTransformer", "TimeLagTransformer"
GROUP, CROSS, TEXT = "GroupBroadcastTransformer", "CrossCategoriesTransformer", "TextFeaturesTransformer"

STEPS = [
    ("series", LAG, {"columns": ["sales"]}, None),
    ("series", LAG, {"group_by": "shop", "order_by": "moment", "periods": [1, 3, 0]}, ["sales", "count", "note", "open", "day"]),
    ("series", LAG, {"columns": "count", "group_by": ["shop", "desk"], "order_by": ["rank", "day"], "periods": 2}, None),
    ("series", ROLL, {"columns": ["sales", "count", "open"]}, None),
    *[("series", ROLL, {"columns": ["sales"], "window": 3, "operation": op, "group_by": "shop", "order_by": "moment", "closed": closed, "min_periods": least}, None)
      for op, closed, least in [("mean", "left", 1), ("sum", "right", 0), ("min", "both", 2), ("max", "neither", 1), ("std", "right", 1), ("count", "left", 1), ("median", "right", 3), ("sum", "neither", 0), ("count", "right", 0), ("count", "both", 2), ("std", "left", 2)]],
    ("series", ROLL, {"window": 4, "shift": 2, "group_by": ["desk"], "order_by": "rank"}, ["count"]),
    ("series", ROLL, {"window": 1, "closed": "neither", "columns": "count"}, None),
    ("series", TIME, {"time_column": "moment", "columns": ["sales"], "lags": ["1h", "24h"], "windows": ["6h"]}, None),
    ("series", TIME, {"time_column": "moment", "columns": ["sales", "count", "open"], "lags": "2h", "windows": ["12h", "1D"], "operations": ["mean", "sum", "min", "max", "std", "count"], "group_by": "shop", "add_has_history": True}, None),
    ("series", TIME, {"time_column": "moment", "lags": ["3h"], "windows": "10h", "operations": "sum", "gap": "3h", "group_by": ["shop", "desk"], "dedupe": "first"}, ["sales"]),
    *[("series", TIME, {"time_column": "day", "columns": ["sales"], "lags": ["1D", "48h"], "windows": ["7D"], "dedupe": dedupe}, None) for dedupe in ["sum", "last", "min", "max", "first", "mean"]],
    *[("series", GROUP, {"columns": ["sales", "count", "open"], "group_by": "shop", "op": op, "suffix": "_on"}, None) for op in ["max", "min", "first", "last", "any", "count", "mean", "sum"]],
    *[("series", GROUP, {"columns": ["note"], "time_column": "moment", "time_unit": unit, "op": op}, None) for unit, op in [("D", "max"), ("h", "first"), ("W", "last"), ("month", "min"), ("Q", "any"), ("year", "count"), ("D", "last")]],
    ("series", GROUP, {"group_by": ["shop", "desk"], "time_column": "day", "op": "mean"}, ["sales"]),
    ("series", GROUP, {"group_by": ["rank"], "op": "first", "suffix": "_first"}, ["day", "moment", "desk"]),
    ("series", "DateTimeExtractTransformer", {"components": ["elapsed_days", "elapsed_hours", "month"], "drop_original": False}, ["moment", "day"]),
    ("series", "DateTimeExtractTransformer", {"components": "elapsed_hours"}, ["day"]),
    ("values", "TypeCastTransformer", {"dtypes": {"a": "bool", "n": "Int64", "yes": "bool", "b c": "Float64"}}, None),
    ("values", "TypeCastTransformer", {"dtypes": {"a": "string", "b c": "string", "n": "string", "when": "datetime"}}, None),
    ("words", CROSS, {"columns": ["weekend", "hour"]}, None),
    ("words", CROSS, {"output_column": "both", "separator": " / ", "zero_pad": False, "drop_original": True}, ["half", "kind", "hour"]),
    ("words", CROSS, {"output_column": "hour", "drop_original": True}, ["hour", "half"]),
    ("words", CROSS, {"separator": ""}, ["day", "moment"]),
    ("words", TEXT, {"columns": ["body"]}, None),
    ("words", TEXT, {"features": ["n_control", "n_chars", "n_nonascii", "n_html_entities"], "keywords": ["won", "free prize", "call", "ΣΑΣ", "naïve", "a.com", "日本語のテキスト", "u_n_der", "!"], "drop_original": False}, ["body", "it's; \"so\" 💥"]),
    ("words", TEXT, {"columns": "body", "features": [], "keywords": "WON", "case_sensitive": True}, None),
    ("words", TEXT, {"columns": ["body"], "max_chars": 12}, None),
    ("words", "TextCleanTransformer", {"operations": ["lowercase"]}, ["body", "kind"]),
    ("words", "TextCleanTransformer", {"operations": ["uppercase", "mask_emails", "remove_html"]}, ["body"]),
    ("words", "TextCleanTransformer", {"operations": ["mask_urls", "mask_emails", "mask_digits", "remove_punctuation"]}, None),
    ("words", "TextCleanTransformer", {"operations": "strip", "regex_pattern": "(?:free|won)\\s*\\W|[^\\x20-~]+\\Z", "regex_replacement": "<>"}, ["body"]),
    *[("markup", "TextCleanTransformer", {"operations": operations}, None) for operations in (["html_unescape"], ["fix_encoding"], ["nfkc"], ["fix_encoding", "html_unescape", "nfkc", "lowercase", "remove_html"])],
    ("dates", "DateTimeExtractTransformer", {"components": ["year", "month", "day", "hour", "minute", "second", "date", "dayofweek", "elapsed_days"]}, None),
    ("dates", "DateTimeExtractTransformer", {"components": ["elapsed_hours", "month", "is_weekend"], "origin": "2000-01-01", "as_categorical": ["month"], "drop_original": False}, ["points", "words", "named"]),
    ("series", "FillMissingTransformer", {"strategies": {"sales": "ffill", "note": "bfill", "shop": "mode"}, "default": "ffill"}, None),
    ("series", "FillMissingTransformer", {"strategies": {"rank": "bfill"}}, ["rank", "moment"]),
    ("values", "TypeCastTransformer", {"dtypes": {"n": "float64", "yes": "int64", "a": "float32"}, "errors": "raise"}, None),
    *[("values", "ExpressionTransformer", {"expression": expression, "output_column": "made"}, None) for expression in EXPRESSIONS],
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


def kind_of(name, table):
    exact = table.get(name, (None,))[0]
    return exact or next((kind for column, (kind, _) in table.items() if name.startswith(f"{column}_") and kind == "date"), None)


def record(table, kind, params, columns):
    frame = pd.DataFrame({name: series(type_, values) for name, (type_, values) in TABLES[table].items()})
    step = {"id": "step", "type": kind, "params": params}
    if columns is not None:
        step["columns"] = columns
    out = compile_spec(PipelineSpec(version="2.0", steps=[step])).fit_transform(frame)
    kinds = [kind_of(name, TABLES[table]) for name in out.columns]
    untouched = [name for name in out.columns if name in frame.columns and out[name].equals(frame[name])]
    made = [name for name in out.columns if name not in untouched]
    rows = [[plain(value, kinds[list(out.columns).index(name)]) for name, value in zip(made, row)] for row in out[made].astype(object).values.tolist()]
    return {"table": table, "step": step, "columns": list(out.columns), "made": made, "rows": rows}


def main():
    print(json.dumps({
        "package": "xplainable-preprocessing", "version": xplainable_preprocessing.__version__, "pandas": pd.__version__, "numpy": numpy.__version__,
        "tables": {table: {name: {"type": kind, "values": values} for name, (kind, values) in columns.items()} for table, columns in TABLES.items()},
        "cases": [record(*step) for step in STEPS],
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
