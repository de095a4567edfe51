"""What all steps of the walk share: the client, the server, and what was made there so far."""

import secrets

from gravitino.api.job.job_handle import JobHandle
from gravitino.api.job.shell_job_template import ShellJobTemplate
from gravitino.api.job.spark_job_template import SparkJobTemplate

from checks import Checks

try:
    from gravitino.api.job import job_template_change as changes
except ImportError:  # up to 1.0.0
    changes = None

Status = JobHandle.Status


class Stage:
    """A walk through one server with one client, in a metalake of its own."""

    def __init__(self, patience, documented):
        self.checks = Checks()
        self.patience = patience
        self.documented = documented
        self.name = f"clients_{secrets.token_hex(8)}"
        self.client = None
        self.metalake = None
        # (major, minor, patch)
        self.server = None
        self.templates = [
            shell("succeeds", "/bin/true"),
            shell("fails", "/bin/false"),
            shell("sleeps", "/bin/sleep", ["{{seconds}}"]),
            spark("spark"),
        ]
        # The ids of the jobs that the walk is about, by the templates that they were started from.
        self.jobs = {}
        # All jobs that were started, with the present name of the template of each.
        self.started = {}

    def run(self, template, conf):
        """Starts a job and remembers it."""
        job = self.metalake.run_job(template, conf)
        self.started[job.job_id()] = template
        return job

    def listed(self, *filters):
        """The ids of the jobs that the client lists."""
        return sorted(job.job_id() for job in self.metalake.list_jobs(*filters))

    def started_of(self, template):
        return sorted(job for job, of in self.started.items() if of == template)

    def fact(self, by_release, documented):
        """
        What is so on the server: of the releases that are given, that of the newest one which the server has
        reached; on a server that is true to the documentation, what that says.
        """
        if self.documented:
            return documented
        return by_release[max(release for release in by_release if release <= self.server)]


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
