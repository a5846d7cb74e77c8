"""Play an ensemble of Casus Foederis on a Dask cluster, one shard a task, and merge the shards.

    python dask_ensemble.py three-leagues -n 100000 --seed 7 --shards 40 \
        --folder /shared/run --scheduler tcp://10.0.0.1:8786

Each task runs `casus ensemble --shard K/N --resume` into the folder, which all workers must see
under the same path. A task that is lost is run again and goes on from what is on disk. The same
command, given again, goes on with whatever was left.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from distributed import Client, LocalCluster, as_completed, get_worker

IN_USE = "in use by another run"


def still_wanted() -> bool:
    """Whether the scheduler still wants the task that this thread runs on its worker."""
    worker = get_worker()
    task = worker.state.tasks.get(worker.get_current_task())
    return task is not None and task.state in ("executing", "long-running")


def play(command: list[str]) -> str:
    """Run `command` on a worker until it is done. Return what went wrong, or nothing."""
    while True:
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            while process.poll() is None:
                if not still_wanted():
                    process.terminate()
                    return "cancelled"
                time.sleep(0.2)
            said = process.stderr.read().strip() if process.stderr else ""
        # If only the worker died, its `casus` plays on and holds the lock: wait for it.
        if process.returncode == 0 or IN_USE not in said:
            break
        time.sleep(1)
    if process.returncode < 0:
        return f"casus was ended by signal {-process.returncode}"
    return "" if process.returncode == 0 else said or f"casus returned {process.returncode}"


def run(client: Client, args: argparse.Namespace, base: list[str], shards: list[Path]) -> None:
    """Play all shards; a shard that fails is played again, `--retries` times at most."""

    def submit(k: int):
        part = ["--shard", f"{k + 1}/{len(shards)}", "--resume", "--threads", "1"]
        future = client.submit(play, [*base, *part, "-o", str(shards[k])], pure=False)
        running[future] = k
        return future

    running: dict = {}
    failures: list[list[str]] = [[] for _ in shards]
    done, begun = 0, time.monotonic()
    try:
        for future in (queue := as_completed([submit(k) for k in range(len(shards))])):
            k = running.pop(future)
            if future.status == "cancelled":
                raise OSError("its tasks were cancelled")
            # An exception here means that Dask lost several workers at this task.
            wrong = str(future.exception()) if future.status == "error" else future.result()
            if not wrong:
                done += 1
                line = f"{done} of {len(shards)} shards, {time.monotonic() - begun:.0f} s"
                print(line, file=sys.stderr, flush=True)
                continue
            if wrong not in failures[k]:
                print(f"shard {k + 1}: {wrong}", file=sys.stderr, flush=True)
            failures[k].append(wrong)
            if len(failures[k]) > args.retries:
                sys.exit(
                    f"Shard {k + 1} failed {len(failures[k])} times. Mend what is said above and "
                    "give the same command again to go on."
                )
            queue.add(submit(k))
    finally:
        client.cancel(list(running))


def call(command: list[str]) -> None:
    """Run `command` here; end with its own message if it fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        sys.exit(f"Cannot run `{command[0]}`: {error}. Name the program with --casus.")
    if done.returncode != 0:
        sys.exit(done.stdout.strip() or f"`{command[0]}` returned {done.returncode}.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", help="name of an embedded scenario, or path of a .ron file")
    parser.add_argument("-n", "--replicates", type=int, required=True, help="how many histories")
    parser.add_argument("--seed", type=int, required=True, help="the seed of all chance")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", dest="changes")
    parser.add_argument("--shards", type=int, required=True, help="how many parts")
    parser.add_argument("--folder", type=Path, required=True, help="folder shared by all workers")
    parser.add_argument("--casus", default="casus", help="the program, here and on the workers")
    parser.add_argument("--retries", type=int, default=3, help="how often a shard may fail")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--scheduler", help="address of a Dask scheduler, as tcp://HOST:8786")
    where.add_argument("--local", type=int, metavar="N", help="start N workers on this machine")
    args = parser.parse_args()
    if not 1 <= args.shards <= args.replicates:
        parser.error("--shards must be at least 1 and at most the number of histories")
    return args


def main() -> None:
    args = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.parquet"
    if whole.exists():
        sys.exit(f"`{whole}` exists already; name another folder, or remove it first.")
    scenario = args.scenario
    if scenario.endswith(".ron"):
        scenario = str(Path(scenario).resolve())
    casus = str(Path(args.casus).resolve()) if "/" in args.casus else args.casus
    base = [casus, "ensemble", scenario, "--seed", str(args.seed)]
    for change in args.changes:
        base += ["--set", change]
    call([*base, "-n", "1"])  # A mistake in the scenario or a change shows here, before all work.
    base += ["-n", str(args.replicates)]
    shards = [folder / f"shard-{k + 1}-of-{args.shards}.parquet" for k in range(args.shards)]
    # Any other cluster will do, for example (see README.md):
    #   cluster = dask_jobqueue.SLURMCluster(cores=1, memory="1 GB"); cluster.scale(40)
    #   cluster = dask_kubernetes.operator.KubeCluster(name="casus", image="..."); cluster.scale(40)
    # and then `with Client(cluster) as client:`.
    try:
        with ExitStack() as stack:
            where = args.scheduler
            if args.local:
                # Ctrl-C is for the driver alone, which then stops the workers in good order.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                cluster = LocalCluster(n_workers=args.local, threads_per_worker=1)
                where = stack.enter_context(cluster)
                signal.signal(signal.SIGINT, signal.default_int_handler)
            try:
                client = stack.enter_context(Client(where))
            except OSError as error:
                sys.exit(f"No scheduler answers at {where}: {error}. See that one is running.")
            run(client, args, base, shards)
    except OSError as error:
        sys.exit(f"The scheduler was lost ({error}). Give the same command again to go on.")
    except KeyboardInterrupt:
        sys.exit("Stopped. What was played is kept; give the same command again to go on.")
    call([casus, "merge", *map(str, shards), "-o", str(whole)])
    found = json.loads(Path(f"{whole}.summary.json").read_text())["replicates"]
    if found != args.replicates:
        sys.exit(
            f"`{whole}` holds {found} histories, not {args.replicates}; remove it and merge again."
        )
    print(f"{found} histories in {whole}")


if __name__ == "__main__":
    main()
