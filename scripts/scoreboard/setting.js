import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The path of the only operation. */
const PATH = '/metalakes/{metalake}/jobs/runs';
export const MEDIA_TYPE = 'application/vnd.gravitino.v1+json';
/** Answers with nothing but what the schemas require, for tools that want examples of their own. */
export const LIST = { code: 0, jobs: [{ jobId: '1', jobTemplateName: 'x', status: 'queued', audit: {} }] };
export const ERROR = { code: 1003, type: 'NoSuchMetalakeException', message: 'It does not exist' };
/** A name that nothing in the corpus has, as somebody who sets a peer up would choose one. */
const ABSENT = 'absentmetalakexx';

/**
 * What a peer is told of a running case, and where it may write.
 * @typedef {{
 *   url: string,
 *   names: readonly string[],
 *   absent: string,
 *   template: string,
 *   patience: number,
 *   folder: string,
 *   peers: string,
 * }} Setting `url` has the base path; `names` are those that our judge is given too, the first has the most jobs;
 *   `template` is one that the first has jobs of; `patience`: seconds that an answer may take
 */

/**
 * The setting of a running case.
 * @param {{ url: string, base: string, names: readonly string[] }} server
 * @param {string} template
 * @param {boolean} isSlow whether the case is slow on purpose
 * @param {string} peers the folder in which the peers are installed
 * @returns {Setting}
 */
export function settingOf(server, template, isSlow, peers) {
  return {
    url: new URL(server.url).origin + server.base,
    names: server.names,
    absent: ABSENT,
    template,
    patience: isSlow ? 10 : 5,
    folder: mkdtempSync(join(tmpdir(), 'scoreboard-')),
    peers,
  };
}

/** The path of a list, as it is sent. */
export function pathOf(name, template) {
  const query = template === undefined ? '' : `?jobTemplateName=${encodeURIComponent(template)}`;
  return `${PATH.replace('{metalake}', encodeURIComponent(name))}${query}`;
}

/**
 * The description with the server's URL, and with these values as the examples of its parameters.
 * @param {Setting} setting
 * @param {string} metalake
 * @param {string} [template]
 */
export function describe({ url }, metalake, template) {
  const description = parse(readFileSync(new URL('../../spec/openapi.yaml', import.meta.url), 'utf8'));
  const { parameters } = description.components;
  description.servers = [{ url }];
  delete parameters.metalake.examples;
  parameters.metalake.example = metalake;
  if (template !== undefined) {
    parameters.jobTemplateName.example = template;
  }
  return description;
}

/** The responses of the only operation, to be changed. */
export function responsesOf(description) {
  return description.paths[PATH].get.responses;
}

/** Writes a file of a peer's configuration, a text or a value as JSON, and gives its path. */
export function write({ folder }, name, content) {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return file;
}
