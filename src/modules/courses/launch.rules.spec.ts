import { launchUrl, launchWarnings } from './launch.rules.js';

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

describe('launchWarnings', () => {
  it.each([
    ['https://360.articulate.com/review/content/1b2c/review', ['review_link']],
    ['https://review360.articulate.com/review/content/1b2c?x={reference}', ['review_link']],
    ['https://rise.articulate.com/share/abc', []],
    ['https://lms.example.dk/review/1', []],
    ['https://articulate.com.evil.test/review/1', []],
  ])('%s: %j', (url, expected) => expect(launchWarnings(url)).toEqual(expected));
});
