"""CPU seconds of one call, and the line that the runner reads."""

import json
import resource
import time


def measure_only(run):
    start = time.process_time()
    operations, statistics = run()
    seconds = time.process_time() - start
    peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "operations": operations,
        "seconds": seconds,
        "peakMegabytes": peak_megabytes,
        "statistics": statistics,
    }))


def measure(workload, size):
    """Measures a workload after a run at a tenth of its size."""
    workload(size / 10)
    measure_only(lambda: workload(size))
