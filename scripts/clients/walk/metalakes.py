"""The client's start, and what it does with metalakes."""

import os

from gravitino import GravitinoAdminClient, MetalakeChange
from gravitino.exceptions import base as exceptions

# The variable by which clients from 1.2.0 on take a server that is older than they are.
ANY_VERSION = "GRAVITINO_VERSION_CHECK_DISABLED"


def connect(stage, url):
    """Whether there is a client that takes the server; one that is newer must first be told to."""
    check = stage.checks
    os.environ.pop(ANY_VERSION, None)
    unchecked = GravitinoAdminClient(uri=url, check_version=False)
    server = check.passes("get_server_version", unchecked.get_server_version)
    if server is None:
        return False
    stage.server = (server.major, server.minor, server.patch)
    own = unchecked.get_client_version()
    start = lambda: GravitinoAdminClient(uri=url)
    if (own.major, own.minor) > stage.server[:2]:
        check.raises("the client takes no older server", start, exceptions.GravitinoRuntimeException)
        os.environ[ANY_VERSION] = "true"
    stage.client = check.passes("the client takes the server", start)
    return stage.client is not None


def make(stage):
    check, client, name = stage.checks, stage.client, stage.name
    create = lambda: client.create_metalake(name, "made by a check", {"owner": "kit"})
    stage.metalake = check.passes("create_metalake", create)
    check.raises("create_metalake again", create, exceptions.MetalakeAlreadyExistsException)
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


def disable(stage):
    check, client, name = stage.checks, stage.client, stage.name
    drop = lambda: client.drop_metalake(name, force=False)
    check.raises("drop_metalake in use", drop, exceptions.MetalakeInUseException)
    check.equals("disable_metalake", lambda: client.disable_metalake(name), None)
    disabled = exceptions.MetalakeNotInUseException
    failed = stage.started_of("fails")
    listed = lambda: stage.listed("fails")
    check.outcome("list_jobs while disabled", listed, stage.fact({(1, 0, 0): disabled}, failed))
    run = lambda: stage.run("spark", {}).job_template_name()
    check.outcome("run_job while disabled", run, stage.fact({(1, 0, 0): disabled}, "spark"))
    check.equals("enable_metalake", lambda: client.enable_metalake(name), None)
    check.equals("list_jobs once enabled", listed, failed)


def drop(stage):
    check, client, name = stage.checks, stage.client, stage.name
    check.equals("drop_metalake", lambda: client.drop_metalake(name, force=True), True)
    check.equals("drop_metalake again", lambda: client.drop_metalake(name, force=True), False)
    gone = exceptions.NoSuchMetalakeException
    check.raises("load_metalake after its end", lambda: client.load_metalake(name), gone)
    check.raises("list_jobs after its end", stage.metalake.list_jobs, gone)
    register = lambda: stage.metalake.register_job_template(stage.templates[0])
    # The documentation knows no error for it that has this name.
    expected = stage.fact({(1, 0, 0): gone}, exceptions.NotFoundException)
    check.outcome("register_job_template after its end", register, expected)
    # What it sends for this is no request to Gravitino, and it takes the answer for an error.
    check.raises("close", client.close, exceptions.UnknownError)
