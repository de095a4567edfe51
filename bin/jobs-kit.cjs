#!/usr/bin/env node
// Plain old JavaScript, so that a Node too old for the rest can still say so.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error('jobs-kit needs Node 20.19 or newer; this is ' + process.versions.node + '. Install a newer one from https://nodejs.org.');
  process.exit(2);
}
import('../dist/cli.js').then(function (cli) {
  return cli.runAsProcess();
});
