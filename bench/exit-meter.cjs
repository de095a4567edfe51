// Loaded in front of a command: tells by its fourth stream, when it ends, what it has used.
const { readFileSync, writeSync } = require('node:fs');

/** KiB of memory at most. What a process had before it became this one does not count; only Linux tells that apart. */
const peak = () =>
  Number(/VmHWM:\s*(\d+)/.exec(read('/proc/self/status'))?.[1] ?? process.resourceUsage().maxRSS);

/** Seconds for which it waited for a processor, since others may use the machine, too; 0 where that is not told. */
const waited = () => Number(read('/proc/self/schedstat').split(' ')[1] ?? 0) / 1e9;

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const used = { peakBytes: peak() * 1024, cpuSeconds: (user + system) / 1e6, waitedSeconds: waited() };
  writeSync(3, JSON.stringify({ ...used, seconds: performance.now() / 1000 }));
});
