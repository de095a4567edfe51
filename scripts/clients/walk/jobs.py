"""What the client does with jobs."""

import time

from gravitino.exceptions import base as exceptions

from stage import Status

ENDED = [Status.SUCCEEDED, Status.FAILED, Status.CANCELLED]


def start(stage):
    check = stage.checks
    # The mock runs no program: it takes the outcome from the configuration.
    for name, conf in {"succeeds": {}, "fails": {"end": "fail"}, "sleeps": {"seconds": "300"}}.items():
        action = lambda each=name, given=conf: stage.run(each, {"mode": "x", **given})
        job = check.passes(f"run_job {name}", action)
        if job is not None:
            stage.jobs[name] = job.job_id()
            check.equals(f"run_job {name} is queued", job.job_status, Status.QUEUED)
            check.equals(f"run_job {name} names its template", job.job_template_name, name)
    absent = lambda: stage.metalake.run_job("absent", {})
    check.raises("run_job of no template", absent, exceptions.NoSuchJobTemplateException)


def find(stage):
    check, metalake = stage.checks, stage.metalake
    check.equals("list_jobs", stage.listed, sorted(stage.started))
    for name, job in stage.jobs.items():
        check.equals(f"list_jobs of {name}", lambda each=name: stage.listed(each), [job])
        named = lambda each=job: metalake.get_job(each).job_template_name()
        check.equals(f"get_job of {name}", named, name)
    check.equals("list_jobs of a template without any", lambda: stage.listed("spark"), [])
    unknown = stage.fact({(1, 0, 0): exceptions.NoSuchJobTemplateException}, [])
    check.outcome("list_jobs of no template", lambda: stage.listed("absent"), unknown)
    none = exceptions.NoSuchJobException
    check.raises("get_job of none", lambda: metalake.get_job("job-0"), none)
    # The first releases cut four characters off each id, whatever they are.
    short = stage.fact({(1, 0, 0): exceptions.InternalError, (1, 1, 0): none}, none)
    check.outcome("get_job of a short id", lambda: metalake.get_job("ab"), short)
    job = stage.jobs["succeeds"]
    other = lambda: metalake.get_job(job.replace("job-", "run-")).job_template_name()
    check.outcome(
        "get_job of an id with another prefix",
        other,
        stage.fact({(1, 0, 0): "succeeds", (1, 1, 0): none}, none),
    )


def cancel(stage):
    check, metalake = stage.checks, stage.metalake
    delete = lambda: metalake.delete_job_template("sleeps")
    check.raises("delete_job_template with a job that runs", delete, exceptions.InUseException)
    cancelled = lambda: metalake.cancel_job(stage.jobs["sleeps"]).job_status()
    check.equals("cancel_job", cancelled, Status.CANCELLING)
    absent = lambda: metalake.cancel_job("job-0")
    check.raises("cancel_job of none", absent, exceptions.NoSuchJobException)


def end(stage):
    check, metalake = stage.checks, stage.metalake
    # The documented spelling of a job that was cancelled is none that the client knows.
    cancelled = stage.fact({(1, 0, 0): Status.CANCELLED}, ValueError)
    expected = {"succeeds": Status.SUCCEEDED, "fails": Status.FAILED, "sleeps": cancelled}
    deadline = time.time() + stage.patience
    for name, status in expected.items():
        action = lambda each=stage.jobs[name]: ended(stage, each, deadline)
        check.outcome(f"get_job of {name} at its end", action, status)
    again = lambda: metalake.cancel_job(stage.jobs["succeeds"]).job_status()
    check.equals("cancel_job of one that has ended", again, Status.SUCCEEDED)


def ended(stage, job, deadline):
    """The status of a job as soon as it has ended, or after the deadline."""
    while True:
        status = stage.metalake.get_job(job).job_status()
        if status in ENDED or time.time() > deadline:
            return status
        time.sleep(0.2)


def configure(stage):
    """The first release takes a parameter without a value."""
    run = lambda: stage.run("fails", {"end": "fail", "mode": None}).job_status()
    queued = Status.QUEUED
    expected = stage.fact({(1, 0, 0): queued, (1, 0, 1): exceptions.InternalError}, queued)
    stage.checks.outcome("run_job with a parameter that is null", run, expected)
