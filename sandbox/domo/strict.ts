import { badRequest } from './answers';
import type { Exchange } from './exchange';

/** The query parameters that Domo documents for an endpoint, each with the values it takes. */
export type Parameters = Readonly<Record<string, RegExp>>;

const WHOLE_NUMBER = /^\d{1,9}$/;
const ANYTHING = /^/;
const BOOLEAN = /^(true|false)$/i;

/** Domo's whole list, from its DataSet API. */
const SORTS = [
	...['name', 'nameDescending', 'lastTouched', 'lastTouchedAscending', 'lastUpdated', 'lastUpdatedAscending'],
	...['createdAt', 'createdAtAscending', 'cardCount', 'cardCountAscending', 'cardViewCount', 'cardViewCountAscending'],
	...['errorState', 'errorStateDescending', 'dataSourceId'],
];

export const LIST_PARAMETERS: Parameters = {
	limit: /^([1-9]|[1-4]\d|50)$/,
	offset: WHOLE_NUMBER,
	sort: new RegExp(`^(${SORTS.join('|')})$`),
	nameLike: ANYTHING,
};

export const EXPORT_PARAMETERS: Parameters = {
	includeHeader: BOOLEAN,
	fileName: ANYTHING,
	disableFormulaInterpretation: BOOLEAN,
};

export const GRANT_PARAMETERS: Parameters = { grant_type: ANYTHING, scope: ANYTHING };

export const NO_PARAMETERS: Parameters = {};

/** Answers itself what Domo does not document: another parameter, another value, or one twice. Domo may be more lenient: its clients must not rely on it. */
export function takes(exchange: Exchange, parameters: Parameters): boolean {
	const wrong = wrongIn(exchange.url.searchParams, parameters);
	if (wrong !== undefined) badRequest(exchange, wrong);
	return wrong === undefined;
}

/** What is wrong with a query or a form. */
export function wrongIn(query: URLSearchParams, parameters: Parameters): string | undefined {
	const names = [...query.keys()];
	for (const [name, value] of query) {
		const values = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
		if (values === undefined) return `The parameter ${name} is not documented`;
		if (!values.test(value)) return `The value of ${name} is not documented`;
		if (names.indexOf(name) !== names.lastIndexOf(name)) return `${name} is given twice`;
	}
	return undefined;
}
