import { rmSync } from 'node:fs';
import { dredd } from './dredd.js';
import { jestOpenapi } from './jest-openapi.js';
import { prism } from './prism.js';
import { schemathesis } from './schemathesis.js';
import { settingOf } from './setting.js';
import { specmatic } from './specmatic.js';
import versions from './versions.json' with { type: 'json' };

/**
 * The peers: for each, who it is and what it makes of a setting.
 * @type {Record<string, { title: string, judge: (setting: import('./setting.js').Setting) =>
 *   Promise<{ fails: boolean, findings: readonly string[] }> }>}
 */
export const PEERS = {
  prism: { title: `Prism proxy ${versions.npm['@stoplight/prism-cli']}`, judge: prism },
  'jest-openapi': { title: `jest-openapi ${versions.npm['jest-openapi']}`, judge: jestOpenapi },
  dredd: { title: `Dredd ${versions.npm.dredd}`, judge: dredd },
  schemathesis: { title: `Schemathesis ${versions.python.schemathesis}`, judge: schemathesis },
  specmatic: { title: `Specmatic ${versions.npm.specmatic}`, judge: specmatic },
};

/** Findings of a case that are kept, and characters of each. */
const KEPT = { findings: 5, characters: 300 };

/**
 * A peer as a judge of cases.
 * @param {string} name one of PEERS
 * @param {{ startCase: Function }} corpus
 * @param {{ seed: string, peers: string }} options
 */
export function createPeer(name, { startCase }, { seed, peers }) {
  const verdict = async (setting, server) => {
    const start = performance.now();
    const { fails, findings } = await PEERS[name].judge(setting);
    const failure = server.failure();
    if (failure !== undefined) {
      throw failure;
    }
    return {
      verdict: fails ? 'violates' : 'conforms',
      findings: findings.slice(0, KEPT.findings).map((text) => text.slice(0, KEPT.characters)),
      seconds: (performance.now() - start) / 1000,
    };
  };
  return {
    async judge(tested) {
      const template = await templateOf(tested, startCase, seed);
      const server = await startCase(tested, seed);
      const setting = settingOf(server, template, tested.slow === true, peers);
      try {
        return await verdict(setting, server);
      } finally {
        await server.close();
        rmSync(setting.folder, { recursive: true, force: true });
      }
    },
    close() {},
  };
}

/** A template that the first metalake has jobs of, learnt from a faultless server of the same data. */
async function templateOf({ id, change }, startCase, seed) {
  const data = change.filter(({ world }) => world).map(({ world }) => ({ world }));
  const twin = await startCase({ id, change: data }, seed);
  const [name] = twin.names;
  const path = `${twin.base}/metalakes/${encodeURIComponent(name)}/jobs/runs`;
  const { jobs } = await (await fetch(new URL(path, twin.url))).json();
  await twin.close();
  return jobs[0]?.jobTemplateName ?? 'no_template';
}
