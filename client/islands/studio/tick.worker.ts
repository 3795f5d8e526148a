// The timers of a page in the background are slowed down to one a second; those of a worker are not.
const everyMs = 1_000 / 30;
setInterval(() => self.postMessage(null), everyMs);
