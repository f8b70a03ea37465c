"""A finished experiment as one folder that anyone can check and read again, without legcare."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pandas as pd

from legcare.analysis.experiment.plan import canonical
from legcare.analysis.experiment.random_order import exchanges, first_fair_draw, random_order
from legcare.analysis.experiment.result import Result
from legcare.records.experiment import Arm, Experiment
from legcare.reports.csv import to_csv
from legcare.reports.experiment import answers, day_rows

NAME = "legcare-experiment.zip"
CHECK = '''"""Check a finished experiment: seal, order and answer. Needs NumPy: python check.py"""
import csv, hashlib, json
import numpy as np

text = open("plan.json", encoding="utf-8").read()
plan, answer = json.loads(text), json.load(open("result.json", encoding="utf-8"))["as planned"]
sha = lambda words: hashlib.sha256(words.encode("utf-8")).digest()
sealed = open("seal.txt").read().split()[0]
print("seal", "matches" if sha(text).hex() == sealed else "DOES NOT MATCH")

lines = open("orders.txt").read().split()  # which arm opens each pair; the drawn order first
draw, orders = int(lines[0]), np.array([list(line) for line in lines[1:]]) == "B"
again = "" if draw == 1 else f"{draw}:"
names = [f"{plan['salt']}:{plan['seed']}:{again}{n + 1}" for n in range(plan["pairs"])]
bits = [sha(name)[0] & 1 for name in names]
order = "".join("BA" if b else "AB" for b in bits)
days = [d for d in csv.DictReader(open("days.csv", encoding="utf-8-sig")) if d["counted"] == "true"]
held = list(orders[0]) == bits and all(order[int(d["block"]) - 1] == d["arm"] for d in days)
print("order", order, "matches" if held else "DOES NOT MATCH")

total, known = np.zeros((2, plan["pairs"])), np.zeros((2, plan["pairs"]))
for d in (d for d in days if d["value"]):
    total["AB".index(d["arm"]), int(d["pair"]) - 1] += float(d["value"])
    known["AB".index(d["arm"]), int(d["pair"]) - 1] += 1
whole, ratio = known.all(axis=0), plan["outcome"]["kind"] != "score"
n = np.maximum(known, 1)
a, b = total * n[::-1] / n.sum(axis=0) if ratio else ((total / n)[0] - (total / n)[1], n[0] / n[0])
a, b, flips = a * whole, b * whole, orders[1:] ^ orders[0]
above = flips @ (a - ratio * b)  # what the pairs add that another order would have exchanged
near = 1e-9 * abs(a - ratio * b).sum()
p = min(1, 2 * (1 + min((above >= -near).sum(), (above <= near).sum())) / len(orders))
value = (a.sum() + ratio / 4) / (b.sum() + ratio / 4)
print(f"A to B {value:.6g}, p = {p:.6g}")
same = np.allclose([value, p], [answer["value"], answer["p"]], rtol=1e-9)
print("answer", "matches" if same else "DOES NOT MATCH")
'''
READ_ME = """A finished experiment, to keep and to check without legcare.

plan.json    what was sealed before the first day, seed and salt included
seal.txt     its SHA-256; compare it with the one on your sheet or in your calendar
days.csv     every day: arm, done, whether it counts, and the outcome as "value"
orders.txt   the number of the draw, the order that was drawn, and the orders that might have been
result.json  what legcare says
check.py     checks seal, order and answer again: python check.py (needs NumPy)

The answer compares the drawn order with every other that might have been drawn (up to twelve
pairs; above, with 9,999 of them). check.py is written for one run with two arms.
"""


def as_folder(experiment: Experiment, days: pd.DataFrame, result: Result) -> bytes:
    """Plan, seal, days, possible orders, result and a script that checks them, as one ZIP."""
    table = day_rows(experiment, days, today=result.last_day, finished=True)
    files: dict[str, str | bytes] = {
        "plan.json": canonical(experiment.plan),
        "seal.txt": experiment.seal + "\n",
        "days.csv": to_csv(table),
        "orders.txt": _orders(experiment),
        "result.json": json.dumps(answers(result), indent=2) + "\n",
        "check.py": CHECK,
        "README.txt": READ_ME,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(f"legcare-experiment/{name}", content)
    return target.getvalue()


def _orders(experiment: Experiment) -> str:
    """The number of the draw, then one line per order: the arm that opens each pair."""
    plan = experiment.plan
    order = random_order(plan)
    b_first = np.array([order[len(plan.arms) * n] is Arm.B for n in range(plan.pairs)])
    every = np.column_stack([b_first, exchanges(plan) ^ b_first[:, None]])
    lines = ("".join("AB"[first] for first in column) for column in every.T.astype(int))
    return "\n".join((str(first_fair_draw(plan)[0]), *lines)) + "\n"
