"""Facts about data/ai4i2020/ai4i2020.csv for the tests, by Python's csv module: prints them as JSON.

Run: python test/data/reference/ai4i.py
"""

import csv
import json
import statistics
from collections import Counter
from pathlib import Path

root = Path(__file__).parents[3]
with open(root / "data/ai4i2020/ai4i2020.csv", newline="") as file:
    rows = list(csv.DictReader(file))
modes = ["TWF", "HDF", "PWF", "OSF"]
classes = Counter(next((m for m in modes if r[m] == "1"), "none") for r in rows)
reverse = Counter(next((m for m in modes[::-1] if r[m] == "1"), "none") for r in rows)
print(
    json.dumps(
        {
            "rows": len(rows),
            "classes": classes.most_common(),
            "reverse": reverse.most_common(),
            "overlapping": sum(sum(r[m] == "1" for m in modes) > 1 for r in rows),
            "RNF": sum(r["RNF"] == "1" for r in rows),
            "RNF and failure": sum(r["RNF"] == "1" and r["Machine failure"] == "1" for r in rows),
            "torque sum": round(sum(float(r["Torque [Nm]"]) for r in rows), 6),
            "torque median": statistics.median(float(r["Torque [Nm]"]) for r in rows),
            "speed max": max(int(r["Rotational speed [rpm]"]) for r in rows),
            "any mode agrees with failure": sum(
                any(r[m] == "1" for m in modes) == (r["Machine failure"] == "1") for r in rows
            ),
        },
        indent=1,
    )
)
