import { ENDPOINT, loadServed } from './description/companions.ts';
import { dialectOverlays } from './description/dialects.ts';
import { KitError } from './errors.ts';
import type { OnRequest } from './mock/journal.ts';
import { serveMock } from './mock/mock.ts';
import type { Mock, MockOptions } from './mock-handle.ts';
import { isDateTime } from './schema/date-time.ts';

const DEFAULTS = {
  scenario: 'default',
  port: 0,
  host: '127.0.0.1',
  cors: [],
  description: ENDPOINT,
  endpointOnly: false,
  overlays: [],
} as const satisfies MockOptions;

/**
 * Starts a mock inside this process. `onRequest` is told of each request before it is answered.
 * @throws KitError for a mistake in the description, the fixture or the options, or where the port is taken.
 */
export async function createMock(options: MockOptions = {}, onRequest?: OnRequest): Promise<Mock> {
  const { dialect } = options;
  const defaults = { ...DEFAULTS, ...(dialect !== undefined && { scenario: 'server' }) };
  const { description: source, endpointOnly, overlays, now, ...rest } = { ...defaults, ...options };
  const served = await loadServed(source, [...dialectOverlays(dialect), ...overlays], endpointOnly);
  return await serveMock({
    ...rest,
    ...served,
    ...(now !== undefined && { now: instant(now) }),
    watch: false,
    log: () => {},
    onRequest,
  });
}

function instant(text: string): Date {
  if (!isDateTime(text)) {
    const reason = `the option now is ${JSON.stringify(text)}, which is no date-time of RFC 3339`;
    throw KitError.of('USAGE', { reason, advice: 'Give one such as 2026-01-31T12:00:00Z.' });
  }
  return new Date(text);
}
