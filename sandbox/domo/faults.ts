/** Which request of a DataSet a fault concerns. */
export type Place = 'token' | 'list' | 'metadata' | 'export' | 'query';

/** Faults that are a whole answer. */
export type AnswerKind =
	| 'notAcceptable' // 406 with an HTML page, on the export, however good the token
	| 'badRequest' // 400 JSON
	| 'unauthorized' // 401 with an empty body
	| 'unauthorizedAsServerError' // 401 whose statusReason says "Internal Server Error"
	| 'forbidden' // 403 JSON
	| 'forbiddenAs400' // 400 JSON: Infrastructure problem (403)
	| 'notFound' // 404 JSON
	| 'tooManyRequests' // 429, with Retry-After only where seconds are given
	| 'badGateway' // 502 HTML
	| 'maintenance' // 503 HTML
	| 'loginPage' // 200 HTML
	| 'blockedPage' // 200 HTML, "Domo - Blocked"
	| 'maintenancePage'; // 200 HTML, "Domo Maintenance"

/** Faults of the double's state: nothing wrong any more, DataSet deleted, the token just used has expired early. */
type StateKind = 'none' | 'deleted' | 'tokenExpired';

interface Where {
	/** Only such requests. Unsaid: the export for what only a CSV can suffer, any request for the rest. */
	readonly on?: Place;
}

interface Paced extends Where {
	/** Also sends no faster than this. */
	readonly bytesPerSecond?: number;
}

/** A fault with its figures. Bytes are counted in the body as sent, so after gzip. */
export type DetailedFault =
	| (Where & { readonly kind: Exclude<AnswerKind, 'tooManyRequests'> | StateKind })
	| (Where & { readonly kind: 'tooManyRequests'; readonly retryAfterSeconds?: number })
	/** The first byte of the answer, head included, comes this late. */
	| (Where & { readonly kind: 'slowStart'; readonly ms: number })
	/** Ends the body there, or where a shorter one ends: socket closed, socket reset, or as if it were complete. */
	| (Paced & { readonly kind: 'cut'; readonly atByte: number; readonly how?: 'close' | 'reset' | 'end' })
	/** Says nothing more after that byte: for `ms`, or until the client leaves. */
	| (Paced & { readonly kind: 'stall'; readonly atByte: number; readonly ms?: number })
	/** 200, a clean end, and the last rows missing. */
	| (Paced & { readonly kind: 'short'; readonly missingRows: number })
	/** While it lasts, the metadata says `pdpEnabled` and the export leaves rows out. */
	| (Paced & { readonly kind: 'pdp'; readonly hiddenRows: number })
	/** Domo refreshes the DataSet just before the export: other rows and a later `updatedAt` than the metadata told. */
	| (Paced & { readonly kind: 'refresh'; readonly addRows: number })
	| (Where & { readonly kind: 'rate'; readonly bytesPerSecond: number });

/** The bare word stands for a fault without figures. */
export type Fault = AnswerKind | StateKind | DetailedFault;

export interface FaultBook {
	/** The next `times` requests it concerns get the fault; a list is one request each, in turn. Replaces what was set. */
	set(id: string, fault: Fault | readonly Fault[], times: number): void;
	/** The fault of this request, counted as used. */
	take(id: string, place: Place): DetailedFault;
	/** The same, not counted. */
	peek(id: string, place: Place): DetailedFault;
}

interface Entry {
	readonly fault: DetailedFault;
	left: number;
}

const NONE: DetailedFault = { kind: 'none' };

export function faultBook(): FaultBook {
	const entries = new Map<string, Entry[]>();
	const next = (id: string, place: Place): Entry | undefined =>
		entries.get(id)?.find(({ fault, left }) => left > 0 && concerns(fault, place));
	return {
		set(id, fault, times) {
			const list = isList(fault) ? fault.map((one) => entry(one, 1)) : [entry(fault, times)];
			entries.set(id, list);
		},
		take(id, place) {
			const found = next(id, place);
			if (found) found.left--;
			return found?.fault ?? NONE;
		},
		peek: (id, place) => next(id, place)?.fault ?? NONE,
	};
}

function entry(fault: Fault, left: number): Entry {
	return { fault: typeof fault === 'string' ? { kind: fault } : fault, left };
}

function isList(fault: Fault | readonly Fault[]): fault is readonly Fault[] {
	return Array.isArray(fault);
}

function concerns(fault: DetailedFault, place: Place): boolean {
	if (fault.on !== undefined) return fault.on === place;
	return BODY_FAULTS.has(fault.kind) ? place === 'export' : true;
}

const BODY_FAULTS: ReadonlySet<DetailedFault['kind']> = new Set<DetailedFault['kind']>([
	'notAcceptable',
	'slowStart',
	'cut',
	'stall',
	'short',
	'pdp',
	'refresh',
	'rate',
]);
