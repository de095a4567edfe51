import { randomInt } from 'node:crypto';

const STATUSES = ['queued', 'started', 'failed', 'succeeded', 'cancelling', 'canceled'];

/** Jobs by metalake, made up anew: two metalakes with jobs of several templates, one without any. */
export function someWorld() {
  return {
    [word()]: jobs(randomInt(6, 20), [word(), `${word()} & ${word()}/ü 100%`, word()]),
    [`${word()} ${word()}`]: jobs(randomInt(2, 9), [word(), word()]),
    [word()]: [],
  };
}

/** Seven letters and digits. */
export function word() {
  return randomInt(36 ** 6, 36 ** 7).toString(36);
}

function jobs(length, templates) {
  return Array.from({ length }, (_, index) => ({
    jobId: `job-${randomInt(1e12)}`,
    jobTemplateName: templates[index % templates.length],
    status: STATUSES[randomInt(STATUSES.length)],
    audit: audit(),
  }));
}

function audit() {
  const created = Date.now() - randomInt(1e6, 1e9);
  const always = { creator: word(), createTime: new Date(created).toISOString() };
  return randomInt(2) === 0
    ? always
    : { ...always, lastModifier: word(), lastModifiedTime: new Date(created + randomInt(1e6)).toISOString() };
}
