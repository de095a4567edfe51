"""What the official Python client does with jobs, from the first metalake to the last deletion.

Usage: walk.py URL SECONDS [--documented]. Waits so many seconds for jobs to end. `--documented` says that the server
is true to the documentation where releases are not: what only releases do is skipped.

Everything happens in a metalake of its own, which is dropped at the end. The programs that its jobs run, such as
/bin/true, must exist on the machine of the server.
"""

import secrets
import sys
import time

from gravitino import GravitinoAdminClient, MetalakeChange
from gravitino.api.job.job_handle import JobHandle
from gravitino.api.job.shell_job_template import ShellJobTemplate
from gravitino.api.job.spark_job_template import SparkJobTemplate
from gravitino.exceptions import base as exceptions

from checks import Checks

try:
    from gravitino.api.job import job_template_change as changes
except ImportError:  # up to 1.0.0
    changes = None

Status = JobHandle.Status

ENDED = [Status.SUCCEEDED, Status.FAILED, Status.CANCELLED]


def shell(name, executable, arguments=()):
    builder = ShellJobTemplate.builder().with_name(name).with_executable(executable)
    return (
        builder.with_comment(f"runs {executable}")
        .with_arguments(list(arguments))
        .with_environments({"MODE": "{{mode}}"})
        .with_custom_fields({"team": "kit"})
        .with_scripts([])
        .build()
    )


def spark(name):
    builder = SparkJobTemplate.builder().with_name(name).with_executable("/opt/job.jar")
    return builder.with_class_name("org.example.Job").with_configs({"spark.cores.max": "2"}).build()


