import { Inject, Injectable } from '@nestjs/common';
import { randomToken, SecretBox } from '../../../common/crypto.js';
import { ENV, type Env } from '../../../config/env.js';
import { WaveSecret } from './wave-secret.js';

/** Makes the secrets of waves, and encrypts them under the application's. */
@Injectable()
export class WaveSecrets {
  private readonly box: SecretBox;

  constructor(@Inject(ENV) env: Env) {
    this.box = new SecretBox(env.APP_SECRET, 'survey-waves');
  }

  /** A new one, with the form in which it is kept. */
  fresh(): { secret: WaveSecret; sealed: string } {
    const random = randomToken();
    return { secret: new WaveSecret(random), sealed: this.box.seal(random) };
  }

  /** The one that is kept. */
  open(sealed: string): WaveSecret {
    return new WaveSecret(this.box.open(sealed));
  }
}
