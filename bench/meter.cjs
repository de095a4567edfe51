// Loaded in front of a server: tells the process that started it what the server has used up until then.
process.on('message', () => {
  // Only a server that was started with --expose-gc tidies up first.
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() });
});
process.channel.unref();
