import type { Reason } from '../../support/errors';

/** What a refusal means, and what to do about it. */
export type Meaning = readonly [reason: Reason, message: string, hint: string];
export type Meanings = Readonly<Record<string, Meaning>>;
