import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withBrowser } from './browser.js';
import { build } from './build.js';
import { Checks } from './checks.js';

// Opens HTML reports in a headless Chromium, as files: what they show, what they do, and how they look.

const PICTURES = fileURLToPath(new URL('../tmp/', import.meta.url));
const OPTIONS = { strict: false, now: new Date('2026-11-23T21:19:00Z') };

const URL_OF_LIST = 'http://127.0.0.1:8090/api/metalakes/demo/jobs/runs';
const HOSTILE = `<img src=x onerror="document.title='escaped?'"></pre><script>document.title='escaped?'</script>\u202e`;
const BODY = `{"code":0,"jobs":[{"jobId":"job-1","jobTemplateName":"nightly","status":"cancelled","audit":{"creator":"ada","createTime":"2025-08-12 02:14:28"}}]}`;
const RULES = [
  rule('media-type', 'A body comes in the media type that the description gives for its status.'),
  rule('schema', 'A body is valid by the schema of its response.'),
  rule('answer', 'Every request gets one complete and well-formed HTTP answer in time.'),
  rule('filter', 'A filtered list has exactly the items of the whole list whose field equals the value.'),
];

const checks = new Checks();
let browser;
let reportToHtml;

async function main() {
  build();
  ({ reportToHtml } = await import('../dist/report/html.js'));
  mkdirSync(PICTURES, { recursive: true });
  const isThere = await withBrowser(async (opened) => {
    browser = opened;
    await testPages();
  });
  if (isThere) {
    checks.close();
  }
}

async function testPages() {
  await onPage('shows the verdict, the counts and every finding', 'many', many(), async (page) => {
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      'VIOLATES 7 errors, 3 warnings, 1 waived',
    );
    assert.equal(await page.locator('details.finding').count(), 10);
    assert.equal(await page.locator('details.finding[open]').count(), 5);
    assert.equal(await page.title(), 'VIOLATES: http://127.0.0.1:8090/api');
  });
  await onPage('marks the bytes that convict, in sight', 'many', many(), async (page) => {
    const mark = page.locator('#finding-2 mark');
    assert.equal(await mark.innerText(), '"cancelled"');
    assert.equal(await mark.evaluate(isInSight), true);
  });
  await onPage(
    'unfolds and folds all findings, and the one that a link leads to',
    'many',
    many(),
    async (page) => {
      await page.getByRole('button', { name: 'Unfold all' }).click();
      assert.equal(await page.locator('details.finding[open]').count(), 10);
      await page.getByRole('button', { name: 'Fold all', exact: true }).click();
      assert.equal(await page.locator('details.finding[open]').count(), 0);
      await page.evaluate(() => {
        location.hash = 'finding-7';
      });
      await page.locator('#finding-7[open]').waitFor();
    },
  );
  await onPage('copies the command line', 'many', many(), async (page) => {
    await page.locator('#finding-1').getByRole('button', { name: 'Copy' }).click();
    await page.locator('#finding-1').getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `curl -i ${URL_OF_LIST}`);
  });
  await onPage(
    'shows what a target sent as text, and runs nothing of it',
    'hostile',
    hostile(),
    async (page) => {
      assert.equal(await page.locator('img, script:not(:last-of-type)').count(), 0);
      assert.match(await page.title(), /^VIOLATES: <img src=x/);
      assert.match(await page.locator('#finding-1 .seen').innerText(), /<\/script>\\u202e$/);
    },
  );
  await onPage('maps what was seen of the description', 'many', many(), async (page) => {
    const map = page.locator('#coverage .map').first();
    assert.equal(await map.locator('.place.unseen').count(), 8);
    assert.equal(await map.getByText('"failed" (never seen)', { exact: true }).count(), 1);
  });
  await onPage(
    'needs no script',
    'many',
    many(),
    async (page) => {
      assert.equal(await page.getByRole('button').count(), 0);
      await page.locator('#finding-7 summary').click();
      await page.locator('#finding-7 .seen').waitFor();
    },
    { javaScriptEnabled: false },
  );
  await onPage('prints every finding', 'many', many(), async (page) => {
    const folded = await pdf(page, 'report-many.pdf');
    await page.getByRole('button', { name: 'Unfold all' }).click();
    const unfolded = await pdf(page, 'report-many.pdf');
    assert.ok(folded > 0.9 * unfolded, `${folded} bytes instead of ${unfolded}`);
  });
  for (const [name, report] of [
    ['many', many()],
    ['none', none()],
    ['no-verdict', noVerdict()],
    ['hostile', hostile()],
  ]) {
    await onPage(`looks well: ${name}`, name, report, (page) => takePictures(page, name));
  }
}

