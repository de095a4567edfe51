import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Runs `work` with a headless Chromium, which is closed whatever becomes of it. Where there is none, that is said, and the
 * exit code of the process is 1.
 * @param {(browser: import('playwright-core').Browser) => Promise<void>} work
 * @returns {Promise<boolean>} whether there is one
 */
export async function withBrowser(work) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.error(
      'There is no Chromium: install one (apt-get install chromium), or set CHROMIUM to its path.',
    );
    process.exitCode = 1;
    return false;
  }
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
  return true;
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const usual = ['/usr/bin/chromium', ...folders.map((folder) => join(folder, 'chromium'))];
  return process.env.CHROMIUM || usual.find((path) => existsSync(path));
}
