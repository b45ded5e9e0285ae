"""Runs the drift preset of Evidently over two CSV files, timed; answers one JSON line for each job line.

A job is {"reference", "batch", "numbers", "levels"}: two files and the names of the columns of each kind. Reading is not timed.
"""

import json
import sys
import time
import warnings

import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

warnings.filterwarnings("ignore")
frames = {}


def read(file):
    if file not in frames:
        frames[file] = pd.read_csv(file)
    return frames[file]


def check(job):
    definition = DataDefinition(numerical_columns=job["numbers"], categorical_columns=job["levels"])
    reference, batch = read(job["reference"]), read(job["batch"])
    began = time.perf_counter()
    made = Report([DataDriftPreset()]).run(Dataset.from_pandas(batch, definition), Dataset.from_pandas(reference, definition))
    found = made.dict()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "metrics": len(found["metrics"])}


print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(check(json.loads(line))), flush=True)
