import { LOGIN_CODES } from './loginCodes';
import type { Meanings } from './meaning';
import { TARGET_CODES } from './targetCodes';
import { VALUE_CODES } from './valueCodes';

/** Storage error codes that a writeback can meet, and what they mean here. */
export const CODES: readonly Meanings[] = [LOGIN_CODES, TARGET_CODES, VALUE_CODES];
