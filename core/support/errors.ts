import { field } from './field';

/** Why a writeback did not happen. The list is closed: a fault that fits none of these passes unchanged. */
export type Reason =
	| 'setting'
	| 'domoLogin'
	| 'dataSetNotFound'
	| 'dataSetForbidden'
	| 'domoInterrupted'
	| 'domoBusy'
	| 'domoNotData'
	| 'rowsDiffer'
	| 'hostKeyUnknown'
	| 'hostKeyMismatch'
	| 'destinationLogin'
	| 'targetRefused'
	| 'targetExists'
	| 'targetTaken'
	| 'destinationFull'
	| 'destinationInterrupted'
	| 'incomplete'
	| 'cancelled';

/** Reasons that the same writeback may overcome when it is tried again. */
const RETRYABLE: ReadonlySet<Reason> = new Set([
	'domoInterrupted',
	'domoBusy',
	'rowsDiffer',
	'destinationInterrupted',
	'incomplete',
]);

export interface WritebackErrorOptions {
	/** What to do about it, in one or two sentences. */
	readonly hint: string;
	/** The fault behind it. Give only errors that hold no secret: a foreign error may carry a whole request. */
	readonly cause?: unknown;
	/** Overrules the reason's own answer, e.g. a maintenance page is worth another try. */
	readonly retryable?: boolean;
	/** How long the other side asked to be left alone. */
	readonly retryAfterMs?: number;
}

/** A fault whose reason is known: `message` says what happened, `hint` what to do, both in the user's words. */
export class WritebackError extends Error {
	override readonly name = 'WritebackError';
	readonly hint: string;
	readonly retryable: boolean;
	readonly retryAfterMs: number;

	constructor(
		readonly reason: Reason,
		message: string,
		{ hint, cause, retryable = RETRYABLE.has(reason), retryAfterMs = 0 }: WritebackErrorOptions,
	) {
		super(message, cause === undefined ? {} : { cause });
		this.hint = hint;
		this.retryable = retryable;
		this.retryAfterMs = retryAfterMs;
	}
}

/** The same fault, told in another way. */
export function withOptions(fault: WritebackError, options: Partial<WritebackErrorOptions>): WritebackError {
	const { reason, message, hint, cause, retryable, retryAfterMs } = fault;
	return new WritebackError(reason, message, { hint, cause, retryable, retryAfterMs, ...options });
}

/** The same fault, whose hint also names what could not be removed. */
export function withLeftover(fault: unknown, leftover: string): unknown {
	if (!(fault instanceof WritebackError)) return fault;
	const hint = `${fault.hint} ${sanitize(leftover)} could not be removed; a later writeback to this target removes it.`;
	return withOptions(fault, { hint });
}

/** The same for a file that n8n keeps. */
export function withStoredLeftover(fault: unknown, leftover: string): unknown {
	if (!(fault instanceof WritebackError)) return fault;
	const hint = `${fault.hint} ${sanitize(leftover)} could not be removed; n8n removes it with this execution.`;
	return withOptions(fault, { hint });
}

/** A hint without its promise that the target is as it was, for a fault after which it may not be; never empty. */
export function withoutUnchanged(hint: string): string {
	const rest = hint.replace(', so the target is unchanged', '').replace(/The target is unchanged[;,.]? ?/, '');
	return rest.trim().replace(/^\p{Ll}/u, (first) => first.toUpperCase()) || 'Try again.';
}

/** What happened and what to do in one text, where n8n shows no second one. */
export function formatMessageAndHint({ message, hint }: WritebackError): string {
	return `${message}. ${hint}`;
}

/** A parameter or credential field that cannot work; `label` is the one the user sees. */
export function invalidParameter(label: string, what: string, hint: string): WritebackError {
	return new WritebackError('setting', `${label}: ${what}`, { hint });
}

/** The user stopped the execution. n8n tells it from a failure by the word "canceled" in the message. */
export function cancelled(hint = 'Nothing more is read or written.', cause?: unknown): WritebackError {
	return new WritebackError('cancelled', 'The execution was canceled', { hint, cause });
}

/** Longest piece of a server's text that is shown. */
const MAX_SANITIZED_CHARACTERS = 200;

/** Text that came from elsewhere, made fit to be shown: one line, short, no control or direction characters, no SAS signature or bearer token. */
export function sanitize(text: string): string {
	const oneLine = text
		.slice(0, 4 * MAX_SANITIZED_CHARACTERS)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(/\b(sig=|bearer\s+|basic\s+)[^\s&"'<>]+/giu, '$1…')
		.trim();
	return oneLine.length > MAX_SANITIZED_CHARACTERS ? `${oneLine.slice(0, MAX_SANITIZED_CHARACTERS)}…` : oneLine;
}

/** A text of at most `characters`, which ends in `…` when it is cut. A copy, so that the rest is not kept in memory with it. */
export function cut(text: string, characters: number): string {
	if (text.length <= characters) return text;
	const kept = text.slice(0, characters - 1).replace(/[\ud800-\udbff]$/, '');
	return Buffer.from(`${kept}…`, 'utf16le').toString('utf16le');
}

const NETWORK_ERRORS: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
	ETIMEDOUT: 'no answer in time',
	ECONNABORTED: 'no answer in time',
	ENOTFOUND: 'there is no host with that name',
	EAI_AGAIN: 'the name could not be looked up',
	EHOSTUNREACH: 'there is no route to it',
	ENETUNREACH: 'there is no route to it',
};

/** Codes of OpenSSL's check of a certificate. Those that begin with ERR_SSL_ are of the connection, also where they name the certificate of a client. */
const UNTRUSTED =
	/^(?!ERR_SSL_).*(CERT|CRL|UNABLE_TO_VERIFY|UNABLE_TO_DECODE)|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** Whether the server's TLS certificate was rejected, which another try doesn't change. */
export function isUntrusted(fault: unknown): boolean {
	return UNTRUSTED.test(codeOf(fault));
}

/** The `code` of a Node.js error; empty when it has none. */
export function codeOf(fault: unknown): string {
	const code = field(fault, 'code');
	return typeof code === 'string' ? code : '';
}

/** Why a connection failed, in words: n8n replaces a message that holds a bare error code by a general one. */
export function describeNetworkError(fault: unknown): string {
	const code = codeOf(fault);
	if (isUntrusted(fault)) return 'its TLS certificate is not trusted';
	if (/^ERR_(SSL|TLS)_|^EPROTO$/.test(code)) return 'the TLS connection failed';
	return NETWORK_ERRORS[code] ?? 'the connection failed';
}
