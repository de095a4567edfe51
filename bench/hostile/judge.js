import { dialectOverlays } from '../../dist/description/dialects.js';
import { loadDescription } from '../../dist/description/load.js';
import { findResponse } from '../../dist/description/lookup.js';
import { TRANSPORT_ANSWERS, TRANSPORT_HEADER } from '../../dist/mock/transport-answers.js';
import { packageFile } from '../../dist/package-files.js';

/** Transport answers by which the mock says that it went wrong itself. */
const FAULTS = ['broken-answer', 'mock-failed'];

/**
 * Makes a function that says what is wrong with an answer by the shipped description, or by the list of transport answers:
 * undefined where nothing is.
 * @param {string | undefined} dialect that of the mock
 */
export async function createJudge(dialect) {
  const overlays = dialectOverlays(dialect);
  const { operations } = await loadDescription(packageFile('spec/openapi.yaml'), { overlays });
  const [operation] = operations;
  const mediaTypeOf = (status) => findResponse(operation, status)?.mediaTypes[0];
  return dialect === undefined ? judgeOf(mediaTypeOf) : doubleJudgeOf(mediaTypeOf(400));
}

/**
 * The double of a server has pages of its own. But what calls itself an error of the API must be one, and nothing may be
 * wrong with the mock itself.
 */
function doubleJudgeOf({ schema }) {
  return ({ headers, status, method, body }) => {
    const transport = headers.get(TRANSPORT_HEADER);
    if (FAULTS.includes(transport)) {
      return `${status} with ${TRANSPORT_HEADER}: ${transport}`;
    }
    const isError = method !== 'HEAD' && /^\{"code":(?!0\b)/.test(body.toString());
    return isError ? wrongBody(body.toString(), schema) : undefined;
  };
}

function judgeOf(mediaTypeOf) {
  return (answer) => {
    const { status, headers, method } = answer;
    const transport = headers.get(TRANSPORT_HEADER);
    if (status === 204 && method === 'OPTIONS') {
      return undefined;
    }
    if (transport !== undefined) {
      return wrongTransport(transport, status) ?? wrongContent(answer, mediaTypeOf(400));
    }
    const mediaType = mediaTypeOf(status);
    return mediaType
      ? wrongContent(answer, mediaType)
      : `${status} to ${method} is neither documented nor a transport answer`;
  };
}

function wrongTransport(name, status) {
  const listed = TRANSPORT_ANSWERS[name];
  return listed?.status !== status || FAULTS.includes(name)
    ? `${status} with ${TRANSPORT_HEADER}: ${name}`
    : undefined;
}

function wrongContent({ headers, body, method }, { type, schema }) {
  const given = headers.get('content-type');
  if (given !== type && given !== 'application/json') {
    return `the media type is ${given}`;
  }
  return method === 'HEAD' ? undefined : wrongBody(body.toString(), schema);
}

function wrongBody(text, schema) {
  try {
    const [violation] = schema.check(JSON.parse(text));
    return violation && `${violation.pointer} is ${violation.actual}, not ${violation.expected}`;
  } catch {
    return `the body is no JSON: ${text.slice(0, 200)}`;
  }
}
