import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

/** Gives everyone the clock. */
@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class ClockModule {}
