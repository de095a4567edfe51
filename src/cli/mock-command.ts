import { type Command, Option } from 'commander';
import { companionsOf } from '../description/companions.ts';
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
  readonly scenario: string;
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
    .option('--scenario <name|file>', 'a shipped scenario, or the path of a fixture file', 'default')
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
  const { loadDescription } = await import('../description/load.ts');
  const { serveMock } = await import('../mock/mock.ts');
  const { requestLog } = await import('../mock/log.ts');
  const { description: source, overlay = [], endpointOnly, cors = [], log, ...rest } = options;
  const companions = endpointOnly ? [] : companionsOf(source);
  const description = await loadDescription(source, { overlays: [...companions, ...overlay] });
  const mock = await serveMock({ ...rest, cors, description, watch: true, log: await requestLog(log, out) });
  out(greeting(mock.url, mock.world));
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  await mock.close();
}

function greeting(url: string, world: World): string {
  const [example, path] = [
    exampleOf(world),
    (name: string) => `${url}/api/metalakes/${encodeURIComponent(name)}/jobs/runs`,
  ];
  return `Mock of Gravitino's jobs API on ${url}
World "${world.name}": ${world.summary}
Try:
  curl ${path(example.present)}
  curl '${path(example.present)}?jobTemplateName=${encodeURIComponent(example.template)}'
  curl ${path(example.absent)}
Ctrl-C stops it.
`;
}

/** Names of this world that are worth a try: a metalake that exists, a template of it, a metalake that does not. */
function exampleOf({ metalakes, open }: World): { present: string; template: string; absent: string } {
  const [listed] = metalakes.values();
  const jobs = listed?.jobs ?? open?.jobs;
  return {
    present: listed?.name ?? 'demo',
    template: jobs?.all[0]?.jobTemplateName ?? 'any',
    absent: open?.except[0] ?? 'test',
  };
}
