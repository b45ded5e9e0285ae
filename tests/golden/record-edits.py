"""Records what scikit-learn, interpret and numpy make of curves that are edited, for src/ml/edit-golden.test.ts.

    python3 -m venv /tmp/mlvenv && /tmp/mlvenv/bin/pip install scikit-learn interpret-core numpy
    /tmp/mlvenv/bin/python tests/golden/record-edits.py

The versions that recorded the file stand in its `versions`.
"""

import copy
import json
import pathlib
import sys

import interpret
import numpy
import sklearn
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.isotonic import IsotonicRegression

FOLDER = pathlib.Path(__file__).parent
VERSIONS = {
    "python": sys.version.split()[0],
    "scikit-learn": sklearn.__version__,
    "interpret": interpret.__version__,
    "numpy": numpy.__version__,
}


def record_isotonic(random):
    cases = []
    for size in (2, 5, 17, 60):
        for increasing in (True, False):
            scores = numpy.round(random.normal(size=size), 2)
            weights = random.integers(1, 40, size)
            model = IsotonicRegression(increasing=increasing)
            fitted = model.fit_transform(numpy.arange(size), scores, sample_weight=weights)
            cases.append(
                {
                    "scores": scores.tolist(),
                    "weights": weights.tolist(),
                    "direction": "increasing" if increasing else "decreasing",
                    "fitted": fitted.tolist(),
                }
            )
    return cases


def describe_term(model, term):
    """Scores and rows of one curve: the missing value first, then its bins; the last place is for what was never seen."""
    scores = model.term_scores_[term]
    weights = model.bin_weights_[term]
    assert weights[-1] == 0
    return {"missing": scores[0], "scores": scores[1:-1].tolist(), "missing_weight": weights[0], "weights": weights[1:-1].tolist()}


def record_monotonize(random):
    rows = 3000
    hump = numpy.round(random.uniform(0, 10, rows), 1)
    rising = numpy.round(random.normal(size=rows), 1)
    hump[random.uniform(size=rows) < 0.08] = numpy.nan
    score = 1.5 * numpy.sin(numpy.nan_to_num(hump, nan=2.0) / 2) + rising
    target = (random.uniform(size=rows) < 1 / (1 + numpy.exp(-score))).astype(int)
    table = numpy.column_stack([hump, rising])
    model = ExplainableBoostingClassifier(interactions=0, max_bins=64, outer_bags=4, random_state=1, n_jobs=1)
    model.fit(table, target, sample_weight=random.integers(1, 4, rows).astype(float))
    terms = []
    for term in (0, 1):
        edits = []
        for increasing in (True, False):
            edited = copy.deepcopy(model)
            # All that the edit does to the mean goes to the intercept, as here.
            edited.monotonize(term, increasing=increasing, passthrough=1.0)
            edits.append(
                {
                    "direction": "increasing" if increasing else "decreasing",
                    "intercept": edited.intercept_[0],
                    **describe_term(edited, term),
                }
            )
        chosen = copy.deepcopy(model)
        chosen.monotonize(term, increasing="auto", passthrough=1.0)
        auto = [edit["direction"] for edit in edits if numpy.allclose(edit["scores"], chosen.term_scores_[term][1:-1], atol=1e-12)]
        fitted = {"edges": model.bins_[term][0].tolist(), "intercept": model.intercept_[0], **describe_term(model, term)}
        terms.append({"fitted": fitted, "edits": edits, "auto": auto})
    return terms


def record_whittaker(random):
    cases = []
    for size, strength in ((3, 1.0), (6, 0.1), (25, 10.0), (80, 1e4), (40, 1e6)):
        scores = numpy.round(random.normal(size=size), 3)
        weights = random.integers(1, 60, size)
        relative = weights / weights.mean()
        differences = numpy.diff(numpy.eye(size), n=2, axis=0)
        fitted = numpy.linalg.solve(numpy.diag(relative) + strength * differences.T @ differences, relative * scores)
        cases.append({"scores": scores.tolist(), "weights": weights.tolist(), "strength": strength, "fitted": fitted.tolist()})
    return cases


if __name__ == "__main__":
    content = {
        "versions": VERSIONS,
        "isotonic": record_isotonic(numpy.random.default_rng(11)),
        "monotonize": record_monotonize(numpy.random.default_rng(12)),
        "whittaker": record_whittaker(numpy.random.default_rng(13)),
    }
    (FOLDER / "ml-edits.json").write_text(json.dumps(content, indent=1) + "\n")
