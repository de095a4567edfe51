import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { findingsIn } from '../companions.ts';
import type { Special } from '../exchanges.ts';

const headers = [
  ['Accept', VENDOR],
  ['Content-Type', 'application/json'],
] as const;
const template = '{"jobTemplate":{"name":"a","jobType":"shell","executable":"/a","audit":null}}';
const register: Special = {
  method: 'POST',
  target: '/api/metalakes/m/jobs/templates',
  headers: [
    ['Accept', VENDOR],
    ['Content-Type', VENDOR],
  ],
  requestBody: template,
  body: { code: 0 },
};
const error: Special = { status: 400, body: { code: 1001, type: 't', message: 'm' } };
const run: Special = { method: 'POST', target: '/api/metalakes/m/jobs/runs', headers };

test('what the description forbids and a server takes is a warning', () => {
  expect(findingsIn(register)).toMatchObject([
    {
      check: 'invalid-request',
      severity: 'warning',
      actual: '/jobTemplate/audit is null instead of an object, answered 200 OK',
    },
  ]);
});

test('what it forbids and a server refuses is not, however the server does it', () => {
  expect(findingsIn({ ...run, requestBody: '{}', ...error })).toEqual([]);
  expect(findingsIn({ ...run, requestBody: '{"jobTempl', ...error })).toEqual([]);
});

test('what the description allows is not refused in an undescribed way', () => {
  const findings = findingsIn({ ...run, requestBody: '{"jobTemplateName":"a","x":1}', ...error });
  expect(findings).toMatchObject([
    { check: 'documented-status', operation: { id: 'runJob' }, actual: '400 Bad Request' },
  ]);
});

test('JSON under another name may be refused as such', () => {
  const special: Special = {
    ...run,
    headers: [
      ['Accept', VENDOR],
      ['Content-Type', VENDOR],
    ],
    requestBody: '{"jobTemplateName":"a"}',
  };
  expect(findingsIn({ ...special, ...error, status: 415 })).toEqual([]);
  expect(findingsIn({ ...special, ...error })).toMatchObject([{ check: 'documented-status' }]);
});

test('a server that fails over a wrong request fails in another way than one that fails over a right one', () => {
  const failing: Special = { ...run, status: 500, body: { code: 1002, type: 't', message: 'm' } };
  const findings = findingsIn(failing, { ...failing, requestBody: '{"jobTemplateName":"a"}' });
  expect(findings.map(({ check, actual }) => `${check}: ${actual}`)).toEqual([
    'server-error: 500 Internal Server Error where the body is missing',
    'server-error: 500 Internal Server Error',
  ]);
});
