"""Read the rows of an ensemble, print who enters a war how often, and plot when.

casus ensemble new-axis-2024 -n 10000 --seed 7 -o axis.parquet
python plot_ensemble.py axis.parquet axis.png
"""

import argparse
import json
import math
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import polars as pl
from matplotlib.ticker import MaxNLocator

BLUE, GREY = "#2f5d8a", "#5a5a5a"


def wilson(count: int, of: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The Wilson interval of a share, of 95 per cent unless another z is given."""
    share = count / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / (1 + z * z / of)), min(
        1.0, (middle + half) / (1 + z * z / of)
    )


def names(file: Path) -> dict[str, str]:
    """The names of the states, from the summary beside the rows if it is there."""
    summary = Path(f"{file}.summary.json")
    if not summary.exists():
        return {}
    entries = json.loads(summary.read_text())["entries"]
    return {entry["state"]: entry["name"][:1].upper() + entry["name"][1:] for entry in entries}


def plot(
    rows: pl.DataFrame, states: list[str], name: dict[str, str], title: str, png: Path
) -> None:
    plt.rcParams.update(
        {
            "font.size": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.grid.axis": "y",
            "axes.axisbelow": True,
            "grid.color": "#e4e4e4",
        }
    )
    figure = plt.figure(figsize=(9, 5.4), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1, 1.15])[0]

    left.suptitle("How large the largest war becomes", fontsize=10)
    right.suptitle("When the likeliest entrants enter", fontsize=10)

    axes = left.subplots()
    sizes = rows["largest_war"].value_counts().sort("largest_war")
    axes.bar(sizes["largest_war"], 100 * sizes["count"] / rows.height, color=BLUE, width=0.85)
    axes.set(xlabel="states in the largest war", ylabel="share of histories")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter("{x:g} %")

    panels = right.subplots(max(1, len(states)), 1, sharex=True, squeeze=False)[:, 0]
    for panel, state in zip(panels, states):
        turns = rows[f"{state}_entered"].drop_nulls()
        by_turn = turns.value_counts().sort(turns.name)
        panel.bar(by_turn[turns.name], 100 * by_turn["count"] / rows.height, color=BLUE, width=0.85)
        share = f"{100 * len(turns) / rows.height:.1f} %"
        text = f"{name.get(state, state)}, in {share} of all histories"
        panel.set_title(text, loc="left", fontsize=9, color=GREY, pad=2)
        panel.yaxis.set_major_formatter("{x:g} %")
        panel.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    panels[-1].set_xlabel("turn of entry")
    panels[-1].xaxis.set_major_locator(MaxNLocator(integer=True))
    right.supylabel("share of histories", fontsize=9)

    figure.suptitle(title, fontsize=12)
    figure.savefig(png, dpi=150)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, help="what `casus ensemble -o` wrote, as Parquet")
    parser.add_argument("png", type=Path, help="the picture to make")
    args = parser.parse_args()

    rows = pl.read_parquet(args.rows)
    name = names(args.rows)
    ending = "_entered"
    entered = {
        column.removesuffix(ending): rows[column]
        for column in rows.columns
        if column.endswith(ending)
    }
    order = sorted(entered, key=lambda state: (-entered[state].count(), state))

    # States that enter every time, at the same turn (the first to fight, say), are left out.
    open_ones = [s for s in order if 0 < entered[s].count() and entered[s].n_unique() > 1]
    title = f"{args.rows.stem}: {rows.height:,} histories, seed {rows['seed'][0]}"
    plot(rows, open_ones[:5], name, title, args.png)

    # Turn 0 is a war that was under way: no chance decides that.
    from_start = [s for s in order if entered[s].count() > 0 and entered[s].min() == 0]
    if from_start:
        print("at war from the start: " + ", ".join(name.get(s, s) for s in from_start))
    print(f"{rows.height} histories; share in which a state entered a war, Wilson interval of 95 %")
    for state in order:
        if state in from_start:
            continue
        count = entered[state].count()  # An empty cell means that it did not enter.
        low, high = wilson(count, rows.height)
        share = 100 * count / rows.height
        print(f"{name.get(state, state):<24} {share:5.1f} %  ({100 * low:.1f} to {100 * high:.1f})")


if __name__ == "__main__":
    main()
