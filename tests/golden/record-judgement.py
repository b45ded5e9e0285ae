"""Records what scipy, statsmodels, scikit-learn and fairlearn say about small seeded inputs, for the tests of how
src/ml judges models.

    python3 -m venv /tmp/mlvenv && /tmp/mlvenv/bin/pip install scikit-learn scipy numpy statsmodels fairlearn
    /tmp/mlvenv/bin/python tests/golden/record-judgement.py

The versions that recorded a file stand in its `versions`.
"""

import json
import pathlib
import sys

import fairlearn
import fairlearn.metrics
import numpy
import scipy
import scipy.stats
import sklearn
import sklearn.metrics
import statsmodels
from statsmodels.stats.proportion import confint_proportions_2indep

FOLDER = pathlib.Path(__file__).parent
VERSIONS = {
    "python": sys.version.split()[0],
    "scikit-learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "numpy": numpy.__version__,
    "statsmodels": statsmodels.__version__,
    "fairlearn": fairlearn.__version__,
}


def write(name, content):
    text = json.dumps({"versions": VERSIONS, **content}, indent=1)
    (FOLDER / f"ml-{name}.json").write_text(text + "\n")


def record_welch():
    random = numpy.random.default_rng(5)
    cases = []
    for rows, other, shift in ((5, 9, 0.0), (40, 200, 0.6), (60, 30, -0.4), (300, 5000, 1.5)):
        first = random.exponential(1, rows) + shift
        second = random.normal(1, 0.5, other)
        found = scipy.stats.ttest_ind(first, second, equal_var=False)
        greater = scipy.stats.ttest_ind(first, second, equal_var=False, alternative="greater")
        interval = found.confidence_interval(0.95)
        moments = [{"rows": len(x), "sum": float(x.sum()), "squares": float((x * x).sum())} for x in (first, second)]
        cases.append(
            {
                "first": moments[0],
                "second": moments[1],
                "statistic": float(found.statistic),
                "probability": float(greater.pvalue),
                "low": float(interval.low),
                "high": float(interval.high),
            }
        )
    return cases


def record_shares():
    cases = []
    for hits, rows, base_hits, base_rows in ((56, 70, 48, 80), (9, 10, 3, 10), (6, 60, 50, 100), (0, 20, 5, 30), (25, 25, 40, 40)):
        counts = (hits, rows, base_hits, base_rows)
        certain = hits == 0 or (hits == rows and base_hits == base_rows)
        method = "log-adjusted" if certain else "log"
        cases.append(
            {
                "first": {"hits": hits, "rows": rows},
                "second": {"hits": base_hits, "rows": base_rows},
                "difference": list(confint_proportions_2indep(*counts, compare="diff", method="newcomb")),
                "ratio": list(confint_proportions_2indep(*counts, compare="ratio", method=method)),
            }
        )
    return cases


def record_fairness():
    random = numpy.random.default_rng(13)
    rows = 600
    group = random.choice(4, rows, p=[0.45, 0.3, 0.2, 0.05])
    truth = (random.uniform(size=rows) < numpy.array([0.5, 0.4, 0.3, 0.5])[group]).astype(int)
    noise = random.normal(0, 1, rows) + numpy.array([0.3, 0.0, -0.4, 0.0])[group]
    probability = 1 / (1 + numpy.exp(-(1.5 * (truth - 0.5) + noise)))
    threshold = 0.55
    called = (probability >= threshold).astype(int)
    large = group < 3
    frame = fairlearn.metrics.MetricFrame(
        metrics={
            "selectionRate": fairlearn.metrics.selection_rate,
            "truePositiveRate": fairlearn.metrics.true_positive_rate,
            "falsePositiveRate": fairlearn.metrics.false_positive_rate,
            "positivePredictiveValue": sklearn.metrics.precision_score,
        },
        y_true=truth[large],
        y_pred=called[large],
        sensitive_features=group[large],
    )
    given = {"y_true": truth[large], "y_pred": called[large], "sensitive_features": group[large]}
    parity = {}
    for name, words in (
        ("demographicParity", "demographic_parity"),
        ("equalOpportunity", "equal_opportunity"),
        ("equalisedOdds", "equalized_odds"),
    ):
        parity[name] = {
            "difference": float(getattr(fairlearn.metrics, f"{words}_difference")(**given)),
            "ratio": float(getattr(fairlearn.metrics, f"{words}_ratio")(**given)),
        }
    return {
        "codes": truth.tolist(),
        "probability": probability.tolist(),
        "group": group.tolist(),
        "threshold": threshold,
        "byGroup": {name: [float(x) for x in frame.by_group[name]] for name in frame.by_group.columns},
        "parity": parity,
    }


def record_quantiles():
    shares = [1e-300, 1e-20, 1e-10, 0.001, 0.02425, 0.1, 0.3, 0.5, 0.6, 0.925, 0.975, 0.999, 1 - 1e-10]
    random = numpy.random.default_rng(17)
    residuals = numpy.round(random.standard_t(4, 23), 3)
    expected, observed = scipy.stats.probplot(residuals, fit=False)
    return {
        "normal": [{"probability": p, "quantile": float(scipy.stats.norm.ppf(p))} for p in shares],
        "residuals": residuals.tolist(),
        "expected": expected.tolist(),
        "observed": observed.tolist(),
    }


def record_one_against_rest():
    random = numpy.random.default_rng(19)
    codes = random.choice(3, 180, p=[0.5, 0.35, 0.15])
    # Rounded, so that there are ties.
    rows = numpy.round(random.dirichlet([1, 1, 1], 180) * 0.7 + 0.3 * numpy.eye(3)[codes], 2)
    called = rows.argmax(axis=1)
    precision, recall, f1, support = sklearn.metrics.precision_recall_fscore_support(codes, called)
    return {
        "codes": codes.tolist(),
        "probabilities": rows.T.tolist(),
        "classes": [
            {
                "rows": int(support[k]),
                "auc": float(sklearn.metrics.roc_auc_score(codes == k, rows[:, k])),
                "averagePrecision": float(sklearn.metrics.average_precision_score(codes == k, rows[:, k])),
                "brier": float(sklearn.metrics.brier_score_loss(codes == k, rows[:, k])),
                "precision": float(precision[k]),
                "recall": float(recall[k]),
                "f1": float(f1[k]),
            }
            for k in range(3)
        ],
    }


write(
    "judgement",
    {
        "welch": record_welch(),
        "shares": record_shares(),
        "fairness": record_fairness(),
        "quantiles": record_quantiles(),
        "oneAgainstRest": record_one_against_rest(),
    },
)
