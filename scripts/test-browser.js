import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './browser.js';
import { build } from './build.js';
import { Checks } from './checks.js';
import { startServer } from './child.js';

// Opens examples/jobs.html in a headless Chromium, against the mock: served with /api forwarded, and as a file.

const PICTURES = fileURLToPath(new URL('../tmp/', import.meta.url));
const PAGE_FILE = new URL('../examples/jobs.html', import.meta.url).href;
const DOCUMENTED = [
  ['job-12345', 'succeeded', 'test_run_get'],
  ['job-67890', 'failed', 'test_run_get_spark'],
];

const checks = new Checks();
const started = [];
let browser;

async function main() {
  build();
  const isThere = await withBrowser(async (opened) => {
    browser = opened;
    try {
      await testPage();
    } finally {
      await Promise.all(started.map(({ stop }) => stop()));
    }
  });
  if (isThere) {
    checks.close();
  }
}

async function testPage() {
  const mock = await start('bin/jobs-kit.cjs', 'mock', '--port', '0', '--log', 'off');
  const front = await start('scripts/example.js', '--target', mock.url, '--port', '0');
  console.log('Served, with /api forwarded to the mock');
  await testList(`${front.url}/?`);
  console.log('Opened as a file, asking the mock directly');
  await testList(`${PAGE_FILE}?api=${mock.url}/api&`);

  const busy = await start('bin/jobs-kit.cjs', 'mock', '--port', '0', '--log', 'off', '--scenario', 'busy');
  console.log('With awkward names');
  await testAwkwardNames(`${PAGE_FILE}?api=${busy.url}/api&`);
  console.log('With trouble');
  await testTrouble(`${front.url}/?`);
  await testUnreachable();
}

async function start(...args) {
  const server = await startServer(...args);
  started.push(server);
  return server;
}

// What both ways must show

async function testList(address) {
  await onPage('lists both documented jobs with their statuses', address, async (page) => {
    assert.deepEqual(await list(page), DOCUMENTED);
  });
  await onPage(
    'suggests the templates of the list, and filters by the one that is chosen',
    address,
    async (page) => {
      await list(page);
      assert.deepEqual(await suggestions(page), ['test_run_get', 'test_run_get_spark']);
      await page.getByRole('combobox', { name: 'Job template' }).fill('test_run_get_spark');
      assert.deepEqual(await list(page, 1), [DOCUMENTED[1]]);
    },
  );
  await onPage('filters by free text on Enter, and says so where nothing matches', address, async (page) => {
    await list(page);
    await page.getByRole('combobox', { name: 'Job template' }).fill('a&b=c/ü');
    await page.getByRole('combobox', { name: 'Job template' }).press('Enter');
    await page.getByText('No jobs of template a&b=c/ü in demo').waitFor();
  });
  await onPage('keeps its question over a reload', `${address}template=test_run_get`, async (page) => {
    await page.reload();
    assert.deepEqual(await list(page, 1), [DOCUMENTED[0]]);
  });
  await onPage(
    "shows the server's own words for a metalake that does not exist",
    address,
    async (page) => {
      await page.getByRole('textbox', { name: 'Metalake' }).fill('test');
      await page.getByRole('button', { name: 'Refresh' }).click();
      const alert = await page.getByRole('alert').innerText();
      assert.match(alert, /^NoSuchMetalakeException\n/);
      assert.match(alert, /Failed to operate metalake\(s\) \[test\] operation \[LOAD\], reason/);
      assert.equal(await page.getByRole('table').isVisible(), false);
    },
    /status of 404/,
  );
}

// Names that break careless pages

