import type { Meanings } from './errorMeaning';
import { LOGIN_CODES } from './loginErrorCodes';
import { TARGET_CODES } from './targetErrorCodes';
import { VALUE_CODES } from './valueErrorCodes';

/** Storage error codes that a writeback can meet, and what they mean here. */
export const CODES: readonly Meanings[] = [LOGIN_CODES, TARGET_CODES, VALUE_CODES];
