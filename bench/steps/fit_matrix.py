"""Trains and predicts with Python's xgboost what steps/fit-matrix.ts does, to compare the times.

Reads one JSON object from standard input: values and labels (paths of float32 files, row-major, NaN for missing), rows,
columns (names), params (XGBoost's own names), rounds, contributionRows. Prints one JSON object with seconds, the version
and the peak resident memory.
"""

import json
import resource
import sys
import time

import numpy as np
import xgboost as xgb

task = json.load(sys.stdin)
values = np.fromfile(task["values"], dtype=np.float32).reshape(task["rows"], len(task["columns"]))
labels = np.fromfile(task["labels"], dtype=np.float32)
names = task["columns"]

started = time.perf_counter()
train = xgb.DMatrix(values, label=labels, feature_names=names)
booster = xgb.train(
    task["params"], train, num_boost_round=task["rounds"], evals=[(train, "train")], verbose_eval=False
)
trained = time.perf_counter()
booster.predict(xgb.DMatrix(values, feature_names=names), output_margin=True)
scored = time.perf_counter()
booster.predict(xgb.DMatrix(values[: task["contributionRows"]], feature_names=names), pred_contribs=True)
explained = time.perf_counter()

print(
    json.dumps(
        {
            "trainSeconds": trained - started,
            "marginSeconds": scored - trained,
            "contributionSeconds": explained - scored,
            "version": xgb.__version__,
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
    )
)
