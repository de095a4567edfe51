import { expect, test } from '@jest/globals';
import type { HeaderLine } from '../../src/contract/exchange.ts';
import { requestFaultOf } from '../../src/contract/request-fault.ts';
import { createRouter } from '../../src/contract/routes.ts';
import { described } from './companions.ts';
import { exchangeOf, type Special } from './exchanges.ts';

const route = createRouter(described, ['/api']);
const json: readonly HeaderLine[] = [['Content-Type', 'application/json']];
const run: Special = { method: 'POST', target: '/api/metalakes/m/jobs/runs', headers: json };

function faultOf(special: Special) {
  const { request } = exchangeOf(special);
  const found = route(request.method, request.target);
  return found ? requestFaultOf(request, found) : 'no operation';
}

test.each<[string, Special]>([
  ['a read', { target: '/api/metalakes/m/jobs/runs?jobTemplateName=a' }],
  ['a valid body', { ...run, requestBody: '{"jobTemplateName":"a","jobConf":{"b":"c"}}' }],
  ['more than is described', { ...run, requestBody: '{"jobTemplateName":"a","x":1}' }],
  ['no body where none is described', { method: 'POST', target: '/api/metalakes/m/jobs/runs/job-1' }],
  ['a boolean', { target: '/api/metalakes/m/jobs/templates?details=true' }],
  [
    'a charset',
    {
      ...run,
      headers: [['Content-Type', 'Application/JSON; charset=utf-8']],
      requestBody: '{"jobTemplateName":"a"}',
    },
  ],
])('%s is no fault', (_, special) => {
  expect(faultOf(special)).toBeUndefined();
});

test.each<[string, Special, object]>([
  ['no body', run, { kind: 'missing', detail: 'no body' }],
  ['half a body', { ...run, requestBody: '{"jobTemplateName":' }, { kind: 'form' }],
  [
    'a name twice',
    { ...run, requestBody: '{"jobTemplateName":"a","jobTemplateName":"b"}' },
    { kind: 'form' },
  ],
  [
    'a wrong type',
    { ...run, requestBody: '{"jobTemplateName":1}' },
    { kind: 'value', detail: '/jobTemplateName is 1 instead of a string' },
  ],
  [
    'another media type',
    { ...run, headers: [['Content-Type', 'text/plain']], requestBody: '{"jobTemplateName":"a"}' },
    { kind: 'type', detail: 'Content-Type text/plain' },
  ],
  [
    'JSON under another name',
    { ...run, headers: [['Content-Type', 'text/json']], requestBody: '{"jobTemplateName":"a"}' },
    { kind: 'type', isJsonAlike: true },
  ],
  ['no media type', { ...run, headers: [], requestBody: '{}' }, { kind: 'type', detail: 'no Content-Type' }],
  [
    'no boolean',
    { target: '/api/metalakes/m/jobs/templates?details=yes' },
    { kind: 'value', detail: 'details is "yes" instead of a boolean' },
  ],
  [
    'a body that was not recorded whole',
    { ...run, headers: [...json, ['Content-Length', '99']], requestBody: '{"jobTemp' },
    { kind: 'unknown' },
  ],
  ['a body with a read', { requestBody: '{}' }, { kind: 'unknown' }],
])('%s is a fault', (_, special, fault) => {
  expect(faultOf(special)).toMatchObject(fault);
});
