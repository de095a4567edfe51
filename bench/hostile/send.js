import { exchange } from './exchange.js';

/** Milliseconds in which an answer must have come, beside those that it was asked to wait. */
export const LIMIT = 1000;

/** Characters of a probe that are printed. */
const SHOWN = 600;

/** Connections at a time. */
const CONNECTIONS = 32;

/**
 * Sends probes, many at a time, and says of each what was wrong with what came back: undefined where nothing was.
 * @param {readonly import('./probes.js').Probe[]} probes
 * @param {number} port
 * @param {(answer: object) => string | undefined} wrongWith what is wrong with one answer
 * @returns {Promise<(string | undefined)[]>} in the order of the probes
 */
export async function sendAll(probes, port, wrongWith) {
  const found = [];
  const queue = probes.entries();
  const work = async () => {
    for (const [index, probe] of queue) {
      found[index] = await sendOne(probe, port, wrongWith);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return found;
}

async function sendOne(probe, port, wrongWith) {
  const received = await exchange(probe, port);
  const wrong = received.answers.map(wrongWith).find((each) => each !== undefined);
  return wrong ?? wrongNumber(probe, received) ?? (await wrongTime(probe, port, received));
}

function wrongNumber({ methods, isOpen, ending }, { answers, rest }) {
  if (ending === 'leave') {
    return undefined;
  }
  // The double of a server says so before it knows the method, HEAD or not.
  const isBadMessage = /^<h1>Bad Message \d{3}<\/h1>/.test(rest.toString('latin1', 0, 30));
  if (rest.length > 0 && !isBadMessage) {
    return `bytes that are no whole answer: ${JSON.stringify(rest.toString('latin1', 0, 200))}`;
  }
  return isOpen || answers.length === methods.length
    ? undefined
    : `${answers.length} answers where ${methods.length} are due`;
}

/** A late answer is asked for once more: where the machine was busy with something else, it now comes in time. */
async function wrongTime(probe, port, { ms }) {
  const limit = LIMIT + waitOf(probe);
  if (ms < limit) {
    return undefined;
  }
  const again = await exchange(probe, port);
  return again.ms < limit
    ? undefined
    : `the answer took ${Math.round(ms)} ms, and then ${Math.round(again.ms)} ms`;
}

/** Milliseconds that a probe asks the mock to wait: probes ask for one second at most. */
function waitOf({ pieces }) {
  return /wait=1\b/.test(pieces.join('')) ? 1000 : 0;
}

/** A command line that sends a probe once more, in one piece; long ones are cut. */
export function shellCommand({ pieces }, port) {
  const text = pieces.join('').replace(/[^ -~]|[%'\\]/g, escapeForPrintf);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}[${text.length - SHOWN} more]` : text;
  return `printf '${shown}' | nc 127.0.0.1 ${port}`;
}

function escapeForPrintf(character) {
  const short = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '%': '%%', '\\': '\\\\' }[character];
  return short ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
