import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Report } from '../../src/contract/verdict.ts';
import { packageVersion } from '../../src/package-files.ts';
import { reportToSarif } from '../../src/report/sarif.ts';
import { finding, HOSTILE, report, waiver } from './sample.ts';

const RULES = [
  {
    id: 'media-type',
    claim: 'A body comes in the documented media type.',
    severity: 'error',
    basis: 'the content of the response; RFC 9110 section 8.3',
    fix: 'Set the documented Content-Type.',
  },
  { id: 'always', claim: 'C.', severity: 'warning', basis: 'x-always of the response', fix: 'F.' },
] as const;

/** Of this version, whichever is installed. */
const RULES_URL = `https://unpkg.com/gravitino-jobs-kit@${packageVersion()}/docs/rules.md`;

test('a finding is a result at the line of the description that convicts', () => {
  const log = read(report({ findings: [finding()], untested: [], notes: [] }));
  expect(log).toEqual({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'jobs-kit verify',
            semanticVersion: packageVersion(),
            informationUri: `https://unpkg.com/gravitino-jobs-kit@${packageVersion()}/README.md`,
            rules: [
              {
                id: 'media-type',
                shortDescription: { text: 'A body comes in the documented media type.' },
                fullDescription: {
                  text: 'A body comes in the documented media type. What convicts: the content of the response; RFC 9110 section 8.3.',
                },
                help: {
                  text: 'Set the documented Content-Type.',
                  markdown:
                    'Set the documented Content-Type.\n\n' +
                    'What convicts: [the content of the response; RFC 9110 section 8.3]' +
                    `(https://www.rfc-editor.org/rfc/rfc9110#section-8.3).\n\n[All rules](${RULES_URL})`,
                },
                helpUri: RULES_URL,
                defaultConfiguration: { level: 'error' },
              },
              {
                id: 'always',
                shortDescription: { text: 'C.' },
                fullDescription: { text: 'C. What convicts: x-always of the response.' },
                help: {
                  text: 'F.',
                  markdown: `F.\n\nWhat convicts: x-always of the response.\n\n[All rules](${RULES_URL})`,
                },
                helpUri: RULES_URL,
                defaultConfiguration: { level: 'warning' },
              },
            ],
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'media-type',
            ruleIndex: 0,
            level: 'error',
            message: {
              text:
                'A 200 answer does not have the documented media type.' +
                '\n  expected  application/vnd.gravitino.v1+json' +
                '\n  seen      application/json' +
                '\n  source    spec/openapi.yaml:45' +
                "\n  repeat    curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'",
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'spec/openapi.yaml' },
                  region: { startLine: 45 },
                },
              },
            ],
            occurrenceCount: 38,
            partialFingerprints: {
              'finding/v1': expect.stringMatching(/^[0-9a-f]{32}:1$/),
              primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/),
            },
            suppressions: [],
            properties: {
              expected: 'application/vnd.gravitino.v1+json',
              actual: 'application/json',
              curl: "curl -i 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs'",
            },
          },
        ],
        properties: { target: 'http://127.0.0.1:8090/api', requests: 41, verdict: 'violates' },
      },
    ],
  });
});

test('what a standard convicts stands at the operation, else at the description', () => {
  const { operation: _, ...unplaced } = finding({ source: 'RFC 9110 section 8.3' });
  const { results } = run(report({ findings: [finding({ source: 'RFC 9110 section 8.3' }), unplaced] }));
  expect(results.map(placeOf)).toEqual([
    ['spec/openapi.yaml', 18],
    ['spec/openapi.yaml', 1],
  ]);
});

test.each([
  ['below the working directory', 'my spec/öpenapi#1.yaml', 'my%20spec/%C3%B6penapi%231.yaml'],
  ['elsewhere', '/opt/a b.yaml', pathToFileURL('/opt/a b.yaml').href],
  ['behind a URL', 'https://example.org/a b.yaml', 'https://example.org/a%20b.yaml'],
])('a description %s is a URI', (_, file, uri) => {
  const { results } = run(report({ findings: [finding({ source: { file, line: 2 } })] }));
  expect(results.map(placeOf)).toEqual([[uri, 2]]);
});

