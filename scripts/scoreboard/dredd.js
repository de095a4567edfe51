import { join } from 'node:path';
import { run } from './command.js';
import { describe, ERROR, LIST, MEDIA_TYPE, responsesOf, write } from './setting.js';

/**
 * Dredd, which sends one request for each documented response, made of the examples. So that each answer gets the request
 * that brings it about, the description is given once for each list, once for the filter and once for the 404. The others
 * are left out: no client can bring about a 5xx, nor, here, a 400. Of OpenAPI 3.0 it does not read the schemas, but
 * demands whatever an example shows: so the examples show what is required.
 * @param {import('./setting.js').Setting} setting
 */
export async function dredd(setting) {
  const { names, absent, template, url } = setting;
  const files = [
    ...names.map((name) => describedFor(setting, 200, name)),
    describedFor(setting, 200, names[0], template),
    describedFor(setting, 404, absent),
  ];
  const command = join(setting.peers, 'npm/node_modules/.bin/dredd');
  const paths = files.slice(1).flatMap((file) => ['--path', file]);
  const args = [files[0], url, ...paths, '--no-color', '--loglevel', 'error'];
  const { failed, output } = await run(command, args, setting.folder);
  const findings = output.match(/^(fail|error): .*$/gm) ?? [];
  return { fails: failed || findings.length > 0, findings };
}

function describedFor(setting, status, name, template) {
  const description = describe(setting, name, template);
  const responses = responsesOf(description);
  for (const other of Object.keys(responses).filter((each) => each !== String(status))) {
    delete responses[other];
  }
  const content = responses[status].content[MEDIA_TYPE];
  delete content.examples;
  content.example = status === 200 ? LIST : ERROR;
  description.info.title = `${status} ${name} ${template ?? ''}`;
  return write(
    setting,
    `${status}-${encodeURIComponent(name)}-${template ? 'filtered' : 'all'}.json`,
    description,
  );
}
