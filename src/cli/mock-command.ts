import { type Command, Option } from 'commander';
import type { World } from '../world/model.ts';
import type { Surroundings } from './io.ts';
import {
  addDescriptionOptions,
  type DescriptionArguments,
  factor,
  instant,
  origin,
  RepeatableOption,
  wholeNumber,
} from './options.ts';

interface MockArguments extends DescriptionArguments {
  readonly port: number;
  readonly host: string;
  readonly scenario?: string;
  readonly dialect?: string;
  readonly jobs?: number;
  readonly seed?: number;
  readonly now?: Date;
  readonly endpointOnly?: boolean;
  readonly state: string;
  readonly clock: 'real' | 'manual';
  readonly speed: number;
  readonly control: boolean;
  readonly cors?: readonly string[];
  readonly log: 'text' | 'json' | 'off';
}

const EXAMPLES = `
Examples:
  jobs-kit mock                              the documented answers on http://localhost:8090
  jobs-kit mock --scenario closed --port 0   a closed world on any free port
  jobs-kit mock --scenario ./my-world.yaml   your own fixture, reloaded when you save it
  jobs-kit mock --jobs 1000                  a long list
  jobs-kit mock --scenario fresh --state ./state.json   a new server, which remembers
`;

const SCENARIO =
  'a shipped scenario, or the path of a fixture file (default: "default"; "server" with --dialect)';

/** Adds `jobs-kit mock` to the program. */
export function addMockCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('mock')
    .description('serve the described API from fixtures')
    .optionsGroup('The server:')
    .option('--port <n>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), 8090)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new RepeatableOption('--cors <origin>', 'let pages of this origin read the answers; * for all', origin),
    )
    .addOption(
      new Option('--log <form>', 'a line for each request').choices(['text', 'json', 'off']).default('text'),
    )
    .optionsGroup('What it answers:')
    .option('--dialect <name>', 'behave like the server of a release, such as gravitino-1.3')
    .option('--scenario <name|file>', SCENARIO)
    .option('--jobs <n>', 'make this many jobs', wholeNumber(0, 1_000_000))
    .option(
      '--seed <n>',
      'seed of what is made up; the same seed makes the same',
      wholeNumber(0, 2 ** 32 - 1),
    )
    .option('--now <time>', 'the time that it is at the start, such as 2026-01-31T12:00:00Z', instant)
    .option('--endpoint-only', 'serve the documented endpoint without its companions')
    .optionsGroup('What changes:')
    .option('--state <name|file>', 'memory, or the file that keeps what requests change', 'memory')
    .addOption(
      new Option('--clock <form>', 'the clock that jobs live by; manual: moved by control requests alone')
        .choices(['real', 'manual'])
        .default('real'),
    )
    .option('--speed <n>', 'seconds that pass in one', factor, 1)
    .option('--no-control', 'take no control requests below /__jobs-kit/')
    .addHelpText('after', EXAMPLES)
    .action((options: MockArguments) => serve(options, surroundings));
  addDescriptionOptions(command);
}

async function serve(options: MockArguments, { out, stop }: Surroundings): Promise<void> {
  const { loadServed } = await import('../description/companions.ts');
  const { serveMock } = await import('../mock/mock.ts');
  const { requestLog } = await import('../mock/log.ts');
  const { dialectOverlays } = await import('../description/dialects.ts');
  const { description, overlay = [], endpointOnly = false, cors = [], log: form, dialect, ...rest } = options;
  const { scenario = dialect === undefined ? 'default' : 'server' } = options;
  const served = await loadServed(description, [...dialectOverlays(dialect), ...overlay], endpointOnly);
  const log = await requestLog(form, out);
  const mock = await serveMock({ ...rest, ...served, scenario, cors, watch: true, log });
  out(greeting(mock.url, mock.world));
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  await mock.close();
}

function greeting(url: string, world: World): string {
  return `Mock of Gravitino's jobs API on ${url}
World "${world.name}": ${world.summary}
Try:
${examplesFor(world, `${url}/api/metalakes`)
  .map((line) => `  curl ${line}`)
  .join('\n')}
Ctrl-C stops it.
`;
}

/** Requests that are worth a try in this world: of a metalake that exists, of a template of it, of one that does not. */
function examplesFor({ metalakes, open }: World, url: string): readonly string[] {
  const [listed] = metalakes.values();
  const { jobs } = listed ?? open ?? {};
  const runs = (name: string) => `${url}/${encodeURIComponent(name)}/jobs/runs`;
  if (!jobs) {
    return [url, `${url} -H 'Content-Type: application/json' -d '{"name":"demo"}'`, runs('demo')];
  }
  const present = runs(listed?.name ?? 'demo');
  const template = encodeURIComponent(jobs.all[0]?.jobTemplateName ?? 'any');
  return [present, `'${present}?jobTemplateName=${template}'`, runs(open?.except[0] ?? 'test')];
}
