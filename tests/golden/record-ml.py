"""Records what scikit-learn and scipy say about small seeded inputs, for the tests in src/ml.

    python3 -m venv /tmp/mlvenv && /tmp/mlvenv/bin/pip install scikit-learn==VERSION scipy numpy
    /tmp/mlvenv/bin/python tests/golden/record-ml.py

The versions that recorded a file stand in its `versions`.
"""

import json
import pathlib
import sys

import numpy
import scipy
import scipy.stats
import sklearn
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    log_loss,
    mean_absolute_error,
    precision_recall_curve,
    precision_score,
    r2_score,
    recall_score,
    roc_auc_score,
    root_mean_squared_error,
)
from sklearn.preprocessing import OneHotEncoder, StandardScaler

FOLDER = pathlib.Path(__file__).parent
VERSIONS = {
    "python": sys.version.split()[0],
    "scikit-learn": sklearn.__version__,
    "scipy": scipy.__version__,
    "numpy": numpy.__version__,
}


def write(name, content):
    text = json.dumps({"versions": VERSIONS, **content}, indent=1)
    (FOLDER / f"ml-{name}.json").write_text(text + "\n")


def record_metrics():
    random = numpy.random.default_rng(7)
    codes = random.integers(0, 2, 200)
    # Rounded, so that there are ties; 0 and 1 occur, so that clipping is seen.
    probability = numpy.clip(numpy.round(0.3 * codes + random.uniform(-0.2, 0.9, 200), 2), 0, 1)
    weights = random.integers(0, 4, 200)
    binary = {
        "codes": codes.tolist(),
        "probability": probability.tolist(),
        "weights": weights.tolist(),
        "plain": binary_metrics(codes, probability, None),
        "weighted": binary_metrics(codes, probability, weights),
    }
    classes = random.integers(0, 3, 150)
    rows = random.dirichlet([1, 1, 1], 150) * 0.7 + 0.3 * numpy.eye(3)[classes]
    rows = rows / rows.sum(axis=1, keepdims=True)
    called = rows.argmax(axis=1)
    multiclass = {
        "codes": classes.tolist(),
        "probabilities": rows.T.tolist(),
        "plain": {
            "auc": roc_auc_score(classes, rows, multi_class="ovr", average="macro"),
            "logLoss": log_loss(classes, rows),
            "accuracy": accuracy_score(classes, called),
            "f1": f1_score(classes, called, average="macro"),
            "brier": float(((rows - numpy.eye(3)[classes]) ** 2).sum(axis=1).mean()),
        },
    }
    truth = random.normal(10, 3, 120)
    value = truth + random.normal(0, 1, 120)
    regression = {
        "truth": truth.tolist(),
        "value": value.tolist(),
        "plain": {
            "r2": r2_score(truth, value),
            "rmse": root_mean_squared_error(truth, value),
            "mae": mean_absolute_error(truth, value),
        },
    }
    write("metrics", {"binary": binary, "multiclass": multiclass, "regression": regression})


def binary_metrics(codes, probability, weights):
    called = (probability >= 0.5).astype(int)
    return {
        "auc": roc_auc_score(codes, probability, sample_weight=weights),
        "logLoss": log_loss(codes, probability, sample_weight=weights),
        "accuracy": accuracy_score(codes, called, sample_weight=weights),
        "f1": f1_score(codes, called, sample_weight=weights),
        "brier": brier_score_loss(codes, probability, sample_weight=weights),
    }


def record_student_t():
    cases = [
        {"probability": p, "freedom": f, "quantile": float(scipy.stats.t.ppf(p, f))}
        for p in (0.025, 0.3, 0.5, 0.75, 0.95, 0.975, 0.995)
        for f in (1, 2, 3, 4, 9, 19, 49, 499)
    ]
    write("student-t", {"cases": cases})


def record_isotonic():
    random = numpy.random.default_rng(3)
    score = numpy.round(random.normal(0, 2, 120), 1)
    codes = (random.uniform(size=120) < 1 / (1 + numpy.exp(-score * 0.5))).astype(int)
    asked = numpy.linspace(-6, 6, 61)
    model = IsotonicRegression(out_of_bounds="clip").fit(score, codes)
    platt = LogisticRegression(C=numpy.inf, tol=1e-12, max_iter=1000).fit(score[:, None], codes)
    write(
        "calibration",
        {
            "score": score.tolist(),
            "codes": codes.tolist(),
            "asked": asked.tolist(),
            "isotonic": model.predict(asked).tolist(),
            "slope": float(platt.coef_[0, 0]),
            "intercept": float(platt.intercept_[0]),
        },
    )


