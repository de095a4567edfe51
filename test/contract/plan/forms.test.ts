import { expect, test } from '@jest/globals';
import { unusualForms } from '../../../src/contract/plan/forms.ts';
import type { Target } from '../../../src/contract/plan/probe.ts';
import { createSender } from '../../../src/contract/send.ts';
import { serveRaw } from '../../servers/listen.ts';
import { description } from '../described.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}';

function targetFor(metalake: string): Target {
  const [operation] = description.operations;
  if (!operation) {
    throw new Error('the description has no operation');
  }
  return { operation, base: '/api', values: new Map([['metalake', metalake]]), thing: metalake };
}

/** What goes over the wire for the form whose words end like this, with the origin as `http://HOST`. */
async function sent(words: string): Promise<string> {
  const origin = await serveRaw((socket) => socket.end(ANSWER));
  const probe = unusualForms(targetFor('demo'), targetFor('absent')).find(({ id }) => id.endsWith(words));
  if (!probe) {
    throw new Error(`no request ${words}`);
  }
  const sender = createSender({ origin, headers: [['X-Key', 'k']], timeoutSeconds: 2 });
  const { wire } = await sender.send(probe);
  sender.close();
  return String(wire?.sent).replaceAll(new URL(origin).host, 'HOST');
}

const ACCEPT = 'Accept: application/vnd.gravitino.v1+json';
const LIST = '/api/metalakes/demo/jobs/runs';

test.each([
  [
    'Expect: 100-continue',
    `GET ${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
  ],
  [
    'Upgrade: websocket',
    `GET ${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  ],
  [
    'with a body',
    `GET ${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  ],
  [
    'over HTTP/1.0',
    `GET ${LIST} HTTP/1.0\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'in absolute form',
    `GET http://HOST${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`],
  [
    'with a dot segment',
    `GET /api/./metalakes/demo/jobs/runs HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'by a detour',
    `GET /api/x/../metalakes/demo/jobs/runs HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'with a path parameter',
    `GET ${LIST};x=1 HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  ['without Host', `GET ${LIST} HTTP/1.1\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`],
  [
    'with two Hosts',
    `GET ${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\nHost: example.invalid\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'with a second request behind it',
    `GET ${LIST} HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\n\r\nGET /api/metalakes/absent/jobs/runs HTTP/1.1\r\nHost: HOST\r\nX-Key: k\r\n${ACCEPT}\r\nConnection: close\r\n\r\n`,
  ],
])('the request %s goes out byte by byte', async (words, bytes) => {
  expect(await sent(words)).toBe(bytes);
});
