/** What two runs of the same server never have in common, made alike. */

/**
 * An answer of which only what matters is left.
 * @param {(id: string) => string} nameOf one name for a job, whatever its id
 * @param {boolean} isSorted whether the order of jobs means something
 */
export function canonical(answer, nameOf, isSorted) {
  if (answer === null) {
    return null;
  }
  const { http_version, status, reason, headers, body } = answer;
  const content = canonicalBody(body, nameOf, isSorted);
  // A length can only be compared where the whole body can.
  const isWhole = content === body;
  const shown = headers.map(
    ([name, value]) => `${name}: ${canonicalField(name, value, isWhole && body !== '')}`,
  );
  return { line: `${http_version} ${status} ${reason}`, headers: shown, body: content };
}

function canonicalField(name, value, isWhole) {
  switch (name.toLowerCase()) {
    case 'date':
      return value.replace(/[A-Z][a-z]{2}/g, 'Xxx').replace(/\d/g, '0');
    case 'content-length':
      return isWhole || value === '0' ? value : 'N';
    default:
      return value;
  }
}

function canonicalBody(body, nameOf, isSorted) {
  const plain = body
    .replace(/\b[A-Za-z_-]*\d{17,19}\b/g, (id) => nameOf(id))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (time) => time.replace(/\d/g, '0'))
    .replace(/(Servlet(?:Container)?)-[0-9a-f]+/g, '$1-#');
  return isJson(plain) ? canonicalJson(plain, isSorted) : plain;
}

/** Whether it is the API's JSON as a whole. */
function isJson(text) {
  return /^\{"code":.*\}$/s.test(text);
}

/** The other answer as far as the recording goes, which cuts off long bodies. */
export function asFarAs(recorded, answer) {
  const isCut = /^\{"/.test(recorded?.body ?? '') && !recorded.body.endsWith('}');
  return isCut && answer !== null ? { ...answer, body: answer.body.slice(0, recorded.body.length) } : answer;
}

function canonicalJson(text, isSorted) {
  const value = JSON.parse(text);
  if (Array.isArray(value.stack)) {
    value.stack = value.stack.slice(0, 1);
  }
  for (const list of isSorted ? ['metalakes'] : ['metalakes', 'jobs']) {
    if (Array.isArray(value[list])) {
      value[list] = value[list]
        .map((each) => JSON.stringify(each))
        .sort()
        .map((each) => JSON.parse(each));
    }
  }
  return JSON.stringify(value);
}

/** In what two canonical answers differ, in a line; undefined where they do not. */
export function difference(expected, actual) {
  if (expected === null || actual === null) {
    return expected === actual
      ? undefined
      : `${actual === null ? 'no answer' : 'an answer'}, not ${expected === null ? 'none' : expected.line}`;
  }
  const told = [
    expected.line !== actual.line && `${actual.line}, not ${expected.line}`,
    String(expected.headers) !== String(actual.headers) &&
      `headers ${listed(actual.headers, expected.headers)}`,
    expected.body !== actual.body && bodyDifference(expected.body, actual.body),
  ].filter(Boolean);
  return told.length === 0 ? undefined : told.join('; ');
}

function listed(actual, expected) {
  const more = actual.filter((each) => !expected.includes(each));
  const less = expected.filter((each) => !actual.includes(each));
  return more.length + less.length === 0
    ? `in another order: ${actual.join(', ')}`
    : `with ${more.join(', ') || 'nothing'} in place of ${less.join(', ') || 'nothing'}`;
}

/** Where two bodies part, and a little around that. */
function bodyDifference(expected, actual) {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) {
    at += 1;
  }
  const part = (text) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 80));
  return `body at ${at} ${part(actual)}, not ${part(expected)}`;
}
