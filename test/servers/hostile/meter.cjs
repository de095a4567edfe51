// Loaded in front of a command: tells by its fourth stream how many KiB of memory it had at most, and its seconds.
const { readFileSync, writeSync } = require('node:fs');

/** What a process had before it became this one does not count; only Linux tells that apart. */
const peak = () =>
  Number(/VmHWM:\s*(\d+)/.exec(read('/proc/self/status'))?.[1] ?? process.resourceUsage().maxRSS);

/** The time that it waited for a processor does not count where that is told: others may use the machine, too. */
const waited = () => Number(read('/proc/self/schedstat').split(' ')[1] ?? 0) / 1e9;

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

process.on('exit', () => writeSync(3, `${peak()} ${performance.now() / 1000 - waited()}`));