def record_linear():
    random = numpy.random.default_rng(11)
    rows = 300
    x = random.normal(5, 2, rows)
    y = 0.5 * x + random.normal(0, 1, rows)
    level = random.integers(0, 4, rows)
    design = numpy.hstack(
        [
            StandardScaler().fit_transform(numpy.stack([x, y], axis=1)),
            OneHotEncoder(sparse_output=False).fit_transform(level[:, None]),
        ]
    )
    score = 0.8 * (x - 5) - 0.6 * y + numpy.array([0.5, -1, 0, 1])[level] + 1
    binary = (random.uniform(size=rows) < 1 / (1 + numpy.exp(-score))).astype(int)
    classes = numpy.digitize(score + random.normal(0, 1, rows), [-1, 1])
    values = score + random.normal(0, 0.5, rows)
    lambdas = {"binary": 2.0, "multiclass": 0.5, "regression": 3.0}
    settings = {"tol": 1e-12, "max_iter": 10000}
    first = LogisticRegression(C=1 / lambdas["binary"], **settings).fit(design, binary)
    second = LogisticRegression(C=1 / lambdas["multiclass"], **settings).fit(design, classes)
    third = Ridge(alpha=lambdas["regression"]).fit(design, values)
    write(
        "linear",
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "level": level.tolist(),
            "lambdas": lambdas,
            "binary": {"codes": binary.tolist(), "probability": first.predict_proba(design)[:, 1].tolist()},
            "multiclass": {"codes": classes.tolist(), "probabilities": second.predict_proba(design).T.tolist()},
            "regression": {"values": values.tolist(), "predicted": third.predict(design).tolist()},
        },
    )


def record_elastic_net():
    """Two columns that follow the truth, one that nearly repeats the first, three of noise, and levels; with weights."""
    random = numpy.random.default_rng(23)
    rows = 240
    numbers = random.normal(0, 1, (rows, 6)) * [1, 3, 1, 1, 0.5, 2] + [0, 10, 0, 5, 0, 0]
    numbers[:, 2] = numbers[:, 0] + random.normal(0, 0.05, rows)
    level = random.integers(0, 4, rows)
    weights = random.integers(1, 4, rows) / 2
    scaler = StandardScaler().fit(numbers, sample_weight=weights)
    design = numpy.hstack([scaler.transform(numbers), OneHotEncoder(sparse_output=False).fit_transform(level[:, None])])
    score = 0.9 * numbers[:, 0] - 0.3 * (numbers[:, 1] - 10) + numpy.array([0.7, -0.8, 0, 0])[level]
    values = score + random.normal(0, 0.7, rows)
    binary = (random.uniform(size=rows) < 1 / (1 + numpy.exp(-score))).astype(int)
    classes = numpy.digitize(score + random.normal(0, 0.7, rows), [-1, 1])
    # As in glmnet the target is measured in its own standard deviation.
    spread = numpy.sqrt(numpy.cov(values, aweights=weights, ddof=0))
    cases = []
    for l1_ratio in (0.25, 0.5, 1.0):
        for penalty in (2.0, 12.0):
            alpha = penalty / weights.sum()
            linear = ElasticNet(alpha=alpha, l1_ratio=l1_ratio, tol=1e-14, max_iter=1_000_000)
            linear.fit(design, values / spread, sample_weight=weights)
            limits = {"tol": 1e-11, "max_iter": 1_000_000, "random_state": 1}
            settings = {"C": 1 / penalty, "l1_ratio": l1_ratio, "solver": "saga", **limits}
            logistic = LogisticRegression(**settings).fit(design, binary, sample_weight=weights)
            softmax = LogisticRegression(**settings).fit(design, classes, sample_weight=weights)
            cases.append(
                {
                    "lambda": penalty,
                    "l1Ratio": l1_ratio,
                    "predicted": (spread * linear.predict(design)[:40]).tolist(),
                    "slopes": (spread * linear.coef_[:6] / scaler.scale_).tolist(),
                    "probability": logistic.predict_proba(design)[:40, 1].tolist(),
                    "logisticSlopes": (logistic.coef_[0, :6] / scaler.scale_).tolist(),
                    "probabilities": softmax.predict_proba(design)[:40].T.tolist(),
                }
            )
    write(
        "elastic-net",
        {
            "numbers": numbers.T.tolist(),
            "level": level.tolist(),
            "weights": weights.tolist(),
            "values": values.tolist(),
            "binary": binary.tolist(),
            "classes": classes.tolist(),
            "cases": cases,
        },
    )


