import { dirname } from 'node:path';
import { KitError } from '../../errors.ts';
import { isArray, isObject, type Json } from '../../json.ts';
import type { Exchange } from '../exchange.ts';
import { readEntry } from './har-entry.ts';
import { lineOfSyntaxError, parseJson, readText } from './json-text.ts';
import { type Recording, recordingOf } from './recording.ts';

const ADVICE =
  'Save the traffic as HAR 1.2 (browsers: network panel, "Save all as HAR"), unpack a zipped one, and give JSON lines as --exchanges';

/**
 * Reads a HAR 1.2 file (http://www.softwareishard.com/blog/har-12-spec/) as browsers, Playwright, mitmproxy and Charles
 * write it. Bodies that Playwright keeps in files beside it are read too.
 * @throws KitError DOCUMENT_UNREADABLE, TRAFFIC_INVALID
 */
export async function readHar(file: string): Promise<Recording> {
  const entries = entriesOf(await readText(file), file);
  const numbered = entries.map((entry, index) => ({ entry, id: `entry ${index + 1}` }));
  const shown: (Exchange | string)[] = [];
  for (const { entry, id } of inOrderOfTime(numbered)) {
    // One after the other: thousands of bodies in files would be too many to open at once.
    shown.push(await readEntry(entry, id, dirname(file)));
  }
  return recordingOf(file, shown);
}

function entriesOf(text: string, file: string): readonly Json[] {
  const har = parseJson(text);
  if (har === undefined) {
    throw invalid('the file is not JSON', file, lineOfSyntaxError(text));
  }
  const log = isObject(har) ? har['log'] : undefined;
  const entries = isObject(log) ? log['entries'] : undefined;
  if (!isArray(entries)) {
    throw invalid('the file is JSON but no HAR: it has no list log.entries', file, 1);
  }
  return entries;
}

/** Tools list entries as requests end, or by page. Where one of them has no readable time, their own order stands. */
function inOrderOfTime<Numbered extends { readonly entry: Json }>(
  entries: readonly Numbered[],
): readonly Numbered[] {
  const timed = entries.map((each) => ({ each, start: startOf(each.entry) }));
  if (timed.some(({ start }) => Number.isNaN(start))) {
    return entries;
  }
  return timed.sort((a, b) => a.start - b.start).map(({ each }) => each);
}

function startOf(entry: Json): number {
  const start = isObject(entry) ? entry['startedDateTime'] : undefined;
  return typeof start === 'string' ? Date.parse(start) : Number.NaN;
}

function invalid(reason: string, file: string, line: number): KitError {
  return KitError.of('TRAFFIC_INVALID', { reason, advice: ADVICE }, { file, line });
}
