import { ClientRequest, type IncomingMessage } from 'node:http';
import { HEAD_LIMIT } from './limits.ts';
import { tapOf, type Watch } from './wire.ts';

/** What decides beside its time how a try goes. */
export interface Circumstances {
  /** Whether a body that is too large is not read to its end. */
  readonly endsAnyway: boolean;
  /** Cuts the try where it is aborted. */
  readonly closing: AbortSignal;
}

/** What is seen of one try while it runs. */
export interface Observation extends Circumstances {
  request: ClientRequest | undefined;
  response: IncomingMessage | undefined;
  watch: Watch | undefined;
  /** Set where the rest of the body is not wanted. */
  stopped: boolean;
  /** Ends the try before superagent does. */
  end: (error: Error | null) => void;
}

/** Looks on while a request of Node's client runs. */
export function observe(req: unknown, seen: Observation): void {
  if (!(req instanceof ClientRequest)) {
    return;
  }
  seen.request = req;
  // Node reads these two from the request once it has a connection; superagent has no way to hand them over.
  Object.assign(req, { maxHeaderSize: HEAD_LIMIT, insecureHTTPParser: true });
  req.once('socket', (socket) => {
    const watch = tapOf(socket).watch(req.method);
    watch.onRead = () => stopIfTooLarge(req, watch, seen);
    seen.watch = watch;
  });
  req.prependOnceListener('response', (response) => {
    seen.response = response;
    // So that superagent does not decode: the bytes still have it.
    delete response.headers['content-encoding'];
    response.resume();
  });
  // Superagent would wait for the answer behind a 101, and there is none.
  req.once('upgrade', (_, socket) => {
    socket.destroy();
    seen.end(null);
  });
}

/** A length tells beforehand that a body is too large. Without one it is read to its end once, since it may have none. */
function stopIfTooLarge(req: ClientRequest, { reader }: Watch, seen: Observation): void {
  const body = reader.body();
  if (!seen.stopped && body?.excess() !== undefined && (seen.endsAnyway || body.isLengthGiven())) {
    seen.stopped = true;
    req.destroy();
  }
}

/** Node may report a broken answer once more, for which superagent would print a warning. */
export function ignoreErrors(source: ClientRequest | IncomingMessage | undefined): void {
  source?.removeAllListeners('error').on('error', () => undefined);
}
