import { expect, test } from 'vitest';
import { readEnrolment } from './read-enrolment.ts';

test('the address is kept without its final slash, the key without spaces', () => {
  expect(readEnrolment(' https://vigia.example.org/upload/ ', ' abc ')).toEqual({
    endpoint: 'https://vigia.example.org/upload',
    token: 'abc',
  });
});

test('plain http is accepted on this device only', () => {
  expect(readEnrolment('http://localhost:4173', 'abc')).toEqual({ endpoint: 'http://localhost:4173', token: 'abc' });
  expect(readEnrolment('http://vigia.example.org', 'abc').issue).toBe('endpoint');
});

test('the first thing missing is named', () => {
  expect(readEnrolment('', '').issue).toBe('endpoint');
  expect(readEnrolment('vigia.example.org', 'abc').issue).toBe('endpoint');
  expect(readEnrolment('https://vigia.example.org', '  ').issue).toBe('token');
});
