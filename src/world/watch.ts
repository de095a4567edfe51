import { watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Milliseconds of quiet after which a file counts as saved: an editor writes, truncates and renames in a burst. */
const QUIET = 50;

/**
 * Calls `onChange` each time a fixture file was saved, in place or by a rename over it. It watches the folder, since a
 * watch on the file itself would stay with the old file after a rename. It does not keep the process alive.
 */
export function watchFixture(file: string, onChange: () => void): { close(): void } {
  const path = resolve(file);
  const name = basename(path);
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(path), { persistent: false }, (_event, changed) => {
    if (changed === name || changed === null) {
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET);
    }
  });
  // On Windows a watched folder that is deleted is an error: there is nothing left to watch, and nothing to die of.
  watcher.on('error', () => watcher.close());
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
