import type { HeaderLine } from '../exchange.ts';
import { requestBytes } from '../raw-send.ts';
import { type Probe, probeOf, type Target, type Variant } from './probe.ts';

/** How long a connection that stays open is watched, in milliseconds. */
const WATCHED = 150;

/** Requests in forms that HTTP knows and client libraries hardly ever send, each over a connection of its own. */
export function unusualForms(target: Target, absent: Target): readonly Probe[] {
  return [
    ...expectations(target),
    aside(target, ' with a body', {
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '2'],
      ],
      body: '{}',
    }),
    aside(target, ' over HTTP/1.0', { httpVersion: '1.0', odd: true }),
    { ...aside(target, ' in absolute form', { beside: 'form' }), isAbsolute: true },
    { ...aside(target, ', OPTIONS *', { method: 'OPTIONS', beside: 'server' }), target: '*' },
    aside(target, ' with a dot segment', { path: (path) => `/.${path}`, beside: 'form' }),
    aside(target, ' by a detour', { path: (path) => `/x/..${path}`, beside: 'form' }),
    aside(target, ' with a path parameter', { path: (path) => `${path};x=1`, beside: 'form' }),
    // Newer versions of Node do not show what comes over their connections while these are idle.
    {
      ...aside(target, ' and silence', { headers: [['Connection', 'keep-alive']] }),
      watchedMs: WATCHED,
    },
    withoutHost(target),
    withTwoHosts(target),
    pipelined(target, absent),
  ];
}

/** Expectations (RFC 9110 10.1.1) and offers to change the protocol (RFC 9110 7.8): a server may ignore both. */
function expectations(target: Target): readonly Probe[] {
  const upgrade = (protocol: string): readonly HeaderLine[] => [
    ['Connection', 'Upgrade'],
    ['Upgrade', protocol],
  ];
  return [
    aside(target, ', Expect: 100-continue', { headers: [['Expect', '100-continue']] }),
    aside(target, ', Expect: something-else', { headers: [['Expect', 'something-else']] }),
    aside(target, ', Upgrade: h2c', {
      headers: [
        ['Connection', 'Upgrade, HTTP2-Settings'],
        ['Upgrade', 'h2c'],
        ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
      ],
    }),
    aside(target, ', Upgrade: websocket', { headers: upgrade('websocket') }),
    aside(target, ', Upgrade: unknown/1', { headers: upgrade('unknown/1') }),
  ];
}

function aside(target: Target, words: string, variant: Variant): Probe {
  return { ...probeOf(target, words, variant), alone: true };
}

/** A server has to refuse both of these (RFC 9112 3.2). */
function withoutHost(target: Target): Probe {
  return crooked(target, ' without Host', (probe, headers) => bytesOf(probe, headers.filter(isNoHost)));
}

function withTwoHosts(target: Target): Probe {
  return crooked(target, ' with two Hosts', (probe, headers) =>
    bytesOf(probe, [...headers, ['Host', 'example.invalid']]),
  );
}

/** Two requests at once: the first answer is that of the first (RFC 9112 9.3.2). */
function pipelined(target: Target, absent: Target): Probe {
  const second = probeOf(absent, '');
  return crooked(target, ' with a second request behind it', (probe, headers) =>
    Buffer.concat([bytesOf(probe, headers, []), bytesOf(second, headers)]),
  );
}

function crooked(
  target: Target,
  words: string,
  write: (probe: Probe, headers: readonly HeaderLine[]) => Buffer,
): Probe {
  const probe = probeOf(target, words);
  return { ...probe, raw: (headers) => write(probe, headers) };
}

function bytesOf(
  { method, target, headers }: Probe,
  common: readonly HeaderLine[],
  last: readonly HeaderLine[] = [['Connection', 'close']],
): Buffer {
  return requestBytes(`${method} ${target} HTTP/1.1`, [...common, ...headers, ...last]);
}

function isNoHost([name]: HeaderLine): boolean {
  return name.toLowerCase() !== 'host';
}
