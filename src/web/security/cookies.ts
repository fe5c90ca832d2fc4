import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '../../config/env.js';
import { randomToken } from '../../common/crypto.js';

/** What the names of cookies begin with. */
export function cookiePrefix(env: Pick<Env, 'PUBLIC_URL'>): string {
  return env.PUBLIC_URL.startsWith('https:') ? '__Host-' : '';
}

/** Cookies that only our own host gets; the `__Host-` prefix needs https, so development has a plain name. */
export class AppCookies {
  private readonly prefix: string;
  private readonly options: CookieSerializeOptions;

  constructor(env: Pick<Env, 'PUBLIC_URL'>) {
    this.prefix = cookiePrefix(env);
    this.options = { path: '/', httpOnly: true, sameSite: 'lax', secure: this.prefix !== '' };
  }

  /** The session's JWT, if the browser sent one. */
  session(request: FastifyRequest): string | undefined {
    return request.cookies[`${this.prefix}vk_session`];
  }

  /** @param seconds how long it lasts: a length and no instant, for the clock of the reader may be wrong */
  setSession(reply: FastifyReply, jwt: string, seconds: number): void {
    reply.setCookie(`${this.prefix}vk_session`, jwt, { ...this.options, maxAge: seconds });
  }

  clearSession(reply: FastifyReply): void {
    reply.clearCookie(`${this.prefix}vk_session`, this.options);
  }

  /** What forms are bound to: the session, or a random value for someone who is not signed in. */
  csrfBinding(request: FastifyRequest): string | undefined {
    return this.session(request) ?? request.cookies[`${this.prefix}vk_form`];
  }

  /** The same, made now when there is none yet. */
  ensureCsrfBinding(request: FastifyRequest, reply: FastifyReply): string {
    const present = this.csrfBinding(request);
    if (present) return present;
    const fresh = randomToken();
    reply.setCookie(`${this.prefix}vk_form`, fresh, this.options);
    return fresh;
  }

  setPlain(reply: FastifyReply, name: string, value: string, maxAge: number): void {
    reply.setCookie(this.prefix + name, value, { ...this.options, maxAge });
  }
}
