import type { DetailedFault, Fault, Place } from './faults';

type Check = (value: unknown) => boolean;

interface Fields {
	readonly needed?: Readonly<Record<string, Check>>;
	readonly optional?: Readonly<Record<string, Check>>;
}

const PLACES: readonly Place[] = ['token', 'list', 'metadata', 'export', 'query'];
const count: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const change: Check = (value) => typeof value === 'number' && Number.isInteger(value);
const rate: Check = (value) => count(value) && value !== 0;
const oneOf =
	(...allowed: readonly string[]): Check =>
	(value) =>
		typeof value === 'string' && allowed.includes(value);
const paced = { bytesPerSecond: rate };

const FIELDS: Readonly<Record<DetailedFault['kind'], Fields>> = {
	none: {},
	deleted: {},
	tokenExpired: {},
	notAcceptable: {},
	badRequest: {},
	unauthorized: {},
	unauthorizedAsServerError: {},
	forbidden: {},
	forbiddenAs400: {},
	notFound: {},
	tooManyRequests: { optional: { retryAfterSeconds: count } },
	badGateway: {},
	maintenance: {},
	loginPage: {},
	blockedPage: {},
	maintenancePage: {},
	slowStart: { needed: { ms: count } },
	cut: { needed: { atByte: count }, optional: { ...paced, how: oneOf('close', 'reset', 'end') } },
	stall: { needed: { atByte: count }, optional: { ...paced, ms: count } },
	short: { needed: { missingRows: count }, optional: paced },
	pdp: { needed: { hiddenRows: count }, optional: paced },
	refresh: { needed: { addRows: change }, optional: paced },
	rate: { needed: { bytesPerSecond: rate } },
};

/** Whether this JSON is a fault the double knows, with the figures it needs and no others. */
export function isFault(value: unknown): value is Fault {
	const fault = typeof value === 'string' ? { kind: value } : value;
	if (typeof fault !== 'object' || fault === null || !('kind' in fault)) return false;
	const { kind, ...figures } = fault;
	const fields = Object.entries(FIELDS).find(([known]) => known === kind)?.[1];
	if (!fields) return false;
	const needed = fields.needed ?? {};
	const allowed: Readonly<Record<string, Check>> = { ...needed, ...fields.optional, on: oneOf(...PLACES) };
	const given = Object.entries(figures);
	return (
		given.every(([name, figure]) => allowed[name]?.(figure) ?? false) &&
		Object.keys(needed).every((name) => name in figures)
	);
}
