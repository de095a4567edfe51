import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts one of the project's own servers and waits until it prints its URL.
 * @param {...string} args a script, as seen from the project's folder, and its arguments
 * @returns {Promise<{url: string, stop: () => Promise<unknown>}>} the URL without a slash at its end
 */
export async function startServer(...args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const url = await Promise.race([printedUrl(child.stdout), ended.then(() => undefined)]);
  if (url === undefined) {
    throw new Error(`"${args.join(' ')}" ended before it served anything; see what it wrote above.`);
  }
  return {
    url,
    stop() {
      child.kill();
      return ended;
    },
  };
}

/** The first URL in what is printed. Reads on after that: a server that finds nobody reading may end. */
function printedUrl(output) {
  let text = '';
  return new Promise((resolve) => {
    output.on('data', (chunk) => {
      text += chunk;
      const url = /(http:\/\/[^\s/]+)\S*\s/.exec(text)?.[1];
      if (url !== undefined) {
        resolve(url);
      }
    });
  });
}
