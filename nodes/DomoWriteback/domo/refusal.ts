import { type Reason, shown, WritebackError } from '../errors';
import { readBounded } from './readBounded';
import type { DomoAnswer } from './request';

/** The fields of Domo's error JSON that help; every one is missing sometimes. */
interface DomoFault {
	readonly message?: string;
	readonly statusReason?: string;
	/** The reference Domo Support asks for, e.g. `CA6JIHTO46-28C5D-UEQ7I`. */
	readonly toe?: string;
}

/** How many bytes of an error answer are read at most. */
const FAULT_BYTES = 64 * 1024;

const HINTS: Partial<Record<Reason, string>> = {
	domoLogin:
		'Check Client ID and Client Secret in the Domo credential; the client needs the scope "data" (developer.domo.com → Manage Clients).',
	dataSetForbidden:
		"The client's user must own or co-own the DataSet, or have the Admin role in Domo. Share the DataSet with that user.",
	dataSetNotFound: 'Open the DataSet in Domo and copy the ID that follows "datasources/" in the address of the page.',
	domoBusy: 'Run it again in a few minutes. The target is unchanged.',
	domoNotData:
		'Check API Host in the Domo credential (usually https://api.domo.com) and whether a proxy or an IP allow list stands between n8n and Domo.',
};

/** The error that an answer with a status other than 200 stands for. Reads the body, at most 64 KiB of it, and ends it. */
export async function refusal(answer: DomoAnswer, dataSetId?: string): Promise<WritebackError> {
	const fault = readFault(await readBounded(answer.body, FAULT_BYTES).catch(() => ''));
	const reason = reasonOf(answer.status, fault);
	const retryAfterMs = retryAfter(answer.headers['retry-after']);
	const what = `${whatHappened(reason, answer.status, dataSetId, retryAfterMs)}${detail(fault)}`;
	return new WritebackError(reason, what, { hint: HINTS[reason] ?? '', retryAfterMs });
}

function reasonOf(status: number, fault: DomoFault): Reason {
	// No access to a DataSet also arrives as a 400 whose message holds the status of Domo's own storage: "Infrastructure problem (403): …".
	const inner = status === 400 ? Number(/\((\d{3})\)/.exec(fault.message ?? '')?.[1]) : NaN;
	switch (inner || status) {
		case 401:
		case 406:
			return 'domoLogin';
		case 403:
			return 'dataSetForbidden';
		case 404:
		case 410:
			return 'dataSetNotFound';
		case 408:
		case 429:
			return 'domoBusy';
		default:
			return status >= 500 ? 'domoBusy' : 'domoNotData';
	}
}

function whatHappened(reason: Reason, status: number, dataSetId: string | undefined, waitMs: number): string {
	const dataSet = dataSetId === undefined ? 'what was asked for' : `DataSet ${dataSetId}`;
	switch (reason) {
		case 'domoLogin':
			return 'Domo refused the access token of this client';
		case 'dataSetForbidden':
			return dataSetId === undefined
				? 'Domo does not let this client list DataSets'
				: `${dataSet} is not shared with this client`;
		case 'dataSetNotFound':
			return `${dataSet} does not exist in Domo`;
		case 'domoBusy':
			return status === 429
				? `Domo asked to wait${waitMs === 0 ? '' : ` ${Math.ceil(waitMs / 1000)} s`} (status 429)`
				: `Domo is not available at the moment (status ${status})`;
		default:
			return `Domo answered with status ${status} instead of data`;
	}
}

function detail({ message, statusReason, toe }: DomoFault): string {
	const said = message ?? statusReason;
	const reference = toe ? ` (reference for Domo Support: ${shown(toe)})` : '';
	return `${said ? `: ${shown(said)}` : ''}${reference}`;
}

function readFault(text: string): DomoFault {
	try {
		const fault: unknown = JSON.parse(text);
		if (typeof fault !== 'object' || fault === null) return {};
		const field = (name: string) => {
			const value: unknown = Reflect.get(fault, name);
			return typeof value === 'string' && value !== '' ? { [name]: value } : {};
		};
		return { ...field('message'), ...field('statusReason'), ...field('toe') };
	} catch {
		// A web page or an empty body says nothing that helps.
		return {};
	}
}

/** `Retry-After` as milliseconds; it holds seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | undefined): number {
	if (header === undefined) return 0;
	const seconds = Number(header);
	const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
	return Math.max(0, waitMs || 0);
}