test('a fingerprint tells faults apart, whatever the values, the lines and the item', () => {
  const faults = [
    finding(),
    finding({ check: 'schema' }),
    finding({ pointer: '/jobs/0/a' }),
    finding({ pointer: '/jobs/0/b' }),
    finding({ source: 'RFC 9110 section 8.3' }),
    finding({ operation: { id: 'getJob', where: { file: 'spec/openapi.yaml', line: 90 } } }),
    finding(),
  ];
  const later = faults.map((fault) => ({
    ...fault,
    message: 'another',
    actual: 'other',
    count: 1,
    curl: 'curl',
    pointer: fault.pointer?.replace('0', '7'),
    source: typeof fault.source === 'string' ? fault.source : { ...fault.source, line: 99 },
  }));
  expect(fingerprints(later)).toEqual(fingerprints(faults));
  expect(new Set(fingerprints(faults)).size).toBe(faults.length);
});

test('what is waived is suppressed, with the reason', () => {
  const covering = waiver({ link: 'https://example.org/issues/7', expires: '2027-05-31' });
  const { results } = run(report({ findings: [], waived: [{ finding: finding(), waiver: covering }] }));
  expect(results.map(({ suppressions }) => suppressions)).toEqual([
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'Fixed in 1.4.',
        location: {
          physicalLocation: { artifactLocation: { uri: 'waivers.yaml' }, region: { startLine: 3 } },
        },
        properties: { link: 'https://example.org/issues/7', expires: '2027-05-31' },
      },
    ],
  ]);
});

test('what is no finding is a notification', () => {
  const untested = [{ check: 'filter', reason: 'No job was listed.' }];
  const { invocations } = run(
    report({ verdict: 'no-verdict', reason: 'Nothing listens.', untested, healed: [waiver()] }),
  );
  expect(invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'Nothing listens.' } },
        {
          level: 'note',
          message: { text: 'untested: No job was listed.' },
          associatedRule: { id: 'filter' },
        },
        {
          level: 'note',
          message: { text: 'schema no longer occurs: delete the waiver at waivers.yaml:3' },
        },
        { level: 'note', message: { text: 'The base path /api was used.' } },
      ],
    },
  ]);
});

const everything = report({
  reason: 'Nothing listens.',
  findings: [
    finding({ check: 'waiver-expired', source: { file: 'waivers.yaml', line: 3 }, curl: '', count: 0 }),
    finding({ message: HOSTILE, actual: HOSTILE, pointer: '/a', source: HOSTILE }),
  ],
  waived: [{ finding: finding(), waiver: waiver({ expires: '2027-05-31' }) }],
  healed: [waiver()],
});

test.each([
  ['violates', report()],
  ['conforms', report({ verdict: 'conforms', findings: [], untested: [], kept: [], notes: [] })],
  ['everything at once', everything],
])('every report is valid by the schema of SARIF 2.1.0: %s', (_, each) => {
  const validate = officialSchema();
  expect(validate(read(each)) ? [] : validate.errors).toEqual([]);
});

test('the schema of SARIF 2.1.0 is in force', () => {
  expect(officialSchema()({ ...read(report()), version: '2.2.0' })).toBe(false);
});

function officialSchema() {
  const entry = createRequire(import.meta.url).resolve('@microsoft/sarif-multitool-ts');
  const file = join(dirname(entry), '../assets/sarif-2.1.0.schema.json');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

function read(each: Report) {
  return JSON.parse(reportToSarif(each, RULES));
}

interface Result {
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly suppressions: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function run(each: Report): { readonly results: readonly Result[]; readonly invocations: unknown } {
  return read(each).runs[0];
}

function placeOf({ locations: [location] }: Result) {
  const { artifactLocation, region } = location?.physicalLocation ?? {};
  return [artifactLocation?.uri, region?.startLine];
}

function fingerprints(findings: Report['findings']) {
  return run(report({ findings })).results.map((each) => each.partialFingerprints['primaryLocationLineHash']);
}
