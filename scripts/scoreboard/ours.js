import { fork } from 'node:child_process';

/** Seconds after which our judge is stopped if it gives no verdict. */
const PATIENCE = 30;

/**
 * Our own judge, in a process of its own so that it cannot stop the run.
 * @param {string} program the compiled worker of the corpus
 * @param {string} seed
 */
export function createOurs(program, seed) {
  const startWorker = () => fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let worker = startWorker();
  return {
    async judge({ id }) {
      const outcome = await ask(worker, { id, seed });
      if (outcome.verdict === 'hang' || outcome.verdict === 'crash') {
        worker.kill('SIGKILL');
        worker = startWorker();
      }
      return outcome;
    },
    close() {
      worker.disconnect();
    },
  };
}

/** The outcome of a case, or how its judge ended without one. */
function ask(worker, question) {
  const start = performance.now();
  return new Promise((resolve) => {
    const fail = (verdict, detail) => {
      const seconds = (performance.now() - start) / 1000;
      end({ verdict, errors: 0, warnings: 0, findings: [detail], requests: 0, seconds });
    };
    const onExit = (code, signal) => fail('crash', `the process ended with ${code ?? signal}`);
    const timer = setTimeout(() => fail('hang', `no verdict within ${PATIENCE} s`), PATIENCE * 1000);
    const end = (outcome) => {
      clearTimeout(timer);
      worker.off('message', end).off('exit', onExit);
      resolve(outcome);
    };
    worker.once('message', end).once('exit', onExit);
    worker.send(question);
  });
}
