"""Scores pairs with Splink itself (pip install splink==4.0.16) and the model beside this file: python splink-scores.py febrl3 dataset3.csv

Writes every twentieth pair of those that blocking brings together: its two ids and the match weight in bits.
"""

import csv
import json
import pathlib
import sys

import pandas
from splink import DuckDBAPI, Linker

here = pathlib.Path(__file__).parent
name, data = sys.argv[1:]
settings = json.loads((here / f"{name}.model.json").read_text())
del settings["term_frequencies"]  # Splink counts them in the data
with (here / data).open() as lines:
    rows = [
        {key.strip(): value.strip() or None for key, value in row.items()}
        for row in csv.DictReader(lines, skipinitialspace=True)
    ]
frame = pandas.DataFrame(rows, dtype="string")
predicted = Linker(frame, settings, DuckDBAPI()).inference.predict().as_pandas_dataframe()
key = settings["unique_id_column_name"]
pairs = sorted(
    [left, right, round(weight, 6)]
    for left, right, weight in zip(predicted[f"{key}_l"], predicted[f"{key}_r"], predicted["match_weight"])
)
lines = ",\n".join(json.dumps(pair) for pair in pairs[::20])
(here / f"{name}.splink-scores.json").write_text(f"[\n{lines}\n]\n")
