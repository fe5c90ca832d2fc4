import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { MailQueries } from '../modules/notifications/index.js';

/** What Prometheus reads. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'vagtklar_http_request_duration_seconds',
    help: 'Duration of requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor(mails: MailQueries) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'vagtklar_mails',
      help: 'Mails in the outbox by state',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const [state, count] of Object.entries(await mails.countByState())) this.set({ state }, count);
      },
    });
  }

  /** Notes a request; the route is its pattern, never its path, which may hold a token. */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }
}
