import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { judgeRecorded } from '../../src/contract/judge-recorded.ts';
import { readHar } from '../../src/contract/recorded/har.ts';
import { packageFile } from '../../src/package-files.ts';
import { reportToJson } from '../../src/report/json.ts';
import { description, verifyJobs } from '../contract/described.ts';
import type { Answer } from '../servers/jobs-api.ts';
import { COVERAGE, finding, HOSTILE, report, waiver } from './sample.ts';

const schema = JSON.parse(readFileSync(new URL('../../spec/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

test('a report has the documented members in a fixed order', () => {
  const evidence = { request: 'GET /', response: 'HTTP/1.1 200', marked: { start: 9, end: 12 } };
  expect(reportToJson(report({ findings: [finding({ evidence, values: ['a'] })] }))).toBe(`{
  "verdict": "violates",
  "reason": null,
  "target": "http://127.0.0.1:8090/api",
  "description": "spec/openapi.yaml",
  "findings": [
    {
      "severity": "error",
      "check": "media-type",
      "operation": "listJobs",
      "message": "A 200 answer does not have the documented media type.",
      "expected": "application/vnd.gravitino.v1+json",
      "actual": "application/json",
      "pointer": null,
      "source": "spec/openapi.yaml:45",
      "curl": "curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'",
      "count": 38,
      "evidence": {
        "request": "GET /",
        "response": "HTTP/1.1 200",
        "marked": {
          "start": 9,
          "end": 12
        }
      }
    }
  ],
  "waived": [],
  "healed": [],
  "untested": [
    {
      "check": "framing",
      "reason": "The recording holds no bytes."
    },
    {
      "check": "filter-subset",
      "reason": "No job was listed; start one."
    },
    {
      "check": "utf-8",
      "reason": "The recording holds no bytes."
    }
  ],
  "kept": [
    "status",
    "schema"
  ],
  "notes": [
    "The base path /api was used."
  ],
  "coverage": [],
  "requests": 41,
  "durationMs": 1235
}
`);
});

test('what is waived and what is healed stand apart', () => {
  const covering = waiver({ operation: 'listJobs', values: ['x'], expires: '2027-05-31' });
  const waived = [{ finding: finding(), waiver: covering }];
  const json = JSON.parse(reportToJson(report({ findings: [], waived, healed: [waiver()] })));
  expect(json.findings).toEqual([]);
  expect(json.waived[0].finding.check).toBe('media-type');
  expect(json.waived[0].waiver).toEqual({
    rule: 'schema',
    operation: 'listJobs',
    pointer: null,
    values: ['x'],
    reason: 'Fixed in 1.4.',
    link: null,
    expires: '2027-05-31',
    source: 'waivers.yaml:3',
  });
  expect(json.healed[0].rule).toBe('schema');
});

const { operation: _, ...ofNoOperation } = finding({ count: 0, curl: '' });
const unmarked = { request: '', response: '', marked: undefined };

test.each([
  ['violates', report()],
  ['about no operation', report({ findings: [ofNoOperation] })],
  ['unmarked', report({ findings: [finding({ evidence: unmarked })] })],
  ['waived', report({ waived: [{ finding: finding(), waiver: waiver() }], healed: [waiver()] })],
  ['conforms', report({ verdict: 'conforms', findings: [], untested: [], kept: [], notes: [] })],
  ['no-verdict', report({ verdict: 'no-verdict', reason: 'Nothing listens.', findings: [], requests: 0 })],
  ['with coverage', report({ coverage: COVERAGE })],
  ['root pointer', report({ findings: [finding({ pointer: '' }), finding({ pointer: '/a~1b/0' })] })],
])('every report is valid by its schema: %s', (_, each) => {
  const value: unknown = JSON.parse(reportToJson(each));
  expect(validate(value) ? [] : validate.errors).toEqual([]);
});

test.each([
  ['a server that keeps its promises', (answer: Answer) => answer],
  ['one that does not', (answer: Answer) => ({ ...answer, body: { jobs: [{ status: 1 }], code: '\u009b' } })],
  ['one that lets nobody in', (answer: Answer) => ({ ...answer, status: 401 })],
])('the report of %s is valid by its schema, and tells what was seen', async (_, change) => {
  const json = JSON.parse(reportToJson(await verifyJobs(change)));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  expect(json.coverage).toMatchObject([{ operation: 'listJobs', parameters: [{ seen: true }, {}] }]);
});

test('the report of recorded traffic is valid by its schema, and tells what was seen', async () => {
  const recording = await readHar(packageFile('examples/recorded.har'));
  const json = JSON.parse(reportToJson(judgeRecorded({ description, recording })));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  expect(json.coverage[0].responses.map((each: { seen: number }) => each.seen > 0)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['no reason for no verdict', { ...plain(), verdict: 'no-verdict' }],
  ['a reason beside a verdict', { ...plain(), reason: 'because' }],
  ['an unknown verdict', { ...plain(), verdict: 'passed' }],
  ['an unknown member', { ...plain(), more: 1 }],
  ['a missing member', { ...plain(), untested: undefined }],
  ['a count below none', { ...plain(), findings: [{ ...plain().findings[0], count: -1 }] }],
  ['a waiver without a reason', { ...plain(), healed: [{ ...plain().healed[0], reason: undefined }] }],
  ['a pointer that is none', { ...plain(), findings: [{ ...plain().findings[0], pointer: 'jobs' }] }],
])('the schema refuses %s', (_, value) => {
  expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
});

test('values stand as they were, whole', () => {
  const actual = HOSTILE + 'x'.repeat(10_000);
  const text = reportToJson(report({ findings: [finding({ actual })] }));
  expect(JSON.parse(text).findings[0].actual).toBe(actual);
});

test('coverage stands as it was found', () => {
  expect(JSON.parse(reportToJson(report({ coverage: COVERAGE }))).coverage).toEqual(COVERAGE);
});

function plain() {
  return JSON.parse(reportToJson(report({ healed: [waiver()] })));
}
