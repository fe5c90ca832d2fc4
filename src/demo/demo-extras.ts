import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../common/local-date.js';
import type { DemoStep } from './full/demo-step.js';
import { DemoReading } from './reading/demo-reading.js';
import { DemoSurveys } from './surveys/demo-surveys.js';

/** What either size of the demonstration gets once there are agents. */
@Injectable()
export class DemoExtras {
  constructor(
    private readonly reading: DemoReading,
    private readonly surveys: DemoSurveys,
  ) {}

  /** What is to be written, in this order. */
  steps(today: LocalDate): DemoStep[] {
    return [
      { name: 'reading', work: (tx) => this.reading.write(tx, today) },
      { name: 'surveys', work: (tx) => this.surveys.write(tx, today) },
    ];
  }
}
