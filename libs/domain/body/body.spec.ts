import { describe, it } from '@jest/globals';
import { bodyRegistered, bodyRetired, decision } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { LocalisedText } from '../values.js';
import type { RegisterBody, RenameBody, RetireBody } from './commands.js';
import { bodyDecider } from './decider.js';
import type { BodyRenamed } from './events.js';

const NEW_NAMES = { ru: 'Координационный совет', kk: 'Үйлестіру кеңесі' };
const register: RegisterBody = { type: 'RegisterBody', data: bodyRegistered.data };
const rename = (names: LocalisedText): RenameBody => ({ type: 'RenameBody', data: { bodyId: 'ksopn', names } });
const renamed: BodyRenamed = { type: 'BodyRenamed', data: { bodyId: 'ksopn', names: NEW_NAMES } };
const retire: RetireBody = { type: 'RetireBody', data: bodyRetired.data };

describe('A body is registered', () => {
  it('once', () => given(bodyDecider).when(register).thenRecords(bodyRegistered));
  it('and never again, not even the same', () =>
    given(bodyDecider, bodyRegistered).when(register).thenRejected('BODY_ALREADY_REGISTERED'));
  it('nor after it was retired', () =>
    given(bodyDecider, bodyRegistered, bodyRetired).when(register).thenRejected('BODY_ALREADY_REGISTERED'));
});

describe('A body is renamed', () => {
  it('in all languages at once', () => given(bodyDecider, bodyRegistered).when(rename(NEW_NAMES)).thenRecords(renamed));
  it('and the same names again say nothing new', () =>
    given(bodyDecider, bodyRegistered, renamed).when(rename(NEW_NAMES)).thenNothing());
  it('but not once it is retired', () =>
    given(bodyDecider, bodyRegistered, bodyRetired).when(rename(NEW_NAMES)).thenRejected('BODY_RETIRED'));
  it('only if it is registered', () => given(bodyDecider).when(rename(NEW_NAMES)).thenRejected('BODY_UNKNOWN'));
});

describe('A body is retired', () => {
  it('with a reason', () => given(bodyDecider, bodyRegistered).when(retire).thenRecords(bodyRetired));
  it('and the same again says nothing new', () =>
    given(bodyDecider, bodyRegistered, bodyRetired).when(retire).thenNothing());
  it('but not again under a decision that was not cited', () =>
    given(bodyDecider, bodyRegistered, bodyRetired)
      .when({ type: 'RetireBody', data: { ...bodyRetired.data, decision: decision('9') } })
      .thenRejected('BODY_RETIRED'));
  it('only if it is registered', () => given(bodyDecider).when(retire).thenRejected('BODY_UNKNOWN'));
});
