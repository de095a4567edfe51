import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What is wrong with a release's folder, in a sentence; undefined where it looks like one. */
export function problemOfHome(home) {
  const missing = ['libs', join('conf', 'log4j2.properties'), join('scripts', 'h2')].find(
    (name) => !existsSync(join(home, name)),
  );
  return (
    missing && `GRAVITINO_HOME is not the folder of an unpacked release: there is no ${join(home, missing)}.`
  );
}

/** Makes a folder of a release of which only what every server needs is there: neither `web/` nor `auxlib/`. */
export async function plainHome(home, folder) {
  await mkdir(folder);
  for (const name of ['libs', 'scripts']) {
    await symlink(join(home, name), join(folder, name));
  }
  return folder;
}

/** A quick and private server: its own database, jobs refreshed each second. */
export function settings(folder, port, maxRunningJobs) {
  return `gravitino.server.webserver.host = 127.0.0.1
gravitino.server.webserver.httpPort = ${port}
gravitino.server.shutdown.timeout = 100
gravitino.entity.store.relational.jdbcUrl = jdbc:h2:file:${folder}/db;DB_CLOSE_DELAY=-1;MODE=MYSQL;AUTO_SERVER=FALSE
gravitino.stats.partition.storageFactoryClass = org.apache.gravitino.stats.storage.MemoryPartitionStatsStorageFactory
gravitino.job.stagingDir = ${folder}/staging
gravitino.job.statusPullIntervalInMs = 1000
gravitino.jobExecutor.local.maxRunningJobs = ${maxRunningJobs}
`;
}

/** Nothing in it would switch the server to its test mode. */
export async function environment(home, folder) {
  const { GRAVITINO_TEST: _, GRAVITINO_WAR: __, ...rest } = process.env;
  return {
    ...rest,
    GRAVITINO_HOME: home,
    GRAVITINO_CONF_DIR: join(folder, 'conf'),
    ...((await needsWebFolder(home)) && { GRAVITINO_WAR: join(folder, 'war') }),
  };
}

/** Up to 1.2 a server does not start without a folder for its web UI; from 1.3 on such a folder changes what it answers. */
async function needsWebFolder(home) {
  const names = await readdir(join(home, 'libs'));
  return names.some((name) => /^gravitino-server-1\.[0-2]\b/.test(name));
}
