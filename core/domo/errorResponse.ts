import { type Reason, sanitize, WritebackError } from '../support/errors';
import { readLimited } from '../support/readLimited';
import type { Redact } from '../support/redact/redactor';
import { parseRetryAfter } from '../support/retryAfter';
import { isTransientStatus } from '../support/transientStatus';
import { CHECK_API_HOST, CHECK_CLIENT, COPY_ID, EXPORT_REFUSED, LATER, MAY_LIST } from './hintTexts';
import { type DomoAnswer, redactorFor } from './request';

/** The fields of Domo's error JSON that help; every one is missing sometimes. */
interface DomoFault {
	readonly message?: string;
	readonly statusReason?: string;
	/** In place of a message where Domo answers in OAuth's form. */
	readonly error_description?: string;
	/** The reference Domo Support asks for, e.g. `CA6JIHTO46-28C5D-UEQ7I`. */
	readonly toe?: string;
}

/** No access to a DataSet also arrives as a 400 whose message begins with the status of Domo's own storage. The message about a query may repeat any text of it. */
const STORAGE_STATUS = /^Infrastructure problem \((4\d\d)\)/;

/** How many bytes of an error answer are read at most. */
const FAULT_BYTES = 64 * 1024;

/** What was asked for: a list, what Domo says of one DataSet, the data of a DataSet that Domo has just described, or a query of a DataSet. */
export type RequestSubject =
	| { readonly what: 'list' }
	| { readonly what: 'dataSet' | 'export' | 'query'; readonly id: string };

/** The error that an answer with a status other than 200 stands for. Reads the body, at most 64 KiB of it, and ends it. */
export async function errorResponse(answer: DomoAnswer, subject: RequestSubject): Promise<WritebackError> {
	const text = await readLimited(answer.body, FAULT_BYTES).catch(() => '');
	const fault = readFault(text, redactorFor(answer).foreign);
	const retryAfterMs = parseRetryAfter(answer.headers['retry-after']);
	const { reason, what, hint } = meaning(answer.status, fault, subject, retryAfterMs);
	return new WritebackError(reason, what + detail(fault), { hint, retryAfterMs });
}

interface Meaning {
	readonly reason: Reason;
	readonly what: string;
	readonly hint: string;
}

function meaning(status: number, fault: DomoFault, subject: RequestSubject, waitMs: number): Meaning {
	const inner = status === 400 ? Number(STORAGE_STATUS.exec(fault.message ?? '')?.[1]) : NaN;
	const means = inner || status;
	if (means === 429)
		return { reason: 'domoBusy', what: `Domo asked to wait${forSeconds(waitMs)} (status 429)`, hint: LATER };
	if (isTransientStatus(means))
		return { reason: 'domoBusy', what: `Domo is not available at the moment (status ${means})`, hint: LATER };
	switch (subject.what) {
		case 'list':
			return listRefused(means);
		case 'dataSet':
			return dataSetRefused(means, subject.id);
		case 'export':
			return exportRefused(means, subject.id);
		case 'query':
			return means === 400 ? queryRefused() : dataSetRefused(means, subject.id);
	}
}

function listRefused(status: number): Meaning {
	if (status === 401 || status === 406) return tokenRefused();
	if (status !== 403) return unexpectedStatus(status);
	return { reason: 'dataSetForbidden', what: 'Domo does not let this client list DataSets', hint: MAY_LIST };
}

function dataSetRefused(status: number, id: string): Meaning {
	if (status === 401 || status === 406) return tokenRefused();
	if (status === 403)
		return { reason: 'dataSetForbidden', what: `DataSet ${id} is not shared with this client`, hint: SHARE };
	if (status !== 404 && status !== 410) return unexpectedStatus(status);
	return { reason: 'dataSetNotFound', what: `DataSet ${id} does not exist in Domo`, hint: COPY_ID };
}

/** Domo has described the DataSet with the same client a moment ago, so neither the client nor the ID is wrong. */
function exportRefused(status: number, id: string): Meaning {
	if (status === 404 || status === 410)
		return {
			reason: 'dataSetNotFound',
			what: `Domo describes DataSet ${id}, but has no data for it (status ${status})`,
			hint: NO_DATA,
		};
	if (status < 400) return unexpectedStatus(status);
	return {
		reason: 'dataSetForbidden',
		what: `Domo describes DataSet ${id} to this client, but refuses to export it (status ${status})`,
		hint: status === 403 ? SHARE : EXPORT_REFUSED,
	};
}

/** Domo's own words about it follow the message. */
function queryRefused(): Meaning {
	return { reason: 'setting', what: 'SQL: Domo does not run this query (status 400)', hint: CHECK_SQL };
}

function tokenRefused(): Meaning {
	return { reason: 'domoLogin', what: 'Domo refused the access token of this client', hint: CHECK_CLIENT };
}

const SHARE =
	"The client's user must own or co-own the DataSet, or have the Admin role in Domo. Share the DataSet with that user.";

const CHECK_SQL =
	'Compare its columns with those that the operation Get shows. The DataSet is named table, and column names with spaces need backticks, e.g. SELECT `Order ID` FROM table LIMIT 10. Domo also refuses to query a DataSet without rows.';

const NO_DATA = 'It was just deleted, or was never loaded. Open it in Domo and check whether it shows rows.';

function unexpectedStatus(status: number): Meaning {
	return { reason: 'domoNotData', what: `Domo answered with status ${status} instead of data`, hint: CHECK_API_HOST };
}

function forSeconds(ms: number): string {
	return ms === 0 ? '' : ` ${Math.ceil(ms / 1000)} s`;
}

function detail({ message, statusReason, error_description: description, toe }: DomoFault): string {
	// OAuth's descriptions may repeat the token.
	const text = message ?? description?.replace(/[\w.~+/=-]{24,}/g, '…') ?? statusReason;
	const reference = toe ? ` (reference for Domo Support: ${sanitize(toe)})` : '';
	return `${text ? `: ${sanitize(text)}` : ''}${reference}`;
}

function readFault(text: string, redact: Redact): DomoFault {
	try {
		const fault: unknown = JSON.parse(text);
		if (typeof fault !== 'object' || fault === null) return {};
		const field = (name: string) => {
			const value: unknown = Reflect.get(fault, name);
			return typeof value === 'string' && value !== '' ? { [name]: redact(value) } : {};
		};
		return { ...field('message'), ...field('statusReason'), ...field('error_description'), ...field('toe') };
	} catch {
		// A web page or an empty body says nothing that helps.
		return {};
	}
}
