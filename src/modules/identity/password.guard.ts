import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { z } from 'zod';
import { email } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { invalidInput } from '../../common/http/validation.js';

/** The body of a sign-in. */
export const credentials = z.strictObject({ email, password: z.string().min(1).max(200) });

/** Checks e-mail and password before the handler runs; the person is left on `request.user`. */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    const parsed = credentials.safeParse(request.body ?? {});
    if (!parsed.success) throw invalidInput(parsed.error.issues);
    request.body = parsed.data;
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<T>(error: unknown, user: T): T {
    if (error) throw error;
    return user;
  }
}