async function testAwkwardNames(address) {
  await onPage('shows HTML in names as text, and runs nothing of it', address, async (page) => {
    const rows = await all(page);
    const names = new Set(rows.map(([, , name]) => name));
    assert.equal(rows.length, 400);
    assert.ok(names.has(`<img src=x onerror="document.title='escaped?'">`));
    assert.ok(names.has('"></td><script>document.title="escaped?"</script>'));
    assert.equal(await page.locator('tbody :is(img, script, b, i)').count(), 0);
    assert.equal(await page.title(), 'Jobs');
  });
  await onPage('filters by every name to the letter when it is clicked', address, async (page) => {
    const rows = await all(page);
    for (const name of new Set(rows.map(([, , each]) => each))) {
      const expected = rows.filter(([, , each]) => each === name);
      await page.locator('.name').nth(rows.indexOf(expected[0])).dispatchEvent('click');
      assert.deepEqual(await list(page, expected.length), expected);
      await page.getByRole('combobox', { name: 'Job template' }).fill('');
      await all(page);
    }
  });
  await onPage('looks well in light, dark and on a small screen', address, takePictures);
}

/** Every row, however many steps the page takes to show them. */
async function all(page) {
  await list(page);
  await page.locator('#more').evaluate((more) => {
    while (!more.hidden) {
      more.click();
    }
  });
  return list(page);
}

async function takePictures(page) {
  await list(page);
  mkdirSync(PICTURES, { recursive: true });
  await picture(page, 'jobs-light.png', { width: 1280, height: 900 }, 'light');
  await picture(page, 'jobs-dark.png', { width: 1280, height: 900 }, 'dark');
  await picture(page, 'jobs-small.png', { width: 390, height: 844 }, 'light');
}

async function picture(page, name, size, colorScheme) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide in ${name}`);
  await page.screenshot({ path: join(PICTURES, name) });
  console.log(`        ${join(PICTURES, name)}`);
}

// Late, failing and missing servers

async function testTrouble(address) {
  await onPage('shows the newest answer, however late an older one comes', address, async (page) => {
    await list(page);
    await page.route('**/metalakes/late/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.fulfill({ json: { code: 0, jobs: [] } }).catch(() => undefined);
    });
    await ask(page, 'late');
    await ask(page, 'demo');
    await page.waitForTimeout(500);
    assert.deepEqual(await list(page), DOCUMENTED);
  });
}

async function testUnreachable() {
  const front = await start('scripts/example.js', '--target', 'http://127.0.0.1:1', '--port', '0');
  await onPage(
    'says what to do where nothing listens behind /api',
    front.url,
    async (page) => {
      assert.match(
        await page.getByRole('alert').innerText(),
        /^TargetUnreachable\n+No answer from http:\/\/127\.0\.0\.1:1\/.*Start a server/,
      );
    },
    /status of 502/,
  );
  await onPage(
    'says what may be wrong where nothing answers at all',
    `${PAGE_FILE}?api=http://127.0.0.1:1/api`,
    async (page) => {
      assert.match(
        await page.getByRole('alert').innerText(),
        /^No answer\n+Nothing could be read from http:\/\/127\.0\.0\.1:1\/api/,
      );
    },
    /ERR_UNSAFE_PORT|ERR_CONNECTION_REFUSED/,
  );
}

// The page

/** One check on a fresh page, which must leave nothing in the console but errors that `expected` matches. */
async function onPage(name, address, action, expected) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
  context.setDefaultTimeout(10_000);
  await checks.check(name, async () => {
    const errors = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(address);
    await action(page);
    assert.deepEqual(
      errors.filter((error) => !expected?.test(error)),
      [],
    );
  });
  await context.close();
}

/** Job, status and template of each row, once the page has `count` of them, or any number. */
async function list(page, count) {
  const rows = page.locator('section:not([aria-busy]) tbody tr');
  await (count === undefined ? rows : rows.nth(count - 1)).first().waitFor();
  const shown = await rows.evaluateAll((lines) =>
    lines.map((line) => [...line.cells].slice(0, 3).map((cell) => cell.textContent)),
  );
  assert.equal(shown.length, count ?? shown.length);
  return shown;
}

async function suggestions(page) {
  return page.locator('#templates option').evaluateAll((options) => options.map((option) => option.value));
}

async function ask(page, metalake) {
  await page.getByRole('textbox', { name: 'Metalake' }).fill(metalake);
  await page.getByRole('button', { name: 'Refresh' }).click();
}

await main();
