"""What the official Python client does with jobs, from the first metalake to the last deletion.

Usage: python3 walk URL SECONDS [--documented]. Waits so many seconds for jobs to end. `--documented` says that
the server is true to the documentation where releases are not.

Everything happens in a metalake of its own, which is dropped at the end. The programs that its jobs run, such
as /bin/true, must exist on the machine of the server.
"""

import sys

import jobs
import metalakes
import templates
from stage import Stage

# In this order: each may need what those before it have made.
STEPS = [
    templates.register,
    jobs.start,
    jobs.find,
    jobs.cancel,
    jobs.end,
    jobs.configure,
    templates.alter,
    metalakes.disable,
    templates.delete,
]


def walk(url, patience, documented):
    stage = Stage(patience, documented)
    if not metalakes.connect(stage, url):
        return
    metalakes.make(stage)
    if stage.metalake is None:
        return
    try:
        for step in STEPS:
            step(stage)
    finally:
        metalakes.drop(stage)


if __name__ == "__main__":
    walk(sys.argv[1], float(sys.argv[2]), "--documented" in sys.argv[3:])