class Walk:
    """The steps, in order; each may need what those before have made."""

    def __init__(self, url, patience, documented):
        self.checks = Checks()
        self.client = self.checks.passes(
            "the client takes the version of the server", lambda: GravitinoAdminClient(uri=url)
        )
        self.patience = patience
        self.documented = documented
        self.name = f"clients_{secrets.token_hex(8)}"
        self.metalake = None
        self.server = (0, 0, 0)
        self.templates = [
            shell("succeeds", "/bin/true"),
            shell("fails", "/bin/false"),
            shell("sleeps", "/bin/sleep", ["{{seconds}}"]),
            spark("spark"),
        ]
        self.jobs = {}

    def run(self):
        if self.client is None:
            return
        version = self.client.get_server_version()
        self.server = (version.major, version.minor, version.patch)
        self.metalakes()
        if self.metalake is None:
            return
        try:
            self.register()
            self.start()
            self.list()
            self.cancel()
            self.end()
            self.alter()
            self.disable()
            self.delete()
        finally:
            self.drop()

    def metalakes(self):
        check, client, name = self.checks, self.client, self.name
        make = lambda: client.create_metalake(name, "made by a check", {"owner": "kit"})
        self.metalake = check.passes("create_metalake", make)
        check.raises("create_metalake again", make, exceptions.MetalakeAlreadyExistsException)
        check.equals("load_metalake", lambda: client.load_metalake(name).comment(), "made by a check")
        check.equals(
            "load_metalake knows its properties",
            lambda: client.load_metalake(name).properties().get("owner"),
            "kit",
        )
        absent = lambda: client.load_metalake(f"{name}_absent")
        check.raises("load_metalake of none", absent, exceptions.NoSuchMetalakeException)
        listed = lambda: name in [each.name() for each in client.list_metalakes()]
        check.equals("list_metalakes", listed, True)
        comment = MetalakeChange.update_comment("altered")
        check.equals("alter_metalake", lambda: client.alter_metalake(name, comment).comment(), "altered")

    def register(self):
        check, metalake = self.checks, self.metalake
        check.equals("list_jobs of a new metalake", metalake.list_jobs, [])
        for template in self.templates:
            check.equals(
                f"register_job_template {template.name}",
                lambda each=template: metalake.register_job_template(each),
                None,
            )
        check.raises(
            "register_job_template again",
            lambda: metalake.register_job_template(self.templates[0]),
            exceptions.JobTemplateAlreadyExistsException,
        )
        check.equals(
            "list_job_templates",
            lambda: [each for each in self.templates if each not in metalake.list_job_templates()],
            [],
        )
        for template in self.templates:
            check.equals(
                f"get_job_template {template.name}",
                lambda name=template.name: metalake.get_job_template(name),
                template,
            )
        absent = lambda: metalake.get_job_template("absent")
        check.raises("get_job_template of none", absent, exceptions.NoSuchJobTemplateException)
        self.reserved()

    def reserved(self):
        name = "register_job_template of a reserved name"
        if self.server < (1, 2) or self.documented:
            self.checks.skip(name, "every name may be taken there")
            return
        # Clients that do not know its class give that of its code.
        expected = getattr(
            exceptions, "IllegalJobTemplateOperationException", exceptions.IllegalArgumentException
        )
        template = shell("builtin-mine", "/bin/true")
        self.checks.raises(name, lambda: self.metalake.register_job_template(template), expected)

    def start(self):
        check, metalake = self.checks, self.metalake
        # The mock runs no program: it takes the outcome from the configuration.
        for name, conf in {"succeeds": {}, "fails": {"end": "fail"}, "sleeps": {"seconds": "300"}}.items():
            job = check.passes(
                f"run_job {name}",
                lambda each=name, given=conf: metalake.run_job(each, {"mode": "x", **given}),
            )
            if job is not None:
                self.jobs[name] = job.job_id()
                check.equals(f"run_job {name} is queued", job.job_status, Status.QUEUED)
                check.equals(f"run_job {name} names its template", job.job_template_name, name)
        absent = lambda: metalake.run_job("absent", {})
        check.raises("run_job of no template", absent, exceptions.NoSuchJobTemplateException)

    def list(self):
        check, metalake = self.checks, self.metalake
        ids = lambda *filters: sorted(job.job_id() for job in metalake.list_jobs(*filters))
        check.equals("list_jobs", ids, sorted(self.jobs.values()))
        for name, job in self.jobs.items():
            check.equals(f"list_jobs of {name}", lambda each=name: ids(each), [job])
            named = lambda each=job: metalake.get_job(each).job_template_name()
            check.equals(f"get_job of {name}", named, name)
        check.equals("list_jobs of a template without any", lambda: ids("spark"), [])
        self.raises_in_releases(
            "list_jobs of no template", lambda: ids("absent"), exceptions.NoSuchJobTemplateException
        )
        absent = lambda: metalake.get_job("job-0")
        check.raises("get_job of none", absent, exceptions.NoSuchJobException)

    def cancel(self):
        check, metalake = self.checks, self.metalake
        delete = lambda: metalake.delete_job_template("sleeps")
        check.raises("delete_job_template with a job that runs", delete, exceptions.InUseException)
        cancelled = lambda: metalake.cancel_job(self.jobs["sleeps"]).job_status()
        check.equals("cancel_job", cancelled, Status.CANCELLING)
        absent = lambda: metalake.cancel_job("job-0")
        check.raises("cancel_job of none", absent, exceptions.NoSuchJobException)

    def end(self):
        check, metalake = self.checks, self.metalake
        expected = {"succeeds": Status.SUCCEEDED, "fails": Status.FAILED, "sleeps": Status.CANCELLED}
        if self.documented:
            check.skip("a job that was cancelled", "the documented spelling is none that the client knows")
            del expected["sleeps"]
        deadline = time.time() + self.patience
        for name, status in expected.items():
            job = self.jobs.get(name)
            check.equals(f"get_job of {name} at its end", lambda each=job: self.ended(each, deadline), status)
        again = lambda: metalake.cancel_job(self.jobs["succeeds"]).job_status()
        check.equals("cancel_job of one that has ended", again, Status.SUCCEEDED)

    def ended(self, job, deadline):
        """The status of a job as soon as it has ended, or after the deadline."""
        while True:
            status = self.metalake.get_job(job).job_status()
            if status in ENDED or time.time() > deadline:
                return status
            time.sleep(0.2)

    def alter(self):
        check, metalake = self.checks, self.metalake
        if changes is None:
            check.skip("alter_job_template", "the client cannot")
            return
        if self.server < (1, 0, 1):
            check.skip("alter_job_template", "the server cannot")
            return
        change = changes.JobTemplateChange
        shell_update = change.update_template(changes.ShellTemplateUpdate(new_arguments=["a"]))
        spark_update = change.update_template(changes.SparkTemplateUpdate(new_executable="/opt/new.jar"))
        alter = metalake.alter_job_template
        check.equals(
            "alter_job_template: rename", lambda: alter("succeeds", change.rename("renamed")).name, "renamed"
        )
        check.raises(
            "get_job_template under the old name",
            lambda: metalake.get_job_template("succeeds"),
            exceptions.NoSuchJobTemplateException,
        )
        check.equals(
            "list_jobs under the new name",
            lambda: [job.job_id() for job in metalake.list_jobs("renamed")],
            [self.jobs["succeeds"]],
        )
        check.equals(
            "alter_job_template: comment",
            lambda: alter("renamed", change.update_comment("new")).comment,
            "new",
        )
        check.equals("alter_job_template: arguments", lambda: alter("renamed", shell_update).arguments, ["a"])
        check.raises(
            "alter_job_template of another type",
            lambda: alter("renamed", spark_update),
            exceptions.IllegalArgumentException,
        )
        check.raises(
            "alter_job_template of none",
            lambda: alter("absent", change.rename("other")),
            exceptions.NoSuchJobTemplateException,
        )

    def disable(self):
        check, client, metalake, name = self.checks, self.client, self.metalake, self.name
        drop = lambda: client.drop_metalake(name, force=False)
        check.raises("drop_metalake in use", drop, exceptions.MetalakeInUseException)
        check.equals("disable_metalake", lambda: client.disable_metalake(name), None)
        disabled = exceptions.MetalakeNotInUseException
        self.raises_in_releases("list_jobs while disabled", metalake.list_jobs, disabled)
        self.raises_in_releases("run_job while disabled", lambda: metalake.run_job("spark", {}), disabled)
        check.equals("enable_metalake", lambda: client.enable_metalake(name), None)
        enabled = lambda: [job.job_id() for job in metalake.list_jobs("fails")]
        check.equals("list_jobs once enabled", enabled, [self.jobs["fails"]])

    def delete(self):
        check, metalake = self.checks, self.metalake
        delete = lambda: metalake.delete_job_template("sleeps")
        check.equals("delete_job_template", delete, True)
        check.equals("delete_job_template again", delete, False)
        remaining = sorted([self.jobs["succeeds"], self.jobs["fails"]])
        check.equals(
            "list_jobs after its deletion",
            lambda: sorted(job.job_id() for job in metalake.list_jobs()),
            remaining,
        )

    def drop(self):
        check, client, name = self.checks, self.client, self.name
        check.equals("drop_metalake", lambda: client.drop_metalake(name, force=True), True)
        check.equals("drop_metalake again", lambda: client.drop_metalake(name, force=True), False)
        gone = exceptions.NoSuchMetalakeException
        check.raises("load_metalake after its end", lambda: client.load_metalake(name), gone)
        check.raises("list_jobs after its end", self.metalake.list_jobs, gone)
        template = self.templates[0]
        register = lambda: self.metalake.register_job_template(template)
        self.raises_in_releases("register_job_template after its end", register, gone)
        # What it sends for this is no request to Gravitino, and it takes the answer for an error.
        check.raises("close", client.close, exceptions.UnknownError)

    def raises_in_releases(self, name, action, expected):
        """A refusal that no documentation tells of."""
        if self.documented:
            self.checks.skip(f"{name}: {expected.__name__}", "the documentation says otherwise")
        else:
            self.checks.raises(name, action, expected)


if __name__ == "__main__":
    Walk(sys.argv[1], float(sys.argv[2]), "--documented" in sys.argv[3:]).run()
