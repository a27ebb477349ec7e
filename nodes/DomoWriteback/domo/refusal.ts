import { type Reason, shown, WritebackError } from '../errors';
import { CHECK_API_HOST, CHECK_CLIENT, COPY_ID, LATER } from './hints';
import { readBounded } from './readBounded';
import type { DomoAnswer } from './request';
import { retryAfter } from './retryAfter';

/** The fields of Domo's error JSON that help; every one is missing sometimes. */
interface DomoFault {
	readonly message?: string;
	readonly statusReason?: string;
	/** The reference Domo Support asks for, e.g. `CA6JIHTO46-28C5D-UEQ7I`. */
	readonly toe?: string;
}

/** How many bytes of an error answer are read at most. */
const FAULT_BYTES = 64 * 1024;

/** The error that an answer with a status other than 200 stands for. Reads the body, at most 64 KiB of it, and ends it. */
export async function refusal(answer: DomoAnswer, dataSetId?: string): Promise<WritebackError> {
	const fault = readFault(await readBounded(answer.body, FAULT_BYTES).catch(() => ''));
	const retryAfterMs = retryAfter(answer.headers['retry-after']);
	const { reason, what, hint } = meaning(answer.status, fault, dataSetId, retryAfterMs);
	return new WritebackError(reason, what + detail(fault), { hint, retryAfterMs });
}

interface Meaning {
	readonly reason: Reason;
	readonly what: string;
	readonly hint: string;
}

/** Without an ID, a list was asked for. */
function meaning(status: number, fault: DomoFault, dataSetId: string | undefined, waitMs: number): Meaning {
	// No access to a DataSet also arrives as a 400 whose message holds the status of Domo's own storage: "Infrastructure problem (403): …".
	const inner = status === 400 ? Number(/\((\d{3})\)/.exec(fault.message ?? '')?.[1]) : NaN;
	switch (inner || status) {
		case 401:
		case 406:
			return { reason: 'domoLogin', what: 'Domo refused the access token of this client', hint: CHECK_CLIENT };
		case 403:
			return dataSetId === undefined
				? { reason: 'dataSetForbidden', what: 'Domo does not let this client list DataSets', hint: MAY_LIST }
				: { reason: 'dataSetForbidden', what: `DataSet ${dataSetId} is not shared with this client`, hint: SHARE };
		case 404:
		case 410:
			return dataSetId === undefined
				? notData(status)
				: { reason: 'dataSetNotFound', what: `DataSet ${dataSetId} does not exist in Domo`, hint: COPY_ID };
		case 429:
			return { reason: 'domoBusy', what: `Domo asked to wait${forSeconds(waitMs)} (status 429)`, hint: LATER };
		default:
			return status >= 500 || status === 408
				? { reason: 'domoBusy', what: `Domo is not available at the moment (status ${status})`, hint: LATER }
				: notData(status);
	}
}

const MAY_LIST =
	'The client needs the scope "data" (developer.domo.com → Manage Clients), and its user a role that may see DataSets.';

const SHARE =
	"The client's user must own or co-own the DataSet, or have the Admin role in Domo. Share the DataSet with that user.";

function notData(status: number): Meaning {
	return { reason: 'domoNotData', what: `Domo answered with status ${status} instead of data`, hint: CHECK_API_HOST };
}

function forSeconds(ms: number): string {
	return ms === 0 ? '' : ` ${Math.ceil(ms / 1000)} s`;
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
