import { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';

type Run = (request: IncomingMessage, response: ServerResponse, unanswered: () => void) => void;

/**
 * The express application: everything goes to `answer`, which writes the whole answer itself. Express gives each request
 * and response another prototype, which makes every later use of them slow; the answers here need nothing of express's,
 * so they get the one that they have.
 */
export function createApplication(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const application = express();
  application.disable('x-powered-by');
  Object.assign(application, { request: IncomingMessage.prototype, response: ServerResponse.prototype });
  application.use(answer);
  // Express itself ends requests in whose target it finds no path. Its types do not know that node's own may come here.
  const run = application as unknown as Run;
  return (request, response) => run(request, response, () => void answer(request, response));
}
