import { expect, test } from '@jest/globals';
import { auditDescription } from '../../src/description/audit.ts';
import { companionsOf, ENDPOINT } from '../../src/description/companions.ts';
import { DIALECTS, dialectFor, dialectOverlays } from '../../src/description/dialects.ts';
import { loadDescription } from '../../src/description/load.ts';

test.each(DIALECTS)(
  '%s makes a sound description, with the companions and of the endpoint alone',
  async (name) => {
    const overlays = dialectOverlays(name);
    const wide = await loadDescription(ENDPOINT, { overlays: [...companionsOf(ENDPOINT), ...overlays] });
    const narrow = await loadDescription(ENDPOINT, { overlays });
    expect(await auditDescription(ENDPOINT, { overlays: [...companionsOf(ENDPOINT), ...overlays] })).toEqual(
      [],
    );
    expect(wide.basePaths).toEqual(['/api']);
    expect(narrow.operations.find(({ id }) => id === 'listJobs')?.responses[0]?.mediaTypes[0]?.type).toBe(
      'application/json',
    );
  },
);

test('each dialect is made from that of its neighbour, and all from 1.3', () => {
  const chain = (name: string) =>
    dialectOverlays(name).map((file) => /([^/]+)\.overlay\.yaml$/.exec(file)?.[1]);
  expect(chain('gravitino-1.3')).toEqual(['gravitino-1.3']);
  expect(chain('gravitino-next')).toEqual(['gravitino-1.3', 'gravitino-next']);
  expect(chain('gravitino-1.0.1')).toEqual([
    'gravitino-1.3',
    'gravitino-1.2',
    'gravitino-1.1',
    'gravitino-1.0.1',
  ]);
  expect(dialectOverlays(undefined)).toEqual([]);
});

test('an unknown name is refused, with the nearest one and all others', () => {
  expect(() => dialectOverlays('gravitino-1.33')).toThrow(
    'there is no dialect "gravitino-1.33". Did you mean "gravitino-1.3"? There are gravitino-1.0.0, gravitino-1.0.1, gravitino-1.1, gravitino-1.2, gravitino-1.3, gravitino-next.',
  );
});

test('a mock has no server to ask for its version', () => {
  expect(() => dialectOverlays('auto')).toThrow(
    'the dialect "auto" asks a server for its version, and a mock has none to ask. There are gravitino-1.0.0, ',
  );
});

test.each([
  ['1.0.0', 'gravitino-1.0.0', false],
  ['1.0.1', 'gravitino-1.0.1', false],
  ['1.0.2', 'gravitino-1.0.1', false],
  ['1.1.3', 'gravitino-1.1', false],
  ['1.2.1', 'gravitino-1.2', false],
  ['1.3.0-SNAPSHOT', 'gravitino-1.3', false],
  ['0.9.1', 'gravitino-1.0.0', true],
  ['1.12.0', 'gravitino-next', true],
  ['2.0.0', 'gravitino-next', true],
  ['main', 'gravitino-next', false],
  ['2.0.0-SNAPSHOT', 'gravitino-next', false],
  ['1.4.0-SNAPSHOT', 'gravitino-next', false],
  ['0.9.0-SNAPSHOT', 'gravitino-1.0.0', true],
])('version %s has %s', (version, dialect, isRemarked) => {
  const choice = dialectFor(version);
  expect([choice.dialect, choice.remark !== undefined]).toEqual([dialect, isRemarked]);
});
