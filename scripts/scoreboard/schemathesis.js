import { join } from 'node:path';
import { run } from './command.js';
import { describe, write } from './setting.js';

/** Warnings that tell that the tests were of no use: they fail the run. */
const FATAL = ['missing_test_data', 'validation_mismatch', 'missing_auth', 'method_not_allowed'];

/**
 * Schemathesis with all phases and checks, formats too, and with names and templates that exist and that do not, as
 * examples and to draw from.
 * @param {import('./setting.js').Setting} setting
 */
export async function schemathesis(setting) {
  const { names, absent, template, url, patience, folder, peers } = setting;
  const description = write(setting, 'openapi.json', describedFor(setting));
  const config = write(
    setting,
    'schemathesis.toml',
    [
      'continue-on-failure = true',
      `request-timeout = ${patience.toFixed(1)}`,
      `dictionaries.metalakes.values = ${JSON.stringify([...names, absent])}`,
      `dictionaries.templates.values = ${JSON.stringify([template, 'no_such_template'])}`,
      'parameters."path.metalake" = { dictionary = "metalakes", probability = 0.7 }',
      'parameters."query.jobTemplateName" = { dictionary = "templates", probability = 0.3 }',
      'checks.response_schema_conformance.validate-formats = true',
      `warnings.fail-on = ${JSON.stringify(FATAL)}`,
      '',
    ].join('\n'),
  );
  const command = join(peers, 'python/bin/schemathesis');
  const args = ['--config-file', config, 'run', description, '--url', url, '--checks', 'all'];
  const { failed, output } = await run(
    command,
    [...args, '--seed', '1', '--no-color', '--generation-database', 'none', '--max-examples', '200'],
    folder,
  );
  const findings = output.match(/^(- .*| +❌.*| +🚫.*)$/gm) ?? [];
  return { fails: failed || / ❌ | 🚫 /.test(output), findings };
}

/** Its first phases take each of the examples of a parameter. */
function describedFor(setting) {
  const { names, absent, template } = setting;
  const description = describe(setting, names[0]);
  const { metalake, jobTemplateName } = description.components.parameters;
  const examplesOf = (values) => Object.fromEntries(values.map((value, index) => [index, { value }]));
  delete metalake.example;
  metalake.examples = examplesOf([...names, absent]);
  jobTemplateName.examples = examplesOf([template, 'no_such_template']);
  return description;
}
