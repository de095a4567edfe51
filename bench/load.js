import autocannon from 'autocannon';

/**
 * The load, in a process of its own: for each message it asks a server as fast as it answers, and says how many answers
 * came in how many seconds. With `unique` no URL comes twice.
 */
process.on('message', async ({ unique, ...load }) => {
  const requests = unique ? [{ setupRequest: withNewUrl }] : [{}];
  const result = await autocannon({ ...load, timeout: 60, sampleInt: 50, requests });
  const failures = result.non2xx + result.errors + result.timeouts;
  process.send({ answers: result['2xx'], seconds: result.duration, failures });
});

let count = Date.now();

function withNewUrl(request) {
  count += 1;
  const { path } = request;
  return { ...request, path: `${path}${path.includes('?') ? '&' : '?'}_t=${count}` };
}
