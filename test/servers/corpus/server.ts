import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Ask, answer, HABITS, type Habits } from './api.ts';
import type { Case } from './case.ts';
import { plainWire } from './change.ts';
import { Draw } from './draw.ts';
import { messageOf, type Step, type Writing } from './reply.ts';
import { type HeaderLine, headerOf, type Received, readRequests } from './request.ts';
import { drawWorld, namesOf, type World } from './world.ts';

/** A server of the corpus that runs. */
export interface Running {
  /** What the judge is given; sometimes without the base path, where the description names it. */
  readonly url: string;
  /** In front of every path, whether the URL has it or not. */
  readonly base: string;
  readonly names: readonly string[];
  /** How many requests came. */
  requests(): number;
  /** What went wrong in the case itself; undefined where nothing did. */
  failure(): unknown;
  close(): Promise<void>;
}

interface Server {
  readonly served: Pick<Case, 'change'>;
  readonly world: World;
  readonly habits: Habits;
  readonly draw: Draw;
  readonly memory: Map<string, unknown>;
  readonly common: () => readonly HeaderLine[];
  count: number;
  failure?: unknown;
}

/** Starts a case on a free port of the loopback, with data that follow from the seed. */
export async function startCase(served: Pick<Case, 'id' | 'change'>, seed: string): Promise<Running> {
  const state = createState(served, `${seed} ${served.id}`);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    for (const { connection } of served.change) {
      connection?.(socket);
    }
    converse(socket, state).catch((error: unknown) => {
      state.failure = error;
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { base } = state.world;
  const isTried = base === '' || (base === '/api' && state.draw.chance(0.5));
  return {
    url: `http://127.0.0.1:${port}${isTried ? '' : base}`,
    base,
    names: namesOf(state.world),
    requests: () => state.count,
    failure: () => state.failure,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createState(served: Pick<Case, 'change'>, seed: string): Server {
  const draw = new Draw(seed);
  const world = served.change.reduce((made, change) => change.world?.(made, draw) ?? made, drawWorld(draw));
  const habits: Habits = Object.assign({}, HABITS, ...served.change.map((change) => change.habits));
  const product = draw.pick(undefined, undefined, 'Jetty(9.4.51.v20230217)', 'nginx', `${draw.word()}/1.0`);
  const isLower = draw.chance(0.3);
  const hasDate = draw.chance(0.8);
  const named = (name: string, value: string): HeaderLine => [isLower ? name.toLowerCase() : name, value];
  const common = () => [
    ...(hasDate ? [named('Date', new Date().toUTCString())] : []),
    ...(product === undefined ? [] : [named('Server', product)]),
  ];
  return { served, world, habits, draw, memory: new Map(), common, count: 0 };
}

/** Answers the requests of a connection one after another. */
async function converse(socket: Socket, server: Server): Promise<void> {
  let turn = 0;
  for await (const received of readRequests(socket)) {
    turn += 1;
    server.count += 1;
    const steps = await stepsFor(received, server, turn);
    if (!(await perform(steps, socket))) {
      // Nothing more is answered, yet the end of the connection must be noticed.
      socket.resume();
      return;
    }
  }
  socket.end();
}

async function stepsFor(received: Received, server: Server, turn: number): Promise<readonly Step[]> {
  const { served, world, draw, memory, common, count } = server;
  const { reply: first, ...understood } = answer(received, world, server.habits);
  const ask: Ask = { ...received, ...understood, count, turn, world, draw, memory };
  let reply = first;
  for (const change of served.change) {
    reply = (await change.answer?.(reply, ask)) ?? reply;
  }
  const { method, minor } = received;
  const closes = minor === 0 || /close/i.test(headerOf(received.headers, 'connection') ?? '');
  const writing: Writing = { method, minor, closes, common: common() };
  const message = messageOf(reply, writing);
  const head = served.change.reduce((text, change) => change.head?.(text, ask, reply) ?? text, message.head);
  const write = served.change.findLast((change) => change.wire)?.wire ?? plainWire;
  return write({ ...message, head }, ask, reply);
}

/** Does what the steps say; gives whether the connection goes on. */
async function perform(steps: readonly Step[], socket: Socket): Promise<boolean> {
  for (const step of steps) {
    if (step === 'CLOSE') {
      await new Promise<void>((resolve) => socket.end(resolve));
      return false;
    }
    if (step === 'RESET') {
      socket.resetAndDestroy();
      return false;
    }
    if (step === 'HANG') {
      return false;
    }
    if (typeof step === 'object' && 'wait' in step) {
      await delay(step.wait);
    } else if (!socket.destroyed) {
      await written(socket, typeof step === 'string' ? Buffer.from(step, 'latin1') : step);
    }
  }
  return !socket.destroyed;
}

/** Once the bytes were handed over, or cannot be. */
function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('close', done);
      resolve();
    };
    socket.once('close', done);
    socket.write(bytes, done);
  });
}
