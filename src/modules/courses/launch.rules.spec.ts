import { launchUrl } from './launch.rules.js';

describe('launchUrl', () => {
  it.each([
    ['https://host.test/course', 'https://host.test/course?enrolment=abc'],
    ['https://host.test/course?lang={language}', 'https://host.test/course?lang=da&enrolment=abc'],
    ['https://host.test/{reference}/start', 'https://host.test/abc/start'],
    ['https://host.test/c#part', 'https://host.test/c?enrolment=abc#part'],
  ])('%s', (template, expected) => {
    expect(launchUrl(template, 'abc', 'da')).toBe(expected);
  });
});
