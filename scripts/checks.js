/** Named checks, one after another: a line for each, and at the end one plain line for those who read only that. */
export class Checks {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /**
   * Runs one check; it fails by throwing.
   * @param {string} name a sentence that says what holds
   * @param {() => unknown} action
   * @returns {Promise<boolean>} whether it passed
   */
  async check(name, action) {
    try {
      await action();
      this.#passed += 1;
      console.log(`  ok    ${name}`);
      return true;
    } catch (error) {
      this.#failed += 1;
      console.log(`  FAIL  ${name}\n${error.message.replace(/^/gm, '        ')}`);
      return false;
    }
  }

  /**
   * Says that a check cannot be made here.
   * @param {string} name
   * @param {string} reason
   */
  skip(name, reason) {
    this.#skipped += 1;
    console.log(`  skip  ${name}: ${reason}`);
  }

  /** Prints the closing line; the process will exit with 1 if a check failed, or if none was made. */
  close() {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`);
    process.exitCode = this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}
