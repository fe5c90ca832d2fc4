import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import type { AppRequest } from '../../common/http/app-request.js';
import { SignInService } from './sign-in.service.js';

/** Sign-in with e-mail and password through passport. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly signIn: SignInService) {
    super({ usernameField: 'email', passwordField: 'password', passReqToCallback: true });
  }

  /** The person whose address and password these are. @throws DomainError `invalid_credentials` */
  async validate(request: AppRequest, email: string, password: string): Promise<{ personId: number }> {
    return { personId: await this.signIn.verify(email, password, request.ip) };
  }
}
