"""Records what the package xplainable-preprocessing makes of generated tables with the steps that learn statistics.

Run with a Python that has it: python tests/golden/record-fitted.py > tests/golden/steps-fitted.json
"""

import json
import math
import random
import sys
import warnings

import numpy as np
import pandas as pd
import scipy
import sklearn
import xplainable_preprocessing
from xplainable_preprocessing.compiler import compile_spec
from xplainable_preprocessing.schema import PipelineSpec

warnings.simplefilter("ignore")
random.seed(11)

ROWS = 240
CATEGORIES = ["red", "blue", "Übergrün", "💥", "it's", 'a"b', "naïve", "x;y", "東京", "red "]
HOSTILE = 'flag; "x" 💥'


def gaps(values, share):
    return [None if random.random() < share else value for value in values]


def picked(levels):
    return [levels[int(len(levels) * random.random() ** 2)] for _ in range(ROWS)]


# What was infinite in a file is missing in a table, on both sides.
SMALL = {
    "city": ("text", gaps(picked(CATEGORIES), 0.1)),
    HOSTILE: ("text", picked(["yes", "no"])),
    "skewed": ("number", gaps([round(random.lognormvariate(1, 1.5), 3) for _ in range(ROWS)], 0.1)),
    "tied": ("number", [random.choice([-1.5, -0.0, 0.0, 0.25, 0.25, 0.25, 7.0]) for _ in range(ROWS)]),
    "spread": ("number", gaps([random.gauss(-3, 40) for _ in range(ROWS)], 0.05)),
    "whole": ("integer", [random.randint(-4, 60) for _ in range(ROWS)]),
    "holes": ("integer", gaps([random.choice([1, 2, 2, 3, 100000]) for _ in range(ROWS)], 0.2)),
    "truth": ("boolean", [random.random() < 0.3 for _ in range(ROWS)]),
    "perhaps": ("boolean", gaps([random.random() < 0.7 for _ in range(ROWS)], 0.15)),
    "constant": ("number", [3.3] * ROWS),
    "empty": ("number", [None] * ROWS),
    "far": ("number", [1e9 + random.random() for _ in range(ROWS)]),
    "negative": ("number", [-abs(random.gauss(0, 3)) - 0.001 for _ in range(ROWS)]),
}
LARGE_ROWS = 5000


def large():
    """A table that any language makes bit for bit: whole numbers below 2^53, and one rounded operation at a time."""
    state = 20261

    def unit():
        nonlocal state
        state = state * 48271 % 2147483647
        return state / 2147483647

    rows = []
    for _ in range(LARGE_ROWS):
        u, v, w, x = unit(), unit(), unit(), unit()
        rows.append((
            u * u * u * 1000 / (1.001 - u),
            None if v < 0.1 or v > 0.999 else v * 3 - 1,
            math.floor(w * 9) * 0.5 - 2,
            None if x < 0.02 else CATEGORIES[math.floor(x * x * 10)],
            math.floor(u * v * 1000000),
            7.125,
        ))
    names = ["skewed", "gaps", "ties", "city", "whole", "constant"]
    kinds = ["number", "number", "number", "text", "integer", "number"]
    return {name: (kind, [row[i] for row in rows]) for i, (name, kind) in enumerate(zip(names, kinds))}


NUMBERS = ["skewed", "tied", "spread", "whole", "holes", "truth", "constant", "far"]
FULL = ["tied", "whole", "far", "negative"]

