import { build } from '../scripts/build.js';

/** The tests that start the command run the compiled one, as a user does. */
export default function buildOnce() {
  build();
  process.env['DIST_IS_BUILT'] = '1';
}