def record_weighted_judgement():
    """The judgement of weighted rows; one in ten has the weight zero, which for scikit-learn is no row."""
    random = numpy.random.default_rng(29)
    rows = 200
    weights = numpy.round(random.uniform(0.1, 3, rows), 3) * (random.uniform(size=rows) > 0.1)
    counted = weights > 0
    codes = random.integers(0, 2, rows)
    probability = numpy.clip(numpy.round(0.3 * codes + random.uniform(-0.2, 0.9, rows), 2), 0.01, 0.99)
    called = (probability >= 0.35).astype(int)
    precision, recall, _ = precision_recall_curve(codes, probability, sample_weight=weights)
    score = numpy.log(probability / (1 - probability))
    platt = LogisticRegression(C=numpy.inf, tol=1e-12, max_iter=1000).fit(score[:, None], codes, sample_weight=weights)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(score[counted], codes[counted], sample_weight=weights[counted])
    asked = numpy.unique(score[counted])[::2]
    classes = random.integers(0, 3, rows)
    shares = random.dirichlet([1, 1, 1], rows) * 0.7 + 0.3 * numpy.eye(3)[classes]
    shares = shares / shares.sum(axis=1, keepdims=True)
    likeliest = shares.argmax(axis=1)
    truth = random.normal(10, 3, rows)
    value = truth + random.normal(0.3, 1, rows)
    residual = truth - value
    quantile = {"weights": weights, "method": "inverted_cdf"}
    mean = numpy.average(residual, weights=weights)
    weighted = {"sample_weight": weights}
    write(
        "weighted-judgement",
        {
            "weights": weights.tolist(),
            "binary": {
                "codes": codes.tolist(),
                "probability": probability.tolist(),
                "metrics": binary_metrics(codes, probability, weights),
                "confusion": confusion_matrix(codes, called, **weighted).tolist(),
                "precision": precision_score(codes, probability >= 0.5, **weighted),
                "recall": recall_score(codes, probability >= 0.5, **weighted),
                "highestF1": float((2 * precision * recall / (precision + recall)).max()),
                "slope": float(platt.coef_[0, 0]),
                "intercept": float(platt.intercept_[0]),
                "asked": asked.tolist(),
                "isotonic": isotonic.predict(asked).tolist(),
            },
            "multiclass": {
                "codes": classes.tolist(),
                "probabilities": shares.T.tolist(),
                "confusion": confusion_matrix(classes, likeliest, **weighted).tolist(),
                "metrics": {
                    "auc": roc_auc_score(classes, shares, multi_class="ovr", average="macro", **weighted),
                    "logLoss": log_loss(classes, shares, **weighted),
                    "accuracy": accuracy_score(classes, likeliest, **weighted),
                    "f1": f1_score(classes, likeliest, average="macro", **weighted),
                    "brier": brier_score_loss(classes, shares, labels=[0, 1, 2], scale_by_half=False, **weighted),
                },
            },
            "regression": {
                "truth": truth.tolist(),
                "value": value.tolist(),
                "metrics": {
                    "r2": r2_score(truth, value, **weighted),
                    "rmse": root_mean_squared_error(truth, value, **weighted),
                    "mae": mean_absolute_error(truth, value, **weighted),
                },
                "mean": mean,
                "deviation": float(numpy.sqrt(numpy.average((residual - mean) ** 2, weights=weights))),
                "quantiles": {str(q): float(numpy.quantile(residual, q, **quantile)) for q in (0.05, 0.25, 0.5, 0.95)},
                "within": {str(q): float(numpy.quantile(abs(residual), q, **quantile)) for q in (0.5, 0.8, 0.9)},
            },
        },
    )


record_metrics()
record_student_t()
record_isotonic()
record_linear()
record_elastic_net()
record_weighted_judgement()
