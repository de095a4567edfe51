import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Judges what real servers answered, recorded as `RELEASE.jsonl`, by the shipped description and with the compiled kit. Curl
 * lines ask the address that the description names first, wherever the recorded server was.
 * @param {string} folder
 * @param {{ companions?: boolean, dialect?: string }} options whether the operations around the endpoint are judged, too, and
 *   by the dialect of which release
 * @returns an object for each recording, the oldest release first; `report` may still hold recorded secrets
 */
export async function judgeRecordings(folder, { companions = false, dialect } = {}) {
  const { judgeRecorded, loadDescription } = await import('../dist/index.js');
  const { readExchanges } = await import('../dist/contract/recorded/json-lines.js');
  const { companionsOf, ENDPOINT } = await import('../dist/description/companions.js');
  const { dialectOverlays } = await import('../dist/description/dialects.js');
  const overlays = [...(companions ? companionsOf(ENDPOINT) : []), ...dialectOverlays(dialect)];
  const description = await loadDescription(ENDPOINT, { overlays });
  const { origin } = new URL(description.document.servers[0].url);
  const judged = [];
  for (const file of recordingsIn(folder)) {
    const recorded = await readExchanges(join(folder, file));
    const exchanges = recorded.exchanges.map((each) => ({ ...each, request: { ...each.request, origin } }));
    const report = judgeRecorded({ description, recording: { ...recorded, exchanges } });
    judged.push({ release: basename(file, '.jsonl'), description, exchanges, report });
  }
  return judged;
}

/** Whether Gravitino's own documentation has the operation; that of the server's version and settings is ours alone. */
export function isPublished(id, { document, operations }) {
  const { path, method } = operations.find((each) => each.id === id);
  return !document.paths[path][method.toLowerCase()].tags?.includes('server');
}

function recordingsIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return files.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
