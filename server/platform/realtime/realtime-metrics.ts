import { Counter, Gauge } from 'prom-client';
import { metrics } from '../metrics/metrics.ts';

export const openSockets = new Gauge({
  name: 'plenary_live_sockets',
  help: 'Sockets that are connected to this process',
  registers: [metrics],
});

export const refusedMessages = new Counter({
  name: 'plenary_live_refused_messages_total',
  help: 'Live messages that were not let through, by reason (unknown, malformed, tooFrequent)',
  labelNames: ['reason'],
  registers: [metrics],
});

export const slowConsumers = new Counter({
  name: 'plenary_live_slow_consumers_total',
  help: 'Sockets that were cut off because they did not read what was sent to them',
  registers: [metrics],
});

export const sentFrames = new Counter({
  name: 'plenary_live_frames_total',
  help: 'Pushes to one socket each, by way: ready bytes, or packets of Socket.IO for who has something else to send',
  labelNames: ['way'],
  registers: [metrics],
});
