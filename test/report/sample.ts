import type { OperationCoverage } from '../../src/contract/coverage.ts';
import type { Finding, Report, Waiver } from '../../src/contract/verdict.ts';

/** A finding with every member; `changes` are laid over it. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    severity: 'error',
    check: 'media-type',
    message: 'A 200 answer does not have the documented media type.',
    expected: 'application/vnd.gravitino.v1+json',
    actual: 'application/json',
    pointer: undefined,
    source: { file: 'spec/openapi.yaml', line: 45 },
    curl: "curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'",
    count: 38,
    operation: { id: 'listJobs', where: { file: 'spec/openapi.yaml', line: 18 } },
    ...changes,
  };
}

/** A waiver that covers any finding of its rule; `changes` are laid over it. */
export function waiver(changes: Partial<Waiver> = {}): Waiver {
  return {
    rule: 'schema',
    operation: undefined,
    pointer: undefined,
    values: undefined,
    reason: 'Fixed in 1.4.',
    link: undefined,
    expires: undefined,
    where: { file: 'waivers.yaml', line: 3 },
    ...changes,
  };
}

/** A report with two findings of different severity, three untested rules and a note. */
export function report(changes: Partial<Report> = {}): Report {
  return {
    verdict: 'violates',
    reason: undefined,
    target: 'http://127.0.0.1:8090/api',
    description: 'spec/openapi.yaml',
    findings: [
      finding(),
      finding({
        severity: 'warning',
        check: 'always',
        message: 'A documented property is absent.',
        expected: 'jobs',
        actual: 'absent',
        pointer: '/jobs',
        source: 'RFC 9110 section 8.3',
        count: 1,
      }),
    ],
    untested: [
      { check: 'framing', reason: 'The recording holds no bytes.' },
      { check: 'filter-subset', reason: 'No job was listed; start one.' },
      { check: 'utf-8', reason: 'The recording holds no bytes.' },
    ],
    kept: ['status', 'schema'],
    notes: ['The base path /api was used.'],
    requests: 41,
    durationMs: 1234.5,
    ...changes,
  };
}

/** What a hostile target could send: terminal controls, an override of the text's direction, what XML forbids. */
export const HOSTILE =
  '\u001b[31mred\u001b[0m \u202ereversed\u0000\u009b\ud800\ufffe\r\nnext ]]> ]]> <b> & "\'';

/** What was seen of two operations, one of them never called. */
export const COVERAGE: readonly OperationCoverage[] = [
  {
    operation: 'listJobs',
    requests: 41,
    parameters: [
      { name: 'metalake', in: 'path', required: true, seen: true, omitted: false },
      {
        name: 'sort',
        in: 'query',
        required: false,
        seen: true,
        omitted: false,
        values: [
          { value: '"name"', seen: true },
          { value: '"time"', seen: false },
        ],
      },
    ],
    responses: [
      {
        status: '200',
        seen: 40,
        mediaTypes: [
          {
            type: 'application/json',
            seen: true,
            properties: [
              { pointer: '/jobs', seen: true },
              {
                pointer: '/jobs/*/status',
                seen: true,
                values: [
                  { value: '"queued"', seen: true },
                  { value: '"failed"', seen: false },
                ],
              },
              {
                pointer: '/jobs/*/end',
                seen: false,
                values: [{ value: '"never"', seen: false }],
              },
            ],
          },
        ],
      },
      {
        status: '5XX',
        seen: 0,
        mediaTypes: [
          { type: 'application/json', seen: false, properties: [{ pointer: '/code', seen: false }] },
        ],
      },
    ],
  },
  {
    operation: 'getJob',
    requests: 0,
    parameters: [{ name: 'id', in: 'path', required: true, seen: false, omitted: false }],
    responses: [{ status: '200', seen: 0, mediaTypes: [] }],
  },
];
