import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.js';
import { describe, ERROR, LIST, MEDIA_TYPE, pathOf, responsesOf, write } from './setting.js';

/**
 * Specmatic with examples in files of their own, as it wants them, and with all its generated tests. The description goes
 * without its own examples, which it would take for requests, and without `5XX`, which it does not read.
 * @param {import('./setting.js').Setting} setting
 */
export async function specmatic(setting) {
  const { names, absent, template, url, patience, folder, peers } = setting;
  const description = describe(setting, names[0]);
  strip(description);
  write(setting, 'openapi.json', description);
  write(setting, 'specmatic.yaml', {
    version: 2,
    contracts: [{ provides: ['openapi.json'] }],
    test: {
      resiliencyTests: { enable: 'all' },
      // It would fail properties that no schema names, which OpenAPI allows.
      allowExtensibleSchema: true,
      timeoutInMilliseconds: patience * 1000,
    },
  });
  mkdirSync(join(folder, 'examples'));
  for (const [index, name] of names.entries()) {
    exampleOf(setting, `list-${index}`, name, {}, 200, LIST);
  }
  exampleOf(setting, 'filtered', names[0], { jobTemplateName: template }, 200, LIST);
  exampleOf(setting, 'absent', absent, {}, 404, ERROR);
  const jar = join(peers, 'npm/node_modules/specmatic/specmatic.jar');
  const { failed, output } = await run(
    'java',
    ['-jar', jar, 'test', `--testBaseURL=${url}`, '--examples=examples'],
    folder,
  );
  const findings = output.match(/^.*Scenario: .* has FAILED$/gm) ?? [];
  return { fails: failed || findings.length > 0, findings };
}

function strip(description) {
  const responses = responsesOf(description);
  delete responses['5XX'];
  delete description.components.parameters.metalake.example;
  for (const response of [...Object.values(responses), description.components.responses.BadRequest]) {
    delete response.content?.[MEDIA_TYPE].example;
    delete response.content?.[MEDIA_TYPE].examples;
  }
}

function exampleOf(setting, file, name, query, status, body) {
  write(setting, `examples/${file}.json`, {
    'http-request': { method: 'GET', path: pathOf(name), query },
    'http-response': { status, headers: { 'Content-Type': MEDIA_TYPE }, body },
  });
}
