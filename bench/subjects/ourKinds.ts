import { instructions } from '../fixtures/machine';
import { OURS, WITHOUT_SHA } from './subject';

/** Our process on one kind of processor. */
export interface OurKind {
	readonly name: typeof OURS | typeof WITHOUT_SHA;
	/** Whether the process has SHA instructions, as far as is known. */
	readonly hasSha: boolean;
	/** More for the environment of our process, and of no other. */
	readonly env: Readonly<Record<string, string>>;
}

/** Makes OpenSSL, and so Node.js, leave the SHA instructions of an x86 processor alone. */
export const NO_SHA = { OPENSSL_ia32cap: ':~0x20000000' } as const;

/** Our process as the machine is and, where that has SHA instructions, without them too. */
export function ourKinds({ shaNi } = instructions()): readonly OurKind[] {
	const asItIs = { name: OURS, hasSha: shaNi !== false, env: {} } as const;
	return shaNi === true ? [asItIs, { name: WITHOUT_SHA, hasSha: false, env: NO_SHA }] : [asItIs];
}
