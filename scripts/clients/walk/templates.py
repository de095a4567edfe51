"""What the client does with job templates."""

from gravitino.exceptions import base as exceptions

from stage import changes, shell

# Clients that do not know its class give that of its code.
RESERVED = getattr(exceptions, "IllegalJobTemplateOperationException", exceptions.IllegalArgumentException)


def register(stage):
    check, metalake = stage.checks, stage.metalake
    check.equals("list_jobs of a new metalake", metalake.list_jobs, [])
    for template in stage.templates:
        action = lambda each=template: metalake.register_job_template(each)
        check.equals(f"register_job_template {template.name}", action, None)
    check.raises(
        "register_job_template again",
        lambda: metalake.register_job_template(stage.templates[0]),
        exceptions.JobTemplateAlreadyExistsException,
    )
    unlisted = lambda: [each for each in stage.templates if each not in metalake.list_job_templates()]
    check.equals("list_job_templates", unlisted, [])
    for template in stage.templates:
        action = lambda name=template.name: metalake.get_job_template(name)
        check.equals(f"get_job_template {template.name}", action, template)
    absent = lambda: metalake.get_job_template("absent")
    check.raises("get_job_template of none", absent, exceptions.NoSuchJobTemplateException)
    reserved(stage)


def reserved(stage):
    """Names of built-in templates are kept from 1.2 on."""
    check, metalake = stage.checks, stage.metalake
    template = shell("builtin-mine", "/bin/true")
    check.outcome(
        "register_job_template of a reserved name",
        lambda: metalake.register_job_template(template),
        stage.fact({(1, 0, 0): None, (1, 2, 0): RESERVED}, None),
    )
    check.outcome(
        "delete_job_template of a reserved name",
        lambda: metalake.delete_job_template("builtin-mine"),
        stage.fact({(1, 0, 0): True, (1, 2, 0): RESERVED}, True),
    )


def alter(stage):
    """From 1.0.1 on, clients and servers can."""
    check, metalake = stage.checks, stage.metalake
    can = changes is not None
    has = lambda: hasattr(metalake, "alter_job_template")
    check.equals("whether the client has alter_job_template", has, can)
    if not can:
        return
    comment = changes.JobTemplateChange.update_comment("new")
    check.outcome(
        "alter_job_template: comment",
        lambda: metalake.alter_job_template("succeeds", comment).comment,
        stage.fact({(1, 0, 0): exceptions.RESTException, (1, 0, 1): "new"}, "new"),
    )
    if stage.fact({(1, 0, 0): False, (1, 0, 1): True}, True):
        rename(stage)
        update(stage)


def rename(stage):
    check, metalake = stage.checks, stage.metalake
    change = changes.JobTemplateChange
    action = lambda: metalake.alter_job_template("succeeds", change.rename("renamed")).name
    check.equals("alter_job_template: rename", action, "renamed")
    stage.started[stage.jobs["succeeds"]] = "renamed"
    check.raises(
        "get_job_template under the old name",
        lambda: metalake.get_job_template("succeeds"),
        exceptions.NoSuchJobTemplateException,
    )
    check.equals("list_jobs under the new name", lambda: stage.listed("renamed"), stage.started_of("renamed"))
    check.outcome(
        "alter_job_template: rename to a name that is taken",
        lambda: metalake.alter_job_template("renamed", change.rename("fails")),
        stage.fact({(1, 0, 1): exceptions.InternalError}, exceptions.IllegalArgumentException),
    )
    check.raises(
        "alter_job_template of none",
        lambda: metalake.alter_job_template("absent", change.rename("other")),
        exceptions.NoSuchJobTemplateException,
    )


def update(stage):
    check, alter_template = stage.checks, stage.metalake.alter_job_template
    change = changes.JobTemplateChange
    shell_update = change.update_template(changes.ShellTemplateUpdate(new_arguments=["a"]))
    spark_update = change.update_template(changes.SparkTemplateUpdate(new_executable="/opt/new.jar"))
    check.equals(
        "alter_job_template: arguments", lambda: alter_template("renamed", shell_update).arguments, ["a"]
    )
    check.raises(
        "alter_job_template of another type",
        lambda: alter_template("renamed", spark_update),
        exceptions.IllegalArgumentException,
    )


def delete(stage):
    check, metalake = stage.checks, stage.metalake
    remove = lambda: metalake.delete_job_template("sleeps")
    check.equals("delete_job_template", remove, True)
    check.equals("delete_job_template again", remove, False)
    remaining = sorted(set(stage.started) - set(stage.started_of("sleeps")))
    check.equals("list_jobs after its deletion", stage.listed, remaining)
