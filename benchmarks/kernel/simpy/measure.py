"""CPU seconds of one call, and the line that the runner reads."""

import json
import time


def measure_only(run):
    start = time.process_time()
    operations, statistics = run()
    seconds = time.process_time() - start
    print(json.dumps({
        "operations": operations,
        "seconds": seconds,
        "statistics": statistics,
    }))


def measure(workload, size):
    """Measures a workload after a run at a tenth of its size."""
    workload(size / 10)
    measure_only(lambda: workload(size))
