import { RestError } from '@azure/storage-blob';
import type { Meanings } from './errorMeaning';
import { LOGIN_CODES, PERMISSIONS } from './loginErrorCodes';
import { TARGET_CODES } from './targetErrorCodes';
import { VALUE_CODES } from './valueErrorCodes';
import {
	invalidParameter,
	cancelled,
	describeNetworkError,
	isUntrusted,
	sanitize,
	WritebackError,
} from '../../support/errors';
import type { Redact } from '../../support/redact/redactor';
import { parseRetryAfter } from '../../support/retryAfter';
import { isTransientStatus } from '../../support/transientStatus';

/** Storage error codes that a writeback can meet, and what they mean here. */
const CODES: readonly Meanings[] = [LOGIN_CODES, TARGET_CODES, VALUE_CODES];

/** What a hint names. */
export interface BlobLocation {
	readonly container: string;
	readonly account: string;
	/** Clears what Azure, or what stands in for it, says of secrets; nothing is cleared when absent. */
	readonly redact?: Redact;
}

/** What the SDK's error means. The SDK's own object is dropped: it holds the request's address, and with it the signature. */
export function toAzureError(
	fault: unknown,
	{ container, account, redact = (text) => text }: BlobLocation,
	doing: string,
	signal?: AbortSignal,
): unknown {
	if (fault instanceof WritebackError) return fault;
	if (signal?.aborted) return cancelled();
	if (!(fault instanceof RestError)) return isAbort(fault) ? cancelled() : fault;
	const reported = azureCode(fault);
	const meaning = CODES.find((codes) => Object.hasOwn(codes, reported))?.[reported];
	const place = placed(doing, { container, account });
	const retryAfterMs = retryAfterOf(fault);
	if (meaning !== undefined)
		return new WritebackError(meaning[0], meaning[1] + place, { hint: meaning[2], retryAfterMs });
	if (isUntrusted(fault)) return untrusted();
	const status = fault.statusCode ?? 0;
	const code = redact(reported);
	const named = code === '' ? '' : `, ${sanitize(code)}`;
	if (status === 403 || status === 401)
		return new WritebackError('destinationLogin', `Azure refused the SAS token${named}${place}`, { hint: PERMISSIONS });
	if (status === 404)
		return new WritebackError('targetRefused', `Azure found nothing there${named}${place}`, {
			hint: "Check 'Blob Container', 'Account Name' and 'Blob Endpoint'.",
		});
	if (status === 0) return transientError(`Azure cannot be reached: ${describeNetworkError(fault)}${place}`);
	const answered = `Azure answered with status ${status}${named}${place}`;
	if (isTransientStatus(status)) return transientError(answered, retryAfterMs);
	return new WritebackError('targetRefused', answered, { hint: code === '' ? NAMELESS : UNKNOWN });
}

/** Azure itself says why; what stands between does not. */
const NAMELESS = "Check 'Blob Endpoint', and any proxy between n8n and Azure: a refusal from Azure itself has a code.";
const UNKNOWN =
	"The target is unchanged. Look up the code of the refusal at learn.microsoft.com, or ask the storage account's administrator.";

function transientError(what: string, retryAfterMs = 0): WritebackError {
	return new WritebackError('destinationInterrupted', what, {
		hint: "The target is unchanged. Try again. If it happens again, check 'Account Name' and 'Blob Endpoint'.",
		retryAfterMs,
	});
}

/** What `Retry-After` says, in milliseconds; 0 when it says nothing. */
export function retryAfterOf(fault: unknown): number {
	return parseRetryAfter(fault instanceof RestError ? fault.response?.headers.get('retry-after') : undefined);
}

/** Where something happened, to be put behind a message. */
export function placed(doing: string, { container, account }: BlobLocation): string {
	return ` (${doing} ${container === '' ? 'the containers' : `container ${sanitize(container)}`} of ${sanitize(account)})`;
}

function untrusted(): WritebackError {
	return invalidParameter(
		'Blob Endpoint',
		'its TLS certificate is not trusted',
		"Check 'Account Name' and 'Blob Endpoint'. If a proxy intercepts TLS, ask n8n's administrator to add its certificate (NODE_EXTRA_CA_CERTS).",
	);
}

/** Azure's name for a refusal; answers without a body carry it in a header only. Empty when there is none. */
export function azureCode(fault: unknown): string {
	if (!(fault instanceof RestError)) return '';
	return fault.code ?? fault.response?.headers.get('x-ms-error-code') ?? '';
}

function isAbort(fault: unknown): boolean {
	return fault instanceof Error && fault.name === 'AbortError';
}
