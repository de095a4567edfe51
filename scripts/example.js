import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';

// Serves the example page and forwards /api to a server: a real Gravitino sends no CORS headers, so a page can read
// its answers only where both come from the same origin.

const HOST = '127.0.0.1';
const FOLDER = fileURLToPath(new URL('../examples/', import.meta.url));
const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Fields that concern one connection and are not forwarded (RFC 9110 7.6.1), beside those that Connection names. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

function main() {
  const { target, port } = readArguments();
  const server = http.createServer((request, response) => answer(request, response, target));
  server.on('error', (error) => fail(`cannot listen on ${HOST}:${port}: ${explain(error)}`));
  server.listen(port, HOST, () => {
    console.log(`Jobs page on http://${HOST}:${server.address().port}/`);
    console.log(`It reads from ${nameOf(target)}, through /api here. Ctrl-C ends it.`);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

// Arguments

function readArguments() {
  return new Command('npm run example --')
    .description('Serve the example page and forward /api to a server.')
    .requiredOption('--target <url>', 'the server, such as http://localhost:8090', parseTarget)
    .option('--port <n>', 'port to listen on; 0 takes any free one', parsePort, 3000)
    .configureOutput({
      outputError: (message) =>
        fail(
          message
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' '),
        ),
    })
    .parse()
    .opts();
}

function parseTarget(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new InvalidArgumentError('Give a URL such as http://localhost:8090.');
  }
  return url;
}

/** The target as it is shown: without a password that its URL may hold. */
function nameOf({ origin, pathname }) {
  return origin + pathname;
}

function parsePort(text) {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('Give a whole number from 0 to 65535.');
  }
  return Number(text);
}

function explain({ code, message }) {
  return code === 'EADDRINUSE'
    ? 'something listens there; choose another with --port (0 takes any free one).'
    : message;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

// Answers

async function answer(request, response, target) {
  if (!request.url.startsWith('/api/')) {
    sendFile(request, response);
    return;
  }
  try {
    await forward(request, response, target);
  } catch (error) {
    sendUnreachable(response, target, error);
  }
}

/** Sends a file that stands in the examples' folder itself: only a name in its listing can be asked for. */
function sendFile({ url }, response) {
  const name = url === '/' || url.startsWith('/?') ? 'jobs.html' : url.slice(1).replace(/\?.*$/, '');
  const type = CONTENT_TYPES[extname(name)];
  if (type === undefined || !readdirSync(FOLDER).includes(name)) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such page here.\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
  response.end(readFileSync(FOLDER + name));
}

async function forward(request, response, target) {
  const outgoing = (target.protocol === 'https:' ? https : http).request(target, {
    path: target.pathname.replace(/\/(api\/?)?$/, '') + request.url,
    method: request.method,
    headers: { ...passedOn(request), ...framing(request), host: target.host },
  });
  response.once('close', () => outgoing.destroy());
  const incoming = await new Promise((resolve, reject) => {
    outgoing.once('response', resolve).on('error', reject);
    request.pipe(outgoing);
  });
  response.writeHead(incoming.statusCode, incoming.statusMessage, passedOn(incoming));
  await pipeline(incoming, response);
}

/** The header fields that go on to the other side, each with all its values. */
function passedOn({ headers, headersDistinct }) {
  const dropped = [...HOP_BY_HOP, ...(headers.connection ?? '').toLowerCase().split(/\s*,\s*/)];
  return Object.fromEntries(Object.entries(headersDistinct).filter(([name]) => !dropped.includes(name)));
}

/** A body of unknown length stays one; node would not frame it for methods that rarely have a body. */
function framing({ headers }) {
  return headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };
}

function sendUnreachable(response, target, error) {
  if (response.headersSent) {
    return; // It came in part, and was cut off where the target cut it off.
  }
  const message = `No answer from ${nameOf(target)} (${error.code ?? error.message}). Start a server there, or give another --target.`;
  response.writeHead(502, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code: 1007, type: 'TargetUnreachable', message }));
}

main();