SMALL_STEPS = [
    ("SimpleImputer", {}, NUMBERS),
    ("SimpleImputer", {}, ["skewed", "empty", "holes"]),
    ("SimpleImputer", {"keep_empty_features": True, "strategy": "median", "add_indicator": True}, ["holes", "empty", "whole", "skewed"]),
    ("SimpleImputer", {"strategy": "median", "copy": False}, ["spread", "truth"]),
    ("SimpleImputer", {"strategy": "most_frequent"}, ["city", "holes", "skewed"]),
    ("SimpleImputer", {"strategy": "most_frequent", "add_indicator": True}, ["city", HOSTILE, "holes"]),
    ("SimpleImputer", {"strategy": "most_frequent", "add_indicator": True}, ["holes", "whole"]),
    ("SimpleImputer", {"strategy": "constant"}, ["skewed", "spread"]),
    ("SimpleImputer", {"strategy": "constant"}, ["city", HOSTILE]),
    ("SimpleImputer", {"strategy": "constant", "fill_value": -1, "add_indicator": True}, ["holes", "spread"]),
    ("SimpleImputer", {"missing_values": 0.25, "strategy": "mean"}, ["tied"]),
    ("SimpleImputer", {"missing_values": "no", "strategy": "most_frequent"}, [HOSTILE]),
    ("StandardScaler", {}, NUMBERS[:-1]),
    ("StandardScaler", {}, ["far"]),
    ("StandardScaler", {"with_mean": False}, ["far", "spread"]),
    ("StandardScaler", {"with_std": False, "copy": False}, ["skewed", "empty"]),
    ("MinMaxScaler", {}, NUMBERS),
    ("MinMaxScaler", {"feature_range": [-2, 5], "clip": True}, ["skewed", "empty", "far"]),
    ("RobustScaler", {}, NUMBERS),
    ("RobustScaler", {"quantile_range": [5, 90], "unit_variance": True}, ["skewed", "spread"]),
    ("RobustScaler", {"with_centering": False}, ["far", "constant"]),
    ("RobustScaler", {"with_scaling": False}, ["holes", "truth"]),
    ("OneHotEncoder", {}, ["city", HOSTILE, "truth"]),
    ("OneHotEncoder", {"sparse_output": False, "dtype": "float64"}, ["holes", "constant", "perhaps"]),
    ("OneHotEncoder", {"drop": "first"}, ["city", "constant"]),
    ("OneHotEncoder", {"drop": "if_binary"}, ["truth"]),
    ("OneHotEncoder", {"drop": "if_binary"}, ["truth", "city"]),
    ("OneHotEncoder", {"drop": ["blue", "no"]}, ["city", HOSTILE]),
    ("OneHotEncoder", {"min_frequency": 20}, ["city"]),
    ("OneHotEncoder", {"min_frequency": 0.09, "handle_unknown": "infrequent_if_exist"}, ["city", "holes"]),
    ("OneHotEncoder", {"max_categories": 4, "drop": "first"}, ["city"]),
    ("OneHotEncoder", {"max_categories": 1}, ["city"]),
    ("OneHotEncoder", {"categories": [["red", "blue", "moon"]], "handle_unknown": "ignore"}, ["city"]),
    ("OneHotEncoder", {}, ["constant"]),
    ("OrdinalEncoder", {}, ["city", HOSTILE, "truth", "holes", "tied", "perhaps"]),
    ("OrdinalEncoder", {"encoded_missing_value": -1, "handle_unknown": "use_encoded_value", "unknown_value": -2}, ["city", "holes"]),
    ("OrdinalEncoder", {"min_frequency": 20}, ["city", "holes"]),
    ("OrdinalEncoder", {"max_categories": 3}, ["city", "whole"]),
    ("OrdinalEncoder", {"categories": [["yes", "no", "maybe"]]}, [HOSTILE]),
    ("OrdinalEncoder", {"categories": [["red", "blue"], [1, 2]], "handle_unknown": "use_encoded_value", "unknown_value": 9}, ["city", "holes"]),
    ("PowerTransformer", {}, ["skewed", "tied", "spread", "whole", "negative"]),
    ("PowerTransformer", {"standardize": False}, ["skewed", "holes", "constant"]),
    ("PowerTransformer", {"method": "box-cox"}, ["skewed", "holes"]),
    ("PowerTransformer", {"method": "box-cox", "standardize": False}, ["skewed"]),
    ("QuantileTransformer", {}, ["skewed", "tied", "spread", "empty"]),
    ("QuantileTransformer", {"n_quantiles": 17}, ["whole", "holes", "truth"]),
    ("QuantileTransformer", {"n_quantiles": 50, "output_distribution": "normal", "random_state": 3}, ["skewed", "tied", "spread", "constant"]),
    ("KBinsDiscretizer", {}, ["whole", "far"]),
    ("KBinsDiscretizer", {"encode": "ordinal"}, FULL + ["constant"]),
    ("KBinsDiscretizer", {"encode": "ordinal", "strategy": "uniform", "n_bins": [3, 4, 9, 2]}, FULL),
    ("KBinsDiscretizer", {"encode": "ordinal", "strategy": "kmeans", "n_bins": 4}, ["far", "negative"]),
    ("KBinsDiscretizer", {"encode": "onehot-dense", "strategy": "kmeans", "n_bins": 3}, ["tied"]),
    *[("KBinsDiscretizer", {"encode": "ordinal", "n_bins": 7, "quantile_method": method}, FULL) for method in [
        "inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"]],
    ("KBinsDiscretizer", {}, ["constant"]),
    ("Binarizer", {}, ["tied", "whole"]),
    ("Binarizer", {"threshold": 3.5}, ["whole", "truth"]),
    ("FillMissingTransformer", {"strategies": {"city": "mode", "skewed": "mean", "spread": "median", "holes": "mode", "perhaps": "mode"}}, None),
    ("FillMissingTransformer", {"strategies": {"city": "nowhere", "skewed": -1, "holes": 5}}, ["holes", "city", "skewed"]),
    ("FillMissingTransformer", {"strategies": {"spread": "mean"}, "default": 0}, ["skewed", "spread", "whole"]),
    ("FillMissingTransformer", {"default": "mean"}, ["city"]),
    ("CategoryCondenseTransformer", {"max_categories": 3}, ["whole", "city", HOSTILE]),
    ("CategoryCondenseTransformer", {"min_frequency": 0.1, "other_label": "…"}, ["city", HOSTILE]),
    ("CategoryCondenseTransformer", {"max_categories": 0}, ["city"]),
    ("ClipTransformer", {"min_val": 0}, None),
    ("ClipTransformer", {"max_val": 5, "bounds": {"skewed": [1, 3], "tied": [None, 0]}}, ["whole", "skewed", "city", "tied"]),
    ("MissingFlagTransformer", {}, ["city", "perhaps"]),
    ("MissingFlagTransformer", {"suffix": "?", "drop_original": True}, ["holes", "whole"]),
]

