"""Reads what both sides start from (see ../problems/file.ts)."""
import json

import numpy as np


def read_problem(path):
    """Plain fields as they are, arrays as NumPy arrays of one axis that may be written to."""
    with open(path, encoding="utf-8") as file:
        head = json.load(file)
    arrays = {
        name: np.fromfile(f"{path}.bin", place["dtype"], place["length"], offset=place["offset"])
        for name, place in head["places"].items()
    }
    return {**head["plain"], **arrays}
