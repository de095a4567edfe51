import { readFileSync } from 'node:fs';

/** What the rivals answer: the bytes that the mock answered to the same request. */
export const BODY = readFileSync(process.argv[2] ?? '', 'utf8');

export const MEDIA_TYPE = 'application/vnd.gravitino.v1+json';

/**
 * The description for the rivals that answer from one: its success has these bytes as its only example, and it knows the
 * parameter that makes URLs unique, which they would refuse else.
 */
export async function descriptionOfBody() {
  const { parse } = await import('yaml');
  const description = parse(readFileSync(new URL('../../spec/openapi.yaml', import.meta.url), 'utf8'));
  const { get } = description.paths['/metalakes/{metalake}/jobs/runs'];
  get.responses['200'].content[MEDIA_TYPE].examples = { constant: { value: JSON.parse(BODY) } };
  get.parameters.push({ name: '_t', in: 'query', schema: { type: 'string' } });
  return description;
}

/** Listens on any free port of this machine, and prints the URL. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}
