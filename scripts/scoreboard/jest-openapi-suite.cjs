const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const supertest = require('supertest');

// As a user of jest-openapi tests a server: the status, the media type (which jest-openapi does not look at), and the
// body by the description.
const { url, patience, requests, mediaType, description, modules } = JSON.parse(
  readFileSync(process.env.SCOREBOARD, 'utf8'),
);
createRequire(modules)('jest-openapi').default(description);

test.each(requests)(
  'GET $path with Accept $accept',
  async ({ path, accept, status }) => {
    const response = await supertest(url)
      .get(path)
      .set('Accept', accept)
      .timeout(patience * 1000);
    if (status !== undefined) {
      expect(response.status).toBe(status);
      expect(response.type.toLowerCase()).toBe(mediaType);
    }
    expect(response).toSatisfyApiSpec();
  },
  (patience + 1) * 1000,
);
