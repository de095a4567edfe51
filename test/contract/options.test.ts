import { expect, test } from '@jest/globals';
import { word } from '../servers/jobs-api.ts';
import { serve } from '../servers/listen.ts';
import { checksOf, verifyJobs, verifyUrl } from './described.ts';

const silent = (severities: Record<string, 'error' | 'warning' | 'off'>) =>
  verifyJobs((answer) => ({ ...answer, headers: {} }), undefined, { severities });

test('a rule has the severity that the user gives it', async () => {
  expect((await silent({})).verdict).toBe('violates');
  expect((await silent({ 'media-type': 'warning' })).verdict).toBe('conforms');
  expect(checksOf(await silent({ 'media-type': 'off' }))).toEqual([]);
});

test('an unknown rule is a mistake that names the nearest one', async () => {
  await expect(silent({ 'media-typ': 'off' })).rejects.toThrow('Did you mean "media-type"?');
});

test('a fixed parameter is sent with every request, and an unknown one is a mistake', async () => {
  const targets: string[] = [];
  const url = await serve((request, response) => {
    targets.push(request.url ?? '');
    response.writeHead(404).end();
  });
  const value = word();
  await verifyUrl(url, { names: ['x'], params: { jobTemplateName: value }, smoke: false });
  const lost = targets.filter((target) => target !== '*' && !target.includes(`jobTemplateName=${value}`));
  expect(lost).toEqual([]);
  await expect(verifyUrl(url, { params: { template: 'x' } })).rejects.toThrow('"template"');
});

test('only reads are sent unless others are asked for, and those go to a name that nothing has', async () => {
  for (const unsafeMethods of [false, true]) {
    const seen = new Map<string, string[]>();
    const url = await serve((request, response) => {
      const { method = '', url: target = '' } = request;
      seen.set(method, [...(seen.get(method) ?? []), target]);
      response.writeHead(404).end();
    });
    await verifyUrl(url, { names: ['x'], seed: 's', smoke: false, unsafeMethods });
    const others = [...seen].filter(([method]) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
    expect(others.length > 0).toBe(unsafeMethods);
    expect(others.flatMap(([, targets]) => targets).filter((target) => target.includes('/x/'))).toEqual([]);
  }
});

test('progress is told', async () => {
  const told: number[] = [];
  const report = await verifyJobs(undefined, undefined, {
    onProgress: ({ requests }) => told.push(requests),
  });
  expect(told.length).toBeGreaterThan(10);
  expect(Math.max(...told)).toBeLessThanOrEqual(report.requests);
});
