"""Runs the three scans of xplainable-preprocessing over a file, timed; answers one JSON line for each job line.

A job is {"file", "target"}. Reading the file is not timed. The process stays, so that only its first scan is cold.
"""

import json
import sys
import time
import warnings

import pandas as pd
from xplainable_preprocessing.detect import content, structure, target

warnings.filterwarnings("ignore")
frames = {}


def scan(file, label):
    frame = frames.get(file)
    if frame is None:
        frame = frames[file] = pd.read_csv(file)
    began = time.perf_counter()
    issues = content.scan_frame(frame, label) + structure.scan_structure(frame, label) + target.scan_relations(frame, label)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "issues": [{"code": issue.check, "columns": [str(column) for column in issue.columns]} for issue in issues]}


print("ready", flush=True)
for line in sys.stdin:
    job = json.loads(line)
    print(json.dumps(scan(job["file"], job["target"])), flush=True)
