import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { serve } from '../servers/listen.ts';
import { folderWith, run, runIn } from './run.ts';

/** Traffic with two errors: of `media-type` and of `schema`. */
const HAR = packageFile('examples/recorded.har');

async function configured(yaml: string, ...argv: readonly string[]) {
  return await run(...argv, '--config', await configFile(yaml));
}

async function configFile(yaml: string): Promise<string> {
  return join(await folderWith({ 'kit.yaml': yaml }), 'kit.yaml');
}

/** Which of the two errors of the recorded traffic were found. */
function errorsIn({ out }: { readonly out: string }): readonly (string | undefined)[] {
  expect(out).toMatch(/^(CONFORMS|VIOLATES): /);
  return [...out.matchAll(/^error ([\w-]+):/gm)].map(([, check]) => check);
}

test('the command line wins over the environment, that over the config file, and that over the default', async () => {
  const config = await configFile('rule: {media-type: off}');
  const env = { JOBS_KIT_RULE: 'schema=off', JOBS_KIT_CONFIG: config };
  const asked = ['verify', '--har', HAR];
  expect(errorsIn(await run(...asked))).toEqual(['media-type', 'schema']);
  expect(errorsIn(await run(...asked, '--config', config))).toEqual(['schema']);
  expect(errorsIn(await runIn({ env }, ...asked))).toEqual(['media-type']);
  expect(errorsIn(await runIn({ env }, ...asked, '--rule', 'vary=off'))).toEqual(['media-type', 'schema']);
});

test('what stands below the name of a command is for that command alone, and wins over the top', async () => {
  const yaml = 'rule: {media-type: off}\nseed: 7\nverify:\n  rule: {schema: off}\nmock: {port: 0}\naudit:\n';
  expect(errorsIn(await configured(yaml, 'verify', '--har', HAR))).toEqual(['media-type']);
  expect(await configured(`${yaml}  strict: true\n`, 'audit')).toMatchObject({ code: 0, err: '' });
});

test('jobs-kit.config.yaml of the working directory is read unasked', async () => {
  const cwd = await folderWith({ 'jobs-kit.config.yaml': 'rule: {media-type: off, schema: off}' });
  const argv = [packageFile('bin/jobs-kit.cjs'), 'verify', '--har', HAR];
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, argv, { cwd }, (_error, stdout) => resolve(stdout));
  });
  expect(out).toContain('CONFORMS');
});

test.each([
  ['a list', { JOBS_KIT_RULE: 'media-type=off\nschema=off\n' }, 'rule: [media-type=off, schema=off]'],
  ['one value', { JOBS_KIT_RULE: 'schema=off' }, 'rule: schema=off'],
  ['a mapping', undefined, 'rule: {media-type: off, schema: "off"}'],
])('the values of a repeatable option are %s', async (form, env, yaml) => {
  const left = form === 'one value' ? ['media-type'] : [];
  expect(errorsIn(await configured(yaml, 'verify', '--har', HAR))).toEqual(left);
  if (env) {
    expect(errorsIn(await runIn({ env }, 'verify', '--har', HAR))).toEqual(left);
  }
});

test('a switch is true or false, and an empty variable is none', async () => {
  const mock = ['verify', '--har', HAR, '--rule', 'media-type=off', '--rule', 'schema=warning'];
  const strict = async (env: Record<string, string>) => (await runIn({ env }, ...mock)).code;
  expect(await strict({})).toBe(0);
  expect(await strict({ JOBS_KIT_STRICT: 'true' })).toBe(1);
  expect(await strict({ JOBS_KIT_STRICT: 'false' })).toBe(0);
  expect(await strict({ JOBS_KIT_STRICT: '' })).toBe(0);
  expect(await strict({ JOBS_KIT_STRICT: 'yes' })).toBe(2);
  expect((await configured('strict: true', ...mock)).code).toBe(1);
});

test('a path in a config file starts from its folder; a URL and the name of a scenario are none', async () => {
  const folder = await folderWith({
    'kit.yaml': 'verify: {har: a.har}\nmock:\n  scenario: nope\naudit: {overlay: "http://127.0.0.1:1/x"}',
  });
  const config = ['--config', join(folder, 'kit.yaml')];
  expect((await run('verify', ...config)).err).toContain(`cannot read ${join(folder, 'a.har')}`);
  expect((await run('mock', ...config)).err).toContain('no scenario is named "nope"');
  expect((await run('audit', ...config)).err).toContain('cannot read http://127.0.0.1:1/x');
  const fixture = await configured('mock: {scenario: ./nope.yaml}', 'mock');
  expect(fixture.err).toMatch(/cannot read \S+jobs-kit-\S+nope\.yaml/);
});

