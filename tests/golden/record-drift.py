"""Records what Evidently says of seeded samples, for the test that src/ml/evidently-drift.ts says the same; prints JSON.

    python3 -m venv /tmp/driftvenv && /tmp/driftvenv/bin/pip install -r tests/golden/drift-requirements.txt
    /tmp/driftvenv/bin/python tests/golden/record-drift.py > tests/golden/drift.json

The rows are not in the recording: both sides draw them by Lehmer's generator (x <- 16807 x mod 2^31 - 1), in sums and products that
every machine rounds alike.
"""

import json
import math
import sys
import warnings

import numpy
import pandas
import scipy
import evidently
from evidently import DataDefinition, Dataset, Report as NewReport
from evidently.presets import DataDriftPreset
from evidently.legacy.metrics import DataDriftTable
from evidently.legacy.pipeline.column_mapping import ColumnMapping
from evidently.legacy.report import Report

warnings.simplefilter("ignore")
NUMBERS = ["bell", "skewed", "few", "flag", "steps", "wide"]
LEVELS = ["even", "tail", "two"]


def draws(seed):
    state = seed
    while True:
        state = state * 16807 % 2147483647
        yield state / 2147483647


def sample(seed, rows, shift):
    """Columns one after the other, row by row; `shift` moves some of them."""
    source = draws(seed)
    u = lambda: next(source)
    columns = {}
    columns["bell"] = [None if u() < 0.05 else u() + u() + u() + u() - 2 + shift for _ in range(rows)]
    columns["skewed"] = [math.sqrt(1 / (u() + 0.001)) * (1 + shift) for _ in range(rows)]
    columns["few"] = [float(math.floor((4 + 0.9 * shift) * u())) for _ in range(rows)]
    columns["flag"] = [1.0 if u() < 0.2 + shift / 4 else 0.0 for _ in range(rows)]
    columns["steps"] = [float(math.floor(15 * u()) + math.floor(4 * shift * u())) for _ in range(rows)]
    columns["wide"] = [1e6 * (u() - 0.5) * u() for _ in range(rows)]
    columns["even"] = [f"L{math.floor((8 + 2 * shift) * u())}" for _ in range(rows)]
    columns["tail"] = [None if u() < 0.1 else f"L{math.floor(30 * u() * u() * u())}" for _ in range(rows)]
    columns["two"] = ["yes" if u() < 0.4 + shift / 5 else "no" for _ in range(rows)]
    return pandas.DataFrame(columns)


SIZES = [(200, 50), (300, 300), (900, 500), (1000, 12000), (120, 11000), (1500, 200), (5000, 5000)]
CHOSEN = {
    "psi": ("psi", "psi"),
    "kl_div": ("kl_div", "kl_div"),
    "hellinger": ("hellinger", "hellinger"),
    "jensenshannon": ("jensenshannon", "jensenshannon"),
    "ks and chisquare": ("ks", "chisquare"),
    "t_test": ("t_test", None),
    "wasserstein": ("wasserstein", None),
}


def judged(reference, batch, num, cat):
    mapping = ColumnMapping(numerical_features=NUMBERS, categorical_features=LEVELS)
    report = Report([DataDriftTable(num_stattest=num, cat_stattest=cat)])
    report.run(reference_data=reference, current_data=batch, column_mapping=mapping)
    found = report.as_dict()["metrics"][0]["result"]
    # The present interface counts the same columns.
    definition = DataDefinition(numerical_columns=NUMBERS, categorical_columns=LEVELS)
    preset = NewReport([DataDriftPreset(num_method=num, cat_method=cat)])
    new = preset.run(Dataset.from_pandas(batch, definition), Dataset.from_pandas(reference, definition)).dict()
    counted = next(m["value"] for m in new["metrics"] if "DriftedColumnsCount" in json.dumps(m.get("metric_name", m.get("metric_id", ""))))
    assert int(counted["count"]) == found["number_of_drifted_columns"], (counted, found["number_of_drifted_columns"])
    columns = {
        name: {
            "score": float(one["drift_score"]),
            "drifted": bool(one["drift_detected"]),
            "threshold": float(one["stattest_threshold"]),
            "test": one["stattest_name"],
        }
        for name, one in found["drift_by_columns"].items()
    }
    return {"columns": columns, "drifted": bool(found["dataset_drift"]), "count": int(found["number_of_drifted_columns"])}


def main():
    cases = []
    for place, (rows, batch_rows) in enumerate(SIZES):
        for shift in (0.0, 0.15, 0.8):
            seeds = [1000 + place, 5000 + 10 * place + round(10 * shift)]
            reference, batch = sample(seeds[0], rows, 0.0), sample(seeds[1], batch_rows, shift)
            wanted = {"usual": (None, None)}
            if shift == 0.15 and batch_rows <= 5000:
                wanted.update(CHOSEN)
            for name, (num, cat) in wanted.items():
                found = judged(reference.copy(), batch.copy(), num, cat)
                cases.append({"rows": rows, "batch_rows": batch_rows, "shift": shift, "seeds": seeds, "num": num, "cat": cat, **found})
    versions = {"python": sys.version.split()[0], "evidently": evidently.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__, "pandas": pandas.__version__}
    json.dump({"versions": versions, "cases": cases}, sys.stdout, indent=1)
    print()


main()
