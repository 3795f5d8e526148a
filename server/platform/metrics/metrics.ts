import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Metrics of this process, in Prometheus' text format on the admin port. Labels never hold ids or addresses. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const requestSeconds = new Histogram({
  name: 'plenary_http_request_seconds',
  help: 'Time from request to answer, by route pattern and status class',
  labelNames: ['route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

export const outboxDeliveries = new Counter({
  name: 'plenary_outbox_deliveries_total',
  help: 'Outbox messages tried, by kind and result (done, retry, failed)',
  labelNames: ['kind', 'result'],
  registers: [metrics],
});

export const fastAnswers = new Counter({
  name: 'plenary_http_fast_answers_total',
  help: 'Public pages given again without passing through the app',
  registers: [metrics],
});
