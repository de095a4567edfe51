import { build } from './build.js';

/** `npm start`: compiles, then runs `jobs-kit mock` with the arguments behind `--`. */
build();
process.argv.splice(2, 0, 'mock');
await import('../bin/jobs-kit.cjs');
