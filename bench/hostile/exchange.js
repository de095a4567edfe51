import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readAnswers } from './answers.js';

/** Milliseconds between two pieces. */
const PAUSE = 5;

/** Milliseconds without a byte after which nothing more is expected where nothing is due. */
const QUIET = 40;

/** Milliseconds after which an answer is given up. */
const GIVEN_UP = 10_000;

/**
 * Sends a probe over a connection of its own.
 * @param {import('./probes.js').Probe} probe
 * @returns the answers, what came beside them, and the milliseconds from the last byte of the probe to that of the answers
 */
export async function exchange(probe, port) {
  const connection = await open(port);
  const { socket } = connection;
  for (const [index, piece] of probe.pieces.entries()) {
    await delay(index === 0 ? undefined : PAUSE);
    socket.write(piece, 'latin1');
  }
  const sent = performance.now();
  if (probe.ending === 'half-close') {
    socket.end();
  }
  if (probe.ending === 'leave') {
    await delay(1);
  } else {
    await settle(connection, probe, sent);
  }
  const ms = connection.heard > sent ? connection.heard - sent : 0;
  const received = readAnswers(Buffer.concat(connection.chunks), probe.methods);
  end(socket, probe.ending);
  return { ...received, ms };
}

async function open(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  const connection = { socket, chunks: [], heard: 0, isOver: false, wake: () => {} };
  const over = () => {
    connection.isOver = true;
    connection.wake();
  };
  socket.on('data', (chunk) => {
    connection.chunks.push(chunk);
    connection.heard = performance.now();
    connection.wake();
  });
  // A server that refuses may close while the probe is still being sent.
  socket.on('error', over).on('end', over).on('close', over);
  await new Promise((resolve) => socket.once('connect', resolve).once('error', resolve));
  return connection;
}

/** Waits until all has come that is due, the server has ended the connection, or it has long said nothing. */
async function settle(connection, { methods, isOpen }, sent) {
  while (!connection.isOver) {
    const { answers, rest } = readAnswers(Buffer.concat(connection.chunks), methods);
    const isEnough = !isOpen && answers.length >= methods.length;
    if (isEnough || performance.now() - sent > GIVEN_UP) {
      return;
    }
    const mayStop = isOpen && rest.length === 0;
    const { length } = connection.chunks;
    await somethingNew(connection, mayStop ? QUIET : GIVEN_UP);
    if (mayStop && connection.chunks.length === length) {
      return;
    }
  }
}

/** Waits until the connection brings something or is over, or for some milliseconds. */
function somethingNew(connection, ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    connection.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function end(socket, ending) {
  if (ending === 'reset' || ending === 'leave') {
    socket.resetAndDestroy();
  } else {
    socket.end();
    socket.destroySoon();
  }
}
