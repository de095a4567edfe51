import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { fixtureFile, scenarioNames } from '../../src/world/scenarios.ts';

test('the shipped scenarios are the files of the fixtures folder', () => {
  expect(scenarioNames()).toEqual([
    'busy',
    'closed',
    'default',
    'empty',
    'flaky',
    'fresh',
    'huge',
    'one',
    'outage',
    'server',
    'slow',
  ]);
});

test('a name stands for the shipped file', () => {
  expect(fixtureFile('closed')).toBe(packageFile('fixtures/closed.yaml'));
});

test.each(['mine.yaml', 'mine.YML', 'mine.json', './mine', 'a\\mine', 'folder/default'])(
  '%s is a path',
  (path) => {
    expect(fixtureFile(path)).toBe(path);
  },
);

test.each(['defautl', '', '..', 'README.md'])(
  '"%s" is neither a path nor a name, and the known names are told',
  (name) => {
    expect(() => fixtureFile(name)).toThrow(
      `no scenario is named "${name}". Use one of busy, closed, default, empty, flaky, fresh, huge, one, outage, server, slow, ` +
        'or the path of a fixture file.',
    );
  },
);
