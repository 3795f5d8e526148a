// The timers of a page in the background are slowed down to one a second; those of a worker are not.
const everyMs = 1_000 / 30;
// A page that is busy still with the last one gets none: they would pile up until it did nothing else.
let isBusy = false;
self.addEventListener('message', () => void (isBusy = false));
setInterval(() => {
  if (isBusy) return;
  isBusy = true;
  self.postMessage(null);
}, everyMs);
