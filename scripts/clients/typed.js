import { execFile, spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCES = fileURLToPath(new URL('typed/', import.meta.url));

/** No command takes longer than this, in milliseconds. */
const PATIENCE = 300_000;

/**
 * A client whose types openapi-typescript makes from the effective description, and which calls with openapi-fetch. It
 * has packages of its own, for openapi-typescript needs an older TypeScript than we do.
 */
export class TypedClient {
  constructor(scratch) {
    this.name = 'A client with generated types';
    this.folder = join(scratch, 'typed-client');
  }

  /**
   * Installs its packages.
   * @returns {string | undefined} why that could not be done
   */
  install() {
    cpSync(SOURCES, this.folder, { recursive: true });
    const npm = ['ci', '--loglevel=error', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status, stderr } = spawnSync('npm', npm, {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: PATIENCE,
    });
    return status === 0 ? undefined : `its packages could not be installed: ${stderr.trim().split('\n')[0]}`;
  }

  /**
   * Compiles the calls and all examples with the types of the effective description, and calls a server.
   * @param {import('../checks.js').Checks} checks
   * @param {{ url: string, dialect?: string }} server how to reach it, and the dialect whose description it has
   * @returns {Promise<boolean[]>} of each check, whether it passed
   */
  async test(checks, { url, dialect }) {
    const whose = dialect ?? 'the documentation';
    const compiles = await checks.check(`calls and examples compile with the types of ${whose}`, () =>
      this.#compile(dialect),
    );
    const calls = () => this.#run('node', 'calls.js', url);
    return compiles
      ? [compiles, await checks.check('the calls get what their types say', calls)]
      : [compiles];
  }

  async #compile(dialect) {
    const { companionsOf, ENDPOINT } = await import('../../dist/description/companions.js');
    const { dialectOverlays } = await import('../../dist/description/dialects.js');
    const { readDescription } = await import('../../dist/description/load.js');
    const { trees, entry, description } = await readDescription(ENDPOINT, {
      overlays: [...companionsOf(ENDPOINT), ...dialectOverlays(dialect)],
    });
    writeFileSync(join(this.folder, 'description.json'), JSON.stringify(trees.get(entry)));
    await this.#run('openapi-typescript', 'description.json', '--immutable', '--output', 'description.d.ts');
    writeFileSync(join(this.folder, 'examples.ts'), typedExamples(description.operations));
    await this.#run('tsc', '--project', 'tsconfig.json');
  }

  /** Not `spawnSync`: a server of this process, or one that it reads from, must go on meanwhile. */
  async #run(command, ...args) {
    const binary = command === 'node' ? process.execPath : join(this.folder, 'node_modules', '.bin', command);
    const options = { cwd: this.folder, timeout: PATIENCE };
    try {
      await promisify(execFile)(binary, args, options);
    } catch ({ message, stdout, stderr }) {
      throw new Error(`${message}\n${stdout}${stderr}`);
    }
  }
}

/** Each example of a response, with the type that was made for it. */
function typedExamples(operations) {
  const examples = operations.flatMap(({ path, method, responses }) =>
    responses.flatMap(({ key: status, mediaTypes }) =>
      mediaTypes.flatMap((mediaType) => {
        const keys = [path, method.toLowerCase(), 'responses', status, 'content', mediaType.type];
        const type = `paths${keys.map((key) => `[${JSON.stringify(key)}]`).join('')}`;
        return mediaType.examples.map(({ value }) => ({ type, value: JSON.stringify(value) }));
      }),
    ),
  );
  // Not assigned at once: an example may have members that the type of a base schema does not tell of.
  const constants = examples.map(
    ({ type, value }, index) =>
      `const value${index} = ${value} as const;\nexport const example${index}: ${type} = value${index};\n`,
  );
  return `import type { paths } from './description.js';\n\n${constants.join('')}`;
}
