import { asFarAs, canonical, difference } from './canonical.js';
import { Jobs } from './jobs.js';
import { bytesOf } from './recording.js';
import { exchange } from './wire.js';

/**
 * Replays what a real server was sent, in order, and compares the answers.
 * @param {{ url: string, advance: ((milliseconds: number) => Promise<void>) | undefined }} target `advance` lets time pass
 * on the target; a server that has none is waited for
 * @param {import('./recording.js').Exchange[]} exchanges
 * @param {boolean} isSorted whether the order of jobs means something
 * @param {(answer: object) => object} [alike] makes alike what may differ, in a canonical answer
 * @returns {Promise<{ id: string, told: string | undefined }[]>} in what each exchange differs
 */
export async function replay(target, exchanges, isSorted, alike = (answer) => answer) {
  const url = new URL(target.url);
  const jobs = new Jobs(target, exchanges);
  const results = [];
  for (const [index, each] of exchanges.entries()) {
    await jobs.prepare(index);
    const { path, body, method } = each.request;
    const request = { ...each.request, path: jobs.toTarget(path) };
    const bytes = bytesOf(request, body && jobs.toTarget(body), url.host);
    const answers = await exchange(url, bytes, method === 'HEAD', each.answers.length);
    jobs.learn(each, answers);
    results.push({ id: each.id, told: compare(each.answers, answers, { jobs, isSorted, alike }) });
  }
  return results;
}

function compare(recorded, answers, { jobs, isSorted, alike }) {
  if (recorded.length !== answers.length) {
    return `${answers.length} answers, not ${recorded.length}`;
  }
  const told = recorded.map((answer, index) =>
    difference(
      alike(canonical(answer, (id) => jobs.nameOfRecorded(id), isSorted)),
      alike(canonical(asFarAs(answer, answers[index]), (id) => jobs.nameOfTarget(id), isSorted)),
    ),
  );
  return told.find((each) => each !== undefined);
}
