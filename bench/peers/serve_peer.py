"""The Python peer of `npm run bench serve`: an EBM, timed in its process and behind FastAPI.

Reads one JSON line a job and answers one: {"fit": {"file", "target", "drop", "rows"}} fits on so many rows, {"rows": [row], "batch": n} times `predict_proba`,
{"serve": true} starts the server on a free port and answers its address. The process stays until its input ends.
"""

import json
import socket
import sys
import threading
import time
import warnings

import numpy as np
import pandas as pd
import uvicorn
from fastapi import FastAPI, Request
from interpret.glassbox import ExplainableBoostingClassifier

warnings.filterwarnings("ignore")
state = {}


def fit(file, target, drop, rows):
    """A default EBM has as many terms however many rows it is fitted on, and its time to predict is that of its terms."""
    table = pd.read_csv(file).drop(columns=drop)
    table = table.sample(min(rows, len(table)), random_state=1).reset_index(drop=True)
    features = table.drop(columns=[target])
    state["columns"] = list(features)
    # A number with a few blanks is read as text; as a class for each of its values it would take an EBM minutes.
    numbers = {name: pd.to_numeric(features[name], errors="coerce") for name in features}
    state["numbers"] = [name for name in features if numbers[name].notna().mean() > 0.9]
    features = typed(features)
    state["model"] = ExplainableBoostingClassifier(random_state=1, n_jobs=2).fit(features, table[target])
    return {"rows": len(table), "terms": len(state["model"].term_names_)}


def frame(rows):
    return typed(pd.DataFrame(rows, columns=state["columns"]))


def typed(table):
    return pd.DataFrame({name: pd.to_numeric(table[name], errors="coerce") if name in state["numbers"] else table[name].astype(object) for name in table})


def fastest(work, repeats):
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def measure(rows, batch):
    """Seconds for one row and for a batch, the frames made before: the model alone."""
    model = state["model"]
    one = frame(rows[:1])
    many = pd.concat([frame(rows)] * (batch // len(rows) + 1), ignore_index=True).head(batch)
    model.predict_proba(one)
    return {"one": fastest(lambda: model.predict_proba(one), 200), "batch": fastest(lambda: model.predict_proba(many), 3)}


def serve():
    app = FastAPI()

    @app.post("/predict")
    async def predict(request: Request):
        rows = await request.json()
        probabilities = state["model"].predict_proba(frame(rows))[:, 1]
        return [{"index": i, "proba": float(p), "pred": bool(p >= 0.5)} for i, p in enumerate(np.asarray(probabilities))]

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return {"url": f"http://127.0.0.1:{listening.getsockname()[1]}/predict"}


print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    if "fit" in job:
        answer = fit(**job["fit"])
    elif "serve" in job:
        answer = serve()
    else:
        answer = measure(job["rows"], job["batch"])
    print(json.dumps(answer), flush=True)
