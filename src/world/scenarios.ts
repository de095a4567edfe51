import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { KitError } from '../errors.ts';
import { packageFile } from '../package-files.ts';

/** The names of the scenarios that the package ships: its `fixtures/*.yaml`, in alphabetical order. */
export function scenarioNames(): readonly string[] {
  return readdirSync(packageFile('fixtures'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

/** Whether a scenario is the path of a fixture file: it holds a path separator or ends in `.yaml`, `.yml` or `.json`. */
export function isFixturePath(scenario: string): boolean {
  return /[\\/]|\.(ya?ml|json)$/i.test(scenario);
}

/**
 * The fixture file of a scenario.
 * @throws KitError SCENARIO_UNKNOWN
 */
export function fixtureFile(scenario: string): string {
  if (isFixturePath(scenario)) {
    return scenario;
  }
  const known = scenarioNames();
  if (!known.includes(scenario)) {
    throw KitError.of('SCENARIO_UNKNOWN', { name: scenario, known: known.join(', ') });
  }
  return packageFile(`fixtures/${scenario}.yaml`);
}