test.each([
  ['metalak: demo', 'kit.yaml:1: /metalak is no option. Did you mean "metalake"?'],
  ['a: 1\nverfy: {}', 'kit.yaml:2: /verfy is no option. Did you mean "verify"?'],
  ['verify:\n  budgett: 1', 'kit.yaml:2: /verify/budgett is no option. Did you mean "budget"?'],
  ['mock:\n  budget: 1', 'kit.yaml:2: /mock/budget is no option.'],
  ['config: x', 'kit.yaml:1: /config is no option.'],
  ['mock: 1', 'kit.yaml:1: /mock is no mapping.'],
  ['- a', 'kit.yaml:1: the file is no mapping.'],
  ['\nbudget: [5]', 'kit.yaml:2: /budget is no single value.'],
  ['metalake: {a: b}', 'kit.yaml:1: /metalake is no single value.'],
  ['metalake:', 'kit.yaml:1: /metalake has no value.'],
  ['header:\n  A: {}', 'kit.yaml:2: /header/A is no single value.'],
  ['budget: 0', 'kit.yaml:1: /budget cannot be used. Give a number of seconds from 1 to 86400.'],
  ['smoke: 1', 'kit.yaml:1: /smoke cannot be used. Give true or false.'],
  ['rule:\n  - vary=off\n  - vary', 'kit.yaml:3: /rule/1 cannot be used. Give it as id=error,'],
  ['rule: {vary: loud}', 'kit.yaml:1: /rule/vary cannot be used.'],
  ['rule: {vari: off}', 'no rule is called "vari". Did you mean "vary"?'],
])('a config file with %j is a mistake: exit 2', async (yaml, words) => {
  const { code, out, err } = await configured(yaml, 'verify', 'http://127.0.0.1:1');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(words);
});

test.each([
  ['JOBS_KIT_METALAK', 'no option of any command. Did you mean "JOBS_KIT_METALAKE"?'],
  ['JOBS_KIT_UNSAFE-METHODS', 'Did you mean "JOBS_KIT_UNSAFE_METHODS"?'],
  ['JOBS_KIT_BUDGET', 'JOBS_KIT_BUDGET cannot be used. Give a number of seconds from 1 to 86400.'],
])('a variable %s with a text in it is a mistake: exit 2', async (name, words) => {
  const { code, out, err } = await runIn({ env: { [name]: 'x' } }, 'verify', 'http://127.0.0.1:1');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(words);
});

test('headers are sent from wherever they are given, and are told to nobody', async () => {
  const seen = new Set<string | undefined>();
  const url = await serve(({ headers }, response) => {
    seen.add(String(headers['x-key']));
    response.writeHead(500).end(String(headers['x-key']));
  });
  const ask = ['verify', url, '--smoke'];
  const byFile = await configured('header: {X-Key: from-the-file}', ...ask);
  const byList = await configured('header: ["X-Key: from-a-list"]', ...ask);
  const byVariable = await runIn({ env: { JOBS_KIT_HEADER: 'X-Key: from-the-environment' } }, ...ask);
  expect([...seen]).toEqual(['from-the-file', 'from-a-list', 'from-the-environment']);
  for (const { code, out } of [byFile, byList, byVariable]) {
    expect(code).toBe(1);
    expect(out).toContain('$HEADER_1');
    expect(out).not.toContain('from-');
  }
});

test('a header that cannot be read is not told either', async () => {
  const env = { JOBS_KIT_HEADER: 'Bearer top-secret' };
  expect((await runIn({ env }, 'verify', 'http://127.0.0.1:1')).err).toBe(
    "jobs-kit: JOBS_KIT_HEADER cannot be used. Give it as 'Name: value'.\n",
  );
  expect((await run('verify', 'http://127.0.0.1:1', '--header', 'Bearer top-secret')).err).toMatch(
    /^error: option '--header <line>' argument is invalid\. Give it as 'Name: value'\.\n/,
  );
  const { err } = await configured('header: Bearer top-secret', 'verify', 'http://127.0.0.1:1');
  expect(err).toMatch(/kit\.yaml:1: \/header cannot be used\. Give it as 'Name: value'\.\n$/);
});

test('options for asking a server do no harm in a config file where recorded traffic is judged', async () => {
  const { code, out } = await configured('smoke: true\nheader: {A: b}', 'verify', '--har', HAR);
  expect(code).toBe(1);
  expect(out).toContain('VIOLATES');
});

test('the example in docs/configuration.md is accepted by every command', async () => {
  const text = await readFile(packageFile('docs/configuration.md'), 'utf8');
  const [, example = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(text) ?? [];
  const overlay = 'overlay: 1.0.0\ninfo: {title: O, version: "1"}\nactions: [{target: $.info, update: {}}]\n';
  const folder = await folderWith({ 'kit.yaml': example, 'ours.overlay.yaml': overlay });
  const config = ['--config', join(folder, 'kit.yaml')];
  expect(await run('audit', ...config)).toMatchObject({ code: 0, err: '' });
  const { out, err } = await run('verify', '--har', HAR, '--base', '/api', ...config);
  expect(out).toContain('VIOLATES');
  expect(err).toContain(`cannot write ${join(folder, 'build/report.xml')}`);
});

test('a switch that turns something off may stand in a config file', async () => {
  const stop = new AbortController();
  const statuses: number[] = [];
  for (const yaml of ['no-control: true', 'no-control: false']) {
    const config = await configFile(`mock: {port: 0, log: off, ${yaml}}`);
    const url = await urlOf(config, stop.signal);
    statuses.push((await fetch(`${url}/__jobs-kit/journal`)).status);
  }
  stop.abort();
  expect(statuses).toEqual([404, 200]);
});

/** The URL of a mock that is configured like this, and ends with the signal. */
function urlOf(config: string, stop: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const out = (text: string) => resolve(/http:\S+/.exec(text)?.[0] ?? '');
    void runIn({ out, stop }, 'mock', '--config', config);
  });
}
