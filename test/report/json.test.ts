import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportToJson } from '../../src/report/json.ts';
import { finding, HOSTILE, report } from './sample.ts';

const schema = JSON.parse(readFileSync(new URL('../../spec/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

test('a report has the documented members in a fixed order', () => {
  const [error] = report().findings;
  expect(reportToJson(report({ findings: error ? [error] : [] }))).toBe(`{
  "verdict": "violates",
  "reason": null,
  "target": "http://127.0.0.1:8090/api",
  "description": "spec/openapi.yaml",
  "findings": [
    {
      "severity": "error",
      "check": "media-type",
      "message": "A 200 answer does not have the documented media type.",
      "expected": "application/vnd.gravitino.v1+json",
      "actual": "application/json",
      "pointer": null,
      "source": "spec/openapi.yaml:45",
      "curl": "curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'",
      "count": 38
    }
  ],
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
  "requests": 41,
  "durationMs": 1235
}
`);
});

test.each([
  ['violates', report()],
  ['conforms', report({ verdict: 'conforms', findings: [], untested: [], kept: [], notes: [] })],
  ['no-verdict', report({ verdict: 'no-verdict', reason: 'Nothing listens.', findings: [], requests: 0 })],
  ['root pointer', report({ findings: [finding({ pointer: '' }), finding({ pointer: '/a~1b/0' })] })],
])('every report is valid by its schema: %s', (_, each) => {
  const value: unknown = JSON.parse(reportToJson(each));
  expect(validate(value) ? [] : validate.errors).toEqual([]);
});

test.each([
  ['no reason for no verdict', { ...plain(), verdict: 'no-verdict' }],
  ['a reason beside a verdict', { ...plain(), reason: 'because' }],
  ['an unknown verdict', { ...plain(), verdict: 'passed' }],
  ['an unknown member', { ...plain(), more: 1 }],
  ['a missing member', { ...plain(), untested: undefined }],
  ['a finding of no exchange', { ...plain(), findings: [{ ...plain().findings[0], count: 0 }] }],
  ['a pointer that is none', { ...plain(), findings: [{ ...plain().findings[0], pointer: 'jobs' }] }],
])('the schema refuses %s', (_, value) => {
  expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
});

test('values stand as they were, whole', () => {
  const actual = HOSTILE + 'x'.repeat(10_000);
  const text = reportToJson(report({ findings: [finding({ actual })] }));
  expect(JSON.parse(text).findings[0].actual).toBe(actual);
});

function plain() {
  return JSON.parse(reportToJson(report()));
}
