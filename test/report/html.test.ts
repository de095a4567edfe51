import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Report } from '../../src/contract/verdict.ts';
import { reportToHtml } from '../../src/report/html.ts';
import { COVERAGE, finding, HOSTILE, report, waiver } from './sample.ts';

const RULES = [
  { id: 'media-type', claim: 'The claim.', severity: 'error', basis: 'RFC 1', fix: 'The fix.' },
  { id: 'schema', claim: 'A body is <valid>.', severity: 'error', basis: 'RFC 1', fix: 'F.' },
] as const;

const EVIDENCE = {
  request: 'GET / HTTP/1.1\nAccept: */*',
  response: 'HTTP/1.1 200 OK\r\nContent-Type: text/<b>\r\n\r\n\tx',
  marked: { start: 31, end: 39 },
};

test('the page begins with the verdict, what was judged, and the counts', () => {
  expect(text(page(report()).match(/<header.*<\/header>/s)?.[0])).toBe(
    'VIOLATES 1 error, 1 warning Target http://127.0.0.1:8090/api Description spec/openapi.yaml ' +
      'Made 2026-11-23 21:19 UTC 1 error 1 warning 3 untested 2 rules kept 41 exchanges 1.2 seconds',
  );
});

test('a finding says what, where, by what, what to do and how to repeat it', () => {
  const [found = ''] =
    page(report({ findings: [finding({ pointer: '/jobs' })] })).match(/<details.*?<\/details>/s) ?? [];
  expect(text(found)).toBe(
    'error A 200 answer does not have the documented media type. media-type listJobs in 38 exchanges ' +
      'Expected application/vnd.gravitino.v1+json Seen application/json At /jobs Rule The claim. ' +
      'Source spec/openapi.yaml:45 What to do The fix. ' +
      'Repeat it curl -i &#39;http://127.0.0.1:8090/api/metalakes/demo/jobs/runs&#39; Copy',
  );
});

test('request and response stand side by side, and what convicts is marked', () => {
  const shown = page(report({ findings: [finding({ evidence: EVIDENCE })] }));
  expect(shown).toContain('aria-label="Request">GET / HTTP/1.1\nAccept: */*</pre>');
  expect(shown).toContain(
    'aria-label="Response">HTTP/1.1 200 OK\nContent-Type: <mark>text/&lt;b&gt;</mark>\n\n\\tx</pre>',
  );
  const unmarked = { ...EVIDENCE, marked: undefined };
  expect(page(report({ findings: [finding({ evidence: unmarked })] }))).not.toContain('<mark>');
});

test('the first five findings are unfolded', () => {
  const shown = page(report({ findings: Array.from({ length: 7 }, () => finding()) }));
  expect(shown.match(/<details class="finding[^>]*>/g)?.map((each) => each.includes(' open'))).toEqual([
    ...Array.from({ length: 5 }, () => true),
    false,
    false,
  ]);
});

test('what is waived, healed, untested, kept and remarked has a part each, with its count', () => {
  const covering = waiver({ link: 'https://example.org/?a=1&b=2', expires: '2027-05-31' });
  const waived = [{ finding: finding(), waiver: covering }];
  const shown = page(report({ findings: [], waived, healed: [waiver()] }));
  const sections = [...shown.matchAll(/<section.*?<\/section>/gs)].map(([each]) => text(each));
  expect(sections).toEqual([
    'Findings 0 No rule was found broken.',
    'Waived 1 error media-type: A 200 answer does not have the documented media type. (in 38 exchanges) ' +
      'waived until 2027-05-31 at waivers.yaml:3: Fixed in 1.4. https://example.org/?a=1&amp;b=2',
    'Healed 1 schema no longer occurs: delete the waiver at waivers.yaml:3',
    'Untested 3 Rule Why, and what would make it testable framing The recording holds no bytes. ' +
      'filter-subset No job was listed; start one. utf-8 The recording holds no bytes.',
    'Kept 2 What was seen to hold Rule Claim status schema A body is &lt;valid&gt;.',
    'Notes 1 The base path /api was used.',
  ]);
  expect(shown).toContain('<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">');
});

