"""Fits the Python peers on folds that `npm run bench fit` wrote, one at a time, and times them.

Reads one JSON line a job, {"folder", "peer", "threads", "repeats"}, and answers one. A fold is `fold.json` beside one file of
little-endian numbers a column: doubles (NaN is missing), or 32-bit codes of levels (-1 is missing). Parsing is not timed. The process
stays, so that only the first small fits, made at the start, are cold.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, log_loss, r2_score, roc_auc_score, root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")


def read_fold(folder):
    """The columns and targets of one fold: (description, training rows, training target, test rows, test target)."""
    folder = Path(folder)
    fold = json.loads((folder / "fold.json").read_text())
    parts = {}
    for part in ("train", "test"):
        columns = {}
        for i, column in enumerate(fold["columns"]):
            file = folder / f"{part}-{i}.bin"
            # By position: LightGBM refuses some characters in names.
            if column["kind"] == "numeric":
                columns[f"c{i}"] = np.fromfile(file, "<f8")
            else:
                columns[f"c{i}"] = pd.Categorical.from_codes(np.fromfile(file, "<i4"), categories=column["levels"])
        target = np.fromfile(folder / f"{part}-target.bin", "<f8")
        parts[part] = pd.DataFrame(columns), target if fold["task"] == "regression" else target.astype(int)
    return fold, *parts["train"], *parts["test"]


def as_text(frame):
    """Categories as Python text, missing ones as NaN, which is how interpret and scikit-learn take them."""
    made = frame.copy()
    for name in made:
        if isinstance(made[name].dtype, pd.CategoricalDtype):
            made[name] = made[name].astype(object)
    return made


def ebm(fold, threads):
    kinds = ["continuous" if column["kind"] == "numeric" else "nominal" for column in fold["columns"]]
    model = ExplainableBoostingRegressor if fold["task"] == "regression" else ExplainableBoostingClassifier
    return model(feature_types=kinds, n_jobs=threads, random_state=1), as_text


def lightgbm(fold, threads):
    model = LGBMRegressor if fold["task"] == "regression" else LGBMClassifier
    return model(n_jobs=threads, random_state=1, verbose=-1), lambda frame: frame


def linear(fold, threads):
    numbers = [f"c{i}" for i, column in enumerate(fold["columns"]) if column["kind"] == "numeric"]
    texts = [f"c{i}" for i, column in enumerate(fold["columns"]) if column["kind"] != "numeric"]
    prepare = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler()), numbers),
        ("texts", OneHotEncoder(handle_unknown="ignore"), texts),
    ])
    model = LinearRegression(n_jobs=threads) if fold["task"] == "regression" else LogisticRegression(max_iter=2000)
    return make_pipeline(prepare, model), as_text


PEERS = {"ebm": ebm, "lightgbm": lightgbm, "linear": linear}


def metrics_of(fold, model, rows, truth):
    if fold["task"] == "regression":
        predicted = model.predict(rows)
        return {"r2": r2_score(truth, predicted), "rmse": root_mean_squared_error(truth, predicted)}
    probabilities = model.predict_proba(rows)
    loss = log_loss(truth, probabilities, labels=model.classes_)
    if fold["task"] == "multiclass":
        return {"accuracy": accuracy_score(truth, model.classes_[probabilities.argmax(axis=1)]), "logloss": loss}
    only = len(np.unique(truth)) < 2
    return {"auc": None if only else roc_auc_score(truth, probabilities[:, 1]), "logloss": loss}


def run(job):
    fold, train, target, test, truth = read_fold(job["folder"])
    seconds = []
    for _ in range(job["repeats"]):
        model, prepare = PEERS[job["peer"]](fold, job["threads"])
        rows = prepare(train)
        began = time.perf_counter()
        model.fit(rows, target)
        seconds.append(time.perf_counter() - began)
    rows = prepare(test)
    many = pd.concat([rows] * max(1, -(-100_000 // len(rows))), ignore_index=True)
    began = time.perf_counter()
    model.predict(many) if fold["task"] == "regression" else model.predict_proba(many)
    predict = (time.perf_counter() - began) / len(many) * 1e9
    measures = {name: None if value is None else float(value) for name, value in metrics_of(fold, model, rows, truth).items()}
    return {"fit_s": min(seconds), "predict_ns_row": predict, **measures}


def warm_up(threads):
    """Small fits that load what is loaded late and start what the peers keep between fits."""
    random = np.random.default_rng(1)
    rows = pd.DataFrame(random.normal(size=(300, 3)), columns=["a", "b", "c"])
    target = (rows["a"] > 0).astype(int).to_numpy()
    for model in (
        ExplainableBoostingClassifier(n_jobs=threads, max_rounds=20),
        ExplainableBoostingRegressor(n_jobs=threads, max_rounds=20),
        LGBMClassifier(n_jobs=threads, n_estimators=5, verbose=-1),
        LGBMRegressor(n_jobs=threads, n_estimators=5, verbose=-1),
        LogisticRegression(),
    ):
        model.fit(rows, target)


def main():
    warm_up(int(sys.argv[1]))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        try:
            answer = run(json.loads(line))
        except Exception as error:  # one peer that fails must not end the bench
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
