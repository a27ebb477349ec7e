import type { LoginProgress } from './authHandler';
import type { Greeting } from './serverGreeting';
import type { StartNotes } from './sftpSubsystem';
import { WritebackError } from '../../../support/errors';
import type { Redact } from '../../../support/redact/redactor';

/** What a server says about itself may hold what was sent to it, so it is cleared of secrets where it arrives, before anything cuts it. */

/** ssh2's own words in front of the server's. */
const OPENING_REFUSED = '(SSH) Channel open failure: ';

/** Clears the message of a fault that a server's answer made; the fault stays the same one. Our own faults pass unchanged. */
export function redactFault<T>(fault: T, redact: Redact = unchanged): T {
	if (!(fault instanceof Error) || fault instanceof WritebackError) return fault;
	const ours = fault.message.startsWith(OPENING_REFUSED) ? OPENING_REFUSED : '';
	fault.message = ours + redact(fault.message.slice(ours.length));
	return fault;
}

/** The greeting, whose text is cleared. */
export function redactGreeting(greeting: Greeting, redact: Redact = unchanged): Greeting {
	return { ...greeting, text: () => redact(greeting.text()) };
}

/** Methods that any server may name (RFC 4252, RFC 4256), whatever the password is. */
const METHODS: ReadonlySet<string> = new Set(['none', 'password', 'publickey', 'hostbased', 'keyboard-interactive']);

/** How far a login has come, with the server's words cleared. */
export function redactProgress(progress: LoginProgress, redact: Redact = unchanged): LoginProgress {
	return {
		...progress,
		accepted: () => progress.accepted().map((method) => (METHODS.has(method) ? method : redact(method))),
		prompt: () => redact(progress.prompt()),
	};
}

/** What a server said beside SFTP, cleared. */
export function redactNotes({ exit, ...notes }: StartNotes, redact: Redact = unchanged): StartNotes {
	return {
		...notes,
		text: redact(notes.text),
		errors: redact(notes.errors),
		...(exit !== undefined && { exit: typeof exit === 'string' ? redact(exit) : exit }),
	};
}

function unchanged(text: string): string {
	return text;
}
