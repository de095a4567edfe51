import { expect, test } from '@jest/globals';
import { startServer } from '../running.ts';

const ADA = { authorization: `Basic ${Buffer.from('ada:secret').toString('base64')}` };
const NOW = new Date('2026-01-31T12:00:00Z');
const TIME = '2026-01-31T12:00:00.000000Z';
const AUDIT = { creator: 'ada', createTime: TIME };
const LATER = { ...AUDIT, lastModifier: 'anonymous', lastModifiedTime: '2026-01-31T12:00:01.000000Z' };

test('a created metalake is got and listed, and reads alone say that it is in use', async () => {
  const { call } = await startServer({ scenario: 'fresh', now: NOW });
  expect((await call('GET', '/metalakes')).content).toEqual({ code: 0, metalakes: [] });
  const asked = { name: 'ml', comment: 'c', properties: { k: 'v' } };
  const created = await call('POST', '/metalakes', asked, ADA);
  expect(created).toMatchObject({ status: 200, mark: null });
  expect(JSON.stringify(created.content)).toBe(
    `{"code":0,"metalake":{"name":"ml","comment":"c","properties":{"k":"v"},"audit":{"creator":"ada","createTime":"${TIME}"}}}`,
  );
  const shown = { ...asked, properties: { 'in-use': 'true', k: 'v' }, audit: AUDIT };
  expect((await call('GET', '/metalakes/ml')).content).toEqual({ code: 0, metalake: shown });
  expect((await call('GET', '/metalakes')).content).toEqual({ code: 0, metalakes: [shown] });
});

test('null and nothing are the same', async () => {
  const { call } = await startServer({ scenario: 'fresh', now: NOW });
  const audit = { creator: 'anonymous', createTime: TIME };
  const bare = await call('POST', '/metalakes', { name: 'a', comment: null, properties: null });
  expect(bare.content).toEqual({ code: 0, metalake: { name: 'a', audit } });
});

test('a name that is taken gets the documented conflict with that name', async () => {
  const { call } = await startServer({ scenario: 'fresh' });
  await call('POST', '/metalakes', { name: 'ml' });
  expect(await call('POST', '/metalakes', { name: 'ml' })).toEqual({
    status: 409,
    mark: null,
    content: {
      code: 1004,
      type: 'MetalakeAlreadyExistsException',
      message: 'Metalake ml exists already',
      stack: [
        'org.apache.gravitino.exceptions.MetalakeAlreadyExistsException: Metalake ml exists already',
        '...',
      ],
    },
  });
});

test('a metalake is altered, renamed, disabled and dropped', async () => {
  const { call, mock } = await startServer({ scenario: 'fresh', now: NOW });
  await call('POST', '/metalakes', { name: 'ml', properties: { old: '1' } }, ADA);
  await mock.clock.advance(1000);
  const updates = [
    { '@type': 'rename', newName: 'other' },
    { '@type': 'updateComment', newComment: 'new' },
    { '@type': 'setProperty', property: 'a', value: 'b' },
    { '@type': 'removeProperty', property: 'old' },
  ];
  const altered = { name: 'other', comment: 'new', properties: { a: 'b' }, audit: LATER };
  expect((await call('PUT', '/metalakes/ml', { updates })).content).toEqual({ code: 0, metalake: altered });
  expect((await call('GET', '/metalakes/ml')).status).toBe(404);
  expect((await call('PATCH', '/metalakes/other', { inUse: false })).content).toEqual({ code: 0 });
  const { content } = await call('GET', '/metalakes/other');
  expect(content.metalake.properties).toEqual({ 'in-use': 'false', a: 'b' });
  expect((await call('DELETE', '/metalakes/other')).content).toEqual({ code: 0, dropped: true });
  expect((await call('DELETE', '/metalakes/other')).content).toEqual({ code: 0, dropped: false });
});

test('a metalake in use is dropped with force alone, in any letter case', async () => {
  const { call } = await startServer({ scenario: 'fresh' });
  await call('POST', '/metalakes', { name: 'ml' });
  for (const query of ['', '?force=false', '?force=yes']) {
    const refused = await call('DELETE', `/metalakes/ml${query}`);
    expect(refused).toMatchObject({ status: 400, mark: null, content: { type: 'MetalakeInUseException' } });
  }
  expect((await call('DELETE', '/metalakes/ml?force=True')).content).toEqual({ code: 0, dropped: true });
});

test.each([
  ['GET', undefined],
  ['PUT', { updates: [] }],
  ['PATCH', { inUse: true }],
])('%s of an absent metalake gets the documented 404 with its name', async (method, body) => {
  const { call } = await startServer({ scenario: 'fresh' });
  const { status, mark, content } = await call(method, '/metalakes/nope', body);
  expect([status, mark]).toEqual([404, null]);
  expect(content).toMatchObject({
    type: 'NoSuchMetalakeException',
    message: expect.stringContaining('[nope]'),
  });
});