test('the map of the description has what was seen, and what never', () => {
  const [map] = page(report({ coverage: COVERAGE })).match(/<section id="coverage".*?<\/section>/s) ?? [];
  expect(text(map)).toBe(
    'Coverage never seen: 6 ' +
      '1 of 2 operations 1 of 3 responses 1 of 2 media types 2 of 4 uses of parameters 2 of 4 properties ' +
      '2 of 5 enum values seen never seen ' +
      'listJobs 41 requests Parameters metalake path sort query left out (never seen) ' +
      '&quot;name&quot; &quot;time&quot; (never seen) ' +
      '200 40 answers application/json /jobs /jobs/*/status &quot;queued&quot; &quot;failed&quot; (never seen) ' +
      '/jobs/*/end (never seen) &quot;never&quot; (never seen) ' +
      '5XX (never seen) 0 answers application/json (never seen) /code (never seen) ' +
      'getJob 0 requests Parameters id (never seen) path 200 (never seen) 0 answers',
  );
});

test('where nothing was judged there is no map', () => {
  expect(page(report())).not.toContain('id="coverage"');
});

test('a link that would run is none', () => {
  const waived = [{ finding: finding(), waiver: waiver({ link: 'javascript:alert(1)' }) }];
  expect(page(report({ waived }))).not.toContain('<a ');
});

test('without a verdict the page says why, and shows no counts and no findings', () => {
  const none = report({ verdict: 'no-verdict', reason: 'Nothing listens.', findings: [], kept: [] });
  expect(page(none)).toContain('<strong>NO VERDICT</strong> <span>Nothing listens.</span>');
  expect(page(none)).not.toContain('id="findings"');
  expect(page(none)).not.toContain('class="figures"');
});

test('with strict the page says that a warning fails the run', () => {
  const warned = report({ verdict: 'conforms', findings: [finding({ severity: 'warning' })] });
  expect(reportToHtml(warned, RULES, { strict: true, now: new Date(0) })).toContain(
    '<header class="verdict violates">\n  <h1><strong>FAILS</strong>',
  );
});

test('nothing that a target sent is markup, or a character that nobody sees', () => {
  const shown = page(everywhere(HOSTILE));
  expect(shown).not.toContain('<b> &');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u);
  expect(tags(shown)).toEqual(tags(page(everywhere('harmless'))));
});

test('the page loads nothing, and lets nothing run but its own script', () => {
  const shown = page(report());
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(shown) ?? [];
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(shown) ?? [];
  expect(shown).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash(style)}&#39;; ` +
      `script-src &#39;sha256-${hash(script)}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(shown).not.toMatch(/ (src|style|on\w+)=|<link|@import|url\(/);
});

function page(each: Report): string {
  return reportToHtml(each, RULES, { strict: false, now: new Date('2026-11-23T21:19:07Z') });
}

/** What a reader sees, on one line. */
function text(markup = ''): string {
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function tags(markup: string): readonly string[] {
  return markup.match(/<\/?[a-z]\w*/g) ?? [];
}

function hash(source: string): string {
  return createHash('sha256').update(source).digest('base64');
}

function everywhere(sent: string): Report {
  const evidence = { request: sent, response: sent.repeat(3), marked: { start: 3, end: 20 } };
  const hostile = finding({
    check: sent,
    message: sent,
    expected: sent,
    actual: sent,
    pointer: sent,
    source: sent,
    curl: sent,
    evidence,
    operation: { id: sent, where: { file: sent, line: 1 } },
  });
  const covering = waiver({
    rule: sent,
    operation: sent,
    pointer: sent,
    reason: sent,
    link: `https://example.org/${sent}`,
  });
  return report({
    target: sent,
    description: sent,
    findings: [hostile],
    waived: [{ finding: hostile, waiver: covering }],
    healed: [covering],
    untested: [{ check: sent, reason: sent }],
    kept: [sent],
    notes: [sent],
    coverage: [
      {
        operation: sent,
        requests: 1,
        parameters: [
          {
            name: sent,
            in: 'query',
            required: false,
            seen: true,
            omitted: false,
            values: [{ value: sent, seen: true }],
          },
        ],
        responses: [
          {
            status: sent,
            seen: 1,
            mediaTypes: [
              {
                type: sent,
                seen: false,
                properties: [{ pointer: sent, seen: false, values: [{ value: sent, seen: false }] }],
              },
            ],
          },
        ],
      },
    ],
  });
}
