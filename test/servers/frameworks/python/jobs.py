import json
import os
from pathlib import Path

PORT = int(os.environ["PORT"])
FAULT = os.environ.get("FAULT")
MEDIA_TYPE = "application/json" if FAULT == "plain-json" else "application/vnd.gravitino.v1+json"

METALAKES = json.loads(Path(os.environ["JOBS_FILE"]).read_text(encoding="utf-8"))


class NoSuchMetalake(Exception):
    def __init__(self, name):
        self.body = {
            "code": 1003,
            "type": "NoSuchMetalakeException",
            "message": f"Metalake {name} does not exist",
        }


def find_jobs(metalake, template):
    """The jobs of a metalake, or those of one template."""
    if FAULT == "empty-for-absent":
        jobs = METALAKES.get(metalake, [])
    elif metalake in METALAKES:
        jobs = METALAKES[metalake]
    else:
        raise NoSuchMetalake(metalake)
    if FAULT == "fails-on-quote" and template and "'" in template:
        raise RuntimeError("A string is not closed")
    if FAULT == "status-null":
        jobs = [job | {"status": None} for job in jobs]
    if template and FAULT != "filter-ignored":
        jobs = [job for job in jobs if job["jobTemplateName"] == template]
    return {"code": 0, "jobs": jobs}