function isInSight(mark) {
  const frame = mark.closest('pre').getBoundingClientRect();
  const { top, bottom } = mark.getBoundingClientRect();
  return top >= frame.top && bottom <= frame.bottom;
}

async function pdf(page, name) {
  const path = join(PICTURES, name);
  await page.pdf({ path, format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1cm', right: '1cm' } });
  return statSync(path).size;
}

async function takePictures(page, name) {
  await picture(page, `report-${name}-light.png`, { width: 1280, height: 900 }, 'light');
  await picture(page, `report-${name}-dark.png`, { width: 1280, height: 900 }, 'dark');
  await picture(page, `report-${name}-small.png`, { width: 390, height: 844 }, 'light');
  await picture(page, `report-${name}-narrow.png`, { width: 320, height: 844 }, 'dark');
}

async function picture(page, name, size, colorScheme) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide in ${name}`);
  await page.screenshot({ path: join(PICTURES, name), fullPage: true });
  console.log(`        ${join(PICTURES, name)}`);
}

/** One check on a fresh page, which must ask for nothing but itself and leave nothing in the console. */
async function onPage(name, file, report, action, settings = {}) {
  const path = join(PICTURES, `report-${file}.html`);
  writeFileSync(path, reportToHtml(report, RULES, OPTIONS));
  const context = await browser.newContext({
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...settings,
  });
  context.setDefaultTimeout(10_000);
  await checks.check(name, async () => {
    const trouble = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => trouble.push(message.text()));
    page.on('request', (request) => trouble.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    await action(page);
    assert.deepEqual(trouble, [pathToFileURL(path).href]);
  });
  await context.close();
}

// Reports

function rule(id, claim) {
  return {
    id,
    claim,
    severity: 'error',
    basis: 'RFC 9110 section 8.3',
    fix: 'Set the documented Content-Type.',
  };
}

function many() {
  const warning = { severity: 'warning', check: 'always-present', evidence: undefined, count: 1 };
  const findings = [
    finding(),
    finding({
      check: 'schema',
      message:
        'listJobs: /jobs/0/status is "cancelled" instead of one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"',
      expected: 'one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"',
      actual: '"cancelled"',
      pointer: '/jobs/0/status',
      evidence: transcript(BODY.repeat(30).replace('"cancelled"', '"canceled"'), '"cancelled"'),
    }),
    finding({
      check: 'answer',
      message:
        'listJobs got no complete answer: the connection was closed before the answer was complete; nothing came',
      expected: 'a complete answer',
      actual: 'the connection was closed before the answer was complete; nothing came',
      source: 'RFC 9110 section 3.4 and RFC 9112 section 2.1',
      evidence: {
        request: `GET ${'/x'.repeat(300)} HTTP/1.1`,
        response: '(the connection was closed)',
        marked: undefined,
      },
    }),
    ...[1, 2, 3, 4].map((count) => finding({ check: 'filter', count })),
    ...[1, 2, 3].map(() => finding(warning)),
  ];
  const waiver = {
    rule: 'schema',
    operation: 'listJobs',
    pointer: undefined,
    values: undefined,
    reason: 'Fixed in 1.4, which we deploy in May.',
    link: 'https://example.org/issues/7',
    expires: '2027-05-31',
    where: { file: 'waivers.yaml', line: 3 },
  };
  return report({
    findings,
    waived: [{ finding: finding({ check: 'schema' }), waiver }],
    healed: [{ ...waiver, rule: 'filter', where: { file: 'waivers.yaml', line: 9 } }],
    untested: [
      { check: 'unique-key', reason: 'no list had two items' },
      { check: 'open-world', reason: 'recorded traffic does not show it; judge a running server' },
    ],
    coverage: [coverage('listJobs', 38), coverage('getJob', 0)],
    kept: RULES.map(({ id }) => id),
  });
}

/** What was seen of an operation, or that nothing was. */
function coverage(operation, requests) {
  const isCalled = requests > 0;
  const property = (pointer, ...values) => ({
    pointer,
    seen: isCalled,
    ...(values.length > 0 && {
      values: values.map((value, index) => ({ value: `"${value}"`, seen: isCalled && index < 2 })),
    }),
  });
  const answer = (status, seen, ...properties) => ({
    status,
    seen,
    mediaTypes: [{ type: 'application/vnd.gravitino.v1+json', seen: seen > 0, properties }],
  });
  return {
    operation,
    requests,
    parameters: [
      { name: 'metalake', in: 'path', required: true, seen: isCalled, omitted: false },
      { name: 'jobTemplateName', in: 'query', required: false, seen: isCalled, omitted: false },
    ],
    responses: [
      answer(
        '200',
        requests,
        property('/jobs'),
        property('/jobs/*/status', 'queued', 'started', 'failed', 'succeeded', 'cancelling', 'canceled'),
        property('/jobs/*/audit/createTime'),
      ),
      answer('404', 0, { pointer: '/code', seen: false }),
    ],
  };
}

function none() {
  return report({ verdict: 'conforms', findings: [], kept: RULES.map(({ id }) => id) });
}

function noVerdict() {
  const reason =
    'No connection to http://127.0.0.1:9: nothing listens there. Start the server, or let the run wait for it with --wait SECONDS.';
  return report({ verdict: 'no-verdict', reason, findings: [], kept: [], notes: [], requests: 1 });
}

function hostile() {
  const text = `${HOSTILE}${'x'.repeat(5000)}${HOSTILE}`;
  const evidence = { request: text, response: text, marked: { start: 3, end: 4000 } };
  return report({
    target: text,
    findings: [
      finding({
        check: HOSTILE,
        message: text,
        expected: text,
        actual: HOSTILE,
        pointer: text,
        curl: text,
        evidence,
      }),
    ],
    untested: [{ check: HOSTILE, reason: text }],
    notes: [text],
  });
}

function finding(changes) {
  return {
    severity: 'error',
    check: 'media-type',
    message: 'listJobs answers in application/json instead of application/vnd.gravitino.v1+json',
    expected: 'application/vnd.gravitino.v1+json',
    actual: 'application/json',
    pointer: undefined,
    source: { file: 'spec/openapi.yaml', line: 45 },
    curl: `curl -i ${URL_OF_LIST}`,
    count: 38,
    operation: { id: 'listJobs', where: { file: 'spec/openapi.yaml', line: 18 } },
    evidence: transcript(BODY, 'application/json'),
    ...changes,
  };
}

function transcript(body, marked) {
  const request = `GET /api/metalakes/demo/jobs/runs HTTP/1.1\nHost: 127.0.0.1:8090\nAccept: application/vnd.gravitino.v1+json\nAuthorization: [redacted]`;
  const response = `HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: ${body.length}\n\n${body}`;
  const start =
    response.indexOf(marked, response.length / 2) < 0
      ? response.indexOf(marked)
      : response.indexOf(marked, response.length / 2);
  return { request, response, marked: { start, end: start + marked.length } };
}

function report(changes) {
  return {
    verdict: 'violates',
    reason: undefined,
    target: 'http://127.0.0.1:8090/api',
    description: 'spec/openapi.yaml',
    untested: [],
    kept: ['answer'],
    notes: ['The base path /api was used, of /api, /.'],
    requests: 41,
    durationMs: 1234.5,
    ...changes,
  };
}

await main();
