#!/usr/bin/env node
// Plain old JavaScript, so that a Node too old for the rest can still say so.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error(
    'jobs-kit needs Node 20.19 or newer; this is ' +
      process.versions.node +
      '. Get a newer one from https://nodejs.org.',
  );
  process.exit(2);
}

// In a fresh clone nothing is compiled yet.
var compiled = require('node:fs').existsSync(require('node:path').join(__dirname, '../dist/cli.js'));
(compiled ? Promise.resolve() : import('../scripts/build.js').then((script) => script.build()))
  .then(() => import('../dist/cli.js'))
  .then((cli) => cli.runAsProcess())
  .catch((error) => {
    console.error(`jobs-kit cannot be loaded: ${error.message}. Install it again.`);
    process.exitCode = 2;
  });
