"""Kill what plays an ensemble on Dask, in mid-work, and see that nothing is lost or doubled.

    python test_dask.py path/to/casus

Four times an ensemble is begun on two workers and something is killed while a shard is half done:
a worker with its `casus`, the worker alone, the `casus` alone, and the driver. Each time the merged
files must be, byte for byte, those of a run without shards. It takes about a minute.
"""

import filecmp
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from distributed import Client, LocalCluster

DRIVER = Path(__file__).with_name("dask_ensemble.py")
WHAT = ["new-axis-2024", "-n", "8000", "--seed", "7"]
SHARDS = 4


def rows(shard: Path) -> int:
    """How many rows of an unfinished shard are on disk, under the two lines of the head."""
    try:
        return max(0, Path(f"{shard}.unfinished").read_bytes().count(b"\n") - 2)
    except FileNotFoundError:
        return 0


def casus_of(worker: int) -> tuple[psutil.Process, Path] | None:
    """The `casus` that a worker runs, and the shard it writes, once a fifth of that is on disk."""
    for process in psutil.Process(worker).children():
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        if "--shard" in words:
            shard = Path(words[words.index("-o") + 1])
            if rows(shard) >= 400 and not shard.exists():
                return process, shard
    return None


def wait_for_work(client: Client, driver: subprocess.Popen) -> tuple[int, psutil.Process, Path]:
    """Wait until a worker is in the middle of a shard."""
    workers = list(client.run(os.getpid).values())
    for _ in range(1500):
        assert driver.poll() is None, "the driver ended before anything could be killed"
        for worker in workers:
            if found := casus_of(worker):
                return worker, *found
        time.sleep(0.02)
    raise AssertionError("no shard was begun within half a minute")


def attempt(victims: str, client: Client, casus: str, folder: Path, whole: Path) -> None:
    command = [sys.executable, str(DRIVER), *WHAT, "--shards", str(SHARDS), "--casus", casus]
    command += ["--folder", str(folder), "--scheduler", client.scheduler.address]
    driver = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    worker, process, shard = wait_for_work(client, driver)
    if victims == "driver":
        driver.send_signal(signal.SIGINT)
        told = driver.communicate(timeout=30)[1]
        assert driver.returncode == 1 and "to go on" in told, told
        psutil.wait_procs([process], timeout=5)
        assert not process.is_running(), "casus plays on after the driver was stopped"
    else:
        if "worker" in victims:
            psutil.Process(worker).kill()
        if "casus" in victims:
            process.kill()
    time.sleep(0.1)
    assert Path(f"{shard}.unfinished").exists() and not shard.exists(), "killed too late"
    left = rows(shard)
    assert 0 < left < 2000, f"{left} rows of 2000"
    if victims == "driver":
        driver = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    told = driver.communicate(timeout=120)[1]
    assert driver.returncode == 0, told
    if "worker" in victims:
        assert not psutil.pid_exists(worker), "the worker was not killed"
    merged = folder / "whole.parquet"
    for ending in ("", ".summary.json"):
        same = filecmp.cmp(f"{merged}{ending}", f"{whole}{ending}", shallow=False)
        assert same, f"{merged}{ending} differs from that of the unsharded run"
    assert not list(folder.glob("*.unfinished*")), "an unfinished shard was left"
    print(f"killed {victims}: {left} of 2000 rows of {shard.name} were on disk; same bytes")


def main() -> None:
    casus = str(Path(sys.argv[1] if len(sys.argv) > 1 else "casus").resolve())
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place, "unsharded.parquet")
        play = [casus, "ensemble", *WHAT, "-o", str(whole)]
        subprocess.run(play, check=True, stdout=subprocess.DEVNULL)
        with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster) as client:
            for victims in ("worker and casus", "worker", "casus", "driver"):
                client.wait_for_workers(2)
                attempt(victims, client, casus, Path(place, victims.replace(" ", "-")), whole)


if __name__ == "__main__":
    main()
