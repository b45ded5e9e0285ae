"""Records what LightGBM says of small generated tables, for the boosted trees of src/ml.

Run with numpy, pandas and lightgbm 4.7:  python tests/golden/record-trees.py
"""

import json
import pathlib

import lightgbm as lgb
import numpy as np
import pandas as pd

ROWS = 600
RULES = dict(learning_rate=0.1, num_leaves=15, verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)


def table(seed):
    random = np.random.default_rng(seed)
    columns = {
        "age": random.integers(18, 60, ROWS).astype(float),
        "wage": random.integers(-12, 30, ROWS).astype(float),
        "hours": random.integers(0, 20, ROWS).astype(float),
        "city": random.integers(0, 7, ROWS),
    }
    columns["hours"][random.random(ROWS) < 0.15] = np.nan
    score = (
        np.sin(columns["age"] / 6)
        + 0.05 * columns["wage"]
        + np.where(np.isnan(columns["hours"]), 0.8, 0.04 * columns["hours"])
        + np.array([0.9, -1.1, 0.2, 1.4, -0.4, 0, 0.6])[columns["city"]]
        + 0.3 * random.standard_normal(ROWS)
    )
    return columns, score


def frame(columns):
    data = pd.DataFrame(columns)
    data["city"] = data["city"].astype("category")
    return data


def plain(values):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in np.asarray(values).tolist()]


def grown(seed, task, rounds):
    """Raw scores of all rows after some rounds."""
    columns, score = table(seed)
    if task == "regression":
        target, objective = np.round(score, 3), "regression"
    elif task == "binary":
        target, objective = (score > 0.6).astype(int), "binary"
    else:
        target, objective = np.digitize(score, [0, 1.2]), "multiclass"
    rules = dict(RULES, objective=objective)
    if task == "multiclass":
        rules["num_class"] = 3
    model = lgb.train(rules, lgb.Dataset(frame(columns), target), rounds)
    raw = model.predict(frame(columns), raw_score=True)
    return dict(
        task=task,
        rounds=rounds,
        columns={name: plain(values) for name, values in columns.items()},
        target=target.tolist(),
        scores=np.atleast_2d(raw.T).round(7).tolist(),
    )


def constrained(seed):
    """The same with directions, by LightGBM's basic method."""
    columns, score = table(seed)
    target = np.round(score, 3)
    directions = [0, 1, -1, 0]
    rules = dict(RULES, objective="regression", monotone_constraints=directions, monotone_constraints_method="basic")
    model = lgb.train(rules, lgb.Dataset(frame(columns), target), 10)
    return dict(
        task="regression",
        rounds=10,
        monotone={"wage": "increasing", "hours": "decreasing"},
        columns={name: plain(values) for name, values in columns.items()},
        target=target.tolist(),
        scores=[model.predict(frame(columns), raw_score=True).round(7).tolist()],
    )


def explained(seed):
    """A forest with the Shapley values of some rows."""
    columns, score = table(seed)
    names = ["age", "wage", "hours"]
    data = pd.DataFrame({name: columns[name] for name in names})
    model = lgb.train(dict(RULES, objective="regression"), lgb.Dataset(data, score), 8)
    trees = [shape(info["tree_structure"]) for info in model.dump_model()["tree_info"]]
    rows = data.iloc[:40]
    return dict(
        features=names,
        trees=trees,
        rows=[plain(row) for row in rows.to_numpy()],
        contributions=model.predict(rows, pred_contrib=True).tolist(),
    )


def shape(node):
    if "leaf_value" in node:
        return dict(value=node["leaf_value"], weight=node["leaf_count"])
    return dict(
        feature=node["split_feature"],
        threshold=node["threshold"],
        missing_left=node["default_left"],
        left=shape(node["left_child"]),
        right=shape(node["right_child"]),
    )


record = dict(
    versions=dict(lightgbm=lgb.__version__, numpy=np.__version__),
    grown=[grown(1, "regression", 12), grown(13, "binary", 3), grown(13, "multiclass", 2)],
    constrained=constrained(5),
    explained=explained(4),
)
path = pathlib.Path(__file__).parent / "ml-trees.json"
path.write_text(json.dumps(record, indent=None, separators=(",", ":")) + "\n")
