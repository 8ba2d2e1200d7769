"""Python's onnxruntime on model.onnx and rows.json (both made by make-model.ts): writes probabilities.json."""
import json
import pathlib

import numpy as np
import onnxruntime

here = pathlib.Path(__file__).parent
raw = json.loads((here / "rows.json").read_text())["raw"]
kinds = {"float64": np.float64, "string": object}
feeds = {}
for column in raw:
    values = [float("nan") if v is None else v for v in column["values"]]
    feeds[column["name"]] = np.array(values, dtype=kinds[column["dtype"]]).reshape(-1, 1)
session = onnxruntime.InferenceSession(str(here / "model.onnx"))
(probabilities,) = session.run(["probabilities"], feeds)
source = f"onnxruntime {onnxruntime.__version__} for Python"
(here / "probabilities.json").write_text(json.dumps(dict(source=source, probabilities=probabilities.tolist())) + "\n")
