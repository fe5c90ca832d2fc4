import { lookup } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { mayConnect } from '../../../common/outgoing-address.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { PlanStore, type StoredPlan } from '../import/files/plan-store.js';
import { feedFault } from './feed-fault.js';

/** Largest plan that is fetched. */
export const FETCH_LIMIT = 50 * 1024 * 1024;
const STILL_MS = 30_000;
const WHOLE_MS = 5 * 60_000;

/** Fetches the plan from the address that the secretariat has given, and from nowhere else. */
@Injectable()
export class PlanFetch {
  private readonly allowsLoopback: boolean;

  constructor(
    @Inject(ENV) env: Env,
    private readonly store: PlanStore,
  ) {
    this.allowsLoopback = !env.isProduction;
  }

  /**
   * Fetches a plan into the store. A redirect is refused, since it would lead where nobody has looked.
   * @throws DomainError `shift_feed_…` that says what went wrong, and what `PlanStore.receive` throws
   */
  async fetch(url: string, token: string | undefined): Promise<StoredPlan> {
    const fault = feedFault(url, this.allowsLoopback);
    if (fault) throw new DomainError(fault, 'rule');
    const stop = AbortSignal.timeout(WHOLE_MS);
    try {
      const answer = await this.ask(new URL(url), token, stop);
      refuse(answer);
      return await this.store.receive(answer, FETCH_LIMIT);
    } catch (error) {
      throw error instanceof DomainError ? error : new DomainError('shift_feed_unreachable', 'rule');
    }
  }

  private ask(url: URL, token: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = {
      accept:
        'text/csv, text/calendar, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5',
      'accept-encoding': 'identity',
      'user-agent': 'Vagtklar',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const { get } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const request = get(
        url,
        { headers, signal, lookup: this.lookup(), agent: false, timeout: STILL_MS },
        resolve,
      );
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
    });
  }

  /** Names are looked up by us, and the connection goes to the very address that was looked at. */
  private lookup(): LookupFunction {
    return (name, options, callback) => {
      lookup(name, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        if (addresses.some(({ address }) => !mayConnect(address, this.allowsLoopback)))
          return callback(new DomainError('shift_feed_private', 'rule'), '');
        if (options.all) return callback(null, addresses);
        callback(null, addresses[0]!.address, addresses[0]!.family);
      });
    };
  }
}

function refuse(answer: IncomingMessage): void {
  const status = answer.statusCode ?? 0;
  if (status === 200) return;
  answer.destroy();
  if (status >= 300 && status < 400) throw new DomainError('shift_feed_redirected', 'rule');
  const isClosed = status === 401 || status === 403;
  throw new DomainError(isClosed ? 'shift_feed_not_allowed' : 'shift_feed_bad_answer', 'rule');
}
