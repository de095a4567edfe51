import { createServer } from 'node:http';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createClientFromOperations } from '@stoplight/prism-http/dist/client.js';
import { pino } from 'pino';
import { descriptionOfBody, listen } from './constant.js';

/** Prism as `prism mock` sets it up, without its log. */
const config = () => ({
  mock: { dynamic: false },
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  logger: pino({ level: 'silent', customLevels: { success: 35 } }),
});

const client = createClientFromOperations(
  await getHttpOperationsFromSpec(await descriptionOfBody()),
  config(),
);

listen(
  createServer(async ({ method, url, headers }, response) => {
    // Prism writes into its configuration, so each request gets its own.
    const answer = await client.request(
      url,
      { method: method.toLowerCase(), headers },
      { mock: { dynamic: false } },
    );
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.data));
  }),
);