LARGE_STEPS = [
    ("SimpleImputer", {}, ["gaps", "ties"]),
    ("SimpleImputer", {"strategy": "most_frequent"}, ["city"]),
    ("StandardScaler", {}, ["skewed", "gaps", "ties", "whole", "constant"]),
    ("MinMaxScaler", {}, ["skewed", "gaps", "ties", "whole", "constant"]),
    ("RobustScaler", {}, ["skewed", "gaps", "ties", "whole", "constant"]),
    ("PowerTransformer", {}, ["skewed", "gaps", "ties", "whole"]),
    ("PowerTransformer", {"method": "box-cox"}, ["skewed"]),
    ("QuantileTransformer", {}, ["skewed", "gaps", "ties", "whole"]),
    ("QuantileTransformer", {"output_distribution": "normal", "n_quantiles": 100}, ["skewed", "gaps", "ties"]),
    ("KBinsDiscretizer", {"encode": "ordinal", "n_bins": 12}, ["skewed", "ties", "whole"]),
    ("KBinsDiscretizer", {"encode": "ordinal", "strategy": "kmeans", "n_bins": 6}, ["skewed", "whole"]),
    ("OneHotEncoder", {"min_frequency": 0.08}, ["city", "ties"]),
    ("OrdinalEncoder", {}, ["city", "ties", "gaps"]),
    ("CategoryCondenseTransformer", {"max_categories": 4}, ["city"]),
]



def tolerance(kind, columns):
    """Searches end within a tolerance of their own; elsewhere only sums are rounded differently, which shows far from zero."""
    if kind == "PowerTransformer":
        return 1e-5
    return 1e-6 if kind == "StandardScaler" and "far" in columns else 1e-11



def frame_of(table):
    out = {}
    for name, (kind, values) in table.items():
        if kind == "text":
            out[name] = pd.Series([np.nan if value is None else value for value in values], dtype=object)
        elif kind == "boolean" and None in values:
            out[name] = pd.Series([np.nan if value is None else value for value in values], dtype=object)
        else:
            out[name] = pd.Series(values, dtype=float if kind == "number" or None in values else None)
    return pd.DataFrame(out)


def plain(value):
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value


def same(a, b):
    return a is b or a == b or (a is None and b is None)


def record(table, steps, every):
    frame = frame_of(table)
    cases = []
    for kind, params, columns in steps:
        step = {"id": "step", "type": kind, "params": params}
        if columns is not None:
            step["columns"] = columns
        try:
            out = compile_spec(PipelineSpec(**{"version": "2.0", "steps": [step]})).fit_transform(frame)
        except Exception as error:
            sys.exit(f"{kind} {params} {columns}: {error}")
        picked = out.iloc[::every]
        cells = {name: [plain(value) for value in picked[name].astype(object)] for name in out.columns}
        before = {name: [plain(value) for value in frame[name].iloc[::every].astype(object)] for name in frame.columns}
        # Columns that pass as they are need no recording.
        shown = [name for name in out.columns if name not in before or not all(map(same, cells[name], before[name]))]
        shown = shown or list(columns or [])[:1]
        cases.append({
            "step": step, "columns": list(out.columns), "shown": shown, "every": every, "tolerance": tolerance(kind, columns),
            "rows": [list(row) for row in zip(*[cells[name] for name in shown])],
        })
    return cases


def main():
    versions = {"version": xplainable_preprocessing.__version__, "scikit-learn": sklearn.__version__, "scipy": scipy.__version__,
                "numpy": np.__version__, "pandas": pd.__version__}
    print(json.dumps({
        "package": "xplainable-preprocessing", **versions,
        "table": {name: {"type": kind, "values": values} for name, (kind, values) in SMALL.items()},
        "cases": record(SMALL, SMALL_STEPS, 4),
        "large": record(large(), LARGE_STEPS, 50),
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
